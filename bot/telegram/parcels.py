"""What a resident's message brings for a contribution: words, a photo, a voice message, a place."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Message, Update

from bot.domain.contributions import Point
from bot.domain.drafting import Piece
from bot.text import clean, one_line

_LARGEST_PHOTO, _LARGEST_VOICE = 10 * 1024 * 1024, 2 * 1024 * 1024
"""Bytes that are kept of one file; ten minutes of speech are less than 2 MB."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message taken apart; `refused` is `kind` or `size` if it brings what we cannot take."""

    piece: Piece | None = None
    point: Point | None = None
    address: str = ""
    refused: str = ""


def open_parcel(message: Message) -> Parcel:
    """Return what the message brings; a photo sent as a file is a photo, too."""
    if message.location is not None:
        return _place(message)
    words = clean(message.text or message.caption or "")
    photo, voice = _photo(message), _voice(message)
    if _too_large(message):
        return Parcel(refused="size")
    if not (words or photo or voice):
        return Parcel(refused="kind")
    album = message.media_group_id or ""
    return Parcel(Piece(message.message_id, words, photo, voice, album))


def original(update: Update) -> Message | None:
    """Return the resident's own message under which the pressed button stands, if it is in reach."""
    pressed = update.effective_message
    return pressed.reply_to_message if pressed else None


def _place(message: Message) -> Parcel:
    where, venue = message.location, message.venue
    if where is None:
        return Parcel(refused="kind")
    named = ", ".join(part for part in (venue.title, venue.address) if part) if venue else ""
    return Parcel(point=Point(where.latitude, where.longitude), address=one_line(named, limit=200))


def _photo(message: Message) -> str:
    if message.photo:
        return message.photo[-1].file_id
    document = message.document
    if document is not None and (document.mime_type or "").startswith("image/"):
        return document.file_id
    return ""


def _voice(message: Message) -> str:
    return message.voice.file_id if message.voice is not None else ""


def _too_large(message: Message) -> bool:
    photos = (*message.photo[-1:], message.document)
    photo = max((each.file_size or 0 for each in photos if each is not None), default=0)
    voice = (message.voice.file_size or 0) if message.voice else 0
    return photo > _LARGEST_PHOTO or voice > _LARGEST_VOICE
