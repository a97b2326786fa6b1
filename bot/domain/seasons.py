"""On which days something can be open, where only its text says so: « de mai à septembre »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.domain.directory import Entry

_NAMES: Final = (
    ("janvier", "januar"),
    ("février", "februar"),
    ("mars", "märz"),
    ("avril", "april"),
    ("mai", "mai"),
    ("juin", "juni"),
    ("juillet", "juli"),
    ("août", "august"),
    ("septembre", "september"),
    ("octobre", "oktober"),
    ("novembre", "november"),
    ("décembre", "dezember"),
)
_NUMBER: Final = {name: at for at, names in enumerate(_NAMES, 1) for name in names}
_MONTH: Final = "|".join(sorted(_NUMBER, key=len, reverse=True))
_PART: Final = r"(\d{1,2}(?:er)?\.?\s*|début\s+|mi-?\s*|fin\s+|anfang\s+|mitte\s+|ende\s+)?"
_SPAN: Final = re.compile(
    rf"\b{_PART}({_MONTH})\s*(?:à|au|jusqu['’](?:en|à|au)|bis(?:\s+zum)?|–|-|/)\s*{_PART}({_MONTH})\b",
    re.IGNORECASE,
)
_SUMMER: Final = re.compile(
    r"\b(?:en été|pendant l['’]été|im sommer|während des sommers)\b", re.IGNORECASE
)
_WINTER: Final = re.compile(
    r"\b(?:en hiver|pendant l['’]hiver|im winter|während des winters)\b", re.IGNORECASE
)
_ONLY: Final = re.compile(
    r"\b(?:ouvert\w*|seulement|uniquement|nur|offen|geöffnet)\b", re.IGNORECASE
)
_CLOSED: Final = re.compile(
    r"ferm[ée]|pause|relâche|geschlossen|sauf|ausser|betriebsferien", re.IGNORECASE
)
_SOMETHING_ELSE: Final = re.compile(
    r"inscri|anmeld|horaire|öffnungszeiten|délai|frist|zusätzlich|supplémentaire", re.IGNORECASE
)
_SENTENCE: Final = re.compile(r"(?<=\D[.!?;])\s+")

_LAST: Final = 31
_MIDDLE: Final = 15
Moment = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Season:
    """From one day of the year to another, both included; `open`, or closed in between."""

    first: Moment
    last: Moment
    open: bool = True

    def covers(self, day: date) -> bool:
        """Return whether `day` lies in it, over the turn of the year too."""
        moment = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= moment <= self.last
        return moment >= self.first or moment <= self.last


def seasons(entry: Entry) -> tuple[Season, ...]:
    """Return the seasons that the text of `entry` names; none for one that says nothing of them."""
    texts = (*entry.title.values(), *entry.summary.values(), *entry.description.values())
    found = (
        each for text in texts for part in _SENTENCE.split(text) for each in _in_sentence(part)
    )
    return tuple(dict.fromkeys(found))


def in_season(named: tuple[Season, ...], day: date) -> bool:
    """Return whether something with the seasons `named` can be open on `day`."""
    opened = [season for season in named if season.open]
    closed = [season for season in named if not season.open]
    if any(season.covers(day) for season in closed):
        return False
    return not opened or any(season.covers(day) for season in opened)


def _in_sentence(sentence: str) -> Iterator[Season]:
    if _SOMETHING_ELSE.search(sentence):
        return
    opened = not _CLOSED.search(sentence)
    for begins, first, ends, last in _SPAN.findall(sentence):
        yield Season(_moment(begins, first, last=False), _moment(ends, last, last=True), opened)
    if _ONLY.search(sentence) or not opened:
        if _SUMMER.search(sentence):
            yield Season((6, 1), (8, _LAST), opened)
        if _WINTER.search(sentence):
            yield Season((12, 1), (2, _LAST), opened)


def _moment(part: str, month: str, *, last: bool) -> Moment:
    said = part.strip().lower().rstrip("-")
    digits = re.match(r"\d+", said)
    if digits:
        day = int(digits[0])
    elif said in {"mi", "mitte"}:
        day = _MIDDLE
    else:
        early = not last or said in {"début", "anfang"}
        day = 1 if early and said not in {"fin", "ende"} else _LAST
    return _NUMBER[month.lower()], day
