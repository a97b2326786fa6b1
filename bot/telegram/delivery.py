"""The postman: takes due messages out of the outbox and brings them to Telegram, each at its pace.

It never asks Telegram anything while the database waits: look, claim, send and note are four steps
of their own, so a process that dies leaves in doubt only what was on the wire. One process sends.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from contextvars import ContextVar
from dataclasses import dataclass

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot.clock import Clock
from bot.domain.errors import OperatorError
from bot.domain.pacing import Lane
from bot.domain.retries import Patience
from bot.metrics import Metrics
from bot.telegram.failures import Doubt, OurFault, Revoked, TheirFault, Wait, classify
from bot.telegram.pacing import Pace
from bot.telegram.sending import send
from bot.telegram.verdicts import Arrived, Outcome, judge, record
from storage import contacts, outbox
from storage.outbox import Claimed, Head
from storage.store import Store

SWEEP = 1.0
"""Seconds after which the postman looks by itself, should nobody have called."""

_AT_ONCE = 64
_STUMBLE = 5.0
_NOTHING = -1
_carrying: ContextVar[bool] = ContextVar("carrying", default=False)
_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Stamp:
    """The turn that was taken for one message; it is used by its first request or given back."""

    pace: Pace
    chat: int
    used: bool = False

    def turn(self) -> AbstractAsyncContextManager[None]:
        """Return what the next request waits for: nothing at first, then a turn of its own."""
        if self.used:
            return self.pace.turn(Lane.DIRECT, self.chat)
        self.used = True
        self.pace.leaves(self.chat)
        return nullcontext()

    def give_back(self) -> None:
        """Let somebody else have the turn if no request has used it."""
        if not self.used:
            self.pace.stays(self.chat)


class Delivery:
    """Sends what the outbox holds; `wake` it after commits, `run` it until told to stop.

    Messages of one contact go one after the other, those of up to `concurrency` contacts side by
    side, so that a slow or refused chat delays nobody else.
    """

    def __init__(
        self,
        store: Store,
        bot: Bot,
        *,
        pace: Pace,
        clock: Clock,
        metrics: Metrics,
        concurrency: int = 32,
        spread: Callable[[], float] = random.random,
    ) -> None:
        self._store = store
        self._bot = bot
        self._pace = pace
        self._clock = clock
        self._metrics = metrics
        self._concurrency = concurrency
        self._seconds = pace.clock
        self._spread = spread
        self._patience = Patience()
        self._heads: list[Head] = []
        self._chats: dict[str, int] = {}
        self._on_the_way: dict[str, asyncio.Task[None]] = {}
        self._woken = asyncio.Event()
        self._news = 0
        self._seen = _NOTHING
        self._looked_at = 0.0
        self._more = False
        self._revoked = False

    def wake(self) -> None:
        """Say that something may have been put into the outbox; cheap, call it after any commit."""
        if not _carrying.get():  # the notes we take ourselves are no news
            self._news += 1
            self._woken.set()

    async def outbox_age(self) -> float:
        """Return the seconds for which the longest waiting message has been due."""
        now = self._clock.now()
        async with self._store.read() as tx:
            since = await outbox.oldest_due(tx, now=now)
        return (now - since).total_seconds() if since else 0.0

    async def run(self, stop: asyncio.Event, *, drain: float = 8.0) -> None:
        """Deliver until `stop`; then claim nothing more and give what is on the wire some seconds.

        Raises OperatorError when Telegram no longer accepts the token: nobody else can mend that.
        """
        async with self._store.write() as tx:
            await outbox.recover(tx, now=self._clock.now())
        watcher = asyncio.create_task(self._watch(stop))  # noqa: TID251 - awaited below
        try:
            while not stop.is_set() and not self._revoked:
                self._woken.clear()
                await self._nap(await self._round())
        finally:
            watcher.cancel()
            await self._drain(drain, watcher)
        if self._revoked:
            raise OperatorError(
                "Telegram no longer accepts the token; nothing is lost, nothing can be sent.",
                remedy="Ask @BotFather for a new one, set QUARTIERBOT_TOKEN and start again.",
            )

    async def _watch(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._woken.set()

    async def _nap(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._woken.wait()

    async def _drain(self, seconds: float, watcher: asyncio.Task[None]) -> None:
        carriers = set(self._on_the_way.values())
        if carriers:
            _, left = await asyncio.wait(carriers, timeout=seconds)
            for carrier in left:
                carrier.cancel()
            if left:
                _log.warning("delivery_cut_short", on_the_wire=len(left))
        await asyncio.gather(watcher, *carriers, return_exceptions=True)

    async def _round(self) -> float:
        """Start whatever may leave now; return the seconds until it is worth coming back."""
        try:
            outage = self._patience.outage(self._seconds(), served_at=self._pace.served_at)
            if outage:
                return min(outage, SWEEP)
            return await self._start_all(1 if outage is not None else self._concurrency)
        except Exception as error:  # noqa: BLE001 - the postman outlives a locked or full database
            _log.error("delivery_stumbled", error=type(error).__name__)
            return SWEEP

    async def _start_all(self, most: int) -> float:
        if len(self._on_the_way) >= most:
            return SWEEP
        if self._should_look():
            await self._look()
        soonest = SWEEP
        for head in self._heads[:]:
            overall = self._pace.room(head.lane)
            if overall > 0.0:
                return min(soonest, overall)
            soonest = min(soonest, await self._start(head) or SWEEP)
            if len(self._on_the_way) >= most:
                break
        return 0.0 if self._more and not self._heads else soonest

    def _should_look(self) -> bool:
        late = self._seconds() - self._looked_at >= SWEEP
        return late or not self._heads or self._seen != self._news

    async def _look(self) -> None:
        self._seen, self._looked_at = self._news, self._seconds()
        now = self._clock.now()
        passing_over = self._patience.resting(self._looked_at) | self._on_the_way.keys()
        async with self._store.read() as tx:
            found = await outbox.heads(tx, now=now, limit=_AT_ONCE, passing_over=passing_over)
        if any(head.expired for head in found):
            async with self._store.write() as tx:
                await outbox.expire(tx, now=now)
        self._more = len(found) == _AT_ONCE
        self._heads = [head for head in found if not head.expired]
        self._chats.clear()

    async def _start(self, head: Head) -> float:
        """Send this message on its way and return 0.0, or return the seconds its chat must wait."""
        try:
            chat = self._chats.get(head.contact_id) or await self._address(head)
        except Exception as error:  # noqa: BLE001 - a contact that cannot be opened stops nobody else
            self._stumble(head, error)
            chat = None
        delay = self._pace.take(head.lane, chat) if chat else 0.0
        if delay > 0.0:
            return delay
        self._heads.remove(head)
        if chat:
            carrier = asyncio.create_task(self._carry(head, chat))  # noqa: TID251 - kept for _drain
            self._on_the_way[head.contact_id] = carrier
        return 0.0

    async def _address(self, head: Head) -> int | None:
        """Return the Telegram id behind the contact; give up what is meant for nobody any more."""
        async with self._store.read() as tx:
            chat = await contacts.telegram_id(tx, head.contact_id)
        if chat is None:
            async with self._store.write() as tx:
                await outbox.unreachable(tx, head.contact_id, now=self._clock.now())
        else:
            self._chats[head.contact_id] = chat
        return chat

    async def _carry(self, head: Head, chat: int) -> None:
        _carrying.set(True)
        news, stamp = self._news, _Stamp(self._pace, chat)
        try:
            async with self._store.write() as tx:
                row = await outbox.claim(tx, head.id)
            if row is not None:
                await self._note(row, chat, await self._send(row, chat, stamp))
        except Exception as error:  # noqa: BLE001 - one message must not end the delivery of all
            self._stumble(head, error)
        finally:
            stamp.give_back()
            del self._on_the_way[head.contact_id]
            if news != self._news:  # what came meanwhile was passed over if it is for this contact
                self._seen = _NOTHING
            self._woken.set()

    def _stumble(self, head: Head, error: Exception) -> None:
        _log.error("message_stumbled", error=type(error).__name__)
        self._patience.rest(head.contact_id, _STUMBLE, self._seconds())

    async def _send(self, row: Claimed, chat: int, stamp: _Stamp) -> Outcome:
        try:
            return Arrived(await send(self._bot, chat, row.message, turn=stamp.turn))
        except TelegramError as error:
            return classify(error)
        except (ValueError, TypeError) as error:
            return OurFault(type(error).__name__)

    async def _note(self, row: Claimed, chat: int, outcome: Outcome) -> None:
        """Write down what came of a message, however long the database makes us wait."""
        verdict = judge(row, outcome, counted=self._remember(row, chat, outcome))
        if verdict.end != "sent":
            _log.info("message_not_sent", outcome=verdict.word, kind=row.kind, why=verdict.error)
        self._metrics.message(row.lane.name.lower(), outcome=verdict.word)
        while True:
            try:
                async with self._store.write() as tx:
                    now = self._clock.now()
                    await record(tx, row, verdict, outcome=outcome, chat=chat, now=now)
                return
            except Exception as error:  # noqa: BLE001 - unnoted, it would be sent again
                _log.error("note_stumbled", error=type(error).__name__)
                await asyncio.sleep(SWEEP)

    def _remember(self, row: Claimed, chat: int, outcome: Outcome) -> bool:
        """Keep in mind who must wait; return whether a failure speaks against the message."""
        now = self._seconds()
        match outcome:
            case Wait(seconds):
                self._pace.refused(row.lane, chat, seconds)
                self._patience.rest(row.contact_id, seconds, now)
            case TheirFault() | Doubt():
                served_at, spread = self._pace.served_at, self._spread()
                return self._patience.failed(
                    row.contact_id, now, served_at=served_at, spread=spread
                )
            case Revoked():
                self._revoked = True
            case Arrived():
                self._pace.served()
                self._patience.settled(row.contact_id)
            case _:
                self._patience.settled(row.contact_id)
        return False
