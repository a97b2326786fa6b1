"""The team's day: what takes place today, and who waits; each member sees their own activities."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bot.clock import Clock
from bot.domain.agenda import Row
from bot.domain.hosting import hosts
from bot.domain.polls import PollState
from bot.domain.residents import Resident
from bot.domain.roles import Role, Staff, demand
from bot.domain.workday import Held, Today, Waiting
from bot.services.agenda import Agenda
from bot.services.sittings import Sittings
from bot.services.town import TownSettings
from storage import gatherings, phoning, polls, questions, registrations, rolls, staff
from storage.store import Store, Tx

_A_DAY = timedelta(days=1)
_LOOKED_AT = 100
"""Polls and sessions looked through: nobody holds more at a time."""


class Workday:
    """What a member of the team looks at in the morning; it changes nothing."""

    def __init__(
        self, store: Store, clock: Clock, *, agenda: Agenda, sittings: Sittings, town: TownSettings
    ) -> None:
        """Read from `store`, by `clock`."""
        self._store = store
        self._clock = clock
        self._agenda = agenda
        self._sittings = sittings
        self._town = town

    async def today(self, member: Resident) -> Today:
        """Return what takes place today; NotAllowedError for who is not of the team."""
        begins = datetime.combine(self._sittings.local().date(), time())
        rows = await self._agenda.rows(begins, begins + _A_DAY)
        async with self._store.read() as tx:
            team = demand(await staff.of(tx, member.contact_id), Role.ANIMATOR)
            theirs = [row for row in rows if self._hosts(team, row.entry.id)]
            dates = [await self._held(tx, row) for row in theirs]
            offered = await registrations.offered(tx)
            return Today(
                tuple(dates),
                offers=sum(many for entry, many in offered.items() if self._hosts(team, entry)),
                polls=await self._polls(tx, team),
                sessions=await self._sessions(tx, team),
            )

    async def waiting(self, member: Resident) -> Waiting:
        """Return how many people wait; NotAllowedError for who is not of the team."""
        now = self._clock.now()
        async with self._store.read() as tx:
            team = demand(await staff.of(tx, member.contact_id), Role.ANIMATOR)
            queued = await rolls.waiting(tx, since=now)
            calls = await phoning.waiting(tx, now=now)
            return Waiting(
                questions=await questions.count_waiting(tx),
                queued=sum(many for entry, many in queued.items() if self._hosts(team, entry)),
                calls=sum(self._hosts(team, call.entry_id) for call in calls),
            )

    async def _held(self, tx: Tx, row: Row) -> Held:
        what = self._sittings.find(row.occurrence.key)
        if what is None:
            return Held(row.entry, row.occurrence)
        named = await rolls.named(tx, what.entry.id, what.name)
        found = [named] if named else []
        if what.signup.slot:
            found = await rolls.begun_with(tx, what.entry.id, row.occurrence.key.stamp + "/")
        taken, waiting = sum(roll.taken for roll in found), sum(roll.waiting for roll in found)
        limited = what.capacity is not None and not what.signup.slot
        free = max(0, (what.capacity or 0) - taken) if limited else None
        return Held(row.entry, row.occurrence, listed=True, taken=taken, free=free, waiting=waiting)

    async def _polls(self, tx: Tx, team: Staff) -> int:
        centre = None if team.role is Role.COORDINATOR else team.centre
        found = await polls.latest(tx, states=[PollState.OPEN], centre=centre, limit=_LOOKED_AT)
        return len(found)

    async def _sessions(self, tx: Tx, team: Staff) -> int:
        centre = None if team.role is Role.COORDINATOR else team.centre
        found = await gatherings.latest(tx, centre=centre, limit=_LOOKED_AT)
        return sum(each.running(self._clock.now()) for each in found)

    def _hosts(self, team: Staff, entry_id: str) -> bool:
        entry = self._sittings.entry(entry_id)
        return entry is not None and hosts(team, entry, self._town.current)
