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

_LATENESS = 0.1
"""Timers fire late on a busy machine: that much of the even rhythm may be made good."""

_SOON = 0.005
"""When to ask again while all places are held by messages that are just about to leave."""

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
    leaving: int = 0
    parked_until: float = 0.0


@dataclass(slots=True)
class Rules:
    """The memory of what has left and who was refused; chats are named by their Telegram id.

    `wait` says how long, `take` holds a place, which `leaves` turns into a departure and `stays`
    sets free; `refused` takes note of a 429. Nothing here sleeps and no clock is read.
    """

    limits: Limits = field(default_factory=Limits)
    _left: deque[float] = field(default_factory=deque)
    _leaving: int = 0
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
        """Hold a place for a message that is about to leave."""
        self._leaving += 1
        self._chats.setdefault(chat, _Chat()).leaving += 1
        # A reply goes at once and pushes what can wait further back, so that the whole stays even.
        gap = 1.0 / self.limits.rate
        in_rhythm = now - self._next_even <= _LATENESS
        self._next_even = (self._next_even if in_rhythm else now) + gap
        if lane is Lane.DIRECT:
            self._direct_at = now
        if len(self._chats) > self._sweep_at:
            self._forget_quiet_chats(now)

    def leaves(self, chat: int, now: float) -> None:
        """Count a departure: from now on the held place is a moment in the guarded second."""
        self.stays(chat)
        self._left.append(now)
        self._chats[chat].left.append(now)

    def stays(self, chat: int) -> None:
        """Set a held place free: whoever wanted to send has gone away."""
        self._leaving -= 1
        self._chats[chat].leaving -= 1

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
        ready = _free(self._left, self._room(lane, now) - self._leaving, now, span=_SPAN)
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
        in_a_second = self.limits.burst if lane is Lane.DIRECT else self.limits.chat
        ready = _free(left, in_a_second - known.leaving, now, span=_SPAN)
        if chat < 0:
            in_a_minute = self.limits.group - known.leaving
            ready = max(ready, _free(left, in_a_minute, now, span=_MINUTE))
        return max(ready, known.parked_until)

    def _forget_quiet_chats(self, now: float) -> None:
        for chat, known in list(self._chats.items()):
            last = known.left[-1] if known.left else float("-inf")
            if not known.leaving and known.parked_until <= now and last <= now - _memory(chat):
                del self._chats[chat]
        self._sweep_at = _FEW_CHATS + 2 * len(self._chats)


def _free(left: deque[float], places: int, now: float, *, span: float) -> float:
    """Return the moment from which fewer than `places` departures are younger than `span`."""
    if places <= 0:
        return now + _SOON
    return left[-places] + span if len(left) >= places else now


def _memory(chat: int) -> float:
    """Return for how long a departure counts in this chat; groups have negative ids."""
    return _MINUTE if chat < 0 else _SPAN
