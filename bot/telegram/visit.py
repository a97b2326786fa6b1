"""The context a handler receives: who writes, where, in which language, and what they are told back.

A visit collects what is said; it is sent once the effect is committed, never from inside a handler.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from telegram import Update

from bot.domain.causes import Cause
from bot.domain.conversations import Conversation
from bot.domain.errors import OnlyPrivateError, OutdatedError
from bot.domain.messages import Message
from bot.domain.residents import Resident
from bot.domain.town import Town
from bot.i18n import Voice, voice
from bot.metrics import Metrics
from bot.services.all import Services
from bot.text import clean


@dataclass(frozen=True, slots=True)
class Reply:
    """One message back: `edit` changes the message whose button was pressed, `say` sends a new one.

    `grow` and `grow_in_place` show what grows with the person's messages, see `bot.telegram.growing`.
    """

    how: Literal["say", "edit", "grow", "grow_in_place"]
    message: Message
    quoting: int | None = None


@dataclass(slots=True)
class Visit:
    """One update of one person, with everything a handler needs to serve them."""

    update: Update
    cause: Cause
    resident: Resident
    services: Services
    bot_name: str
    metrics: Metrics
    public_address: str | None = None
    conversation: Conversation | None = None
    replies: list[Reply] = field(default_factory=list)
    errand: AsyncGenerator[Message, None] | None = None
    """What takes longer than an answer may: run after all else was said, each message in place of the last."""

    @property
    def language(self) -> str:
        """The resident's language."""
        return self.resident.language

    @property
    def voice(self) -> Voice:
        """The voice that speaks the resident's language."""
        return voice(self.resident.language)

    @property
    def town(self) -> Town:
        """What the town has set."""
        return self.services.town.current

    @property
    def private(self) -> bool:
        """Whether nobody else reads along."""
        chat = self.update.effective_chat
        return chat is not None and chat.type == "private"

    @property
    def link(self) -> str:
        """The address of the private chat with the bot."""
        return f"https://t.me/{self.bot_name}"

    def board(self, number: int | None = None) -> str | None:
        """Return where the board, or one contribution on it, can be read; None where nobody has said."""
        if self.public_address is None:
            return None
        path = "board" if number is None else f"board/{number}"
        return f"{self.public_address}/{path}?lang={self.language}"

    @property
    def text(self) -> str:
        """What the person wrote, cleaned; "" when they wrote nothing."""
        message = self.update.effective_message
        return clean(message.text or message.caption or "") if message else ""

    @property
    def args(self) -> tuple[str, ...]:
        """What follows the verb of a button (`oq:open:7` → `open`, `7`) or of a command."""
        query = self.update.callback_query
        if query is not None:
            return tuple((query.data or "").split(":")[1:])
        return tuple(self.text.split()[1:])

    def number(self, position: int) -> int:
        """Return a button's argument as a number; OutdatedError if it is none."""
        args = self.args
        if position >= len(args) or not args[position].isdecimal():
            raise OutdatedError
        return int(args[position][:18])

    def begun(self, flow: str) -> Mapping[str, Any]:
        """Return what has been gathered in a dialogue; OutdatedError if it is not under way."""
        if self.conversation is None or self.conversation.flow != flow:
            raise OutdatedError
        return self.conversation.data

    @property
    def quoted_id(self) -> int:
        """The number of the resident's own message that the pressed message answers; 0 if unknown."""
        message = self.update.effective_message
        original = message.reply_to_message if message else None
        return original.message_id if original else 0

    @property
    def quoted(self) -> str:
        """The resident's own message that the pressed message answers, cleaned; "" if out of reach."""
        message = self.update.effective_message
        original = message.reply_to_message if message else None
        return clean(original.text or "") if original else ""

    def say(self, message: Message, *, quoting: bool = False) -> None:
        """Tell the person something new; `quoting` answers their own message visibly.

        On a press that is the message which the pressed one answers, so that `quoted` stays at hand.
        """
        asked = self.update.effective_message
        if self.update.callback_query and asked:
            asked = asked.reply_to_message or asked
        self.replies.append(Reply("say", message, asked.message_id if quoting and asked else None))

    def edit(self, message: Message) -> None:
        """Change the message whose button was pressed; where none was pressed, say it anew."""
        how: Literal["say", "edit"] = "edit" if self.update.callback_query else "say"
        self.replies.append(Reply(how, message))

    def grow(self, message: Message, *, in_place: bool = False) -> None:
        """Show what grows with what the person sends: in place of the pressed message, else below.

        `in_place` leaves it where it stands, for the second photo of an album.
        """
        self.replies.append(Reply("grow_in_place" if in_place else "grow", message))

    def only_in_private(self) -> None:
        """Raise OnlyPrivateError in a group: this concerns one person alone."""
        if not self.private:
            raise OnlyPrivateError
