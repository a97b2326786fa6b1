"""Turns a text and its entities into safe HTML for the page; everything else is escaped."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class _Dressing:
    """One entity as the tags around it."""

    start: int
    end: int
    opening: str
    closing: str


def render(text: str, entities: list[Json]) -> str:
    """Give HTML made of Telegram's tags only; links open only safe schemes."""
    if not entities:
        return html.escape(text)
    units = text.encode("utf-16-le")
    dressings = [each for each in (_dressing(entity, units) for entity in entities) if each]
    # A quotation is a block of its own on a phone: the line break behind it shows no empty line.
    return "".join(_pieces(units, dressings)).replace("</blockquote>\n", "</blockquote>")


def _pieces(units: bytes, dressings: list[_Dressing]) -> Iterator[str]:
    borders = {edge for each in dressings for edge in (each.start, each.end)}
    stack: list[_Dressing] = []
    for start, end in pairwise(sorted(borders | {0, len(units) // 2})):
        while any(each.end <= start for each in stack):
            yield stack.pop().closing
        for each in dressings:
            if each.start <= start < each.end and each not in stack:
                yield each.opening
                stack.append(each)
        yield html.escape(_part(units, start, end))
    yield from (each.closing for each in reversed(stack))


def _part(units: bytes, start: int, end: int) -> str:
    return units[start * 2 : end * 2].decode("utf-16-le", errors="replace")


def _dressing(entity: Json, units: bytes) -> _Dressing | None:
    start, end = entity["offset"], entity["offset"] + entity["length"]
    kind = entity["type"]
    if kind == "expandable_blockquote":
        return _Dressing(start, end, "<blockquote expandable>", "</blockquote>")
    if kind in LINKED:
        address = _address(kind, entity, _part(units, start, end))
        safe = address.startswith(SAFE_SCHEMES)
        link = f'<a href="{html.escape(address)}" rel="noopener noreferrer" target="_blank">'
        return _Dressing(start, end, link, "</a>") if safe else None
    tag = TAGS.get(kind)
    return _Dressing(start, end, f"<{tag}>", f"</{tag}>") if tag else None


def _address(kind: str, entity: Json, inside: str) -> str:
    if kind == "email":
        return f"mailto:{inside}"
    address = str(entity.get("url", inside))
    return address if kind == "text_link" or "://" in address else f"http://{address}"
