"""When news and the digest may go, around both changes of the clock, and to whom they matter."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.courtesy import Quiet
from bot.domain.news import came_before, digest_week, evening, may_tell

ZURICH = ZoneInfo("Europe/Zurich")
NIGHT = Quiet(ZURICH)
TIMES = st.times().map(lambda at: at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0))
QUIETS = st.builds(lambda begins, ends: Quiet(ZURICH, begins, ends), TIMES, TIMES)
MOMENTS = st.datetimes(
    datetime(2026, 1, 1),  # noqa: DTZ001 - wall time
    datetime(2028, 1, 1),  # noqa: DTZ001 - wall time
)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZURICH).astimezone(UTC)


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("2026-03-28T10:00", True),  # Saturday before the clocks go forward
        ("2026-03-29T12:00", False),  # Sunday
        ("2026-03-30T09:59", False),
        ("2026-03-30T10:00", True),
        ("2026-10-24T19:59", True),
        ("2026-10-25T12:00", False),
        ("2026-10-26T10:00", True),
        ("2026-10-26T20:00", False),
    ],
)
def test_something_new_is_told_by_day_and_not_on_sundays(moment: str, *, told: bool) -> None:
    assert may_tell(local(moment), NIGHT) is told


def test_what_came_today_is_told_tomorrow_also_when_the_clocks_change() -> None:
    for day in ("2026-03-29", "2026-03-30", "2026-10-25", "2026-10-26"):
        assert came_before(local(f"{day}T12:00"), NIGHT) == local(f"{day}T00:00")


@pytest.mark.parametrize(
    ("moment", "week"),
    [
        ("2026-03-26T16:59", None),
        ("2026-03-26T17:00", date(2026, 3, 26)),
        ("2026-03-26T20:00", None),
        ("2026-03-27T08:00", date(2026, 3, 26)),
        ("2026-03-27T17:00", None),
        ("2026-04-02T16:59", None),  # after the clocks went forward
        ("2026-04-02T17:00", date(2026, 4, 2)),
        ("2026-10-22T17:00", date(2026, 10, 22)),
        ("2026-10-29T16:59", None),  # after they went back
        ("2026-10-29T17:00", date(2026, 10, 29)),
    ],
)
def test_the_digest_goes_on_thursday_at_five_or_within_a_day(
    moment: str, week: date | None
) -> None:
    assert digest_week(local(moment), NIGHT) == week


def test_a_town_that_is_quiet_from_four_reads_it_on_friday_morning() -> None:
    early = Quiet(ZURICH, time(16), time(8))
    assert digest_week(local("2026-03-26T18:00"), early) is None
    assert digest_week(local("2026-03-27T08:00"), early) == date(2026, 3, 26)


@given(MOMENTS, QUIETS)
def test_nothing_goes_in_the_quiet_hours_of_any_town(moment: datetime, quiet: Quiet) -> None:
    now = moment.replace(tzinfo=ZURICH).astimezone(UTC)
    if quiet.at(now):
        assert not may_tell(now, quiet)
        assert digest_week(now, quiet) is None
    else:
        assert now < evening(now, quiet) <= now + timedelta(hours=25)
