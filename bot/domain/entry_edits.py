"""Editing the directory in the chat: which texts of an entry may be changed, and what they may hold."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.domain.directory import Kind
from bot.domain.documents import Document, fingerprint
from bot.domain.errors import RefusedError
from bot.domain.localized import LANGUAGES, Localized
from bot.text import clean, one_line

_MOST = {"question": 120, "answer": 3000, "title": 120, "summary": 300, "description": 3000}
_LONG = frozenset({"answer", "description"})
_CODES = {"q": "question", "a": "answer", "t": "title", "s": "summary", "d": "description"}

FIELDS: Mapping[Kind, tuple[str, ...]] = {
    "faq": ("q", "a"),
    "service": ("t", "s", "d"),
    "activity": ("t", "s", "d"),
}
"""The texts of each kind of entry, as a button names them."""

NEW = tuple((code, language) for code in FIELDS["faq"] for language in LANGUAGES)
"""What a new question and answer is made of, in order of asking."""


class TooLongTextError(RefusedError):
    """A text of the directory is too long; `most` characters would fit."""

    def __init__(self, most: int) -> None:
        """Remember how many would fit."""
        super().__init__(most)
        self.most = most


@dataclass(frozen=True, slots=True)
class TextEdit:
    """One text of one entry as it shall be; `version` is the entry that was looked at."""

    entry: str
    code: str
    language: str
    text: str
    version: str

    @property
    def stamp(self) -> str:
        """The same for the same change of the same entry: what is saved is what was looked at."""
        said = f"{self.version}:{self.code}:{self.language}:{self.text}"
        return hashlib.sha256(said.encode()).hexdigest()[:8]


@dataclass(frozen=True, slots=True)
class Seen:
    """An entry as an editor sees it: its texts, its version, whether it is taken out."""

    id: str
    kind: Kind
    texts: Mapping[str, Localized]
    version: str
    updated: date
    retired: bool = False

    @property
    def title(self) -> Localized:
        """What it is called."""
        return self.texts[FIELDS[self.kind][0]]


@dataclass(frozen=True, slots=True)
class Placed:
    """How a question fares: at which place an entry is found (0 for not at all), and what comes first."""

    place: int
    answered: bool
    first: Localized


def seen(entry_id: str, kind: Kind, document: Document, *, retired: bool) -> Seen:
    """Return an entry as an editor sees it."""
    texts = {code: Localized.of(document.get(_CODES[code])) for code in FIELDS[kind]}
    updated = date.fromisoformat(document["updated"])
    return Seen(entry_id, kind, texts, fingerprint(document), updated, retired)


def read_text(code: str, text: str) -> str:
    """Return a typed text as the directory keeps it; TooLongTextError if it does not fit."""
    name = _CODES[code]
    most = _MOST[name]
    read = clean(text) if name in _LONG else one_line(text, limit=len(text) + 1)
    if len(read) > most:
        raise TooLongTextError(most)
    return read


def with_text(document: Document, edit: TextEdit, *, today: date) -> Document:
    """Return the document with one text changed, checked today."""
    name = _CODES[edit.code]
    texts = {**(document.get(name) or {}), edit.language: edit.text}
    ordered = {code: texts[code] for code in LANGUAGES if code in texts}
    return {**document, name: {**ordered, **texts}, "updated": today.isoformat()}
