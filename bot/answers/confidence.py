"""How sure the engine may be of its first answer, and what follows from it; it never ranks."""

from __future__ import annotations

from dataclasses import astuple, dataclass
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

    answer: float = 0.68
    suggest: float = 0.25


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for the first card; every figure lies between 0 and about 1."""

    score: float
    """How well it matches, as ranked."""
    margin: float
    """How far the best entry outside its card falls behind, as a share of `score`."""
    explained: float
    """Share of the question's words, by rarity, that it accounts for."""
    accounted: float
    """How much it accounts for in all: one word in common may be chance, three are none."""
    said: float
    """How many words the question has that can say what it is about, five being enough."""
    telling: float
    """How telling the most telling concept is that it has in common with the question."""
    missing: float
    """How telling the most telling concept of the question is that it is not about."""
    letters: float
    """How far it leads in letters: the concepts and the letters agree, or do not."""
    helps: float
    """How much it is about the distress that somebody writes of."""


NOTHING: Final = Evidence(*(0.0,) * 9)

BIAS: Final = -3.17
WEIGHTS: Final = Evidence(2.69, 1.37, 1.55, 2.15, 1.61, 1.59, -1.98, 2.24, 1.67)
"""A logistic regression, fitted by `python -m bench.confidence`.

It has seen the questions of the sample and of the third town, each once as they are and once with
their own words held back; never those of the second town, which shows what it is worth. Whatever
speaks for an entry has a weight above 0, what speaks against it one below.
"""


def confidence(evidence: Evidence) -> float:
    """Return the chance that the first entry is right, 0 to 1."""
    if evidence == NOTHING:
        return 0.0
    total = BIAS + sum(w * x for w, x in zip(astuple(WEIGHTS), astuple(evidence), strict=True))
    return 1 / (1 + exp(-total))


def outcome(sureness: float, thresholds: Thresholds) -> Outcome:
    """Return what to do with the first entry."""
    if sureness >= thresholds.answer:
        return "answer"
    return "suggest" if sureness >= thresholds.suggest else "none"
