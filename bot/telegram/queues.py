"""One person at a time: whatever shares a key waits for its turn, everything else runs beside it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Queues:
    """A first-come lock per key, kept only while somebody uses it."""

    def __init__(self) -> None:
        """Begin with nobody waiting."""
        self._locks: dict[int, tuple[asyncio.Lock, int]] = {}

    def users(self, key: int) -> int:
        """Return how many with this key wait or are being served."""
        return self._locks[key][1] if key in self._locks else 0

    @asynccontextmanager
    async def turn(self, key: int) -> AsyncIterator[None]:
        """Wait until everyone who came before with the same key is done."""
        lock, users = self._locks.get(key, (asyncio.Lock(), 0))
        self._locks[key] = (lock, users + 1)
        try:
            async with lock:
                yield
        finally:
            lock, users = self._locks[key]
            if users == 1:
                del self._locks[key]
            else:
                self._locks[key] = (lock, users - 1)
