"""Remembers what every contribution is about, so that a draft meets the like of it however old it is."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.domain.contributions import Contribution
from bot.domain.likeness import Similarity, texts_of
from bot.domain.resemblance import Topics
from storage import contribution_events, contributions
from storage.store import Store

AT_ONCE = 200
"""Contributions read at one go; a town with ten thousand is known a few minutes after a start."""

NOMINATED = 24


class AlikeIndex:
    """In memory only: nothing of what people write is stored a second time, so nothing need be erased twice.

    It follows the events: whoever changes a contribution writes one.
    """

    def __init__(self, store: Store, similarity: Similarity) -> None:
        """Read from `store` and understand by `similarity`."""
        self._store = store
        self._similarity = similarity
        self._topics = Topics()
        self._heard: int | None = None
        self._below: int | None = None
        self._complete = False
        self._one_at_a_time = asyncio.Lock()

    async def catch_up(self) -> int:
        """Read what is new or has changed, then some of what was there before; return how many."""
        async with self._one_at_a_time:
            return await self._catch_up()

    async def keep_up(self) -> int:
        """Catch up for the clock and return 0: when something unlinkable came must stand in no log."""
        await self.catch_up()
        return 0

    async def nearest(self, text: str) -> Sequence[int]:
        """Return the numbers of what is about the same as `text`, as far as is known by now."""
        await self.catch_up()
        wanted = self._similarity.topics(self._similarity.concepts(text))
        return self._topics.nearest(wanted, limit=NOMINATED)

    async def _catch_up(self) -> int:
        async with self._store.read() as tx:
            if self._heard is None:
                self._heard = await contribution_events.newest(tx)
            changed = await contribution_events.after(tx, self._heard, limit=AT_ONCE)
            older = (
                [] if self._complete else await contributions.below(tx, self._below, limit=AT_ONCE)
            )
            found = await contributions.several(tx, {*changed.values(), *older})
        await self._learn(found)
        self._heard = max(changed, default=self._heard)
        self._below = min(older, default=self._below)
        self._complete = self._complete or not older
        return len(found)

    async def _learn(self, found: Sequence[Contribution]) -> None:
        for each in found:
            topics: dict[str, float] = {}
            for text in texts_of(each):
                for topic, weight in self._similarity.topics(
                    self._similarity.concepts(text)
                ).items():
                    topics[topic] = max(weight, topics.get(topic, 0.0))
            self._topics.put(each.number, {} if each.final else topics)
            await asyncio.sleep(0)  # people who wait go first
