"""When a message may leave: Telegram's limits as pure rules over monotonic seconds."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from enum import IntEnum

_SPAN = 1.004
"""The guarded second, a little longer than a second: what leaves evenly may arrive closer."""

_MINUTE = 60.3
_WRITING = 3.0
"""As long after a direct reply somebody is likely to write again."""

_LATENESS = 0.005
"""Timers fire late by a few milliseconds: that much of the even rhythm may be made good."""

_FEW_CHATS = 1024


class Lane(IntEnum):
    """Who waits for it: the lower, the sooner; DIRECT is never stored, the others are."""

    DIRECT = -10
    REPLY = 0
    REMINDER = 10
    BROADCAST = 20


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may leave: `rate` in a second to all, to each `chat` and to each `group` in a minute.

    A reply to somebody who waits may be part of a `burst` in their chat; while people write,
    `reserve` of the rate is kept for them.
    """

    rate: int = 30
    reserve: int = 1
    chat: int = 1
    burst: int = 3
    group: int = 20


@dataclass(slots=True)
class _Chat:
    left: deque[float] = field(default_factory=deque)
    parked_until: float = 0.0


@dataclass(slots=True)
class Rules:
    """The memory of what has left and who was refused; chats are named by their Telegram id.

    `wait` says how long, `take` counts a departure, `give_back` undoes one that did not happen,
    `refused` takes note of a 429. Nothing here sleeps and no clock is read.
    """

    limits: Limits = field(default_factory=Limits)
    _left: deque[float] = field(default_factory=deque)
    _chats: dict[int, _Chat] = field(default_factory=dict)
    _parked: dict[Lane, float] = field(default_factory=dict)
    _next_even: float = 0.0
    _direct_at: float = float("-inf")
    _braked_until: float = 0.0
    _refused_chat: int | None = None
    _sweep_at: int = _FEW_CHATS

    def wait(self, lane: Lane, chat: int, now: float) -> float:
        """Return the seconds until this message may leave; 0.0 means now."""
        return max(self.room(lane, now), self._in_chat(lane, chat, now) - now)

    def room(self, lane: Lane, now: float) -> float:
        """Return the seconds until the bot as a whole may send a message of this lane."""
        return max(0.0, self._overall(lane, now) - now)

    def take(self, lane: Lane, chat: int, now: float) -> None:
        """Count a message that leaves now."""
        self._left.append(now)
        self._chats.setdefault(chat, _Chat()).left.append(now)
        # A reply goes at once and pushes what can wait further back, so that the whole stays even.
        gap = 1.0 / self.limits.rate
        self._next_even = max(self._next_even, now - max(gap, _LATENESS)) + gap
        if lane is Lane.DIRECT:
            self._direct_at = now
        if len(self._chats) > self._sweep_at:
            self._forget_quiet_chats(now)

    def give_back(self, chat: int, at: float) -> None:
        """Take back a departure counted at `at`: whoever wanted to send has gone away."""
        for departures in (self._left, self._chats.get(chat, _Chat()).left):
            if at in departures:
                departures.remove(at)

    def refused(self, lane: Lane, chat: int, seconds: float, now: float) -> None:
        """Take note of a 429: this chat pauses and broadcasts slow down.

        Only when a second chat is refused inside the pause is it more than that chat's affair: then
        this lane and all that may wait longer pause too; direct replies pause chat by chat only.
        """
        until = now + seconds
        parked = self._chats.setdefault(chat, _Chat())
        parked.parked_until = max(parked.parked_until, until)
        if now < self._braked_until and self._refused_chat not in {None, chat}:
            for behind in Lane:
                if behind is not Lane.DIRECT and behind >= lane:
                    self._parked[behind] = max(self._parked.get(behind, 0.0), until)
        self._refused_chat = chat
        self._braked_until = max(self._braked_until, until)

    def _overall(self, lane: Lane, now: float) -> float:
        """Return the moment from which the bot as a whole has room for this lane."""
        while self._left and self._left[0] <= now - _SPAN:
            self._left.popleft()
        room = self._room(lane, now)
        ready = self._left[-room] + _SPAN if len(self._left) >= room else now
        if lane is Lane.DIRECT:
            return ready
        return max(ready, self._next_even, self._parked.get(lane, 0.0))

    def _room(self, lane: Lane, now: float) -> int:
        rate = self.limits.rate
        if lane is Lane.DIRECT:
            return rate
        if lane is Lane.BROADCAST and now < self._braked_until:
            return max(1, rate // 2)
        writing = now - self._direct_at < _WRITING
        return max(1, rate - self.limits.reserve) if writing else rate

    def _in_chat(self, lane: Lane, chat: int, now: float) -> float:
        """Return the moment from which this chat has room for this lane."""
        known = self._chats.get(chat)
        if known is None:
            return now
        left = known.left
        while left and left[0] <= now - _memory(chat):
            left.popleft()
        ready = known.parked_until
        if chat < 0 and len(left) >= self.limits.group:
            ready = max(ready, left[-self.limits.group] + _MINUTE)
        in_a_second = self.limits.burst if lane is Lane.DIRECT else self.limits.chat
        if len(left) >= in_a_second:
            ready = max(ready, left[-in_a_second] + _SPAN)
        return ready

    def _forget_quiet_chats(self, now: float) -> None:
        for chat, known in list(self._chats.items()):
            last = known.left[-1] if known.left else float("-inf")
            if known.parked_until <= now and last <= now - _memory(chat):
                del self._chats[chat]
        self._sweep_at = _FEW_CHATS + 2 * len(self._chats)


def _memory(chat: int) -> float:
    """Return for how long a departure counts in this chat; groups have negative ids."""
    return _MINUTE if chat < 0 else _SPAN
