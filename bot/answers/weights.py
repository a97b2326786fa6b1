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
    explained: float
    """Share of the question's words that the entry accounts for, by meaning, word or letters."""

    def total(self, weights: Likeness) -> float:
        """Return the weighted sum."""
        return (
            weights.meaning * self.meaning
            + weights.letters * self.letters
            + weights.sound * self.sound
            + weights.words * self.words
            + weights.heading * self.heading
            + weights.explained * self.explained
        )


RANKING: Final = Likeness(0.28, 0.16, 0.12, 0.07, 0.1, 0.27)
"""How much each counts when entries are ranked."""
