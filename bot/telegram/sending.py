"""One of our messages as requests to Telegram; it neither paces nor repeats and knows nobody."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import TypeVar

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyParameters,
)
from telegram import Message as Sent
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.domain.messages import Attachment, Button, Key, Message, Pin, StoredFile
from bot.telegram.splitting import MAX_CAPTION, MAX_TEXT, length, split
from bot.text import plain

Turn = Callable[[], AbstractAsyncContextManager[None]]
"""Entered around every single request, e.g. `partial(pace.turn, Lane.DIRECT, chat_id)`."""

Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_T = TypeVar("_T")
_UNREADABLE = "can't parse entities"
_UNCHANGED = "message is not modified"
_LOST = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "there is no text in the message to edit",
)


async def send(
    bot: Bot,
    chat_id: int,
    message: Message,
    *,
    turn: Turn = nullcontext,
    quoting: int | None = None,
) -> int:
    """Send `message` and return the id of its main part: the text, the document or else the place.

    `quoting` is the id of the message it answers visibly; if that is gone, it is sent all the same.
    A long text arrives in several messages with the buttons under the last; a text whose markup
    Telegram refuses arrives without it. Buttons win over keys, since a message carries only one.
    """
    courier = _Courier(bot, chat_id, turn, quiet=message.quiet, quoting=quoting)
    markup = _markup(message)
    if message.attachment is not None:
        main = await courier.document(message.attachment, message.text, markup)
    elif message.file is not None:
        main = await courier.stored(message.file, message.text, markup)
    elif message.text or message.pin is None:
        main = await courier.text(message.text, markup)
    else:
        return await courier.venue(message.pin, markup)
    if message.pin is not None:
        await courier.venue(message.pin, None)
    return main


async def edit(
    bot: Bot, chat_id: int, message_id: int, message: Message, *, turn: Turn = nullcontext
) -> bool:
    """Change a message of ours into `message`; False if it had to be sent anew instead.

    It is sent anew when the old one is gone or too old, or when the new one has what an edit cannot
    bring: a file, a place, another keyboard, more text than one message holds.
    """
    new = (
        message.attachment or message.file or message.pin or (message.keys and not message.buttons)
    )
    if not new and length(message.text) <= MAX_TEXT:
        try:
            await _change(bot, chat_id, message_id, message, turn)
        except BadRequest as error:
            refusal = error.message.lower()
            if _UNCHANGED in refusal:
                return True
            if not any(words in refusal for words in _LOST):
                raise
        else:
            return True
    await send(bot, chat_id, message, turn=turn)
    return False


async def _change(bot: Bot, chat_id: int, message_id: int, message: Message, turn: Turn) -> None:
    async def attempt(text: str, parse_mode: str | None) -> object:
        async with turn():
            return await bot.edit_message_text(
                text,
                chat_id=chat_id,
                message_id=message_id,
                parse_mode=parse_mode,
                link_preview_options=_NO_PREVIEW,
                reply_markup=_inline(message.buttons) if message.buttons else None,
            )

    await _or_plain(attempt, message.text)


class _Courier:
    """Carries the parts of one message to one chat."""

    def __init__(
        self, bot: Bot, chat_id: int, turn: Turn, *, quiet: bool, quoting: int | None
    ) -> None:
        self._bot = bot
        self._chat_id = chat_id
        self._turn = turn
        self._quiet = quiet or None
        self._quoting = (
            ReplyParameters(quoting, allow_sending_without_reply=True) if quoting else None
        )

    async def text(self, text: str, markup: Markup | None) -> int:
        """Send `text` in as many messages as it takes; return the id of the last."""
        *first, last = split(text)
        for part in first:
            await self._one(part, None)
        return await self._one(last, markup)

    async def document(self, attachment: Attachment, text: str, markup: Markup | None) -> int:
        """Send a file or picture with `text` beside it, or before it where it is too long for a caption."""
        if length(text) > MAX_CAPTION:
            await self.text(text, None)
            text = ""

        send = self._bot.send_photo if attachment.picture else self._bot.send_document

        async def attempt(caption: str, parse_mode: str | None) -> Sent:
            async with self._turn():
                return await send(
                    self._chat_id,
                    InputFile(attachment.content, filename=attachment.name),
                    caption=caption or None,
                    parse_mode=parse_mode if caption else None,
                    disable_notification=self._quiet,
                    reply_parameters=self._quoting,
                    reply_markup=markup,
                )

        return (await _or_plain(attempt, text)).message_id

    async def stored(self, file: StoredFile, text: str, markup: Markup | None) -> int:
        """Send a file that Telegram holds already, with `text` as `document` does."""
        if length(text) > MAX_CAPTION:
            await self.text(text, None)
            text = ""

        async def attempt(caption: str, parse_mode: str | None) -> Sent:
            photo = file.kind == "photo"
            sends = self._bot.send_photo if photo else self._bot.send_document
            async with self._turn():
                return await sends(
                    self._chat_id,
                    file.file_id,
                    caption=caption or None,
                    parse_mode=parse_mode if caption else None,
                    disable_notification=self._quiet,
                    reply_parameters=self._quoting,
                    reply_markup=markup,
                )

        return (await _or_plain(attempt, text)).message_id

    async def venue(self, pin: Pin, markup: Markup | None) -> int:
        """Send a place with its name and address."""
        async with self._turn():
            sent = await self._bot.send_venue(
                self._chat_id,
                latitude=pin.latitude,
                longitude=pin.longitude,
                title=pin.title,
                address=pin.address,
                disable_notification=self._quiet,
                reply_parameters=self._quoting,
                reply_markup=markup,
            )
        return sent.message_id

    async def _one(self, part: str, markup: Markup | None) -> int:
        async def attempt(text: str, parse_mode: str | None) -> Sent:
            async with self._turn():
                return await self._bot.send_message(
                    self._chat_id,
                    text,
                    parse_mode=parse_mode,
                    link_preview_options=_NO_PREVIEW,
                    disable_notification=self._quiet,
                    reply_parameters=self._quoting,
                    reply_markup=markup,
                )

        return (await _or_plain(attempt, part)).message_id


async def _or_plain(attempt: Callable[[str, str | None], Awaitable[_T]], text: str) -> _T:
    """Make the attempt in HTML; where Telegram cannot read it, the reader still gets the words."""
    try:
        return await attempt(text, ParseMode.HTML)
    except BadRequest as error:
        if _UNREADABLE not in error.message.lower():
            raise
    return await attempt(plain(text)[:MAX_TEXT], None)


def _markup(message: Message) -> Markup | None:
    if message.buttons:
        return _inline(message.buttons)
    if message.keys:
        return ReplyKeyboardMarkup(
            [[_key(key) for key in row] for row in message.keys],
            is_persistent=True,
            resize_keyboard=True,
        )
    return None


def _inline(buttons: tuple[tuple[Button, ...], ...]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in buttons])


def _button(button: Button) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(button.text, url=button.url)
    return InlineKeyboardButton(button.text, callback_data=button.action)


def _key(key: Key) -> KeyboardButton:
    return KeyboardButton(key.text, request_location=key.wants_location or None)
