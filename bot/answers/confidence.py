"""How sure the engine may be of its first answer, and what follows from it; it never ranks."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from operator import attrgetter
from typing import Final

from bot.answers.answer import Outcome


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which confidence the bot answers, and from which it at least suggests.

    Raising `answer` gives fewer wrong answers and more "did you mean"; raising `suggest` gives more
    honest "I have no answer" and fewer chances to find the entry by a button.

    In the second town, whose questions nothing was fitted to, answering from 0.54 gives 66 % of the
    answerable questions their right answer at once and wrongly answers 9 % of the unanswerable ones;
    from 0.45 it is 69 % and 15 %, from 0.65 57 % and 6 %, from 0.70 52 % and 6 %. In the sample town
    0.54 gives 80 % and 6 %. Below 0.1 lie 2 % of the right entries among the first three, and half
    of the unanswerable questions. `python -m bench.confidence` prints the whole table.
    """

    answer: float = 0.54
    suggest: float = 0.1


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

BIAS: Final = -4.34
WEIGHTS: Final = Evidence(3.55, 1.09, 0.71, 2.00, 1.65, 0.71, -1.85, 2.58, 0.71)
"""A logistic regression, fitted by `python -m bench.confidence`.

It has seen the questions of the sample and of the third town, each once as they are and once with
their own words held back; never those of the second town, which shows what it is worth. A question
without an answer counts four times, so the result is lower than the plain chance of being right. Whatever
speaks for an entry has a weight above 0, what speaks against it one below.
"""


_figures: Final = attrgetter(*Evidence.__slots__)


def confidence(evidence: Evidence) -> float:
    """Return how sure the first entry is, 0 to 1; unanswerable questions weigh more than others."""
    if evidence == NOTHING:
        return 0.0
    total = BIAS + sum(w * x for w, x in zip(_figures(WEIGHTS), _figures(evidence), strict=True))
    return 1 / (1 + exp(-total))


def outcome(sureness: float, thresholds: Thresholds) -> Outcome:
    """Return what to do with the first entry."""
    if sureness >= thresholds.answer:
        return "answer"
    return "suggest" if sureness >= thresholds.suggest else "none"
