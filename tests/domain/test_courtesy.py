"""Quiet hours, the cap and the order hold for any town, any calendar and any queue."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.courtesy import (
    A_WEEK,
    RESERVED,
    WEEKLY_CAP,
    Quiet,
    may_write,
    within_cap,
)
from bot.domain.registrations import State
from bot.domain.reminding import Choice, Date, Kind, next_of_each_kind, reminders
from bot.domain.waiting import AT_ONCE, RUSH, Waiter, deadline, offers, weeks_to_wait

ZURICH = ZoneInfo("Europe/Zurich")
NIGHT = Quiet(ZURICH)
NOON = datetime(2026, 11, 25, 11, tzinfo=UTC)
MOMENTS = st.datetimes(
    datetime(2026, 1, 1),  # noqa: DTZ001 - wall time
    datetime(2028, 1, 1),  # noqa: DTZ001 - wall time
).map(lambda moment: moment.replace(second=0, microsecond=0))
TIMES = st.times().map(lambda at: at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0))
QUIETS = st.builds(lambda begins, ends: Quiet(ZURICH, begins, ends), TIMES, TIMES)


@given(local=MOMENTS, quiet=QUIETS, sunday=st.booleans(), asked_for=st.booleans())
def test_nothing_is_written_at_night_or_on_sunday_unasked(
    *, local: datetime, quiet: Quiet, sunday: bool, asked_for: bool
) -> None:
    now = local.replace(tzinfo=ZURICH).astimezone(UTC)
    moment = may_write(now, quiet, sunday=sunday, asked_for=asked_for)
    assert now <= moment <= now + timedelta(days=3)
    assert not quiet.at(moment)
    if not (sunday or asked_for):
        assert moment.astimezone(ZURICH).weekday() != 6
    assert may_write(moment, quiet, sunday=sunday, asked_for=asked_for) == moment


@given(MOMENTS, QUIETS)
def test_what_is_moved_out_of_the_night_comes_before_it(local: datetime, quiet: Quiet) -> None:
    due = local.replace(tzinfo=ZURICH).astimezone(UTC)
    moved = quiet.before(due)
    assert moved <= due
    if quiet.at(due):
        evening = moved.astimezone(ZURICH) + timedelta(minutes=30)
        assert evening.time() == quiet.begins or moved.astimezone(ZURICH).fold
    else:
        assert moved == due


@given(starts=MOMENTS, day=st.booleans(), hours=st.booleans())
def test_a_date_has_at_most_one_reminder_a_day_none_at_night_all_before_it(
    *, starts: datetime, day: bool, hours: bool
) -> None:
    planned = reminders(Date(starts, starts), NIGHT, Choice(day, hours))
    begins = starts.replace(tzinfo=ZURICH).astimezone(UTC)
    days = [each.due_at.astimezone(ZURICH).date() for each in planned]
    assert len(set(days)) == len(days)
    for each in planned:
        assert not NIGHT.at(each.due_at)
        assert each.due_at < each.expires_at
        assert each.due_at <= begins - timedelta(hours=1)
    assert bool(planned) == (day or hours)


@given(st.lists(MOMENTS, max_size=12), MOMENTS)
def test_the_next_reminder_of_a_kind_is_the_first_to_come(
    starts: list[datetime], now_local: datetime
) -> None:
    now = now_local.replace(tzinfo=ZURICH).astimezone(UTC)
    dates = [Date(each, each) for each in starts]
    coming = next_of_each_kind(dates, NIGHT, Choice(), after=now)
    for date in dates:
        for each in reminders(date, NIGHT, Choice()):
            if each.due_at > now:
                assert coming[each.kind].starts <= each.starts


@given(st.lists(st.integers(0, 14 * 24 * 60), max_size=40), st.lists(st.booleans(), min_size=40))
def test_no_week_has_more_pushes_than_its_cap(minutes: list[int], matters: list[bool]) -> None:
    pushed: list[datetime] = []
    for minute, matter in zip(sorted(minutes), matters, strict=False):
        now = NOON + timedelta(minutes=minute)
        if within_cap(pushed, now, matters=matter):
            pushed.append(now)
    for first in pushed:
        week = [at for at in pushed if first <= at < first + A_WEEK]
        assert len(week) <= WEEKLY_CAP
    if not any(matters[: len(minutes)]):
        assert len(pushed) <= 2 * (WEEKLY_CAP - RESERVED) + WEEKLY_CAP


WAITERS = st.lists(
    st.builds(
        lambda places, offered: (places, offered),
        st.integers(1, 4),
        st.sampled_from(["www", "h", "r"]),
    ),
    max_size=12,
).map(
    lambda drawn: [
        Waiter(
            number,
            State.WAITING if kind == "www" else State.OFFERED,
            places,
            places if kind == "h" else 0,
        )
        for number, (places, kind) in enumerate(drawn)
    ]
)


@given(WAITERS, st.integers(0, 9), st.integers(-3, 60))
def test_places_are_offered_in_the_order_of_arrival(
    queue: list[Waiter], free: int, hours: int
) -> None:
    starts = NOON + timedelta(hours=hours)
    made = offers(queue, free=free, starts=starts, now=NOON, lasts=timedelta(hours=12), quiet=NIGHT)
    fitting = [each for each in queue if each.state is State.WAITING and each.places <= free]
    if made is None:
        assert hours <= 0 or not fitting or starts - NOON < RUSH or not queue
        return
    assert NOON < made.until <= starts
    known = {each.number: each for each in queue}
    assert list(made.numbers) == sorted(made.numbers)
    assert all(known[number].state is State.WAITING for number in made.numbers)
    if made.held:  # kept for each: never more than there are
        assert sum(known[number].places for number in made.numbers) <= free
        assert made.numbers[0] == fitting[0].number
    else:
        assert list(made.numbers) == [each.number for each in fitting][: len(made.numbers)]
        assert len(made.numbers) <= AT_ONCE * free


@given(MOMENTS, st.integers(1, 100))
def test_an_offer_never_ends_at_night_unless_it_starts_then(local: datetime, hours: int) -> None:
    now = local.replace(tzinfo=ZURICH).astimezone(UTC)
    starts = now + timedelta(days=30)
    until = deadline(now, lasts=timedelta(hours=hours), starts=starts, quiet=NIGHT)
    assert not NIGHT.at(until)
    assert now + timedelta(hours=hours) <= until <= starts


def test_the_wait_is_estimated_only_from_enough() -> None:
    assert weeks_to_wait(3, freed=2, weeks=13) is None
    assert weeks_to_wait(3, freed=13, weeks=13) == 3
    assert weeks_to_wait(1, freed=100, weeks=13) == 1


def test_before_a_morning_date_one_reminder_is_enough() -> None:
    starts = datetime(2026, 11, 25, 9)  # noqa: DTZ001 - wall time
    (only,) = reminders(Date(starts, starts), NIGHT, Choice())
    assert only.kind is Kind.DAY
    (evening,) = reminders(Date(starts, starts), NIGHT, Choice(day=False))
    assert evening.due_at.astimezone(ZURICH).time() == time(19, 30)
