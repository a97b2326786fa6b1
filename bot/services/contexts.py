"""What was shown last to each person: kept in memory, and written along with what is written anyway."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.answers.answer import Context
from bot.answers.memory import pack, unpack
from bot.clock import Clock
from bot.domain.residents import Resident
from storage import answer_contexts
from storage.answer_contexts import Row
from storage.store import Store, Tx

KEPT: Final = timedelta(minutes=15)
"""How long « et le samedi ? » is understood."""

_MOST: Final = 20_000


@dataclass(frozen=True, slots=True)
class _Kept:
    context: Context
    reader: str
    """The language of the resident then: if they have changed it since, it counts."""
    until: datetime


class Contexts:
    """Where each person's conversation stands; groups have none."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Work on `store` by `clock`."""
        self._store = store
        self._clock = clock
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._unsaved: set[str] = set()

    async def load(self) -> None:
        """Take up where the conversations stood when the program stopped."""
        async with self._store.read() as tx:
            rows = await answer_contexts.live(tx, self._clock.now())
        for row in rows:
            kept = _Kept(unpack(row.data), row.data["reader"], row.expires_at)
            self._kept[row.contact_id] = kept

    def of(self, resident: Resident) -> Context:
        """Return where the conversation with `resident` stands; a fresh one after some minutes."""
        fresh = Context(language="de" if resident.language == "de" else "fr")
        kept = self._kept.get(resident.contact_id)
        if kept is None or kept.until <= self._clock.now():
            return fresh
        if kept.reader != resident.language:
            return replace(kept.context, language=fresh.language)
        return kept.context

    def keep(self, resident: Resident, context: Context) -> None:
        """Remember where the conversation stands; it is written with the update that led here."""
        until = self._clock.now() + KEPT
        self._kept[resident.contact_id] = _Kept(context, resident.language, until)
        self._kept.move_to_end(resident.contact_id)
        self._unsaved.add(resident.contact_id)
        if len(self._kept) > _MOST:
            gone, _ = self._kept.popitem(last=False)
            self._unsaved.discard(gone)

    def forget(self, contact_id: str) -> None:
        """Drop what is remembered of somebody who is erased."""
        self._kept.pop(contact_id, None)
        self._unsaved.discard(contact_id)

    async def save(self, tx: Tx) -> None:
        """Write what has changed since the last time."""
        people, self._unsaved = self._unsaved, set()
        try:
            await answer_contexts.put(tx, [self._row(each) for each in sorted(people)])
        except BaseException:
            self._unsaved |= people & set(self._kept)
            raise

    def _row(self, contact_id: str) -> Row:
        kept = self._kept[contact_id]
        return Row(contact_id, {**pack(kept.context), "reader": kept.reader}, kept.until)
