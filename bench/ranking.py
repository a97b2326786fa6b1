"""Fits the weights by which entries are ranked: `python -m bench.ranking`.

It learns from the questions of the sample and of the third town, each as it is and with its own words
held back, or the weights would trust meanings more than a new town justifies. It changes nothing; the
weights it prints are copied into `bot/answers/weights.py` by hand.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from math import exp
from typing import Final

from bench.towns import LEARNED, TOWNS, Asked, asked_in, read
from bot.answers.weights import RANKING, Likeness

FOLDS: Final = 5
STEPS, PACE, MOMENTUM = 60, 2.0, 0.9
RIDGE: Final = 0.002
CANDIDATES: Final = 12


@dataclass(frozen=True, slots=True)
class Choice:
    """What makes each candidate like one question, and which of them are accepted."""

    likeness: tuple[tuple[float, ...], ...]
    accepted: tuple[bool, ...]


def main() -> None:
    """Print the fitted weights and how they do on questions they were not fitted to."""
    asked = {town: asked_in(TOWNS[town]) for town in LEARNED}
    choices = [
        choice for each in asked.values() for question in each for choice in _choices(question)
    ]
    names = [field.name for field in fields(Likeness)]
    weights = _fit(choices)
    print("in use ", dict(zip(names, astuple(RANKING), strict=True)))
    print("fitted ", {n: round(w / sum(weights), 2) for n, w in zip(names, weights, strict=True)})
    print(f"hit@1, {FOLDS}-fold: {_cross_validated(choices):.3f} of those with a candidate")


def _choices(asked: Asked) -> Iterator[Choice]:
    """Yield what one question leaves to choose from, as it is and with its words held back."""
    case = asked.case
    for engine in (asked.engine, asked.held_back):
        ranked = engine.retrieval.find(read(engine, case.text))
        order = sorted(ranked.likeness, key=lambda key: -ranked.likeness[key].total(RANKING))
        best = order[:CANDIDATES]
        accepted = tuple(key in case.expect for key in best)
        if any(accepted):
            yield Choice(tuple(astuple(ranked.likeness[key]) for key in best), accepted)


def _fit(choices: list[Choice]) -> list[float]:
    """Fit by gradient ascent on the chance that an accepted candidate would be chosen."""
    weights = [1.0] * len(choices[0].likeness[0])
    pace = [0.0] * len(weights)
    for _ in range(STEPS):
        slope = [-RIDGE * weight for weight in weights]
        for choice in choices:
            for i, part in enumerate(_slope(choice, weights)):
                slope[i] += part / len(choices)
        pace = [MOMENTUM * p + s for p, s in zip(pace, slope, strict=True)]
        weights = [w + PACE * p for w, p in zip(weights, pace, strict=True)]
    return weights


def _slope(choice: Choice, weights: list[float]) -> list[float]:
    totals = [sum(w * x for w, x in zip(weights, each, strict=True)) for each in choice.likeness]
    chances = [exp(total - max(totals)) for total in totals]
    whole = sum(chances)
    right = sum(c for c, accepted in zip(chances, choice.accepted, strict=True) if accepted)
    slope = [0.0] * len(weights)
    for chance, accepted, each in zip(chances, choice.accepted, choice.likeness, strict=True):
        pull = (chance / right if accepted else 0.0) - chance / whole
        for i, x in enumerate(each):
            slope[i] += pull * x
    return slope


def _cross_validated(choices: list[Choice]) -> float:
    shuffled = random.Random(7).sample(choices, len(choices))
    right = 0
    for fold in range(FOLDS):
        seen = [choice for number, choice in enumerate(shuffled) if number % FOLDS != fold]
        weights = _fit(seen)
        right += sum(_right(choice, weights) for choice in shuffled[fold::FOLDS])
    return right / len(choices)


def _right(choice: Choice, weights: list[float]) -> bool:
    totals = [sum(w * x for w, x in zip(weights, each, strict=True)) for each in choice.likeness]
    return choice.accepted[max(range(len(totals)), key=totals.__getitem__)]


if __name__ == "__main__":
    main()
