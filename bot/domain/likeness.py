"""Which contributions are alike: words and distance together; how words compare is handed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from bot.domain.contributions import Contribution, Draft, Point
from bot.domain.geography import distance
from bot.domain.localized import Localized

NEARBY: Final = 250.0
"""Metres within which two contributions are about the same spot."""

ALIKE_ANYWHERE: Final = 0.5
"""From this likeness of words on the place does not matter."""

ALIKE_NEARBY: Final = 0.3
"""So much likeness is enough at the same spot."""

OFFERED: Final = 3
"""More than three similar ones nobody reads while writing."""

Weights = Mapping[str, float]
"""What a text is about: concepts, word stems or pieces of words with their weight."""


class Similarity(Protocol):
    """Compares what two texts are about, also across languages if its concepts know both."""

    def concepts(self, text: str) -> Weights:
        """Return what `text` is about."""

    def likeness(self, a: Weights, b: Weights) -> float:
        """Return 0.0 (nothing in common) to 1.0 (the same)."""

    def topics(self, weights: Weights) -> Weights:
        """Return of `weights` what others that are about the same can be looked up by."""

    def shared(self, a: Weights, b: Weights) -> Sequence[Localized]:
        """Return in words what both are about, the most telling first; nothing else of either."""


@dataclass(frozen=True, slots=True)
class Match:
    """A contribution like a draft; `metres` is None where one of the two has no place.

    `shared` is what both are about: the author of the draft has said as much.
    """

    contribution: Contribution
    likeness: float
    metres: float | None
    shared: tuple[Localized, ...] = ()

    @property
    def rank(self) -> float:
        """How much it should be offered: the same spot counts like a good part of the words."""
        near = 0.0 if self.metres is None else max(0.0, 1 - self.metres / (2 * NEARBY))
        return self.likeness + 0.4 * near


def alike(
    draft: Draft, candidates: Sequence[Contribution], *, similarity: Similarity
) -> list[Match]:
    """Return the candidates that are about the same as the draft, best first."""
    wanted = similarity.concepts(draft.text)
    found = [_match(draft.point, each, wanted, similarity=similarity) for each in candidates]
    enough = [match for match in found if _enough(match)]
    best = sorted(enough, key=lambda match: (-match.rank, -match.contribution.number))[:OFFERED]
    return [replace(match, shared=_shared(wanted, match, similarity=similarity)) for match in best]


def texts_of(candidate: Contribution) -> list[str]:
    """Return all that says what a contribution is about: the author's words and the team's."""
    return [candidate.text, *_public_words(candidate)]


def _match(
    point: Point | None, candidate: Contribution, wanted: Weights, *, similarity: Similarity
) -> Match:
    texts = texts_of(candidate)
    likeness = max(similarity.likeness(wanted, similarity.concepts(text)) for text in texts)
    there = candidate.near
    return Match(candidate, likeness, distance(point, there) if point and there else None)


def _shared(wanted: Weights, match: Match, *, similarity: Similarity) -> tuple[Localized, ...]:
    known = [similarity.concepts(text) for text in texts_of(match.contribution)]
    nearest = max(known, key=lambda each: similarity.likeness(wanted, each))
    return tuple(similarity.shared(wanted, nearest))


def _public_words(candidate: Contribution) -> list[str]:
    """Return title and summary in each language, so that a German draft meets a French text."""
    languages = [
        *candidate.title,
        *(code for code in candidate.summary if code not in candidate.title),
    ]
    return [
        f"{candidate.title.get(code, '')} {candidate.summary.get(code, '')}" for code in languages
    ]


def _enough(match: Match) -> bool:
    near = match.metres is not None and match.metres <= NEARBY
    return match.likeness >= (ALIKE_NEARBY if near else ALIKE_ANYWHERE)
