"""A person's rights over their data: see it all, have it all deleted, change one's mind in between."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta

import structlog

from bot.clock import Clock
from bot.domain.causes import Cause
from bot.domain.contribution_dates import FORGET_AUTHOR_AFTER, FORGET_CONCERN_AFTER
from bot.domain.residents import FORGOTTEN_AFTER_DAYS, Resident
from bot.domain.unanswered import KEPT
from bot.i18n import voice
from bot.logs import journey
from bot.phrases import things as phrases
from bot.services import audit, notices
from bot.services.contexts import Contexts
from bot.services.residents import Residents
from storage import contribution_erasure, learning, occurrences, outbox, privacy, residents, updates
from storage.store import Store

NOTICE_VERSION = 2
"""Counts up when what we tell newcomers about their data changes; 2: ideas and concerns, photos, places."""

_log = structlog.get_logger(__name__)

UNDO = timedelta(minutes=10)

OLD_DATES = timedelta(days=2 * 366)
"""For so long the changes of a date are kept: reports of the year before name it as it was."""


class Privacy:
    """What is kept about a person, and how it goes."""

    def __init__(self, store: Store, clock: Clock, people: Residents, contexts: Contexts) -> None:
        """Work on `store` by `clock`; `people` and `contexts` forget whom the store forgets."""
        self._store = store
        self._clock = clock
        self._people = people
        self._contexts = contexts

    async def my_data(self, resident: Resident) -> tuple[bytes, date]:
        """Return one JSON file with every record about the resident, and the day it was made."""
        async with self._store.read() as tx:
            records = await privacy.everything_about(tx, resident.contact_id)
        content = json.dumps(records, ensure_ascii=False, indent=2, default=str).encode()
        return content, self._clock.local().date()

    async def count(self, resident: Resident) -> int:
        """Return how many records there are about the resident."""
        async with self._store.read() as tx:
            records = await privacy.everything_about(tx, resident.contact_id)
        return sum(len(rows) for rows in records.values())

    async def request_deletion(self, cause: Cause, resident: Resident) -> None:
        """Have everything about the resident deleted in ten minutes, and queue the receipt."""
        now = self._clock.now()
        due = now + UNDO
        receipt = phrases.deletion_set(voice(resident.language), due.astimezone(self._clock.zone))
        async with self._store.write(cause) as tx:
            await privacy.request_deletion(tx, resident.contact_id, now=now, due_at=due)
            key = f"deletion:{cause.update_id}"
            await notices.queue(tx, resident.contact_id, receipt, key=key, now=now)

    async def undo_deletion(self, cause: Cause, resident: Resident) -> bool:
        """Stop a deletion that has not happened yet; False if there is none."""
        async with self._store.write(cause) as tx:
            return await privacy.cancel_deletion(tx, resident.contact_id)

    def outdated(self, resident: Resident) -> bool:
        """Tell whether the resident has been told an earlier version of the privacy notice."""
        return 0 < resident.noticed_version < NOTICE_VERSION

    async def notice_shown(self, cause: Cause, resident: Resident) -> None:
        """Record that the resident has seen today's version of the privacy notice, and when."""
        async with self._store.write(cause) as tx:
            await privacy.record_consent(
                tx,
                contact_id=resident.contact_id,
                purpose="notice",
                version=NOTICE_VERSION,
                language=resident.language,
                granted=True,
                now=self._clock.now(),
            )
            await residents.change(tx, resident.contact_id, noticed_version=NOTICE_VERSION)
        self._people.forget(resident.contact_id)

    async def delete_due(self) -> int:
        """Carry out the deletions that are due; return how many people were forgotten."""
        now = self._clock.now()
        async with self._store.read() as tx:
            due = await privacy.due_deletions(tx, now)
        return await self._erase_all(due)

    async def clean_up(self) -> int:
        """Erase what is past its age: residents unheard of for two years, old authorship, old bookkeeping."""
        now = self._clock.now()
        async with self._store.write() as tx:
            await updates.purge(tx, now)
            await outbox.purge(tx, now=now)
            await occurrences.purge(tx, before=self._clock.local().replace(tzinfo=None) - OLD_DATES)
            await learning.purge(tx, before=self._clock.local().date() - KEPT)
            await contribution_erasure.forget_closed(
                tx, before=now - FORGET_AUTHOR_AFTER, concerns_before=now - FORGET_CONCERN_AFTER
            )
            gone = await residents.forgotten_before(tx, now - timedelta(days=FORGOTTEN_AFTER_DAYS))
        return await self._erase_all(gone)

    async def _erase_all(self, people: Sequence[str]) -> int:
        """Erase one after the other; one that fails is tried again next time and stops nobody."""
        done = 0
        for contact_id in people:
            try:
                await self._erase(contact_id)
            except Exception as error:  # noqa: BLE001 - the next person must be forgotten too
                _log.error("erasure failed", way=journey(error))
            else:
                done += 1
        return done

    async def _erase(self, contact_id: str) -> None:
        async with self._store.write() as tx:
            now = self._clock.now()
            await privacy.erase(tx, contact_id, now)
            await audit.record(tx, "data.erased", now=now)
        self._people.forget(contact_id)
        self._contexts.forget(contact_id)
