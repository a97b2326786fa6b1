"""What a reader asks for with the address of a page: the language, what to see, and from where on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from starlette.datastructures import Headers, QueryParams

from bot.domain.contribution_lists import BoardFilters
from bot.domain.contribution_states import Column
from bot.domain.contributions import CATEGORIES, RESIDENTS_KINDS, Kind
from bot.domain.localized import LANGUAGES

NO_FILTERS = BoardFilters()

_MOST_LANGUAGES = 20
_LONGEST_NUMBER = 9
_LONGEST_CURSOR = 40
_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to read; what is unknown or wrong in an address is left out."""

    language: str
    filters: BoardFilters = NO_FILTERS
    following: str | None = None

    @classmethod
    def of(cls, query: QueryParams, headers: Headers, *, neighbourhoods: frozenset[str]) -> Wish:
        """Read the wish from an address and from the languages that the browser prefers."""
        where, theme = query.get("neighbourhood"), query.get("category")
        kind = _chosen(Kind, query.get("kind"))
        return cls(
            language_of(query, headers),
            BoardFilters(
                _chosen(Column, query.get("column")),
                kind if kind in RESIDENTS_KINDS else None,
                theme if theme in CATEGORIES else None,
                where if where in neighbourhoods else None,
            ),
            (query.get("from") or "")[:_LONGEST_CURSOR] or None,
        )

    @property
    def narrowed(self) -> bool:
        """Tell whether anything but the language was chosen."""
        return self.filters != NO_FILTERS

    def within(self, column: Column | None) -> Wish:
        """Return the same wish for one heading of the board, from its beginning."""
        return replace(self, filters=replace(self.filters, column=column), following=None)

    def after(self, following: str | None) -> Wish:
        """Return the same wish from another place on."""
        return replace(self, following=following)

    def spoken(self, language: str) -> Wish:
        """Return the same wish in another language."""
        return replace(self, language=language)

    def query(self, **more: str | None) -> str:
        """Return the wish as the end of an address, `?lang=de&kind=idea`, changed by `more`."""
        filters = self.filters
        chosen: dict[str, str | None] = {
            "lang": self.language,
            "column": filters.column,
            "kind": filters.kind,
            "category": filters.category,
            "neighbourhood": filters.neighbourhood,
            "from": self.following,
            **more,
        }
        return "?" + urlencode({name: str(value) for name, value in chosen.items() if value})


def language_of(query: QueryParams, headers: Headers) -> str:
    """Return the language to speak: the one in the address, else the one the browser likes best."""
    wanted = query.get("lang")
    if wanted in LANGUAGES:
        return wanted
    liked = headers.get("accept-language", "").split(",")[:_MOST_LANGUAGES]
    ranked = sorted(liked, key=_liking, reverse=True)
    codes = (each.split(";")[0].strip().split("-")[0].lower() for each in ranked)
    return next((code for code in codes if code in LANGUAGES), LANGUAGES[0])


def number_in(text: str) -> int | None:
    """Return the number in an address; None if no contribution can have it."""
    plain = text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER
    return int(text) if plain else None


def _liking(language: str) -> float:
    _, _, liking = language.replace(" ", "").lower().partition(";q=")
    try:
        return float(liking) if liking else 1.0
    except ValueError:
        return 0.0


def _chosen(choices: type[_Choice], value: str | None) -> _Choice | None:
    return next((choice for choice in choices if choice == value), None)
