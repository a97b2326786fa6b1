"""Half-finished dialogues: rows that survive restarts, interruptions of days and language switches."""

from __future__ import annotations

from datetime import timedelta

from bot.clock import Clock
from bot.domain.causes import Cause
from bot.domain.conversations import Conversation
from storage import conversations
from storage.store import Store

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
        """Remember the step a person has reached, in place of the one before."""
        expires = self._clock.now() + _KEPT
        self._none.discard(person)  # before the commit: whoever stops waiting for it is no witness
        async with self._store.write(cause) as tx:
            await conversations.put(
                tx, conversation, chat=person, person=person, expires_at=expires
            )

    async def end(self, cause: Cause, person: str) -> None:
        """Forget what the person had begun."""
        if person in self._none:
            return
        async with self._store.write(cause) as tx:
            await conversations.drop(tx, chat=person, person=person)
