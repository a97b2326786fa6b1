"""What a refusal or a silence of Telegram means for us; it decides nothing and sends nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

_REASON_LENGTH = 60
_GONE = (
    "chat not found",
    "user not found",
    "user is deactivated",
    "peer_id_invalid",
    "group chat was deleted",
    "group chat was deactivated",
    "group is deactivated",
    "chat was deleted",
    "bot is not a member",
    "bot was kicked",
)


class UnsentTimeoutError(TimedOut):
    """No connection came about in time: nothing reached Telegram, repeating is safe."""

    __slots__ = ()


class UnsentError(NetworkError):
    """The connection was refused or the name not found: nothing reached Telegram."""

    __slots__ = ()


class LostAnswerError(NetworkError):
    """The connection broke after the request had gone out."""

    __slots__ = ()


class GarbledAnswerError(NetworkError):
    """Telegram took the request, but its answer was empty, cut or no answer of a Bot API."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Wait:
    """Too fast: nothing more to this chat for `seconds`."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Gone:
    """The person has blocked the bot or left, or the chat no longer exists."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The group became a supergroup and now has the id `telegram_id`."""

    telegram_id: int


@dataclass(frozen=True, slots=True)
class OurFault:
    """Telegram will never accept this request; `reason` is its word for it, without our text."""

    reason: str


@dataclass(frozen=True, slots=True)
class TheirFault:
    """Nothing was delivered and the same request may succeed later."""

    reason: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """The request went out and no sound answer came back: delivered or not, nobody knows."""

    reason: str


@dataclass(frozen=True, slots=True)
class Revoked:
    """The token is not (or no longer) valid: nothing can be sent until the operator acts."""


Meaning = Wait | Gone | Moved | OurFault | TheirFault | Doubt | Revoked


def classify(error: TelegramError) -> Meaning:
    """Return what `error` means for the message that met it."""
    match error:
        case RetryAfter():
            return Wait(_seconds(error.retry_after))
        case ChatMigrated():
            return Moved(error.new_chat_id)
        case Forbidden():
            return Gone()
        case InvalidToken():
            return Revoked()
        case BadRequest():
            known = error.message.lower()
            return Gone() if any(words in known for words in _GONE) else OurFault(_reason(error))
        case UnsentTimeoutError():
            return TheirFault(_reason(error))
        case TimedOut() | LostAnswerError() | GarbledAnswerError():
            return Doubt(_reason(error))
        case _:  # never sent, or a 5xx: that is an answer, and it says "not done"
            return TheirFault(_reason(error))


def _reason(error: TelegramError) -> str:
    # What stands behind a quotation mark may be a piece of a resident's text.
    return error.message.split('"', 1)[0].strip(" :")[:_REASON_LENGTH] or type(error).__name__


def _seconds(pause: float | timedelta) -> float:
    return pause.total_seconds() if isinstance(pause, timedelta) else float(pause)
