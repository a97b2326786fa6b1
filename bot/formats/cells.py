"""Anybody's words as one cell of a table: nothing a spreadsheet would run, and nothing it cannot hold."""

from __future__ import annotations

import re
from typing import Final

from bot.text import clean

LONGEST: Final = 32_767
"""UTF-16 units that a cell of Excel holds."""

_CUT = " […]"
_STARTS_FORMULA = frozenset("=+-@\t\r\uff1d\uff0b\uff0d\uff20")
_BLANK = re.compile(
    r"[\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u206f\ufe00-\ufe0f\ufeff]+"
)
_UNCLEAN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u0300-\u036f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff\U0001fffe-\U0010ffff]"
)
"""Whatever `clean` might take out; where there is none of it, a look is enough."""


def tidy(text: str, *, longest: int = LONGEST) -> str:
    """Return the text without control and direction characters, cut with a mark where it is too long."""
    if _UNCLEAN.search(text):
        text = clean(text, limit=len(text))
    if len(text) * 2 <= longest or _units(text) <= longest:
        return text
    head = text.encode("utf-16-le")[: (longest - len(_CUT)) * 2]
    return head.decode("utf-16-le", "ignore") + _CUT


def is_formula(text: str) -> bool:
    """Tell whether a spreadsheet might take the text for a formula, blanks and invisible signs aside."""
    shown = _BLANK.sub("", text[:1]) or _BLANK.sub("", text)
    return text[:1] in _STARTS_FORMULA or shown[:1] in _STARTS_FORMULA


def neutral(text: str) -> str:
    """Return the tidy text; one that looks like a formula begins with an apostrophe instead."""
    words = tidy(text)
    return tidy(f"'{words}") if is_formula(words) else words


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
