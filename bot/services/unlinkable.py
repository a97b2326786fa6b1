"""Contributions that nobody can link to a person: no author, no receipt, no moment, a code instead."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import replace
from datetime import date, datetime

from bot.clock import Clock
from bot.domain.anonymity import code_hash, new_code
from bot.domain.causes import Cause
from bot.domain.contribution_dates import day_only, due
from bot.domain.contribution_lists import Receipt
from bot.domain.contributions import Contribution, Draft
from bot.domain.errors import OutdatedError, TooMuchError
from bot.domain.residents import Resident
from bot.domain.sending import new_contribution
from bot.services.contribution_access import refuse_limited
from bot.services.contribution_ends import take_back
from bot.services.dialogues import forget_draft_in
from bot.services.town import TownSettings
from storage import contribution_events, contributions, privacy
from storage.store import Store

PER_DAY = 3
"""Unlinkable contributions one resident may send in a day."""


class DayCount:
    """Counts per person and day, in memory alone and under a key that dies with the day.

    A row would say who sent something today; after a restart a few more get through, and that is
    the lesser evil.
    """

    def __init__(self) -> None:
        self._day: date | None = None
        self._key = b""
        self._counts: dict[bytes, int] = {}

    def full(self, person: str, today: date) -> bool:
        """Tell whether the person has used up today's number."""
        if today != self._day:
            self._day, self._key, self._counts = today, secrets.token_bytes(32), {}
        return self._counts.get(self._name(person), 0) >= PER_DAY

    def count(self, person: str) -> None:
        """Count one more."""
        name = self._name(person)
        self._counts[name] = self._counts.get(name, 0) + 1

    def _name(self, person: str) -> bytes:
        return hashlib.blake2b(person.encode(), key=self._key, digest_size=16).digest()


class Unlinkable:
    """Takes in, and takes back, what has no author."""

    def __init__(self, store: Store, clock: Clock, *, town: TownSettings) -> None:
        """Work on `store` by `clock`."""
        self._store = store
        self._clock = clock
        self._town = town
        self._counted = DayCount()

    async def submit(self, cause: Cause, resident: Resident, draft: Draft) -> Receipt:
        """Keep words, kind and rounded place; return the code, which is stored nowhere.

        What the resident had written on the way here is erased in the same transaction, also from
        the files, and the team hears of it with the others in the morning.
        """
        today = self._clock.local().date()
        if self._counted.full(resident.contact_id, today):
            raise TooMuchError
        code, person = new_code(), resident.contact_id
        new = self._without_person(draft, language=draft.language or resident.language)
        async with self._store.write(cause) as tx:
            await refuse_limited(tx, person, self._clock.now())
            number = await contributions.add(tx, new, tracking_hash=code_hash(code))
            await contribution_events.add(tx, number, "submitted", at=new.created_at, by=None)
            await forget_draft_in(tx, person, now=self._clock.now())
            await privacy.drop_set_aside(tx, person)
            tx.wipe = True
        self._counted.count(person)
        return Receipt(number, code, new.due_at)

    async def withdraw(self, cause: Cause, code: str) -> None:
        """Take back what this code belongs to; OutdatedError if there is nothing to take back."""
        hashed = code_hash(code)
        async with self._store.write(cause) as tx:
            found = await contributions.by_code(tx, hashed) if hashed else None
            if found is None or found.final:
                raise OutdatedError
            await take_back(tx, found, now=self._today(), by=None)

    def _without_person(self, draft: Draft, *, language: str) -> Contribution:
        day = self._today()
        new = new_contribution(draft, language=language, now=day)
        deadline = due(new.kind, new.category, now=day, days=self._town.current.answer_within)
        return replace(new, wants_reply=False, due_at=deadline)

    def _today(self) -> datetime:
        return day_only(self._clock.now(), self._clock.zone)
