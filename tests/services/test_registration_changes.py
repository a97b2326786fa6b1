"""A date that is moved, cancelled or put back: everybody on its list hears of it once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.clock import Clock
from bot.domain.date_changes import compared
from bot.domain.documents import entry_of
from bot.domain.localized import Localized
from bot.domain.occurrences import Occurrence, OccurrenceKey, Status
from bot.domain.registrations import Party, State, Who
from bot.domain.sittings import Sitting
from bot.services.agenda import ChangedKind, OccurrenceChange
from storage import directory, schema
from storage.store import Store
from tests.registering import MICE, TUESDAY, Club, activity, at

STAMP = "2612021000"
A_DAY = timedelta(days=1)


async def change(
    club: Club, kind: ChangedKind, before: Occurrence, after: Occurrence | None
) -> None:
    """Announce a change as the agenda does, in a transaction of its own."""
    async with club.store.write() as tx:
        await club.agenda.announce(
            tx, OccurrenceChange(before.key, kind, before, after, Localized(fr="Neige"), None)
        )


def date_of(what: Sitting, stamp: str = STAMP) -> Occurrence:
    """Return a date of a sitting."""
    return next(each for each in what.dates if each.key.stamp == stamp)


async def rows(store: Store) -> dict[str, object]:
    """Return the one list there is."""
    async with store.read() as tx:
        return dict((await tx.connection.execute(sa.select(schema.roll))).one()._mapping)  # noqa: SLF001


async def test_who_is_registered_and_who_waits_hear_of_it_once(store: Store, clock: Clock) -> None:
    club = await Club.opened(store, clock, activity(capacity=1))
    ada, ben = await club.residents(2)
    seat = await club.joins(ada, STAMP)
    await club.joins(ben, STAMP)
    before = date_of(seat.sitting)
    moved = replace(before, start=before.start + A_DAY, end=before.end + A_DAY, status=Status.MOVED)

    await change(club, "moved", before, moved)
    told = [to for to, _ in await club.notes("reg:change")]
    assert told == [ada.contact_id, ben.contact_id]
    assert (await rows(store))["starts"] == "2026-12-03T10:00"
    assert (await rows(store))["name"] == STAMP

    await change(club, "cancelled", moved, None)
    assert len(await club.notes("reg:change")) == 4
    assert set((await club.states()).values()) == {"called_off"}
    assert await club.counters() == (0, 0)
    async with store.read() as tx:
        assert (await tx.connection.execute(sa.select(schema.reminder))).all() == []

    await change(club, "restored", moved, before)
    assert list((await club.states()).values()) == ["registered", "waiting"]
    assert await club.counters() == (1, 1)
    assert len(await club.notes("reg:change")) == 6


async def test_another_day_for_the_whole_series_takes_the_list_along(
    store: Store, clock: Clock
) -> None:
    club = await Club.opened(store, clock)
    seat = await club.joins(await club.resident(1), STAMP)
    before = date_of(seat.sitting)
    start = datetime.fromisoformat("2026-12-03T10:00")
    after = replace(
        before,
        key=OccurrenceKey(MICE, start),
        start=start,
        end=start + timedelta(hours=1),
    )

    await change(club, "replaced", before, after)
    assert (await rows(store))["name"] == "2612031000"
    assert (await rows(store))["original"] == "2026-12-03T10:00"
    await change(club, "replaced", after, None)
    assert (await club.states())[seat.number] == "called_off"


async def test_one_date_of_a_season_is_told_and_the_others_stay(store: Store, clock: Clock) -> None:
    signup = activity()["signup"] | {"per": "season"}
    club = await Club.opened(store, clock, activity(signup=signup, capacity=1))
    ada, ben = await club.residents(2)
    seat = await club.joins(ada, STAMP)
    assert (await club.joins(ben, STAMP)).registration.state is State.WAITING

    await change(club, "cancelled", date_of(seat.sitting), None)
    for stamp in ("2612091000", "2612161000"):
        await change(club, "cancelled", date_of(seat.sitting, stamp), None)
    assert [to for to, _ in await club.notes("reg:change")] == [ada.contact_id]
    assert list((await club.states()).values()) == ["registered", "waiting"]


async def test_a_change_at_night_is_told_in_the_morning_unless_it_is_for_then(
    store: Store, clock: Clock
) -> None:
    club = await Club.opened(store, clock)
    person = await club.resident(1)
    seat = await club.joins(person, STAMP)
    near = await club.joins(person)
    at(clock, "2026-11-24T23:00")
    await change(club, "cancelled", date_of(seat.sitting), None)
    await change(club, "cancelled", date_of(near.sitting, "2611251000"), None)
    box = schema.outbox.c
    async with store.read() as tx:
        found = await tx.connection.execute(
            sa.select(box.not_before).where(box.key.startswith("reg:change")).order_by(box.id)
        )
        local = [moment.astimezone(clock.zone) for moment in found.scalars()]
    # The second is cancelled ten hours later, at ten: eight o'clock is early enough.
    assert [(moment.day, moment.hour) for moment in local] == [(25, 8), (25, 8)]


async def test_reminders_follow_the_date_wherever_it_goes(store: Store, clock: Clock) -> None:
    club = await Club.opened(store, clock)
    seat = await club.joins(await club.resident(1), STAMP, party=Party(1, 1, (24,)), who=Who())
    before = date_of(seat.sitting)
    await change(club, "moved", before, before)
    clock.offset += timedelta(seconds=10)
    await club.office.reminders.remind_due()
    assert await club.notes("rem:") == []
    async with store.read() as tx:
        found = await tx.connection.execute(
            sa.select(schema.reminder.c.kind).order_by(schema.reminder.c.due_at)
        )
        assert list(found.scalars()) == ["day", "hours"]


async def test_the_mice_move_to_thursday_from_a_day_on(store: Store, clock: Clock) -> None:
    """The real change of a series: whoever has a place keeps it, and is reminded on the new day."""
    club = await Club.opened(store, clock)
    ada, ben = await club.residents(2)
    early = await club.joins(ada)
    later = await club.joins(ada, STAMP)
    other = await club.joins(ben, "2612091000")
    document = activity()
    later_on = {"from": "2026-11-30", "rrule": "FREQ=WEEKLY;BYDAY=TH"}
    schedule = {**document["schedule"], "changes": [later_on]}
    async with store.write() as tx:
        before = club.agenda.activity(MICE)
        after = entry_of("activity", {**document, "schedule": schedule})
        assert before
        await directory.save_entry(
            tx, MICE, kind="activity", document={**document, "schedule": schedule}, now=clock.now()
        )
        for fate in compared(
            before, after, club.agenda.holidays, since=TUESDAY, until=TUESDAY + 40 * A_DAY
        ):
            await club.agenda.announce(
                tx,
                OccurrenceChange(
                    fate.before.key, fate.kind, fate.before, fate.after, Localized(), None
                ),
            )
    await club.directory.changed()

    assert [to for to, _ in await club.notes("reg:change")] == [ada.contact_id, ben.contact_id]
    mine = {seat.number: seat for seat in await club.office.registrations.mine(ada)}
    assert mine[early.number].starts == datetime.fromisoformat("2026-11-25T10:00")
    assert mine[later.number].starts == datetime.fromisoformat("2026-12-03T10:00")
    at(clock, "2026-12-02T10:01")
    await club.office.reminders.remind_due()
    assert await club.notes("rem:202612031000:day") == [
        (ada.contact_id, f"rem:202612031000:day:{later.number}")
    ]
    assert await club.notes("rem:202612021000") == []
    await club.leaves(ben, other.number)
    assert (await club.states())[other.number] == "cancelled"
