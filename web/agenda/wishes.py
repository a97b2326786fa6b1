"""What a reader asks for with the address of a page: the language, the days, and what to leave out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import get_args
from urllib.parse import urlencode

from starlette.datastructures import Headers, QueryParams

from bot.domain.agenda import Filters, Look, Span
from bot.domain.localized import LANGUAGES
from bot.domain.town import Centre

_MONTH = Look("month")
_MOST_LANGUAGES = 20
_OLDEST = 120
_LONGEST = 48


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to read; what is unknown or wrong in an address is left out."""

    language: str
    look: Look = _MONTH
    centre: str = ""

    @classmethod
    def of(cls, query: QueryParams, headers: Headers, *, centres: tuple[Centre, ...]) -> Wish:
        """Read the wish from an address and from the languages that the browser prefers."""
        span: Span = next((each for each in get_args(Span) if each == query.get("days")), "month")
        centre = next((each for each in centres if each.id == query.get("centre")), None)
        filters = Filters(
            neighbourhood=_word(query, "neighbourhood"),
            audience=_word(query, "audience"),
            age=_number(query, "age", most=_OLDEST),
            category=_word(query, "category"),
            centre=(centre.place or "") if centre else "",
            room=query.get("room") == "1",
        )
        page = _number(query, "page", most=999) or 0
        return cls(
            language_of(query, headers), Look(span, filters, page), centre.id if centre else ""
        )

    def spoken(self, language: str) -> Wish:
        """Return the same wish in another language."""
        return replace(self, language=language)

    def at(self, page: int) -> Wish:
        """Return the same wish, another page of it."""
        return replace(self, look=replace(self.look, page=page))

    def query(self) -> str:
        """Return the wish as the end of an address."""
        filters = self.look.filters
        chosen = {
            "lang": self.language,
            "days": "" if self.look.span == "month" else self.look.span,
            "neighbourhood": filters.neighbourhood,
            "centre": self.centre,
            "audience": filters.audience,
            "age": "" if filters.age is None else str(filters.age),
            "category": filters.category,
            "room": "1" if filters.room else "",
            "page": str(self.look.page) if self.look.page else "",
        }
        return "?" + urlencode({name: value for name, value in chosen.items() if value})


def language_of(query: QueryParams, headers: Headers) -> str:
    """Return the language to speak: the one in the address, else the one the browser likes best."""
    wanted = query.get("lang")
    if wanted in LANGUAGES:
        return wanted
    liked = headers.get("accept-language", "").split(",")[:_MOST_LANGUAGES]
    ranked = sorted(liked, key=_liking, reverse=True)
    codes = (each.split(";")[0].strip().split("-")[0].lower() for each in ranked)
    return next((code for code in codes if code in LANGUAGES), LANGUAGES[0])


def month_of(query: QueryParams, today: date) -> date:
    """Return the first day of the month asked for, `2026-12`; of this month where none is."""
    try:
        first = date.fromisoformat(f"{query.get('month', '')}-01")
    except ValueError:
        return today.replace(day=1)
    return first if abs((first - today).days) <= 2 * 366 else today.replace(day=1)


def _word(query: QueryParams, name: str) -> str:
    return (query.get(name) or "")[:_LONGEST]


def _number(query: QueryParams, name: str, *, most: int) -> int | None:
    digits = query.get(name) or ""
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 3):  # noqa: PLR2004
        return None
    return int(digits) if int(digits) <= most else None


def _liking(language: str) -> float:
    _, _, liking = language.replace(" ", "").lower().partition(";q=")
    try:
        return float(liking) if liking else 1.0
    except ValueError:
        return 0.0
