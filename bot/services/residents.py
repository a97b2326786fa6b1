"""Residents: meeting them, and what they choose for themselves."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from datetime import timedelta
from typing import Unpack

from bot.clock import Clock
from bot.domain.causes import Cause
from bot.domain.pacing import Lane
from bot.domain.residents import Resident, first_guess
from storage import contacts, outbox, residents
from storage.store import Store

_REMEMBERED = 20_000
_SEEN_EVERY = timedelta(days=1)


class Residents:
    """Who writes to us; the ones met lately are kept in memory so that a question costs no query."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Work on `store` by `clock`."""
        self._store = store
        self._clock = clock
        self._met: OrderedDict[int, Resident] = OrderedDict()

    async def meet(self, telegram_id: int, language_code: str | None) -> Resident:
        """Return the resident behind a Telegram id, welcoming them if they are new."""
        known = self._met.get(telegram_id)
        now = self._clock.now()
        if known and now - known.seen_at < _SEEN_EVERY:
            self._met.move_to_end(telegram_id)
            return known
        async with self._store.read() as tx:
            found = await residents.by_telegram_id(tx, telegram_id)
        if found is None or now - found.seen_at >= _SEEN_EVERY or not found.reachable:
            found = await self._welcome(telegram_id, language_code)
        self._keep(telegram_id, found)
        return found

    async def group_moved(self, *, old: int, new: int) -> None:
        """Follow a group that Telegram has given a new id."""
        async with self._store.write() as tx:
            await contacts.follow(tx, old=old, new=new)

    async def choose_language(self, cause: Cause, resident: Resident, language: str) -> Resident:
        """Write to the resident in `language` from now on."""
        return await self._change(cause, resident, language=language, language_chosen=True)

    async def choose_neighbourhood(
        self, cause: Cause, resident: Resident, neighbourhood: str | None
    ) -> Resident:
        """Remember where the resident lives, or forget it."""
        return await self._change(cause, resident, neighbourhood=neighbourhood)

    async def show_simple(self, cause: Cause, resident: Resident, *, simple: bool) -> Resident:
        """Show short cards with pictures, or full ones."""
        return await self._change(cause, resident, simple=simple)

    async def pause(self, cause: Cause, resident: Resident, *, paused: bool) -> Resident:
        """Stop everything that is sent unasked, or let it come again."""
        return await self._change(cause, resident, paused=paused)

    async def reachable(self, cause: Cause, telegram_id: int, *, reachable: bool) -> None:
        """Take note that somebody has blocked the bot or let it in again; their settings stay."""
        async with self._store.write(cause) as tx:
            found = await residents.by_telegram_id(tx, telegram_id)
            if found:
                change = residents.revive if reachable else residents.retire
                await change(tx, found.contact_id)
        self._met.pop(telegram_id, None)

    async def unreachable(self, telegram_id: int) -> None:
        """Take note that a reply could not be delivered because the person is gone."""
        async with self._store.write() as tx:
            found = await residents.by_telegram_id(tx, telegram_id)
            if found:
                await residents.retire(tx, found.contact_id)
        self._met.pop(telegram_id, None)

    def language_of(self, telegram_id: int) -> str | None:
        """Return the language of somebody met lately, from memory."""
        known = self._met.get(telegram_id)
        return known.language if known else None

    def forget(self, contact_id: str) -> None:
        """Drop a resident from memory, after their data has changed elsewhere."""
        for telegram_id, known in list(self._met.items()):
            if known.contact_id == contact_id:
                del self._met[telegram_id]

    async def _welcome(self, telegram_id: int, language_code: str | None) -> Resident:
        now = self._clock.now()
        async with self._store.write() as tx:
            found = await residents.by_telegram_id(tx, telegram_id)
            if found is None:
                contact = await contacts.meet(tx, telegram_id, kind="person", now=now)
                guess = first_guess(language_code)
                return await residents.welcome(tx, contact, language=guess, now=now)
            await residents.seen(tx, found.contact_id, now)
            if not found.reachable:
                await residents.revive(tx, found.contact_id)
            return replace(found, seen_at=now, reachable=True)

    async def _change(
        self, cause: Cause, resident: Resident, **changes: Unpack[residents.Changes]
    ) -> Resident:
        try:
            async with self._store.write(cause) as tx:
                await residents.change(tx, resident.contact_id, **changes)
                if changes.get("paused"):  # what waits for them at this moment does not come either
                    now = self._clock.now()
                    await outbox.cancel_lane(tx, resident.contact_id, Lane.BROADCAST, now=now)
                changed = await residents.find(tx, resident.contact_id)
        finally:  # also when nobody waits for the commit any longer
            self.forget(resident.contact_id)
        return changed or resident

    def _keep(self, telegram_id: int, resident: Resident) -> None:
        self._met[telegram_id] = resident
        if len(self._met) > _REMEMBERED:
            self._met.popitem(last=False)
