"""Reminding whoever is responsible of the answers that are due, at most once a day, never at night."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from bot.clock import Clock
from bot.domain.contribution_dates import CLOSE_TO_DUE
from bot.domain.contributions import Contribution
from bot.domain.pacing import Lane
from bot.i18n import voice
from bot.phrases import contributions as phrases
from bot.services import contribution_notices as telling
from bot.services import notices
from bot.services.town import TownSettings
from storage import contribution_lists, contributions, residents
from storage.store import Store, Tx

_ONCE_A_DAY = timedelta(hours=20)
_LISTED = 8
"""Buttons under one reminder; the inbox shows the rest."""

_Due = list[tuple[Contribution, date]]


class ContributionReminders:
    """A clock tick asks it; what is due is a question to the table."""

    def __init__(self, store: Store, clock: Clock, *, town: TownSettings) -> None:
        """Work on `store` by `clock`; the town says when it is night."""
        self._store = store
        self._clock = clock
        self._town = town

    async def remind_due(self) -> int:
        """Remind of what is due within two days or late; return how many people were reminded."""
        now = self._clock.now()
        if self._is_night():
            return 0
        async with self._store.read() as tx:
            found = await self._due(tx, now)
        if not found:
            return 0
        async with self._store.write() as tx:
            return await self._remind(tx, await self._due(tx, now), now=now)

    async def _due(self, tx: Tx, now: datetime) -> list[Contribution]:
        return await contribution_lists.to_remind(
            tx, before=now + CLOSE_TO_DUE, again_before=now - _ONCE_A_DAY
        )

    async def _remind(self, tx: Tx, due: list[Contribution], *, now: datetime) -> int:
        lists: dict[str, _Due] = {}
        for found in due:
            expected = found.promised_at or found.due_at or now
            local = expected.astimezone(self._clock.zone).date()
            for contact_id in await telling.responsible(tx, found):
                lists.setdefault(contact_id, []).append((found, local))
            await contributions.remind(tx, found.number, now)
        for contact_id, theirs in lists.items():
            await self._write_to(tx, contact_id, theirs, now=now)
        return len(lists)

    async def _write_to(self, tx: Tx, contact_id: str, due: _Due, *, now: datetime) -> None:
        member = await residents.glance(tx, contact_id)
        if member is None:
            return
        today = self._clock.local().date()
        message = phrases.reminder(
            voice(member.language), due[:_LISTED], total=len(due), today=today
        )
        key = f"c:due:{now:%Y%m%d%H}:{contact_id}"
        await notices.queue(tx, contact_id, message, key=key, now=now, lane=Lane.REMINDER)

    def _is_night(self) -> bool:
        town, at = self._town.current, self._clock.local().time()
        return _within(at, town.quiet_from, town.quiet_to)


def _within(at: time, start: time, end: time) -> bool:
    return start <= at < end if start <= end else at >= start or at < end
