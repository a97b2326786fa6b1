"""Tells listening pages what changed; it never makes the one who changed it wait."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

MOST_CHANGES = 500


@dataclass(frozen=True, slots=True)
class Change:
    """One thing worth fetching again; without a chat, everything."""

    chat: int | None
    person: int | None
    kind: str


EVERYTHING = Change(None, None, "state")


class Listener:
    """One open page: equal changes melt into one, too many become "fetch everything"."""

    def __init__(self) -> None:
        """Start with nothing to tell."""
        self._waiting: dict[Change, None] = {}
        self._awake = asyncio.Event()
        self._closed = False

    def tell(self, change: Change) -> None:
        """Note a change; constant time whatever the listener does."""
        if len(self._waiting) >= MOST_CHANGES:
            self._waiting.clear()
            change = EVERYTHING
        self._waiting[change] = None
        self._awake.set()

    def close(self) -> None:
        """End the listening."""
        self._closed = True
        self._awake.set()

    async def next(self, heartbeat: float) -> list[Change] | None:
        """Wait for changes; an empty list after `heartbeat` seconds, None at the end."""
        try:
            async with asyncio.timeout(heartbeat):
                await self._awake.wait()
        except TimeoutError:
            return []
        if self._closed:
            return None
        told, self._waiting = list(self._waiting), {}
        self._awake.clear()
        return told

    async def stream(self, heartbeat: float) -> AsyncIterator[list[Change]]:
        """Give batches of changes, empty ones as heartbeats, until closed."""
        while (batch := await self.next(heartbeat)) is not None:
            yield batch


class Changes:
    """All listening pages."""

    def __init__(self) -> None:
        """Start without listeners."""
        self._listeners: set[Listener] = set()

    def open(self) -> Listener:
        """Add a listener; give it back with `release`."""
        listener = Listener()
        self._listeners.add(listener)
        return listener

    def release(self, listener: Listener) -> None:
        """Forget a listener."""
        self._listeners.discard(listener)

    def publish(self, chat: int | None, kind: str, *, person: int | None = None) -> None:
        """Tell every listener that something changed."""
        if self._listeners:
            change = Change(chat, person, kind)
            for listener in self._listeners:
                listener.tell(change)

    def close(self) -> None:
        """End all listening."""
        for listener in list(self._listeners):
            listener.close()
