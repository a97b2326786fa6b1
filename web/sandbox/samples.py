"""The photo and the voice message that a phone sends when nobody records one."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from web.sandbox.files import Upload

FOLDER = Path(__file__).parent / "samples"
VOICE_SECONDS = 2


@cache
def sample(kind: str) -> Upload:
    """Give the built-in "photo" or "voice"."""
    name, mime = {"photo": ("photo.jpg", "image/jpeg"), "voice": ("voice.ogg", "audio/ogg")}[kind]
    return Upload((FOLDER / name).read_bytes(), name, mime)
