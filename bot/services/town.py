"""What the town has set: seeded from town.yaml, changed by staff, kept at hand for every message."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from bot.clock import Clock
from bot.domain.town import Town
from storage import town
from storage.store import Store

_EVENING = time(18)


class TownSettings:
    """The town's names, numbers and words; `current` never waits for the database."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self.current = Town()

    def day(self, moment: datetime | None = None) -> date:
        """Return the day on which a moment falls in the town; today without one."""
        return (moment or self._clock.now()).astimezone(self._clock.zone).date()

    def evening(self, day: date) -> datetime:
        """Return the end of a working day in the town: by then something is promised."""
        return datetime.combine(day, _EVENING, tzinfo=self._clock.zone).astimezone(UTC)

    async def load(self) -> Town:
        """Read the settings anew and return them."""
        async with self._store.read() as tx:
            self.current = Town.of(await town.settings(tx))
        return self.current

    async def seed(self, values: Mapping[str, Any]) -> Town:
        """Take over what town.yaml says, except where staff have changed it since."""
        async with self._store.write() as tx:
            await town.seed(tx, values, self._clock.now())
        return await self.load()
