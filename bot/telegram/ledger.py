"""The memory of updates that had no effect to be remembered with: written together, a few at a time."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from bot.clock import Clock
from bot.domain.causes import Cause
from storage import updates
from storage.store import Store, Tx

_RECENT = 10_000


class Ledger:
    """Which updates are done; one transaction remembers all that have finished meanwhile."""

    def __init__(
        self, store: Store, clock: Clock, *, along: Callable[[Tx], Awaitable[None]] | None = None
    ) -> None:
        """Write to `store`, dated by `clock`; what `along` writes goes into the same transaction."""
        self._store = store
        self._clock = clock
        self._along = along
        self._done: set[int] = set()
        self._order: deque[int] = deque()
        self._waiting: list[Cause] = []
        self._writing = asyncio.Lock()

    async def open(self) -> None:
        """Read which updates were done before the last stop."""
        async with self._store.read() as tx:
            for update_id in await updates.recent(tx, _RECENT):
                self._know(update_id)

    def knows(self, update_id: int) -> bool:
        """Tell whether this update has been handled already."""
        return update_id in self._done

    async def settle(self, cause: Cause) -> None:
        """Return once the update is remembered for good."""
        if not cause.settled:
            self._waiting.append(cause)
            async with self._writing:
                if not cause.settled:
                    await self._write_all()
        self._know(cause.update_id)

    async def _write_all(self) -> None:
        batch, self._waiting = self._waiting, []
        try:
            async with self._store.write() as tx:
                tx.news = False  # nothing here is to be sent
                await updates.remember(tx, [cause.update_id for cause in batch], self._clock.now())
                if self._along is not None:
                    await self._along(tx)
        except BaseException:
            self._waiting = batch + self._waiting  # the others in it still count on being written
            raise
        for cause in batch:
            cause.settled = True

    def _know(self, update_id: int) -> None:
        if update_id in self._done:
            return
        self._done.add(update_id)
        self._order.append(update_id)
        if len(self._order) > _RECENT:
            self._done.discard(self._order.popleft())
