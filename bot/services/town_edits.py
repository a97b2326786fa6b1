"""Changing the town in the chat: coordinators only, each change in the audit, in force at once."""

from __future__ import annotations

from bot.clock import Clock
from bot.domain.causes import Cause
from bot.domain.errors import OutdatedError
from bot.domain.residents import Resident
from bot.domain.roles import Role, demand
from bot.domain.town import Town
from bot.domain.town_edits import Edit, changed
from bot.services import audit
from bot.services.town import TownSettings
from storage import staff
from storage import town as settings
from storage.store import Store


class TownEdits:
    """What coordinators may change about the town; it wins over the town's file from then on."""

    def __init__(self, store: Store, clock: Clock, *, town: TownSettings) -> None:
        """Work on `store` by `clock`; `town` is what everybody reads."""
        self._store = store
        self._clock = clock
        self._town = town

    async def look(self, resident: Resident) -> Town:
        """Return the town as it is set, for a coordinator."""
        async with self._store.read() as tx:
            demand(await staff.of(tx, resident.contact_id), Role.COORDINATOR)
        return self._town.current

    async def save(self, cause: Cause, resident: Resident, edit: Edit) -> Town:
        """Carry out a whole edit and return the town as it is now."""
        if edit.next_language is not None:
            raise OutdatedError
        now = self._clock.now()
        async with self._store.write(cause) as tx:
            member = demand(await staff.of(tx, resident.contact_id), Role.COORDINATOR)
            # Two may change two halves of one value at once: what counts is how it stands here.
            stored = Town.of(await settings.settings(tx))
            key, value = changed(stored, edit)
            await settings.put(tx, key, value, source="chat", now=now)
            await audit.record(tx, "town.changed", now=now, by=member, subject=edit.field.value)
        return await self._town.load()
