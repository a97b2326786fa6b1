"""Two years of reminders: each once, at the right hour on the wall, whatever the clocks and we do."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import count

import sqlalchemy as sa

from bot.clock import Clock
from bot.domain.calendar import attach
from bot.domain.occurrences import Occurrence
from bot.domain.registrations import Party
from bot.domain.reminding import Choice
from bot.domain.residents import Resident
from storage import residents, schema
from storage.store import Store
from tests.registering import Club, activity, at

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
A_YEAR = 363 * DAY
SEASON = {"required": True, "channel": "telegram", "per": "season"}
ALONE = Party(adults=1)

# Day and hour of each reminder by hand: how many days before, and at which time on the wall.
RHYTHMS = {
    "act-monday": ("2026-08-17", "10:00", "MO", ((1, time(10)), (0, time(8)))),
    "act-sunday": ("2026-08-16", "11:00", "SU", ((1, time(11)), (0, time(9)))),
    "act-late": ("2026-08-21", "21:30", "FR", ((1, time(19, 30)), (0, time(19, 30)))),
    "act-early": ("2026-08-18", "08:30", "TU", ((1, time(8, 30)),)),
}


def rhythm(entry_id: str) -> dict[str, object]:
    first, start, weekday, _ = RHYTHMS[entry_id]
    schedule = {
        "first": first,
        "start": start,
        "end": "23:00",
        "rrule": f"FREQ=WEEKLY;INTERVAL={1 if weekday == 'MO' else 2};BYDAY={weekday}",
    }
    return activity(entry_id, schedule=schedule, ages=None, signup=SEASON)


@dataclass
class Simulation:
    """A clock that runs from one reminder to the next, and now and then jumps."""

    club: Club
    chance: random.Random
    asleep: list[tuple[datetime, datetime]] = field(default_factory=list)
    restarts: int = 0
    jumps: int = 0

    async def next_due(self) -> datetime | None:
        """Return when the next reminder is due."""
        async with self.club.store.read() as tx:
            return await tx.connection.scalar(sa.select(sa.func.min(schema.reminder.c.due_at)))

    async def run_to(self, end: datetime) -> None:
        """Let time pass, from one reminder to the next."""
        for number in count():
            due = await self.next_due()
            if due is None or due > end:
                return
            self.set(max(due, self.club.clock.now()) + timedelta(seconds=self.chance.random() * 9))
            await self.club.office.reminders.remind_due()
            if number % 11 == 10 and self.jumps < 20:
                await self.jump()
            if number % 23 == 22 and self.restarts < 10:
                self.restarts += 1
                self.club = await Club.again(self.club.store, self.club.clock)

    async def jump(self) -> None:
        """Set the clock back or forward, as a bad battery or a suspended laptop would."""
        self.jumps += 1
        by = self.chance.choice((-DAY, -HOUR, HOUR, DAY))
        before = self.club.clock.now()
        self.set(before + by)
        if by > timedelta(0):
            self.asleep.append((before, before + by))
        await self.club.office.reminders.remind_due()

    def set(self, moment: datetime) -> None:
        """Set the clock."""
        clock = self.club.clock
        clock.start_at(moment.astimezone(clock.zone).replace(tzinfo=None))

    def slept_through(self, due: datetime, useless: datetime) -> bool:
        """Return whether a jump went over all the time in which a reminder was of use."""
        return any(start < due and useless <= end for start, end in self.asleep)


async def test_two_years_with_both_changes_of_the_clock(store: Store, clock: Clock) -> None:
    club = await Club.opened(store, clock, *(rhythm(entry_id) for entry_id in RHYTHMS))
    people = dict(zip(RHYTHMS, await club.residents(len(RHYTHMS)), strict=True))
    simulation = Simulation(club, random.Random(4))
    expected: dict[str, tuple[datetime, datetime]] = {}
    for year in (2026, 2027):
        at(clock, f"{year}-08-02T12:00")
        for entry_id, person in people.items():
            expected |= await registered(simulation.club, person, entry_id)
        await simulation.run_to(clock.now() + A_YEAR)

    assert (simulation.jumps, simulation.restarts) == (20, 10)
    await compare(simulation, expected)


async def registered(
    club: Club, person: Resident, entry_id: str
) -> dict[str, tuple[datetime, datetime]]:
    """Register for the season to come; return when each reminder is due and useless, by hand."""
    (opening, *_) = await club.office.registrations.ahead(person, entry_id, count=1)
    dates = opening.sitting.dates
    seat = await club.joins(person, dates[0].key.stamp, entry=entry_id, party=ALONE)
    assert len(dates) > 22
    now = club.clock.now()
    return {
        key: (due, useless)
        for date in dates
        for key, (due, useless) in by_hand(club, date, seat.number, entry_id).items()
        if now < due < now + A_YEAR
    }


def by_hand(
    club: Club, date: Occurrence, number: int, entry_id: str
) -> dict[str, tuple[datetime, datetime]]:
    zone, found = club.clock.zone, {}
    start = attach(date.start, zone)
    for (days, wall), kind in zip(RHYTHMS[entry_id][3], ("day", "hours"), strict=False):
        due = attach(datetime.combine(date.start.date() - days * DAY, wall), zone)
        key = f"rem:{date.start:%Y%m%d%H%M}:{kind}:{number}"
        found[key] = (due, start - 2 * HOUR if kind == "day" else start)
    return found


async def compare(simulation: Simulation, expected: dict[str, tuple[datetime, datetime]]) -> None:
    box = schema.outbox.c
    async with simulation.club.store.read() as tx:
        rows = await tx.connection.execute(
            sa.select(box.key, box.created_at).where(box.key.startswith("rem:"))
        )
        sent = {row.key: row.created_at for row in rows}
    assert set(sent) <= set(expected)
    missing = [key for key in expected if key not in sent]
    assert len(missing) < 12
    assert all(simulation.slept_through(*expected[key]) for key in missing)
    late = []
    for key, at_last in sent.items():
        due, useless = expected[key]
        assert due <= at_last < useless
        if at_last - due > timedelta(seconds=10):
            late.append(key)
    assert len(late) <= 20  # only what a jump of the clock went over


async def test_nobody_is_reminded_who_left_who_paused_or_of_what_is_off(
    store: Store, clock: Clock
) -> None:
    club = await Club.opened(store, clock)
    left, paused, quiet, comes = await club.residents(4)
    numbers = [
        (await club.joins(person, "2612021000")).number for person in (left, paused, quiet, comes)
    ]
    await club.leaves(left, numbers[0])
    async with store.write() as tx:
        await residents.change(tx, paused.contact_id, paused=True)
    await club.office.reminders.choose(club.cause(), quiet, Choice(day=False, hours=False))
    at(clock, "2026-12-01T10:01")
    await club.office.reminders.remind_due()
    assert [to for to, _ in await club.notes("rem:")] == [comes.contact_id]
    at(clock, "2026-12-02T09:00")
    await club.office.reminders.remind_due()
    assert [to for to, _ in await club.notes("rem:")] == [comes.contact_id] * 2


async def test_a_late_reminder_is_not_sent_and_a_week_has_its_cap(
    store: Store, clock: Clock
) -> None:
    names = [f"act-{number}" for number in range(12)]
    club = await Club.opened(store, clock, *(activity(name) for name in names))
    ada = await club.resident(1)
    for name in names:
        await club.joins(ada, "2612021000", entry=name)
    at(clock, "2026-12-01T10:01")
    await club.office.reminders.remind_due()
    assert len(await club.notes("rem:")) == 10
    at(clock, "2026-12-02T10:30")
    await club.office.reminders.remind_due()
    assert len(await club.notes("rem:")) == 10
    async with store.read() as tx:
        assert (await tx.connection.execute(sa.select(schema.reminder))).all() == []
