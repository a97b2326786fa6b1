"""How each kind of value in a directory file is read and judged; readers return plain JSON."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time
from functools import cache
from typing import TYPE_CHECKING, Any

from babel import Locale

from bot.domain.localized import LANGUAGES
from bot.formats.problems import did_you_mean
from bot.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.formats._spots import Read, Spot

DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
TITLE, SUMMARY, DESCRIPTION, WORD = 120, 300, 3000, 60

ID_RULE = "Use 1 to 48 small letters a-z, digits and hyphens."

_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])?")
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_PHONE = re.compile(r"\+?\d[\d /().-]{1,22}\d")
_MAIL = re.compile(r"[^\s@<>()\"',;:]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_YEARS = range(2000, 2101)


def text(limit: int, *, lines: bool = False, required: bool = True) -> Read:
    """Read a text of at most `limit` characters, on one line unless `lines`."""

    def read(spot: Spot) -> str:
        scalar = spot.scalar
        if scalar is None:
            spot.bad("here should be a text.", "Write it after the colon.")
            return ""
        kept = "" if scalar.tag == "null" else unicodedata.normalize("NFC", scalar.text).strip()
        _judge(kept, spot, limit=limit, lines=lines)
        if required and not clean(kept):
            spot.bad("the text is empty.", "Write it, or delete the key.")
        return kept

    return read


def _judge(kept: str, spot: Spot, *, limit: int, lines: bool) -> None:
    if len(kept) > limit:
        spot.bad(f"the text has {len(kept)} characters; at most {limit} fit.", "Shorten it.")
    if clean(kept, limit=len(kept)) != kept and clean(kept):
        spot.bad("there is an invisible control character.", "Delete the text and type it anew.")
    if not lines and ("\n" in kept or "\t" in kept):
        spot.bad("there is a line break or tab.", "Write it on one line.")


def localized(limit: int, *, lines: bool = False) -> Read:
    """Read a text by language, `{fr: …, de: …}`, in at least one language."""
    one = text(limit, lines=lines)

    def read(spot: Spot) -> dict[str, str]:
        found = _by_language(spot)
        if not found:
            spot.bad("there is no text in any language.", f"Give one per language, {_both()}.")
        return {language: one(found[language]) for language in LANGUAGES if language in found}

    return read


def words_by_language(limit: int = WORD) -> Read:
    """Read lists of words or questions by language, `{fr: [a, b], de: [c]}`."""
    one = words(limit)

    def read(spot: Spot) -> dict[str, list[str]]:
        found = {} if spot.empty else _by_language(spot)
        return {language: one(found[language]) for language in LANGUAGES if language in found}

    return read


def _by_language(spot: Spot) -> dict[str, Spot]:
    found = spot.fields(f"texts by language ({_both()})")
    for code in found.keys() - set(LANGUAGES):
        found[code].bad(
            f"`{code}` is not a language of this directory.", did_you_mean(code, LANGUAGES)
        )
    return {code: here for code, here in found.items() if code in LANGUAGES}


def _both() -> str:
    return " and ".join(f"`{language}:`" for language in LANGUAGES)


def words(limit: int = WORD) -> Read:
    """Read a list of short texts."""
    one = text(limit)

    def read(spot: Spot) -> list[str]:
        return [] if spot.empty else [one(item) for item in spot.items("words")]

    return read


def ident(kind: str) -> Read:
    """Read an id and register it: it then names one thing of `kind` in the whole folder."""

    def read(spot: Spot) -> str:
        word = slug(spot)
        if word:
            spot.book.register(kind, word, spot)
        return word

    return read


def usable_id(word: str) -> bool:
    """Return whether `word` may name something: it travels in buttons and links."""
    return _ID.fullmatch(word) is not None


def slug(spot: Spot) -> str:
    """Read a short technical word: small letters, digits and hyphens."""
    word = spot.scalar.text if spot.scalar else ""
    if not usable_id(word):
        spot.bad(f"`{word}` is not usable as an id.", ID_RULE)
    return word


def slugs(spot: Spot) -> list[str]:
    """Read a list of short technical words."""
    return [] if spot.empty else [slug(item) for item in spot.items("words")]


def pointer(kind: str) -> Read:
    """Read the id of something of `kind`, which must exist somewhere in the folder."""

    def read(spot: Spot) -> str:
        word = spot.scalar.text if spot.scalar else ""
        spot.book.pointers.append((kind, word, spot))
        return word

    return read


def pointers(kind: str) -> Read:
    """Read a list of ids of things of `kind`."""
    one = pointer(kind)

    def read(spot: Spot) -> list[str]:
        return [] if spot.empty else [one(item) for item in spot.items("ids")]

    return read


def nullable(read_value: Read) -> Read:
    """Read what `read_value` reads, or null."""

    def read(spot: Spot) -> Any:  # noqa: ANN401 - as wide as the reader it wraps
        return None if spot.empty else read_value(spot)

    return read


def one_of(choices: Iterable[str]) -> Read:
    """Read one of a few words."""
    known = tuple(choices)

    def read(spot: Spot) -> str:
        word = spot.scalar.text if spot.scalar else ""
        if word not in known:
            spot.bad(f"`{word}` is not possible here.", did_you_mean(word, known))
        return word

    return read


def days(spot: Spot) -> list[str]:
    """Read weekdays, at least one, none twice."""
    one = one_of(DAYS)
    found = [one(item) for item in spot.items("weekdays")]
    if not found or len(set(found)) < len(found):
        spot.bad("name each weekday once, and at least one.", f"Known here: {', '.join(DAYS)}.")
    return found


def truth(spot: Spot) -> bool:
    """Read true or false."""
    if spot.scalar is None or spot.scalar.tag != "bool":
        spot.bad(
            "here should be true or false.", "Write `true` or `false`, without quotation marks."
        )
        return False
    return spot.scalar.text.lower() == "true"


def whole(least: int, most: int) -> Read:
    """Read a whole number from `least` to `most`."""

    def read(spot: Spot) -> int:
        digits = spot.scalar.text if spot.scalar and spot.scalar.tag == "int" else ""
        if not re.fullmatch(r"[+-]?\d{1,9}", digits) or not least <= int(digits) <= most:
            spot.bad(f"here should be a whole number from {least} to {most}.", "Write digits only.")
            return least
        return int(digits)

    return read


def decimal(least: float, most: float) -> Read:
    """Read a number from `least` to `most`; whole ones stay whole."""

    def read(spot: Spot) -> float:
        digits = spot.scalar.text if spot.scalar and spot.scalar.tag in {"int", "float"} else ""
        if (
            not re.fullmatch(r"[+-]?\d{1,9}(\.\d{0,12})?", digits)
            or not least <= float(digits) <= most
        ):
            spot.bad(
                f"here should be a number from {least:g} to {most:g}.",
                "Write digits and a point only.",
            )
            return least
        return int(float(digits)) if float(digits).is_integer() else float(digits)

    return read


def day(spot: Spot) -> str:
    """Read a calendar day, YYYY-MM-DD."""
    word = spot.scalar.text if spot.scalar else ""
    try:
        found = date.fromisoformat(word) if len(word) == len("2026-01-01") else None
    except ValueError:
        found = None
    if found is None or found.year not in _YEARS:
        spot.bad(
            f"`{word}` is not a day of the calendar.", "Write year-month-day, e.g. 2026-11-30."
        )
        return ""
    return found.isoformat()


def clock_time(*, midnight: bool = False) -> Read:
    """Read a time of day, HH:MM; with `midnight` also 24:00."""

    def read(spot: Spot) -> str:
        word = spot.scalar.text if spot.scalar else ""
        if midnight and word == "24:00":
            return word
        match = _TIME.fullmatch(word)
        if not match:
            last = "24:00" if midnight else "23:59"
            spot.bad(
                f"`{word}` is not a time of day.",
                f'Write "HH:MM" in quotation marks, 00:00 to {last}.',
            )
            return ""
        return time(int(match[1]), int(match[2])).isoformat("minutes")

    return read


def phone(spot: Spot) -> str:
    """Read a telephone number, short ones such as 144 included; empty is allowed."""
    word = spot.scalar.text.strip() if spot.scalar and not spot.empty else ""
    if (word or spot.scalar is None) and not _PHONE.fullmatch(word):
        spot.bad(f"`{word}` does not look like a telephone number.", "Write e.g. +41 32 000 01 01.")
    return word


def email(spot: Spot) -> str:
    """Read an e-mail address; empty is allowed."""
    word = spot.scalar.text.strip() if spot.scalar and not spot.empty else ""
    if (word or spot.scalar is None) and (not _MAIL.fullmatch(word) or len(word) > 200):  # noqa: PLR2004
        spot.bad(f"`{word}` does not look like an e-mail address.", "Write e.g. team@example.org.")
    return word


@cache
def _language_codes() -> frozenset[str]:
    return frozenset(Locale("en").languages) | {"kmr", "sgn"}


def spoken(spot: Spot) -> list[str]:
    """Read the codes of languages spoken somewhere, e.g. [fr, de, ti]."""
    found = []
    for item in [] if spot.empty else spot.items("languages"):
        code = item.scalar.text if item.scalar else ""
        if code not in _language_codes():
            item.bad(
                f"`{code}` is not a language code.", "Write e.g. fr, de, it, en, sq, ti or uk."
            )
        found.append(code)
    return found
