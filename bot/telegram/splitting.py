"""Telegram HTML cut into messages that fit; it never cuts a tag, an entity or a letter."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.text import plain

MAX_TEXT = 4096
MAX_CAPTION = 1024

_TOKEN = re.compile(r"(<[^<>]+>)|(&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);)|(\n\n+)|([ \n])")

_PARAGRAPH, _SPACE, _LETTER = 0, 1, 2


def length(text: str) -> int:
    """Return how long Telegram finds the HTML `text`: in UTF-16 units, without tags."""
    return _units(plain(text))


def split(text: str, *, limit: int = MAX_TEXT) -> list[str]:
    """Return `text` in parts of at most `limit` units, cut between paragraphs where it can be.

    A mark (bold, a link, a quotation) is cut only when it is longer than a message by itself; it is
    then closed in one part and opened again in the next.
    """
    if len(text) <= limit and _units(text) <= limit:
        return [text]
    parts: list[str] = []
    rest = text
    while length(rest) > limit:
        cut = _best_cut(rest, limit)
        parts.append((rest[: cut.at] + cut.closing).rstrip())
        rest = cut.opening + rest[cut.at :].lstrip()
    return [part for part in [*parts, rest] if plain(part).strip()] or [text[:limit]]


@dataclass(frozen=True, slots=True)
class _Cut:
    at: int
    rank: tuple[bool, int]
    """The lower, the better: first whether a mark is open here, then what stands here."""
    closing: str = ""
    opening: str = ""


@dataclass(slots=True)
class _Marks:
    open: list[str] = field(default_factory=list)

    def meet(self, tag: str) -> None:
        if tag.startswith("</"):
            if self.open:
                self.open.pop()
        else:
            self.open.append(tag)

    def closing(self) -> str:
        return "".join(f"</{_name(tag)}>" for tag in reversed(self.open))


def _best_cut(text: str, limit: int) -> _Cut:
    """Return the last of the best places to cut `text` so that the first part fits.

    A place in the first half of a message is worth it only between two paragraphs.
    """
    best: _Cut | None = None
    last = _Cut(len(text), (True, _LETTER))
    for cut, used in _places(text):
        if used > limit:
            break
        last = cut
        far = used > limit // 2 or cut.rank == (False, _PARAGRAPH)
        if used and far and cut.rank[1] != _LETTER and (best is None or cut.rank <= best.rank):
            best = cut
    return best or last


def _places(text: str) -> Iterator[tuple[_Cut, int]]:
    """Yield every place where `text` may be cut, with the units that a reader has seen by then."""
    marks, used, at = _Marks(), 0, 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        token = match.group() if match else text[at]
        kind = match.lastindex if match else None
        if kind == 1:
            marks.meet(token)
        else:
            what = {3: _PARAGRAPH, 4: _SPACE}.get(kind or 0, _LETTER)
            rank = (bool(marks.open), what)
            if what != _LETTER:
                yield _Cut(at, rank, marks.closing(), "".join(marks.open)), used
            used += _units(html.unescape(token))
        at += len(token)
        if kind != 1:
            letter = (bool(marks.open), _LETTER)
            yield _Cut(at, letter, marks.closing(), "".join(marks.open)), used


def _name(tag: str) -> str:
    return tag.strip("<>/").split()[0]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
