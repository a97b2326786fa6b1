"""How alike two texts are by what they are about, in whichever of our languages; letters are asked second."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from math import sqrt
from typing import Final

from bot.answers.function_words import DIALECT, FRENCH, GERMAN
from bot.answers.likeness import letter_runs
from bot.answers.matching import Hit, Matcher, Text
from bot.answers.spelling import words
from bot.answers.stems import Side
from bot.domain.likeness import Weights
from bot.domain.localized import LANGUAGES, Localized

_FRENCH_ONLY: Final = FRENCH - GERMAN - DIALECT
_GERMANIC_ONLY: Final = (GERMAN | DIALECT) - FRENCH
_MOST_WORDS: Final = 80
_NAMED: Final = 3
_REMEMBERED: Final = 1024

CONCEPT, LETTERS, NOTHING_KNOWN = "=", "~", "?"
"""What the keys begin with: a concept, a run of letters, or that no concept was found at all."""

_STREET: Final = f"{CONCEPT}+"

FACETS: Final[Mapping[str, float]] = {"": 1.0, "place": 0.35, "people": 0.35}
"""Where something is and for whom it is say less than what it is; other facets say nothing."""

HEARD_OF_STREETS: Final = 0.4
HEARD_OF_SERVICES: Final = 0.6
"""From which worth on a hit counts, in the words of the street and in those of the directory."""

SERVICE: Final = 0.6
"""What a concept of the directory's lexicon counts beside one of the street."""

SAID_ALREADY: Final = 0.5
"""What it counts where the words of the street have explained the same words."""

SHORTEST: Final = 0.8
"""Length below which a text is not stretched: "in the park" alone is not about much."""

SECOND_OPINION: Final = 0.6
"""What letters count where the concepts of both texts are known; else they count fully."""


class ConceptLikeness:
    """The cosine of concepts: « bancs » and "Sitzbänke" are the same; figures chosen on pairs of its own."""

    def __init__(self, streets: Matcher, services: Matcher) -> None:
        """Understand by the words of the street and by those of the directory."""
        self._streets = streets
        self._services = services
        self._known = lru_cache(maxsize=_REMEMBERED)(self._read)

    def concepts(self, text: str) -> Weights:
        """Return concepts and runs of letters of `text`, each part of length 1 at most."""
        return self._known(text)

    def likeness(self, a: Weights, b: Weights) -> float:
        """Return the cosine of the concepts, or what the letters say if that is more."""
        small, large = (a, b) if len(a) <= len(b) else (b, a)
        meaning = letters = 0.0
        for key, weight in small.items():
            if key in large:
                if key[0] == CONCEPT:
                    meaning += weight * large[key]
                elif key[0] == LETTERS:
                    letters += weight * large[key]
        known = NOTHING_KNOWN not in a and NOTHING_KNOWN not in b
        return max(meaning, letters * (SECOND_OPINION if known else 1.0))

    def topics(self, weights: Weights) -> Weights:
        """Return the concepts alone: by them others that are about the same can be looked up."""
        return {key: weight for key, weight in weights.items() if key[0] == CONCEPT}

    def shared(self, a: Weights, b: Weights) -> Sequence[Localized]:
        """Return the things of the street that both name, in the lexicon's words, at most three."""
        both = {key: a[key] * b[key] for key in a if key.startswith(_STREET) and key in b}
        best = sorted(both, key=lambda key: (-both[key], key))[:_NAMED]
        return [self._name(key.removeprefix(_STREET)) for key in best]

    def _name(self, concept: str) -> Localized:
        terms = self._streets.lexicon.concepts[concept].terms
        return Localized((code, terms[code][0]) for code in LANGUAGES)

    def _read(self, text: str) -> Weights:
        found = self._meant(words(text)[:_MOST_WORDS])
        length = max(SHORTEST, sqrt(sum(weight * weight for weight in found.values())))
        weights = {f"{CONCEPT}{name}": weight / length for name, weight in found.items()}
        if not weights:
            weights[NOTHING_KNOWN] = 1.0
        runs = letter_runs(text)
        return {**weights, **{f"{LETTERS}{run}": weight for run, weight in runs.items()}}

    def _meant(self, said: list[str]) -> dict[str, float]:
        found: dict[str, float] = {}
        for side in _sides(said):
            for name, weight in self._heard(Text.read(said, side), side):
                found[name] = max(weight, found.get(name, 0.0))
        return found

    def _heard(self, text: Text, side: Side) -> Iterator[tuple[str, float]]:
        explained: dict[int, float] = {}
        for hit, facet in _clear(self._streets, text, side, least=HEARD_OF_STREETS):
            yield f"+{hit.concept}", hit.worth * facet
            for place in range(hit.start, hit.end):
                explained[place] = max(facet, explained.get(place, 0.0))
        for hit, facet in _clear(self._services, text, side, least=HEARD_OF_SERVICES):
            over = [explained[place] for place in range(hit.start, hit.end) if place in explained]
            again = SAID_ALREADY * max(over) if over else 1.0
            yield hit.concept, hit.worth * SERVICE * facet * again


def _clear(
    matcher: Matcher, text: Text, side: Side, *, least: float
) -> Iterator[tuple[Hit, float]]:
    """Yield the hits that are no guesses, with what their facet counts."""
    for hit in matcher.hits_in(text, side):
        facet = FACETS.get(matcher.lexicon.concepts[hit.concept].facet, 0.0)
        if facet and not hit.guessed and hit.worth >= least:
            yield hit, facet


def _sides(said: list[str]) -> tuple[Side, ...]:
    """Return the language by its small words; both where they do not tell."""
    french = sum(word in _FRENCH_ONLY for word in said)
    germanic = sum(word in _GERMANIC_ONLY for word in said)
    if french == germanic:
        return ("fr", "de")
    return ("fr",) if french > germanic else ("de",)
