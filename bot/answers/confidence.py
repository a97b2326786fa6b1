"""How sure the engine may be of its first answer, and what follows from it; it never ranks."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import Final

from bot.answers.answer import Outcome


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which confidence the bot answers, and from which it at least suggests.

    Raising `answer` gives fewer wrong answers and more "did you mean"; raising `suggest` gives more
    honest "I have no answer" and fewer chances to find the entry by a button.

    On the sample town, cross-validated: answering from 0.65 gives 45 % of the answerable questions
    their right answer at once and wrongly answers 10 % of the unanswerable ones; from 0.58 it is
    49 % and 17 %, from 0.70 39 % and 5 %. Below 0.25 lie 3 % of the right first entries.
    """

    answer: float = 0.65
    suggest: float = 0.25


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for the first entry; every figure lies between 0 and about 1."""

    score: float
    """How well it matches, as ranked."""
    margin: float
    """How far the best entry outside its card falls behind, as a share of `score`."""
    coverage: float
    """Share of the question's word pieces, by rarity, that the entry holds."""


NOTHING: Final = Evidence(0.0, 0.0, 0.0)

_BIAS: Final = -2.01
_WEIGHTS: Final = Evidence(score=3.86, margin=2.90, coverage=1.18)
"""A logistic regression over the 457 questions of the sample town, fitted by bench/answers.py."""


def confidence(evidence: Evidence) -> float:
    """Return the chance that the first entry is right, 0 to 1."""
    if evidence == NOTHING:
        return 0.0
    total = (
        _BIAS
        + _WEIGHTS.score * evidence.score
        + _WEIGHTS.margin * evidence.margin
        + _WEIGHTS.coverage * evidence.coverage
    )
    return 1 / (1 + exp(-total))


def outcome(sureness: float, thresholds: Thresholds) -> Outcome:
    """Return what to do with the first entry."""
    if sureness >= thresholds.answer:
        return "answer"
    return "suggest" if sureness >= thresholds.suggest else "none"
