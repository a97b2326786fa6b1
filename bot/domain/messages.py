"""What the bot says, without Telegram: a text, buttons under it, perhaps a place or a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: pressing it sends `action` back to us or opens `url`."""

    text: str
    action: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the fixed keyboard; `wants_location` sends the phone's position when tapped."""

    text: str
    wants_location: bool = False


@dataclass(frozen=True, slots=True)
class Pin:
    """A place to show on a map, in decimal degrees, with the name and address beside it."""

    latitude: float
    longitude: float
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to hand over, e.g. a person's own data; `content` is the bytes of the file.

    A `picture` (PNG or JPEG) is shown in the chat instead of lying there as a document.
    """

    name: str
    content: bytes
    picture: bool = False


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A photo or document that Telegram holds already: it is sent again by its id, without bytes."""

    kind: Literal["photo", "document"]
    file_id: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message; `text` is Telegram HTML in which everything foreign is already escaped.

    `keys` replaces the fixed keyboard, `pin` sends a venue and `attachment` or `file` a document or
    photo (with `text` as caption); `quiet` delivers without a sound.
    """

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    keys: tuple[tuple[Key, ...], ...] = ()
    pin: Pin | None = None
    attachment: Attachment | None = None
    file: StoredFile | None = None
    quiet: bool = False
