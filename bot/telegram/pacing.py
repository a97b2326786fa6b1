"""The one gate through which every message leaves, so that Telegram's limits hold for all together.

It waits in monotonic seconds and never looks at what is sent.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from telegram.error import RetryAfter

from bot.clock import monotonic
from bot.domain.pacing import Lane, Limits, Rules
from bot.telegram.failures import Wait, classify


@dataclass(eq=False, slots=True)
class _Waiter:
    lane: Lane
    chat: int
    granted: asyncio.Future[None]


class Pace:
    """Lets messages leave at no more than `rate` per second, whoever sends them.

    A handler writes `async with pace.turn(Lane.DIRECT, chat): await bot.send_message(…)`; a 429 met
    inside is noted by itself. Who can do something else meanwhile asks `take` instead.
    """

    def __init__(
        self,
        rate: int = 30,
        clock: Callable[[], float] = monotonic,
        *,
        limits: Limits | None = None,
    ) -> None:
        self._rules = Rules(limits or Limits(rate=rate))
        self.clock = clock
        self._waiting: list[_Waiter] = []
        self._timer: asyncio.TimerHandle | None = None
        self.served_at = float("-inf")

    @asynccontextmanager
    async def turn(self, lane: Lane, chat: int) -> AsyncIterator[None]:
        """Wait until a message of `lane` may leave for `chat`; send exactly one request inside."""
        await self._wait(lane, chat)
        self.leaves(chat)
        try:
            yield
        except RetryAfter as error:
            meaning = classify(error)
            if isinstance(meaning, Wait):
                self.refused(lane, chat, meaning.seconds)
            raise
        self.served()

    def take(self, lane: Lane, chat: int) -> float:
        """Hold a place for a message and return 0.0, or return the seconds still to wait.

        Whoever takes a turn this way says when it `leaves` (or that it `stays`), and then whether
        Telegram `served` or `refused` it.
        """
        self._grant()  # those who stand at the gate go first
        now = self.clock()
        delay = self._rules.wait(lane, chat, now)
        if delay == 0.0:
            self._rules.take(lane, chat, now)
        return delay

    def leaves(self, chat: int) -> None:
        """Say that the message for which a place is held leaves at this moment."""
        self._rules.leaves(chat, self.clock())

    def stays(self, chat: int) -> None:
        """Say that the message for which a place is held will not leave."""
        self._rules.stays(chat)
        self._grant()

    def room(self, lane: Lane) -> float:
        """Return the seconds until a message of this lane may leave for any chat at all."""
        self._grant()
        return self._rules.room(lane, self.clock())

    def refused(self, lane: Lane, chat: int, seconds: float) -> None:
        """Note that Telegram answered 429 and wants a pause of `seconds`."""
        self._rules.refused(lane, chat, seconds, self.clock())

    def served(self) -> None:
        """Note that Telegram has just accepted something: it is there and well."""
        self.served_at = self.clock()

    async def _wait(self, lane: Lane, chat: int) -> None:
        if self.take(lane, chat) == 0.0:
            return
        waiter = _Waiter(lane, chat, asyncio.get_running_loop().create_future())
        self._waiting.append(waiter)
        self._waiting.sort(key=lambda each: each.lane)  # stable: within a lane first come
        self._grant()
        try:
            await waiter.granted
        except asyncio.CancelledError:
            self._withdraw(waiter)
            raise

    def _withdraw(self, waiter: _Waiter) -> None:
        if waiter in self._waiting:
            self._waiting.remove(waiter)
        elif not waiter.granted.cancelled():
            self.stays(waiter.chat)

    def _grant(self) -> None:
        """Let everyone go whose moment has come, the lower lanes first; wake again for the rest."""
        if not self._waiting:
            return
        now = self.clock()
        soonest = float("inf")
        for waiter in [each for each in self._waiting if not each.granted.cancelled()]:
            delay = self._rules.wait(waiter.lane, waiter.chat, now)
            if delay > 0.0:
                soonest = min(soonest, delay)
                continue
            self._rules.take(waiter.lane, waiter.chat, now)
            self._waiting.remove(waiter)
            waiter.granted.set_result(None)
        self._wake_in(soonest)

    def _wake_in(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._waiting:
            self._timer = asyncio.get_running_loop().call_later(seconds, self._grant)
