"""Keeps uploaded bytes in memory under Telegram-like identifiers, within a bound."""

from __future__ import annotations

import base64
import hashlib
import secrets
import struct
from collections import OrderedDict
from dataclasses import dataclass

from web.sandbox.errors import Json, bad_request

MOST_BYTES = 64 * 1024 * 1024
LARGEST_DOWNLOAD = 20 * 1024 * 1024
LARGEST_PHOTO = 10 * 1024 * 1024

PREFIX = {"photo": "AgAC", "voice": "AwAC", "document": "BQAC"}
FOLDER = {"photo": "photos", "voice": "voice", "document": "documents"}
ENDING = {"photo": ".jpg", "voice": ".oga", "document": ""}
MIME = {"photo": "image/jpeg", "voice": "audio/ogg", "document": "application/octet-stream"}
PNG_HEADER = 24
JPEG_MARK = 0xFF
JPEG_SIZES = frozenset({0xC0, 0xC1, 0xC2, 0xC3})


@dataclass(frozen=True, slots=True)
class Upload:
    """Bytes as they came in."""

    content: bytes
    name: str = ""
    mime: str = ""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """Bytes that have an identity."""

    file_id: str
    unique_id: str
    kind: str
    path: str
    upload: Upload
    width: int = 0
    height: int = 0
    duration: int = 0

    @property
    def size(self) -> int:
        """The number of bytes."""
        return len(self.upload.content)

    @property
    def mime(self) -> str:
        """What the bytes are."""
        return self.upload.mime or MIME[self.kind]

    def described(self) -> Json:
        """Describe the file as `File`."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": self.size,
            "file_path": self.path,
        }


class FileStore:
    """All files of the sandbox; the oldest go when the bound is reached."""

    def __init__(self) -> None:
        """Start empty."""
        self._by_id: OrderedDict[str, StoredFile] = OrderedDict()
        self._by_path: dict[str, StoredFile] = {}
        self._bytes = 0
        self._count = 0

    def add(self, kind: str, upload: Upload, *, duration: int = 0) -> StoredFile:
        """Keep an upload as "photo", "voice" or "document"."""
        width, height = _photo_size(upload.content) if kind == "photo" else (0, 0)
        stored = StoredFile(
            file_id=PREFIX[kind] + secrets.token_urlsafe(36),
            unique_id=_unique_id(kind, upload.content),
            kind=kind,
            path=f"{FOLDER[kind]}/file_{self._count}{_ending(kind, upload)}",
            upload=upload,
            width=width,
            height=height,
            duration=duration,
        )
        self._keep(stored)
        return stored

    def get(self, file_id: str) -> StoredFile | None:
        """Find a file by its identifier."""
        return self._by_id.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        """Find a file by its download path."""
        return self._by_path.get(path)

    def known(self, file_id: str, kind: str) -> StoredFile:
        """Find a file the bot wants to send again, or refuse as Telegram does."""
        stored = self._by_id.get(file_id)
        if stored is None:
            raise bad_request(
                "wrong remote file identifier specified: can't unserialize it. Wrong last symbol",
            )
        if stored.kind != kind:
            raise bad_request(f"can't use file of type {stored.kind.title()} as {kind.title()}")
        return stored

    def _keep(self, stored: StoredFile) -> None:
        self._count += 1
        self._by_id[stored.file_id] = stored
        self._by_path[stored.path] = stored
        self._bytes += stored.size
        while self._bytes > MOST_BYTES and len(self._by_id) > 1:
            _, oldest = self._by_id.popitem(last=False)
            del self._by_path[oldest.path]
            self._bytes -= oldest.size


def _unique_id(kind: str, content: bytes) -> str:
    digest = hashlib.sha256(content).digest()
    return "AQAD" + base64.urlsafe_b64encode(kind[:1].encode() + digest[:9]).decode().rstrip("=")


def _ending(kind: str, upload: Upload) -> str:
    if kind == "photo" and upload.content.startswith(b"\x89PNG"):
        return ".png"
    _, dot, ending = upload.name.rpartition(".")
    clean = "".join(letter for letter in ending if letter.isascii() and letter.isalnum())
    return ENDING[kind] or (f".{clean[:8]}" if dot and clean else "")


def _photo_size(content: bytes) -> tuple[int, int]:
    if len(content) > LARGEST_PHOTO:
        raise bad_request(f"file of size {len(content)} bytes is too big for a photo")
    size = _png_size(content) or _jpeg_size(content)
    if size is None or 0 in size:
        raise bad_request("IMAGE_PROCESS_FAILED")
    return size


def _png_size(content: bytes) -> tuple[int, int] | None:
    if not content.startswith(b"\x89PNG\r\n\x1a\n") or len(content) < PNG_HEADER:
        return None
    width, height = struct.unpack(">II", content[16:PNG_HEADER])
    return width, height


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    position = 2 if content.startswith(b"\xff\xd8") else len(content)
    while position + 9 < len(content) and content[position] == JPEG_MARK:
        marker = content[position + 1]
        if marker in JPEG_SIZES:
            height, width = struct.unpack(">HH", content[position + 5 : position + 9])
            return width, height
        position += 2 + int.from_bytes(content[position + 2 : position + 4])
    return None


def photo_json(stored: StoredFile) -> list[Json]:
    """Describe a photo as the list of `PhotoSize` a message carries."""
    described = stored.described()
    del described["file_path"]
    return [described | {"width": stored.width, "height": stored.height}]


def voice_json(stored: StoredFile) -> Json:
    """Describe a voice message as `Voice`."""
    described = stored.described()
    del described["file_path"]
    return described | {"duration": stored.duration, "mime_type": stored.mime}


def document_json(stored: StoredFile) -> Json:
    """Describe a document as `Document`."""
    described = stored.described()
    del described["file_path"]
    if stored.upload.name:
        described["file_name"] = stored.upload.name
    return described | {"mime_type": stored.mime}


def media_json(stored: StoredFile) -> Json:
    """Describe a file as the part of a message that holds it."""
    if stored.kind == "photo":
        return {"photo": photo_json(stored)}
    describe = voice_json if stored.kind == "voice" else document_json
    return {stored.kind: describe(stored)}
