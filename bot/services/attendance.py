"""The team's lists: who is expected, who came, who waits; seen by the team of the activity alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.clock import Clock
from bot.domain.attendance import MOST_BESIDE, Headcount, Line, Listed, Sheet, counted, tapped
from bot.domain.causes import Cause
from bot.domain.directory import Entry
from bot.domain.errors import OutdatedError
from bot.domain.hosting import demand_host, hosts
from bot.domain.occurrences import OccurrenceKey
from bot.domain.registrations import QUEUED, Registration, Roll
from bot.domain.residents import Resident
from bot.domain.roles import Role, Staff, demand
from bot.domain.sittings import Sitting
from bot.services.sittings import Sittings
from bot.services.town import TownSettings
from storage import attendance, phoning, registrations, rolls, staff
from storage.store import Store, Tx

COUNTED = {"c": "more_children", "a": "more_adults", "v": "volunteers"}
"""What is counted beside the list, by the letter in a button."""

_LOOKED_AT = 60


class Attendance:
    """Lists and ticks; every look and tap asks again whether the activity is this member's."""

    def __init__(
        self, store: Store, clock: Clock, *, sittings: Sittings, town: TownSettings
    ) -> None:
        """Work on `store` by `clock`."""
        self._store = store
        self._clock = clock
        self._sittings = sittings
        self._town = town

    async def lists(self, member: Resident, *, most: int) -> tuple[list[Listed], int]:
        """Return the next lists with somebody on them, and how many calls are to be made."""
        now = self._clock.now()
        async with self._store.read() as tx:
            team = demand(await staff.of(tx, member.contact_id), Role.ANIMATOR)
            found = await rolls.coming(tx, since=now, limit=_LOOKED_AT)
            calls = await self._calls(tx, team)
        listed = [one for roll in found if (one := self._listed(roll)) is not None]
        theirs = [one for one in listed if hosts(team, one.sitting.entry, self._town.current)]
        theirs.sort(key=lambda one: one.date.start)
        return theirs[:most], calls

    async def sheet(self, member: Resident, key: OccurrenceKey) -> Sheet:
        """Return the list of a date; OutdatedError if there is no such date."""
        async with self._store.read() as tx:
            return await self._sheet(tx, member, key)

    async def tap(self, cause: Cause, member: Resident, key: OccurrenceKey, number: int) -> Sheet:
        """Tick a party as come, as missing, or not at all, one after the other."""
        async with self._store.write(cause) as tx:
            before = await attendance.numbers(tx, key.entry_id, key.original_start)
            sheet = await self._sheet(tx, member, key)
            line = next(
                (each for each in sheet.expected if each.registration.number == number), None
            )
            if line is None:
                raise OutdatedError
            came = tapped(line.came)
            await attendance.tick(tx, number, key.original_start, came=came)
            lines = [replace(each, came=came) if each is line else each for each in sheet.lines]
            numbers = counted(before, lines)
            await attendance.count(tx, key.entry_id, key.original_start, numbers)
        return replace(sheet, lines=tuple(lines), counted=numbers)

    async def count(
        self, cause: Cause, member: Resident, key: OccurrenceKey, *, what: str, by: int
    ) -> Sheet:
        """Count somebody beside the list: a child, an adult or a volunteer more or less."""
        field = COUNTED.get(what)
        if field is None or by not in {-1, 1}:
            raise OutdatedError
        async with self._store.write(cause) as tx:
            before = await attendance.numbers(tx, key.entry_id, key.original_start)
            sheet = await self._sheet(tx, member, key)
            value = min(max(0, getattr(before, field) + by), MOST_BESIDE)
            numbers = Headcount(**{**_fields(before), field: value})
            await attendance.count(tx, key.entry_id, key.original_start, numbers)
        return replace(sheet, counted=numbers)

    async def _sheet(self, tx: Tx, member: Resident, key: OccurrenceKey) -> Sheet:
        team = demand(await staff.of(tx, member.contact_id), Role.ANIMATOR)
        what = self._sittings.find(key)
        if what is None:
            raise OutdatedError
        demand_host(team, what.entry, self._town.current)
        date = next(each for each in what.dates if each.key == key)
        numbers = await attendance.numbers(tx, key.entry_id, key.original_start)
        lines = await self._lines(tx, await self.rolls_of(tx, what, key), key)
        calls = await self._calls(tx, team, entry=what.entry)
        return Sheet(what.entry, date, tuple(lines), numbers, what.capacity, calls)

    async def rolls_of(self, tx: Tx, what: Sitting, key: OccurrenceKey) -> list[Roll]:
        """Return the lists of a date: one, or one for each of its appointments."""
        if not what.signup.slot:
            roll = await rolls.named(tx, what.entry.id, what.name)
            return [roll] if roll else []
        return await rolls.begun_with(tx, what.entry.id, key.stamp + "/")

    async def _lines(self, tx: Tx, found: Sequence[Roll], key: OccurrenceKey) -> list[Line]:
        lines: list[Line] = []
        for roll in found:
            _, _, slot = roll.name.partition("/")
            on_it = await registrations.on_roll(tx, roll.id)
            ticks = await attendance.ticks(tx, [each.number for each in on_it], key.original_start)
            lines += _numbered(on_it, ticks, int(slot) if slot else None)
        return lines

    async def _calls(self, tx: Tx, team: Staff, *, entry: Entry | None = None) -> int:
        found = await phoning.waiting(tx, now=self._clock.now())
        if entry is not None:
            return sum(call.entry_id == entry.id for call in found)
        return sum(self._sees(team, call.entry_id) for call in found)

    def _sees(self, team: Staff, entry_id: str) -> bool:
        entry = self._sittings.entry(entry_id)
        return entry is not None and hosts(team, entry, self._town.current)

    def _listed(self, roll: Roll) -> Listed | None:
        what = self._sittings.of_roll(roll)
        if what is None:
            return None
        date = what.next_date(self._sittings.local()) or what.dates[-1]
        return Listed(what, date, roll.taken, roll.waiting)


def _numbered(
    on_it: Sequence[Registration], ticks: dict[int, bool], slot: int | None
) -> list[Line]:
    lines, position = [], 0
    for each in on_it:
        waits = each.state in QUEUED
        position += waits
        lines.append(Line(each, ticks.get(each.number), position if waits else 0, slot))
    return lines


def _fields(numbers: Headcount) -> dict[str, int]:
    return {
        "children": numbers.children,
        "adults": numbers.adults,
        "absent": numbers.absent,
        "more_children": numbers.more_children,
        "more_adults": numbers.more_adults,
        "volunteers": numbers.volunteers,
    }
