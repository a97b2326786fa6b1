"""Turns a text and its entities into safe HTML for the page; everything else is escaped."""

from __future__ import annotations

import html
from collections.abc import Iterator
from itertools import pairwise

from web.sandbox.errors import Json

TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "spoiler": "tg-spoiler",
}
LINKED = {"url", "text_link", "email"}
SAFE_SCHEMES = ("http://", "https://", "mailto:", "tel:", "tg://")


def render(text: str, entities: list[Json]) -> str:
    """Give HTML made of Telegram's tags only; links open only safe schemes."""
    if not entities:
        return html.escape(text)
    units = text.encode("utf-16-le")
    shown = [entity for entity in entities if _tags(entity, "")]
    marks = {0, len(units) // 2}
    for entity in shown:
        marks |= {entity["offset"], entity["offset"] + entity["length"]}
    return "".join(_pieces(units, shown, sorted(marks)))


def _pieces(units: bytes, entities: list[Json], marks: list[int]) -> Iterator[str]:
    stack: list[Json] = []
    for start, end in pairwise(marks):
        while any(_end(entity) <= start for entity in stack):
            yield _tags(stack.pop(), "")[1]
        for entity in entities:
            if entity["offset"] <= start < _end(entity) and entity not in stack:
                inside = _part(units, entity["offset"], _end(entity))
                yield _tags(entity, inside)[0]
                stack.append(entity)
        yield html.escape(_part(units, start, end))
    while stack:
        yield _tags(stack.pop(), "")[1]


def _part(units: bytes, start: int, end: int) -> str:
    return units[start * 2 : end * 2].decode("utf-16-le", errors="replace")


def _end(entity: Json) -> int:
    end: int = entity["offset"] + entity["length"]
    return end


def _tags(entity: Json, inside: str) -> tuple[str, str] | None:
    kind = entity["type"]
    if kind == "expandable_blockquote":
        return "<blockquote expandable>", "</blockquote>"
    if kind in LINKED:
        return _link(kind, entity, inside)
    tag = TAGS.get(kind)
    return (f"<{tag}>", f"</{tag}>") if tag else None


def _link(kind: str, entity: Json, inside: str) -> tuple[str, str]:
    address = str(entity.get("url", inside))
    if kind == "email":
        address = f"mailto:{inside}"
    elif kind == "url" and "://" not in address:
        address = f"http://{address}"
    if not address.startswith(SAFE_SCHEMES):
        return "<span>", "</span>"
    return f'<a href="{html.escape(address)}" rel="noopener noreferrer" target="_blank">', "</a>"
