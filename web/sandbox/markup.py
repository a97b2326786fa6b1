"""Reads Telegram's HTML into text and entities; refuses in Telegram's words, with the byte."""

from __future__ import annotations

import re
from dataclasses import dataclass

from web.sandbox.errors import ApiError, Json, bad_request

KIND_OF_TAG = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(r"&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(lt|gt|amp|quot));?")
TAG_NAME = re.compile(r"[^\s>]*")
ATTRIBUTE = re.compile(r"""\s*([^\s=>/"']+)(?:\s*=\s*("[^"]*"|'[^']*'|[\w.-]+))?""")
TOP_CODE_POINT = 0x10FFFF
SURROGATES = (0xD800, 0xDFFF)


def utf16_length(text: str) -> int:
    """Count a text the way Telegram counts offsets."""
    return len(text) + sum(letter > "\uffff" for letter in text)


@dataclass(slots=True)
class _Open:
    tag: str
    attributes: dict[str, str]
    offset: int


class HtmlReader:
    """One pass over one text."""

    def __init__(self, source: str) -> None:
        """Take the source; call `read` once."""
        self._source = source
        self._at = 0
        self._offset = 0
        self._text: list[str] = []
        self._open: list[_Open] = []
        self._entities: list[Json] = []

    def read(self) -> tuple[str, list[Json]]:
        """Give the plain text and its entities in order."""
        source = self._source
        while self._at < len(source):
            if source[self._at] == "<":
                self._tag()
            elif source[self._at] == "&":
                self._reference()
            else:
                ends = [source.find(mark, self._at) for mark in "<&"]
                end = min((found for found in ends if found >= 0), default=len(source))
                self._emit(source[self._at : end], consumed=end - self._at)
        if self._open:
            tag = self._open[-1].tag
            raise _unparsable(f'Can\'t find end tag corresponding to start tag "{tag}"')
        self._entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self._text), self._entities

    def _emit(self, text: str, *, consumed: int) -> None:
        self._text.append(text)
        self._offset += utf16_length(text)
        self._at += consumed

    def _reference(self) -> None:
        found = REFERENCE.match(self._source, self._at)
        if found is None:
            self._emit("&", consumed=1)
            return
        self._emit(_letter(found), consumed=len(found.group()))

    def _tag(self) -> None:
        if self._source.startswith("</", self._at):
            self._end_tag()
        else:
            self._start_tag()

    def _start_tag(self) -> None:
        begin = self._at
        named = TAG_NAME.match(self._source, begin + 1)
        end = named.end() if named else begin + 1
        if end >= len(self._source):
            raise self._fault("Unclosed start tag", begin)
        tag = self._source[begin + 1 : end].lower()
        if tag not in KIND_OF_TAG:
            raise self._fault(f'Unsupported start tag "{tag}"', begin)
        attributes, self._at = self._attributes(tag, begin, end)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self._fault('Tag "span" must have class "tg-spoiler"', begin)
        self._open.append(_Open(tag, attributes, self._offset))

    def _attributes(self, tag: str, begin: int, at: int) -> tuple[dict[str, str], int]:
        attributes: dict[str, str] = {}
        while True:
            while at < len(self._source) and self._source[at].isspace():
                at += 1
            if at >= len(self._source):
                raise self._fault("Unclosed start tag", begin)
            if self._source[at] == ">":
                return attributes, at + 1
            found = ATTRIBUTE.match(self._source, at)
            if found is None:
                raise self._fault(f'Empty attribute name in the tag "{tag}"', begin)
            value = found.group(2) or ""
            if value[:1] in {'"', "'"}:
                value = value[1:-1]
            attributes[found.group(1).lower()] = REFERENCE.sub(_letter, value)
            at = found.end()

    def _end_tag(self) -> None:
        begin = self._at
        if not self._open:
            raise self._fault("Unexpected end tag", begin)
        close = self._source.find(">", begin)
        if close < 0:
            raise self._fault("Unclosed end tag", begin)
        name = self._source[begin + 2 : close].strip().lower()
        opened = self._open.pop()
        if name and name != opened.tag:
            expected = f'expected "</{opened.tag}>", found "</{name}>"'
            raise self._fault("Unmatched end tag", begin, more=f", {expected}")
        self._at = close + 1
        self._close(opened)

    def _close(self, opened: _Open) -> None:
        length = self._offset - opened.offset
        entity: Json = {"type": KIND_OF_TAG[opened.tag], "offset": opened.offset, "length": length}
        if length > 0 and self._dressed(entity, opened):
            self._entities.append(entity)

    def _dressed(self, entity: Json, opened: _Open) -> bool:
        kind = entity["type"]
        if kind == "text_link":
            entity["url"] = opened.attributes.get("href") or self._last(entity["offset"])
            return _is_link(entity)
        if kind == "blockquote" and "expandable" in opened.attributes:
            entity["type"] = "expandable_blockquote"
        elif kind == "custom_emoji":
            entity["custom_emoji_id"] = opened.attributes.get("emoji-id", "")
            return bool(entity["custom_emoji_id"])
        elif kind == "date_time":
            entity["unix_time"] = int(opened.attributes.get("unix", "0") or 0)
            entity["date_time_format"] = opened.attributes.get("format", "")
        elif kind == "code" and self._open and self._open[-1].tag == "pre":
            language = opened.attributes.get("class", "").removeprefix("language-")
            self._open[-1].attributes["language"] = language
            return False
        elif kind == "pre" and opened.attributes.get("language"):
            entity["language"] = opened.attributes["language"]
        return True

    def _last(self, offset: int) -> str:
        return "".join(self._text).encode("utf-16-le")[offset * 2 :].decode("utf-16-le")

    def _fault(self, words: str, at: int, *, more: str = "") -> ApiError:
        byte = len(self._source[:at].encode())
        return _unparsable(f"{words} at byte offset {byte}{more}")


def _letter(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if name:
        return NAMED[name]
    point = int(decimal) if decimal else int(hexadecimal, 16)
    whole = 0 < point <= TOP_CODE_POINT and not SURROGATES[0] <= point <= SURROGATES[1]
    return chr(point) if whole else found.group()


def _is_link(entity: Json) -> bool:
    url = str(entity["url"]).strip()
    if not re.match(r"(?:https?|tg|mailto|tel)://?", url) and "." in url and " " not in url:
        url = f"http://{url}"
    entity["url"] = url
    return bool(re.match(r"(?:https?://[^\s/]+|tg://|mailto:|tel:)", url))


def _unparsable(words: str) -> ApiError:
    return bad_request(f"can't parse entities: {words}")


def read_html(source: str) -> tuple[str, list[Json]]:
    """Turn Telegram's HTML into text and entities, or raise its 400."""
    return HtmlReader(source).read()
