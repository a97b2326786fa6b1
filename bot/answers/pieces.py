"""An inverted index over pieces of words, weighted by rarity (TF-IDF); it knows no meanings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import log, sqrt
from typing import Final, Self

from bot.answers.spelling import pieces

MOST_HOLDERS = 500
"""Documents that may hold a piece: one that more hold tells them apart too little for its time."""

LENGTH_NORM = 0.6
"""How much a long entry is held back: 1 is the plain cosine, 0 lets length win."""

Words = Mapping[str, float]
"""Words of a document with their weight."""


@dataclass(frozen=True, slots=True)
class PieceIndex:
    """Documents by the pieces of their words."""

    postings: Mapping[str, Mapping[str, float]]
    rarity: Mapping[str, float]
    unknown: float
    """The rarity of a piece no document has."""
    cut: Callable[[str], Iterable[str]]

    @classmethod
    def build(
        cls,
        documents: Mapping[str, Words],
        *,
        spell: Callable[[str], str],
        whole: bool = False,
        length_norm: float = LENGTH_NORM,
    ) -> Self:
        """Index `documents` by key; `spell` turns a word into what is compared, pieces or `whole`."""
        cut = _uncut if whole else pieces
        counts = {key: _counted(words, spell, cut) for key, words in documents.items()}
        spread = Counter(piece for count in counts.values() for piece in count)
        total = len(counts) + 1
        rarity = {piece: log(total / (1 + seen)) + 1 for piece, seen in spread.items()}
        vectors = {key: _weighted(count, rarity) for key, count in counts.items()}
        return cls(_postings(vectors, rarity, spread, length_norm), rarity, log(total) + 1, cut)

    def scores(self, spelt: Iterable[tuple[str, float]]) -> dict[str, float]:
        """Return how well each document matches the words, spelt by `spell`, each with its weight."""
        wanted: dict[str, float] = {}
        for word, weight in spelt:
            for piece in self.cut(word):
                wanted[piece] = wanted.get(piece, 0.0) + weight
        found: defaultdict[str, float] = defaultdict(float)
        length = 0.0
        for piece, weight in wanted.items():
            length += (weight * self.rarity.get(piece, self.unknown)) ** 2
            for key, worth in self.postings.get(piece, _NOWHERE).items():
                found[key] += weight * worth  # the innermost loop: a few thousand times a question
        norm = sqrt(length) or 1.0
        return {key: score / norm for key, score in found.items()}


_NOWHERE: Final[Mapping[str, float]] = {}


def _uncut(word: str) -> tuple[str]:
    return (word,)


def _counted(
    words: Words,
    spell: Callable[[str], str],
    cut: Callable[[str], Iterable[str]],
) -> dict[str, float]:
    counted: dict[str, float] = {}
    for word, weight in words.items():
        for piece in cut(spell(word)):
            counted[piece] = counted.get(piece, 0.0) + weight
    return counted


def _weighted(count: Mapping[str, float], rarity: Mapping[str, float]) -> dict[str, float]:
    return {
        piece: (1 + log(seen) if seen > 1 else seen) * rarity[piece]
        for piece, seen in count.items()
    }


def _postings(
    vectors: Mapping[str, Mapping[str, float]],
    rarity: Mapping[str, float],
    spread: Mapping[str, int],
    length_norm: float,
) -> dict[str, dict[str, float]]:
    norms = {key: sqrt(sum(x * x for x in vector.values())) for key, vector in vectors.items()}
    usual = sum(norms.values()) / len(norms) if norms else 1.0
    postings: dict[str, dict[str, float]] = {}
    for key, vector in vectors.items():
        divisor = norms[key] ** length_norm * usual ** (1 - length_norm)
        for piece, worth in vector.items():
            if spread[piece] <= MOST_HOLDERS:
                postings.setdefault(piece, {})[key] = worth * rarity[piece] / divisor
    return postings
