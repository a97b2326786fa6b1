"""How much of a question one entry accounts for, word by word; it ranks nothing."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

from bot.answers.pieces import PieceIndex
from bot.answers.wanted import Said

SAME_WORD: Final = 0.9
SAME_LETTERS: Final = 0.7
"""What the same word is worth where the same meaning would be 1, and all its letters."""

IN_PASSING: Final = 0.4
"""What the same word is worth that the entry only mentions."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """One word of a question: how much it counts, and which entries have it or its pieces."""

    said: Said
    worth: float
    same: Mapping[str, float]
    pieces: Sequence[tuple[float, Mapping[str, float]]]
    letters: float

    def accounted(
        self, key: str, told: Mapping[str, float], named: Container[str] | None = None
    ) -> float:
        """Return how far entry `key`, which is `told` to be about that, accounts for the word.

        Where `named` is given, a word that is not among them stands in passing and counts less.
        """
        if key in self.same and (named is None or self.said.stem in named):
            return SAME_WORD
        meant = [worth * told[concept] for concept, worth in self.said.meant if concept in told]
        best = max(meant, default=IN_PASSING if key in self.same else 0.0)
        if best >= SAME_LETTERS:
            return best
        return max(best, SAME_LETTERS * (self.covered(key) / self.letters) ** 2)

    def covered(self, key: str) -> float:
        """Return the rarity of the word's pieces that entry `key` holds."""
        return sum(rarity for rarity, holders in self.pieces if key in holders)


@dataclass(frozen=True, slots=True)
class Account:
    """All words of a question, weighed against one directory."""

    words: tuple[Weighed, ...]
    whole: float
    """The rarity of all words together."""
    rarest: float
    """The rarity of a word that no entry has."""

    @classmethod
    def of(cls, said: Sequence[Said], *, words: PieceIndex, letters: PieceIndex) -> Self:
        """Weigh the words that were `said` by how rare they are."""
        weighed = tuple(_weighed(each, words, letters) for each in said)
        return cls(weighed, sum(word.worth for word in weighed) or 1.0, words.unknown)

    def explained(self, key: str, told: Mapping[str, float]) -> float:
        """Return the share of the words, by rarity, that entry `key` accounts for."""
        return self.held(key, told) / self.whole

    def held(
        self, key: str, told: Mapping[str, float], named: Container[str] | None = None
    ) -> float:
        """Return the rarity of the words that entry `key` accounts for."""
        return sum(word.worth * word.accounted(key, told, named) for word in self.words)


def _weighed(said: Said, words: PieceIndex, letters: PieceIndex) -> Weighed:
    pieces = [
        (letters.rarity.get(piece, letters.unknown), letters.postings.get(piece, {}))
        for piece in letters.cut(said.folded)
    ]
    return Weighed(
        said,
        words.rarity.get(said.stem, words.unknown) * said.special,
        words.postings.get(said.stem, {}),
        pieces,
        sum(rarity for rarity, _ in pieces),
    )
