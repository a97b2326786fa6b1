"""The one message of a chat that grows with what a person sends; where it stands is known in memory alone.

After a restart it simply begins anew below; the one before stays, and its buttons still work.
"""

from __future__ import annotations

from collections import OrderedDict
from contextlib import suppress

from telegram import Bot
from telegram.error import TelegramError

from bot.domain.messages import Message
from bot.telegram import sending

_REMEMBERED = 1000


class Growing:
    """Keeps that message where the person looks: changed in place, or sent anew below their own."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._stands: OrderedDict[int, int] = OrderedDict()

    async def show(
        self, chat_id: int, message: Message, *, pressed: int | None, turn: sending.Turn
    ) -> None:
        """Change the `pressed` message, or without one send anew below and take the old one away."""
        if pressed is not None:
            if await sending.edit(self._bot, chat_id, pressed, message, turn=turn):
                self._remember(chat_id, pressed)
            return
        old = self._stands.pop(chat_id, None)
        self._remember(chat_id, await sending.send(self._bot, chat_id, message, turn=turn))
        if old is not None:
            with suppress(TelegramError):  # too old to be deleted, or gone: it does no harm there
                await self._bot.delete_message(chat_id, old)

    async def change(self, chat_id: int, message: Message, *, turn: sending.Turn) -> None:
        """Change it where it stands: the person is still sending the same album."""
        await self.show(chat_id, message, pressed=self._stands.get(chat_id), turn=turn)

    def became(self, chat_id: int, message_id: int) -> None:
        """Forget the message if this is it: it has become something else that stays."""
        if self._stands.get(chat_id) == message_id:
            del self._stands[chat_id]

    def _remember(self, chat_id: int, message_id: int) -> None:
        self._stands[chat_id] = message_id
        self._stands.move_to_end(chat_id)
        if len(self._stands) > _REMEMBERED:
            self._stands.popitem(last=False)
