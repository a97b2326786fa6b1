"""The simple formatting of a person's message as safe Telegram HTML: bold, italics, links and the like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from telegram import Message, MessageEntity

from bot.text import clean, escape

_TAGS = {"bold": "b", "italic": "i", "underline": "u", "strikethrough": "s"}
_ADDRESS = re.compile(r"https?://[^\s\"'<>]{3,500}")
_BLANKS = re.compile(r"\A([ \n\t]*)(.*?)([ \n\t]*)\Z", re.DOTALL)


@dataclass(frozen=True, slots=True, order=True)
class _Marks:
    """How one letter is written: the tags around it and where it leads."""

    tags: tuple[str, ...] = ()
    link: str = ""


def html_of(message: Message) -> str:
    """Return the words of a message or caption as HTML: escaped, cleaned, simple marks kept.

    What is neither bold, italic, underlined, struck out nor a link to the web is plain text, so that
    nothing leads to a person or looks like something it is not.
    """
    if message.text is not None:
        return formatted(message.text, message.entities)
    return formatted(message.caption or "", message.caption_entities)


def formatted(text: str, entities: Sequence[MessageEntity]) -> str:
    """Return `text` with the marks of `entities`, whatever they claim."""
    letters = list(text)
    marks = _marks_of(letters, entities)
    runs = groupby(zip(letters, marks, strict=True), key=lambda pair: pair[1])
    return "".join(_dressed("".join(c for c, _ in run), mark) for mark, run in runs).strip()


def _marks_of(letters: list[str], entities: Sequence[MessageEntity]) -> list[_Marks]:
    """Return how each letter is written; Telegram counts in UTF-16 units."""
    starts, at = [], 0
    for letter in letters:
        starts.append(at)
        at += 2 if ord(letter) > 0xFFFF else 1  # noqa: PLR2004 - the last of the first plane
    marks = [_Marks()] * len(letters)
    for entity in entities:
        end = entity.offset + entity.length
        for position, start in enumerate(starts):
            if entity.offset <= start < end:
                marks[position] = _with(marks[position], entity)
    return marks


def _with(marks: _Marks, entity: MessageEntity) -> _Marks:
    tag = _TAGS.get(entity.type)
    if tag is not None:
        return _Marks(tuple(sorted({*marks.tags, tag})), marks.link)
    if entity.type == MessageEntity.TEXT_LINK and _ADDRESS.fullmatch(entity.url or ""):
        return _Marks(marks.tags, entity.url or "")
    return marks


def _dressed(text: str, marks: _Marks) -> str:
    found = _BLANKS.match(text)
    before, words, behind = found.groups() if found else ("", text, "")
    words = escape(clean(words))
    if not words:
        return before + behind
    for tag in marks.tags:
        words = f"<{tag}>{words}</{tag}>"
    if marks.link:
        words = f'<a href="{escape(marks.link)}">{words}</a>'
    return f"{before}{words}{behind}"
