"""Telegram's sending limits as buckets; it only counts, it never waits."""

from __future__ import annotations

import math
from collections import OrderedDict, deque

ALL_PER_SECOND = 30
CHAT_BURST = 3
GROUP_PER_MINUTE = 20
MINUTE = 60.0
MOST_CHATS = 20_000


class Bucket:
    """A token bucket that refills by `rate` per second up to `size`."""

    __slots__ = ("_filled", "_rate", "_size", "_tokens")

    def __init__(self, rate: float, size: float, *, now: float) -> None:
        """Start full."""
        self._rate = rate
        self._size = size
        self._tokens = size
        self._filled = now

    def missing(self, now: float) -> float:
        """Say how many seconds until one token is there (0 = now)."""
        self._tokens = min(self._size, self._tokens + (now - self._filled) * self._rate)
        self._filled = now
        return max(0.0, (1.0 - self._tokens) / self._rate)

    def take(self) -> None:
        """Use one token."""
        self._tokens -= 1.0


class RateLimits:
    """About 30 messages a second, one a second per chat, twenty a minute per group."""

    def __init__(self, now: float) -> None:
        """Start with everything allowed."""
        self._all = Bucket(ALL_PER_SECOND, ALL_PER_SECOND, now=now)
        self._chats: OrderedDict[int, Bucket] = OrderedDict()
        self._groups: dict[int, deque[float]] = {}

    def refused_for(self, chat: int, *, group: bool, now: float) -> int:
        """Count one message, or say for how many seconds it is refused (0 = allowed)."""
        bucket = self._bucket(chat, now)
        waits = [self._all.missing(now), bucket.missing(now)]
        sent = self._groups.setdefault(chat, deque()) if group else deque[float]()
        while sent and sent[0] <= now - MINUTE:
            sent.popleft()
        if len(sent) >= GROUP_PER_MINUTE:
            waits.append(sent[0] + MINUTE - now)
        wait = max(waits)
        if wait <= 0:
            self._all.take()
            bucket.take()
            sent.append(now)
        return math.ceil(wait)

    def _bucket(self, chat: int, now: float) -> Bucket:
        bucket = self._chats.get(chat)
        if bucket is None:
            bucket = self._chats[chat] = Bucket(1.0, CHAT_BURST, now=now)
            if len(self._chats) > MOST_CHATS:
                self._chats.popitem(last=False)
        return bucket
