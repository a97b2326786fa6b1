"""A question as it is looked for: its words in every spelling, and what they mean; no entries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

from bot.answers.matching import Hit, Matcher, Text
from bot.answers.spelling import sound, words
from bot.answers.stems import Side

_MOST_WORDS: Final = 60
"""Words looked at: the rest of a long letter would only cost time."""


@dataclass(frozen=True, slots=True)
class Said:
    """One word that can say what a question is about."""

    folded: str
    stem: str
    heard: str
    """Its sound, read as dialect if the question is."""
    special: float
    """How special it is in everyday talk, 0 to 1, less for a word of time or price."""
    meant: tuple[tuple[str, float], ...]
    """The concepts it is part of, with what that is worth."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question, read."""

    text: Text
    side: Side
    hits: tuple[Hit, ...]
    said: tuple[Said, ...]

    @classmethod
    def read(
        cls,
        text: str,
        side: Side,
        *,
        dialect: bool,
        matcher: Matcher,
        facets: Mapping[str, float],
    ) -> Self:
        """Read `text`; `facets` are concepts that are worth less than a topic."""
        read = Text.read(words(text)[:_MOST_WORDS], side)
        hits = tuple(matcher.hits_in(read, side))
        special = matcher.sides[side].special

        def said(place: int) -> Said:
            meant = [hit for hit in hits if hit.start <= place < hit.end]
            facet = max((facets.get(hit.concept, 1.0) for hit in meant), default=1.0)
            return Said(
                read.folded[place],
                read.stems[place],
                read.loose[place] if dialect or side == "fr" else sound(read.words[place]),
                special.get(read.loose[place], 1.0) * facet,
                tuple((hit.concept, hit.worth) for hit in meant),
            )

        return cls(read, side, hits, tuple(said(place) for place in sorted(read.carried)))
