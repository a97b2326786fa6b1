"""The door and the exit for people's text: clean what comes in, make safe what goes out."""

from __future__ import annotations

import html
import re
import unicodedata

MAX_TEXT = 4000
"""Characters kept of one incoming text; Telegram itself allows 4096 UTF-16 units."""

_MAX_MARKS = 8
_NONCHARACTER = 0xFFFE
_TAG = re.compile(r"</?[a-z][^<>]*>")
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_KEPT_CONTROLS = frozenset("\n\t")
_INVISIBLE = re.compile(
    r"[\s\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200d\u2060-\u2064\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0]+",
)


def clean(text: str, *, limit: int = MAX_TEXT) -> str:
    """Return `text` in NFC without control, direction and surrogate characters, at most `limit` long.

    A text of nothing but blanks and invisible characters comes back empty. At most eight combining marks
    stay on one letter.
    """
    # What stays is composed last: a mark may meet its letter only once what stood between is gone.
    kept = "".join(c for c in _without_surrogates(text) if _may_stay(c))
    cleaned = _calm_marks(unicodedata.normalize("NFC", kept)).strip()
    if not _INVISIBLE.sub("", cleaned):
        return ""
    return cleaned[:limit].rstrip()


def one_line(text: str, *, limit: int = 200) -> str:
    """Return the cleaned text on one line, cut at a word with an ellipsis if it is longer than `limit`."""
    line = " ".join(clean(text).split())
    if len(line) <= limit:
        return line
    head = line[: limit - 1]
    return (head.rsplit(" ", 1)[0] if " " in head else head).rstrip(" ,;:.") + "…"


def escape(text: str) -> str:
    """Return `text` safe inside Telegram HTML and our pages."""
    return html.escape(text, quote=True)


def plain(markup: str) -> str:
    """Return what a reader sees of Telegram HTML, without any markup."""
    return html.unescape(_TAG.sub("", markup))


def _without_surrogates(text: str) -> str:
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace").replace("\ufffd", "")


def _may_stay(char: str) -> bool:
    if char in _KEPT_CONTROLS:
        return True
    if (
        char in _BIDI
        or (ord(char) & _NONCHARACTER) == _NONCHARACTER
        or "\ufdd0" <= char <= "\ufdef"
    ):
        return False
    return unicodedata.category(char) not in {"Cc", "Cs"} and char not in "\u2028\u2029"


def _calm_marks(text: str) -> str:
    calm: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= _MAX_MARKS:
            calm.append(char)
    return "".join(calm)
