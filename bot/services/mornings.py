"""The list of what waits, each working morning, to whoever of the team wants it."""

from __future__ import annotations

from datetime import time

from bot.clock import Clock
from bot.domain.causes import Cause
from bot.domain.contribution_lists import Morning
from bot.domain.errors import NotAllowedError
from bot.domain.pacing import Lane
from bot.domain.residents import Resident
from bot.domain.silences import silence
from bot.i18n import voice
from bot.phrases import triage as phrases
from bot.services import notices
from bot.services.contribution_access import member_of_team
from bot.services.contribution_triage import Triage
from bot.services.town import TownSettings
from storage import mornings, residents
from storage.store import Store

EARLIEST, LATEST = time(7, 30), time(11)
"""Between these it is morning at work; where the town is quiet for longer, it comes after that."""

_SATURDAY = 5


class Mornings:
    """A clock tick asks it; whoever has nothing waiting is not written to."""

    def __init__(self, store: Store, clock: Clock, *, town: TownSettings, triage: Triage) -> None:
        """Work on `store` by `clock`; `triage` knows what waits for whom."""
        self._store = store
        self._clock = clock
        self._town = town
        self._triage = triage

    async def wished(self, resident: Resident) -> bool:
        """Tell whether this member of the team wants it."""
        async with self._store.read() as tx:
            return await mornings.wished(tx, resident.contact_id)

    async def wish(self, cause: Cause, resident: Resident, *, wanted: bool) -> None:
        """Send it each morning from now on, or no longer."""
        async with self._store.write(cause) as tx:
            await member_of_team(tx, resident)
            if wanted:
                await mornings.wish(tx, resident.contact_id)
            else:
                await mornings.drop(tx, resident.contact_id)

    async def send_due(self) -> int:
        """Queue the list for whoever has not had it today; return for how many."""
        if not self._is_morning():
            return 0
        async with self._store.read() as tx:
            due = await mornings.without(tx, self._town.day())
            people = [await residents.find(tx, contact_id) for contact_id in due]
        return sum([await self._send(person) for person in people if person is not None])

    async def _send(self, person: Resident) -> bool:
        try:
            found = await self._triage.morning(person)
        except NotAllowedError:  # has left the team since
            async with self._store.write() as tx:
                await mornings.drop(tx, person.contact_id)
            return False
        now, today = self._clock.now(), self._town.day()
        told = _waits(found) and silence(person, wants=True) is None
        async with self._store.write() as tx:
            await mornings.sent(tx, person.contact_id, today)
            if told:
                message = phrases.morning(voice(person.language), found, wished=True)
                key = f"c:morning:{today:%Y%m%d}:{person.contact_id}"
                await notices.queue(
                    tx, person.contact_id, message, key=key, now=now, lane=Lane.REMINDER
                )
        return told

    def _is_morning(self) -> bool:
        local, town = self._clock.local(), self._town.current
        quiet_ends = town.quiet_to if town.quiet_to < LATEST else EARLIEST
        return local.weekday() < _SATURDAY and max(EARLIEST, quiet_ends) <= local.time() < LATEST


def _waits(found: Morning) -> bool:
    lists = (found.new, found.overdue, found.promised, found.untold, found.untranslated)
    return any(page.total for page in lists)
