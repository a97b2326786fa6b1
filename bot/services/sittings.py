"""What one may sign up for right now, and the list that belongs to it; it writes nothing by itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import islice
from math import ceil

from bot.clock import Clock
from bot.domain.calendar import attach
from bot.domain.courtesy import Quiet
from bot.domain.directory import Entry, Place
from bot.domain.occurrences import Occurrence, OccurrenceKey, find, next_occurrences, occurrences
from bot.domain.registrations import QUEUED, OverError, Registration, Roll
from bot.domain.sittings import Opening, Seat, Sitting, around, key_of, name_of, sitting
from bot.domain.waiting import weeks_to_wait
from bot.services.agenda import Agenda
from bot.services.town import TownSettings
from storage import registrations, rolls
from storage.rolls import NewRoll
from storage.store import Tx

_LOOKED_AT = 60
"""Dates looked through for the next things to sign up for."""

_CYCLES = 8
_WEEKS = 13
"""So many weeks back places are counted for an estimate."""


class Sittings:
    """The dates, cycles and seasons of the directory as things to sign up for."""

    def __init__(self, agenda: Agenda, clock: Clock, *, town: TownSettings) -> None:
        """Read the dates from `agenda`; the town says when it is quiet."""
        self._agenda = agenda
        self._clock = clock
        self._town = town

    @property
    def quiet(self) -> Quiet:
        """The hours in which nobody is written to."""
        town = self._town.current
        return Quiet(self._clock.zone, town.quiet_from, town.quiet_to)

    def entry(self, entry_id: str) -> Entry | None:
        """Return an activity of the directory."""
        return self._agenda.activity(entry_id)

    def local(self) -> datetime:
        """Return the local wall time, without a zone."""
        return self._agenda.now()

    def moment(self, local: datetime) -> datetime:
        """Return the moment of a local wall time."""
        return attach(local, self._clock.zone)

    def of(self, key: OccurrenceKey, slot: int | None = None) -> Sitting:
        """Return what one signs up for with a date; OverError if one does not or it is over."""
        found = self.find(key, slot)
        if found is None or found.next_start(self.local()) is None:
            raise OverError
        return found

    def find(self, key: OccurrenceKey, slot: int | None = None) -> Sitting | None:
        """Return what one signs or signed up for with a date, over or not."""
        entry = self._agenda.activity(key.entry_id)
        return sitting(entry, self._dates(entry, key), key, slot=slot) if entry else None

    def made_of(self, date: Occurrence | None) -> Sitting | None:
        """Return what one signed up for with a date that the directory may have lost meanwhile."""
        entry = self._agenda.activity(date.key.entry_id) if date else None
        return sitting(entry, [date], date.key) if entry and date else None

    def of_roll(self, roll: Roll) -> Sitting | None:
        """Return what a list is for; None if it is no longer in the directory."""
        key, slot = key_of(roll)
        return self.find(key, slot)

    def ahead(self, entry_id: str, *, count: int) -> list[Sitting]:
        """Return the next things to sign up for with an entry, the next first."""
        entry = self._agenda.activity(entry_id)
        if entry is None or entry.signup is None or not entry.signup.here:
            raise OverError
        names: dict[str, OccurrenceKey] = {}
        holidays, now = self._agenda.holidays, self.local()
        for each in next_occurrences(entry, holidays, now=now, count=_LOOKED_AT):
            names.setdefault(name_of(entry, each), each.key)
        found = (self.find(key) for key in names.values())
        return list(islice((each for each in found if each and each.next_start(now)), count))

    async def opening(self, tx: Tx, what: Sitting, *, contact_id: str | None) -> Opening:
        """Return a sitting as it stands for somebody."""
        roll = await rolls.named(tx, what.entry.id, what.name)
        if roll is None:
            return Opening(what, what.capacity)
        number = await registrations.known(tx, roll.id, contact_id) if contact_id else None
        free = None if what.capacity is None else max(0, what.capacity - roll.taken)
        return Opening(what, free, roll.waiting, number)

    async def seat(self, tx: Tx, registration: Registration) -> Seat | None:
        """Return a registration with all that is said about it; None if the entry has gone."""
        roll = await rolls.get(tx, registration.roll_id)
        what = self.of_roll(roll) if roll else None
        if roll is None or what is None:
            return None
        return await self.seated(tx, registration, roll, what)

    async def seated(self, tx: Tx, registration: Registration, roll: Roll, what: Sitting) -> Seat:
        """Return a registration on a list that is known."""
        queued = registration.state in QUEUED
        position = await registrations.position(tx, registration) if queued else 0
        weeks = await self._weeks(tx, roll, what, position) if queued else None
        starts, ends, place = self._when(what)
        until = registration.offered_until
        wall = until.astimezone(self._clock.zone).replace(tzinfo=None) if until else None
        return Seat(registration, roll, what, starts, ends, place, position, weeks, wall)

    def following(self, what: Sitting) -> list[Sitting]:
        """Return the cycles or seasons that come after this one."""
        coming = self.ahead(what.entry.id, count=_CYCLES)
        return [each for each in coming if each.starts > what.starts and each.name != what.name]

    async def _weeks(self, tx: Tx, roll: Roll, what: Sitting, position: int) -> int | None:
        """Return about how many weeks somebody at a position waits, for a cycle until one has room."""
        if what.signup.per != "date" and what.capacity:
            turns, coming = ceil(position / what.capacity), self.following(what)
            if turns <= len(coming):
                return max(1, (coming[turns - 1].starts - self.local()).days // 7)
        since = self.local().date() - timedelta(weeks=_WEEKS)
        freed = await rolls.freed_since(tx, roll.entry_id, since.isoformat())
        return weeks_to_wait(position, freed=freed, weeks=_WEEKS)

    def new_roll(self, what: Sitting) -> NewRoll:
        """Return what the list of a sitting begins with."""
        return NewRoll(
            what.entry.id,
            what.name,
            what.first.key.original_start,
            what.starts,
            what.ends,
            self.moment(what.starts),
            self.moment(what.ends),
            what.capacity,
        )

    def place(self, place_id: str | None) -> Place | None:
        """Return a place of the directory."""
        return self._agenda.directory.places.get(place_id or "")

    def _when(self, what: Sitting) -> tuple[datetime, datetime, Place | None]:
        if what.signup.slot:
            return what.starts, what.ends, self.place(what.first.place_id)
        date = what.next_date(self.local()) or what.dates[-1]
        return date.start, date.end, self.place(date.place_id)

    def _dates(self, entry: Entry, key: OccurrenceKey) -> list[Occurrence]:
        holidays = self._agenda.holidays
        if entry.signup is not None and entry.signup.per != "date":
            since, until = around(key)
            return occurrences(entry, holidays, since=since, until=until)
        found = find(entry, holidays, key)
        return [found] if found else []
