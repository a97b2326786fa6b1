"""From a raw update to an effect and its replies: each parsed alone, in order per person, done once.

Nothing is acknowledged before it is committed, and nothing is sent before that either.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal, TypeGuard

import structlog
from telegram import Bot, ChatMember, Update
from telegram.error import TelegramError

from bot.clock import Clock, monotonic
from bot.domain.causes import Cause
from bot.domain.errors import RepeatedError
from bot.domain.residents import first_guess
from bot.i18n import voice
from bot.logs import journey
from bot.metrics import Metrics
from bot.phrases import refusals
from bot.services.all import Services
from bot.telegram import addressing
from bot.telegram.desk import Desk
from bot.telegram.ledger import Ledger
from bot.telegram.queues import Queues
from bot.telegram.replies import Replies
from bot.telegram.visit import Visit
from storage import updates
from storage.store import Store

PATIENCE = 10.0
"""Seconds an update may take to be committed before it is set aside and the next one is fetched."""

Raw = dict[str, Any]
Speak = Callable[[], Awaitable[None]]
Outcome = Literal["handled", "repeated", "set_aside"]
_MOST_UNSAID = 40
"""Visits of one person whose replies may wait; beyond that a reply would come minutes too late."""

_LARGEST = 2**63
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Tools:
    """What the reception works with, besides Telegram itself."""

    services: Services
    store: Store
    clock: Clock
    desk: Desk
    ledger: Ledger
    replies: Replies
    metrics: Metrics = field(default_factory=Metrics)
    public_address: str | None = None


class Reception:
    """Receives raw updates, from polling or from the webhook alike."""

    def __init__(self, bot: Bot, tools: Tools, *, patience: float = PATIENCE) -> None:
        self._bot = bot
        self._tools = tools
        self._patience = patience
        self._handling = Queues()
        self._speaking = Queues()

    async def receive(self, raw: Raw, accepted: Callable[[], None]) -> None:
        """Handle one update; `accepted` is called as soon as Telegram may forget it.

        If it is never called, nothing was kept, and Telegram should deliver the update again.
        """
        update_id = raw.get("update_id")
        if not _is_number(update_id):
            accepted()
            return
        done = partial(self._done, accepted, monotonic())
        if self._tools.ledger.knows(update_id):
            done("repeated")
            return
        cause = Cause(update_id)
        try:
            update = Update.de_json(raw, self._bot)
            key = _key(update)
        except Exception as error:  # noqa: BLE001 - one broken update must not stop the rest
            if await self._set_aside(raw, cause, reason=type(error).__name__):
                done("set_aside")
            return
        async with asyncio.TaskGroup() as group:
            if update.callback_query is not None:
                group.create_task(self._stop_spinner(update.callback_query.id))
            await self._in_turn(key, _Arrival(update, raw, cause, done))

    async def _in_turn(self, key: int, arrival: _Arrival) -> None:
        """Handle in order, then speak in order: a slow chat holds up neither commits nor Telegram."""
        async with self._handling.turn(key):
            if self._tools.ledger.knows(arrival.cause.update_id):
                arrival.done("repeated")
                return
            speak = await self._handle(arrival)
        # Nothing is awaited here, so whoever was handled first is first in the next queue, too.
        if speak is None:
            return
        if self._speaking.users(key) >= _MOST_UNSAID:
            _log.warning("reply passed over", waiting=_MOST_UNSAID)
            return
        async with self._speaking.turn(key):
            await speak()

    async def _handle(self, arrival: _Arrival) -> Speak | None:
        """Commit the effect and accept the update; return what is left to do: to say something."""
        try:
            async with asyncio.timeout(self._patience):
                visit = await self._serve(arrival.update, arrival.cause)
                await self._tools.ledger.settle(arrival.cause)
        except RepeatedError:
            arrival.done("repeated")
            return None
        except Exception as error:  # noqa: BLE001 - a poison update must not stop the rest
            return await self._fail(arrival, error)
        arrival.done("handled")
        return partial(self._tools.replies.send, arrival.update, visit) if visit else None

    async def _serve(self, update: Update, cause: Cause) -> Visit | None:
        if update.my_chat_member is not None:
            await self._membership(update, cause)
            return None
        moved = update.message.migrate_to_chat_id if update.message else None
        if update.message is not None and moved is not None:
            await self._tools.services.residents.group_moved(old=update.message.chat_id, new=moved)
            return None
        user = addressing.person(update)
        if user is None or not addressing.spoken_to(update, self._bot):
            return None
        services = self._tools.services
        resident = await services.residents.meet(user.id, user.language_code)
        name, metrics = self._bot.username, self._tools.metrics
        address = self._tools.public_address
        visit = Visit(update, cause, resident, services, name, metrics, address)
        if visit.private:
            visit.conversation = await services.dialogues.current(resident.contact_id)
        await self._tools.desk.serve(update, visit)
        return visit

    def _done(self, accepted: Callable[[], None], since: float, outcome: Outcome) -> None:
        accepted()
        self._tools.metrics.update(outcome, seconds=monotonic() - since)

    async def _membership(self, update: Update, cause: Cause) -> None:
        """Take note that somebody has blocked the bot, or let it in again."""
        change = update.my_chat_member
        if change is None or change.chat.type != "private":
            return
        gone = change.new_chat_member.status in {ChatMember.BANNED, ChatMember.LEFT}
        await self._tools.services.residents.reachable(cause, change.chat.id, reachable=not gone)

    async def _fail(self, arrival: _Arrival, error: Exception) -> Speak:
        # The traceback is kept from the log: its lines may quote what a resident wrote.
        _log.error("update failed", way=journey(error))
        kept = await self._set_aside(arrival.raw, arrival.cause, reason=type(error).__name__)
        if kept:
            arrival.done("set_aside")
        return partial(self._apologise, arrival.update, kept=kept)

    async def _set_aside(self, raw: Raw, cause: Cause, *, reason: str) -> bool:
        """Keep what could not be handled, sealed, for seven days; False if even that fails."""
        content = _packed(raw)
        now = self._tools.clock.now()
        try:
            async with self._tools.store.write(None if cause.settled else cause) as tx:
                await updates.set_aside(
                    tx, update_id=cause.update_id, raw=content, reason=reason, now=now
                )
        except RepeatedError:
            return True
        except Exception as error:  # noqa: BLE001 - a full or locked archive must not end the bot
            _log.error("update not kept", error=type(error).__name__)
            return False
        _log.warning("update set aside", reason=reason)
        return True

    async def _stop_spinner(self, query_id: str) -> None:
        try:
            await self._bot.answer_callback_query(query_id)
        except TelegramError as error:
            _log.info("press not answered", error=type(error).__name__)

    async def _apologise(self, update: Update, *, kept: bool) -> None:
        user, chat = addressing.person(update), update.effective_chat
        if user is None or chat is None or chat.type != "private":
            return
        known = self._tools.services.residents.language_of(user.id)
        v = voice(known or first_guess(user.language_code))
        town = self._tools.services.town.current
        message = refusals.our_fault(v, town) if kept else refusals.unavailable(v)
        await self._tools.replies.tell(chat.id, message)


@dataclass(frozen=True, slots=True)
class _Arrival:
    update: Update
    raw: Raw
    cause: Cause
    done: Callable[[Outcome], None]


def _is_number(value: object) -> TypeGuard[int]:
    """Tell whether this can be an id: neither true nor false, and small enough to be stored."""
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < _LARGEST


def _key(update: Update) -> int:
    """Whoever writes, else the chat it is about: what shares a key is handled in order.

    Raises ValueError when one of them has no number for an id, as no update of Telegram's has.
    """
    ids = [whose.id for whose in (update.effective_user, update.effective_chat) if whose]
    if not all(_is_number(each) for each in ids):
        raise ValueError
    return ids[0] if ids else 0


def _packed(raw: Raw) -> bytes:
    try:
        return json.dumps(raw).encode()
    except (RecursionError, ValueError):  # nested too deeply: keep at least that it came
        return b""
