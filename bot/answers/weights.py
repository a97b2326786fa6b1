"""The few numbers that were learned from the sample town's questions; `python -m bench.answers` fits them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Likeness:
    """What makes an entry like a question; each figure lies between 0 and about 1."""

    meaning: float
    """Concepts in common, in whatever language."""
    letters: float
    """Runs of letters in common."""
    sound: float
    """Runs of letters in common once German words are spelt by their sound."""
    words: float
    """Words in common, by their stems."""
    heading: float
    """How near the question comes to the entry's nearest heading."""
    explained: float = 0.0
    """Share of the question's words that the entry accounts for, by meaning, word or letters."""

    share: float = 0.0
    """Share of the question's concepts, by rarity, that the entry is about."""
    focus: float = 0.0
    """Share of what the entry's title says that is asked for: a dog course is not the dog tax."""

    def total(self, weights: Likeness) -> float:
        """Return the weighted sum."""
        return (
            weights.meaning * self.meaning
            + weights.letters * self.letters
            + weights.sound * self.sound
            + weights.words * self.words
            + weights.heading * self.heading
            + weights.explained * self.explained
            + weights.share * self.share
            + weights.focus * self.focus
        )


RANKING: Final = Likeness(0.22, 0.17, 0.12, 0.07, 0.08, 0.26, 0.04, 0.04)
"""How much each counts when entries are ranked.

Share and focus are held to half of what was fitted: with more, dialect loses what French gains.
"""
