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

    On the sample town, cross-validated and with the words left out that were written after reading
    its questions: answering from 0.72 gives 62 % of the answerable questions their right answer at
    once and wrongly answers 8 % of the unanswerable ones; from 0.65 it is 67 % and 13 %, from 0.80
    56 % and 7 %, from 0.85 48 % and 4 %. Below 0.25 lie 2 % of the right first entries.
    """

    answer: float = 0.72
    suggest: float = 0.25


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for the first card; every figure lies between 0 and about 1."""

    score: float
    """How well it matches, as ranked."""
    margin: float
    """How far the best entry outside its card falls behind, as a share of `score`."""
    coverage: float
    """Share of the question's word pieces, by rarity, that the entry holds."""
    explained: float
    """Share of the question's words that it accounts for."""
    meant: float
    """Share of the question's concepts, by rarity, that it is about."""
    missing: float
    """How telling the most telling concept of the question is that it is not about."""


NOTHING: Final = Evidence(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)

BIAS: Final = -1.67
WEIGHTS: Final = Evidence(1.58, 2.17, 0.25, 1.83, 0.89, -0.85)
"""A logistic regression over the questions of the sample town, fitted by `bench.answers`."""


def confidence(evidence: Evidence) -> float:
    """Return the chance that the first entry is right, 0 to 1."""
    if evidence == NOTHING:
        return 0.0
    total = (
        BIAS
        + WEIGHTS.score * evidence.score
        + WEIGHTS.margin * evidence.margin
        + WEIGHTS.coverage * evidence.coverage
        + WEIGHTS.explained * evidence.explained
        + WEIGHTS.meant * evidence.meant
        + WEIGHTS.missing * evidence.missing
    )
    return 1 / (1 + exp(-total))


def outcome(sureness: float, thresholds: Thresholds) -> Outcome:
    """Return what to do with the first entry."""
    if sureness >= thresholds.answer:
        return "answer"
    return "suggest" if sureness >= thresholds.suggest else "none"
