"""Direct replies to the person who is waiting: sent at once, in order, and not stored."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from functools import partial

import structlog
from telegram import Bot, Update
from telegram.error import TelegramError

from bot.domain.messages import Message
from bot.domain.pacing import Lane
from bot.logs import journey
from bot.phrases import refusals
from bot.services.residents import Residents
from bot.telegram import sending
from bot.telegram.failures import Doubt, Gone, Moved, TheirFault, Wait, classify
from bot.telegram.growing import Growing
from bot.telegram.pacing import Pace
from bot.telegram.visit import Reply, Visit

_TRIES = 4
_LONGEST_WAIT = 60.0
_log = structlog.get_logger(__name__)


class Replies:
    """Speaks to people who have just written; if it fails for good, they write again."""

    def __init__(self, bot: Bot, pace: Pace, people: Residents) -> None:
        self._bot = bot
        self._pace = pace
        self._people = people
        self._growing = Growing(bot)

    async def send(self, update: Update, visit: Visit) -> None:
        """Send everything that was said during `visit`, in order."""
        chat = update.effective_chat
        if chat is None:
            return
        chat_id = chat.id
        for reply in visit.replies:
            chat_id = await self._insist(chat_id, update, reply)
        if visit.errand is not None:
            await self._run(chat_id, update, visit, visit.errand)

    async def tell(self, chat_id: int, message: Message) -> None:
        """Send one message outside of any visit; a failure is logged, never raised."""
        try:
            await sending.send(self._bot, chat_id, message, turn=self._turn(chat_id))
        except TelegramError as error:
            _log.info("not told", error=type(error).__name__)

    async def _run(
        self, chat_id: int, update: Update, visit: Visit, errand: AsyncGenerator[Message, None]
    ) -> None:
        """Say what an errand brings as it comes: words in place of the pressed message, files below."""
        try:
            async with aclosing(errand):
                async for message in errand:
                    reply = Reply("say" if message.attachment else "edit", message)
                    chat_id = await self._insist(chat_id, update, reply)
        except Exception as error:  # noqa: BLE001 - whoever waits must hear that nothing comes
            _log.error("errand failed", way=journey(error))
            await self._insist(chat_id, update, Reply("edit", refusals.unavailable(visit.voice)))

    async def _insist(self, chat_id: int, update: Update, reply: Reply) -> int:
        """Send `reply`, a few times if need be; return the id under which the chat is known now."""
        for attempt in range(_TRIES):
            try:
                await self._attempt(chat_id, update, reply)
            except TelegramError as error:
                meaning = classify(error)
                if isinstance(meaning, Moved):
                    await self._people.group_moved(old=chat_id, new=meaning.telegram_id)
                    chat_id = meaning.telegram_id
                    continue
                pause = _pause(meaning, attempt)
                if pause is None:
                    await self._give_up(chat_id, meaning)
                    return chat_id
                await asyncio.sleep(pause)
            else:
                return chat_id
        _log.warning("reply given up", tries=_TRIES)
        return chat_id

    async def _attempt(self, chat_id: int, update: Update, reply: Reply) -> None:
        pressed = update.effective_message if update.callback_query else None
        turn = self._turn(chat_id)
        if reply.how == "grow":
            below = pressed.message_id if pressed else None
            await self._growing.show(chat_id, reply.message, pressed=below, turn=turn)
        elif reply.how == "grow_in_place":
            await self._growing.change(chat_id, reply.message, turn=turn)
        elif reply.how == "edit" and pressed is not None:
            self._growing.became(chat_id, pressed.message_id)
            await sending.edit(self._bot, chat_id, pressed.message_id, reply.message, turn=turn)
        else:
            await sending.send(self._bot, chat_id, reply.message, turn=turn, quoting=reply.quoting)

    async def _give_up(self, chat_id: int, meaning: object) -> None:
        _log.info("reply not delivered", meaning=type(meaning).__name__)
        if isinstance(meaning, Gone):
            await self._people.unreachable(chat_id)

    def _turn(self, chat_id: int) -> sending.Turn:
        return partial(self._pace.turn, Lane.DIRECT, chat_id)


def _pause(meaning: object, attempt: int) -> float | None:
    """Return the seconds to wait before the next attempt, or None where there must be none."""
    match meaning:
        case Wait(seconds=seconds):
            return seconds if seconds <= _LONGEST_WAIT else None
        case TheirFault():
            return 2.0**attempt / 2
        case Doubt() if attempt == 0:
            return 0.5  # it may have arrived: better twice than never, but never three times
        case _:
            return None
