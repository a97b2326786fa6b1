"""What the town has set: seeded from town.yaml, changed by staff, kept at hand for every message."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

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

    def new_year(self) -> datetime:
        """Return the beginning of this year in the town."""
        first = date(self.day().year, 1, 1)
        return datetime.combine(first, time(), tzinfo=self._clock.zone).astimezone(UTC)

    async def load(self) -> Town:
        """Read the settings anew and return them."""
        async with self._store.read() as tx:
            self.current = Town.of(await town.settings(tx))
        return self.current
