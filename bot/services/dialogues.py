"""Half-finished dialogues: rows that survive restarts, interruptions of days and language switches."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.clock import Clock
from bot.domain.causes import Cause
from bot.domain.conversations import Conversation
from bot.domain.drafting import OF_A_DRAFT, OF_AN_ENTRY
from bot.domain.unfinished import above, without
from storage import conversations
from storage.store import Store, Tx

_KEPT = timedelta(days=7)
_REMEMBERED = 20_000


class Dialogues:
    """What each person has begun in each chat; only private chats have dialogues today."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Work on `store` by `clock`."""
        self._store = store
        self._clock = clock
        self._none: set[str] = set()

    async def current(self, person: str) -> Conversation | None:
        """Return what the person has begun, or None; people without a dialogue cost no query."""
        if person in self._none:
            return None
        async with self._store.read() as tx:
            found = await conversations.get(tx, chat=person, person=person, now=self._clock.now())
        if found is None:
            if len(self._none) >= _REMEMBERED:
                self._none.clear()
            self._none.add(person)
        return found

    async def begin(self, cause: Cause, person: str, conversation: Conversation) -> None:
        """Remember the step a person has reached, in place of the one before; drafts wait beneath it."""
        now = self._clock.now()
        self._none.discard(person)  # before the commit: whoever stops waiting for it is no witness
        async with self._store.write(cause) as tx:
            before = await conversations.get(tx, chat=person, person=person, now=now)
            conversation = above(conversation, before)
            await _put(tx, person, conversation, now=now)

    async def end(self, cause: Cause, person: str) -> None:
        """Forget what the person had begun; what waited beneath comes back."""
        if person in self._none:
            return
        async with self._store.write(cause) as tx:
            await end_in(tx, person, now=self._clock.now())

    async def forget_draft(self, cause: Cause, person: str) -> None:
        """Forget the person's draft, wherever it waits; what else they have begun stays."""
        if person in self._none:
            return
        async with self._store.write(cause) as tx:
            await forget_draft_in(tx, person, now=self._clock.now())

    async def forget_entry(self, cause: Cause, person: str) -> None:
        """Forget what somebody of the team was entering for others, wherever it waits."""
        if person in self._none:
            return
        async with self._store.write(cause) as tx:
            await forget_entry_in(tx, person, now=self._clock.now())


async def end_in(tx: Tx, person: str, *, now: datetime) -> None:
    """Forget, in the transaction of what ended it, what the person had begun; what waits comes back."""
    before = await conversations.get(tx, chat=person, person=person, now=now)
    await _leave(tx, person, before.beneath if before else None, now=now)


async def forget_draft_in(tx: Tx, person: str, *, now: datetime) -> None:
    """Forget a draft in the transaction that sends it."""
    before = await conversations.get(tx, chat=person, person=person, now=now)
    await _leave(tx, person, without(before, OF_A_DRAFT), now=now)


async def forget_entry_in(tx: Tx, person: str, *, now: datetime) -> None:
    """Forget what was being entered in the transaction that enters it."""
    before = await conversations.get(tx, chat=person, person=person, now=now)
    await _leave(tx, person, without(before, OF_AN_ENTRY), now=now)


async def _leave(tx: Tx, person: str, rest: Conversation | None, *, now: datetime) -> None:
    if rest is not None:
        await _put(tx, person, rest, now=now)
    else:
        await conversations.drop(tx, chat=person, person=person)


async def _put(tx: Tx, person: str, conversation: Conversation, *, now: datetime) -> None:
    expires = now + _KEPT
    await conversations.put(tx, conversation, chat=person, person=person, expires_at=expires)
