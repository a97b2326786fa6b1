"""What the town has set: seeded from town.yaml, changed by staff, kept at hand for every message."""

from __future__ import annotations

from bot.clock import Clock
from bot.domain.town import Town
from storage import town
from storage.store import Store


class TownSettings:
    """The town's names, numbers and words; `current` never waits for the database."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self.current = Town()

    async def load(self) -> Town:
        """Read the settings anew and return them."""
        async with self._store.read() as tx:
            self.current = Town.of(await town.settings(tx))
        return self.current
