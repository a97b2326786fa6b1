"""How alike two texts are by the pieces of their words: an error or an ending does not matter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from math import log, sqrt
from typing import Final

from bot.answers.spelling import fold, pieces, topic_words
from bot.domain.likeness import Weights
from bot.domain.localized import Localized

_MOST_WORDS: Final = 60
_REMEMBERED: Final = 1024


class LetterLikeness:
    """The cosine of character runs; it knows no meanings, so two languages meet only in like words."""

    def concepts(self, text: str) -> Weights:
        """Return the runs of characters of the words that say what `text` is about, of length 1."""
        return letter_runs(text)

    def likeness(self, a: Weights, b: Weights) -> float:
        """Return the cosine of the two."""
        small, large = (a, b) if len(a) <= len(b) else (b, a)
        return sum(weight * large[run] for run, weight in small.items() if run in large)

    def topics(self, weights: Weights) -> Weights:
        """Return nothing: letters say nothing by which others could be looked up."""
        del weights
        return {}

    def shared(self, a: Weights, b: Weights) -> Sequence[Localized]:
        """Return nothing: runs of letters are no words."""
        del a, b
        return ()


@lru_cache(maxsize=_REMEMBERED)
def letter_runs(text: str) -> Weights:
    """Return the runs of characters of the words that say what `text` is about, of length 1."""
    counted = Counter(run for word in topic_words(text)[:_MOST_WORDS] for run in pieces(fold(word)))
    weights = {run: 1 + log(count) for run, count in counted.items()}
    length = sqrt(sum(weight * weight for weight in weights.values()))
    return {run: weight / length for run, weight in weights.items()}
