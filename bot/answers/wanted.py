"""A question as it is looked for: its words in every spelling, and what they mean; no entries."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Self

from bot.answers.matching import Hit, Matcher, Text
from bot.answers.spelling import sound, words
from bot.answers.stems import Side

ASIDE: Final = 0.15
"""What a word counts that only tells what is asked about the thing."""

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
    """How special it is in everyday talk, 0 to 1, and hardly at all if it asks when or how much."""
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
        aside: Collection[str],
    ) -> Self:
        """Read `text`; `aside` are the concepts of what is asked about a thing."""
        read = Text.read(words(text)[:_MOST_WORDS], side)
        hits = tuple(matcher.hits_in(read, side))
        special = matcher.sides[side].special

        def said(place: int) -> Said:
            meant = [hit for hit in hits if hit.start <= place < hit.end]
            sure = [hit for hit in meant if not hit.guessed]
            beside = bool(sure) and all(hit.concept in aside for hit in sure)
            return Said(
                read.folded[place],
                read.stems[place],
                read.loose[place] if dialect or side == "fr" else sound(read.words[place]),
                special.get(read.loose[place], 1.0) * (ASIDE if beside else 1.0),
                tuple((hit.concept, hit.worth) for hit in meant),
            )

        return cls(read, side, hits, tuple(said(place) for place in sorted(read.carried)))
