"""Fits how sure the bot may be of its first answer: `python -m bench.confidence`.

It learns from the sample and the third town, from each question as it is and with its own words held
back, and shows what that is worth in each town, the second, which it has never seen, included. It
changes nothing; the weights it prints are copied into `bot/answers/confidence.py` by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from math import exp, inf
from pathlib import Path
from typing import Final

from bench.towns import LEARNED, TOWNS, asked_in, read
from bot.answers.confidence import BIAS, WEIGHTS, Evidence
from bot.answers.engine import Engine
from bot.answers.evaluation import Case

AS_IT_IS, HELD_BACK = "as it is", "held back"
FALSE_ANSWERS: Final = 0.1
NEVER_ANSWERED: Final = 4.0
"""What a question without an answer counts beside one that has one: a wrong answer is worse."""

RIDGE, NEWTON_STEPS = 0.002, 12
THRESHOLDS: Final = (
    0.05,
    0.1,
    0.15,
    0.2,
    0.3,
    0.4,
    0.45,
    0.5,
    0.52,
    0.54,
    0.56,
    0.58,
    0.6,
    0.65,
    0.7,
)


@dataclass(frozen=True, slots=True)
class Judged:
    """What spoke for the first entry of one question, and whether it was right."""

    town: str
    variant: str
    evidence: tuple[float, ...]
    right: bool
    answerable: bool


def main() -> None:
    """Print the weights, what they are worth in every town, and the choice of thresholds."""
    judged = [each for town, folder in TOWNS.items() for each in _judged(town, folder)]
    in_use = [BIAS, *astuple(WEIGHTS)]
    fitted = _fit([each for each in judged if each.town in LEARNED])
    print(f"{'':10}", *(f"{field.name:>9}" for field in fields(Evidence)), f"{'bias':>9}")
    for name, weights in (("in use", in_use), ("fitted", fitted)):
        print(f"{name:10}", *(f"{w:9.2f}" for w in (*weights[1:], weights[0])))
    print(f"\nright of all at {FALSE_ANSWERS:.0%} false answers, threshold set in hindsight")
    _hindsight("in use", judged, in_use)
    for left_out in TOWNS:
        weights = _fit([each for each in judged if each.town != left_out])
        _hindsight(f"fitted to the others than {left_out}", _of(judged, left_out), weights)
    _thresholds(judged, in_use)


def _judged(town: str, folder: Path) -> Iterator[Judged]:
    for asked in asked_in(folder):
        yield _judge(town, AS_IT_IS, asked.engine, asked.case)
        yield _judge(town, HELD_BACK, asked.held_back, asked.case)


def _judge(town: str, variant: str, engine: Engine, case: Case) -> Judged:
    wanted = read(engine, case.text)
    topic = engine.alarms.topic(wanted, engine.retrieval.matcher)
    found = engine.retrieval.find(wanted, critical=topic)
    first = found.cards[0][0] if found.cards else ""
    evidence = (1.0, *astuple(found.evidence))
    return Judged(town, variant, evidence, first in case.expect, bool(case.expect))


def _of(judged: Iterable[Judged], town: str, variant: str = "") -> list[Judged]:
    return [each for each in judged if each.town == town and variant in {"", each.variant}]


def _hindsight(name: str, judged: Sequence[Judged], weights: Sequence[float]) -> None:
    print(f"  {name}")
    for town in TOWNS:
        for variant in (AS_IT_IS, HELD_BACK):
            asked = _of(judged, town, variant)
            if asked:
                threshold = _allowing(asked, weights)
                right, false = _answered(asked, weights, threshold)
                print(f"    {town:7} {variant:10} {right:.3f} at {false:.3f}, from {threshold:.2f}")


def _allowing(asked: Sequence[Judged], weights: Sequence[float]) -> float:
    """Return the threshold above which no more than the allowed false answers lie."""
    empty = sorted((_sureness(weights, e) for e in asked if not e.answerable), reverse=True)
    allowed = int(FALSE_ANSWERS * len(empty))
    return empty[allowed] if allowed < len(empty) else 0.0


def _answered(
    asked: Sequence[Judged], weights: Sequence[float], threshold: float
) -> tuple[float, float]:
    """Return right of all and false answers for what lies above `threshold`."""
    answerable = sum(each.answerable for each in asked)
    said = [each for each in asked if _sureness(weights, each) > threshold]
    false = sum(not each.answerable for each in said) / ((len(asked) - answerable) or inf)
    return sum(each.right for each in said) / answerable, false


def _thresholds(judged: Sequence[Judged], weights: Sequence[float]) -> None:
    print("\nright of all / false answers by threshold, with the weights in use")
    groups = [(town, variant) for town in TOWNS for variant in (AS_IT_IS, HELD_BACK)]
    print("      ", *(f"{f'{town} {variant}':>18}" for town, variant in groups))
    for threshold in THRESHOLDS:
        cells = [_answered(_of(judged, *group), weights, threshold) for group in groups]
        print(f"  {threshold:.2f}", *(f"{f'{r:.3f} / {f:.3f}':>18}" for r, f in cells))


def _sureness(weights: Sequence[float], judged: Judged) -> float:
    total = sum(w * x for w, x in zip(weights, judged.evidence, strict=True))
    return 1 / (1 + exp(-total))


def _fit(judged: Sequence[Judged]) -> list[float]:
    """Fit a logistic regression by Newton's method, lightly held to small weights."""
    size = len(judged[0].evidence)
    weights = [0.0] * size
    ridge = [0.0] + [RIDGE * len(judged)] * (size - 1)
    for _ in range(NEWTON_STEPS):
        slope = [-r * w for r, w in zip(ridge, weights, strict=True)]
        curve = [[ridge[i] if i == j else 0.0 for j in range(size)] for i in range(size)]
        for each in judged:
            _pull(each, _sureness(weights, each), slope=slope, curve=curve)
        weights = [w + s for w, s in zip(weights, _solve(curve, slope), strict=True)]
    return weights


def _pull(judged: Judged, sureness: float, *, slope: list[float], curve: list[list[float]]) -> None:
    """Add what one question says about the weights to the first and second derivatives."""
    count = 1.0 if judged.answerable else NEVER_ANSWERED
    missed, bend = count * (judged.right - sureness), count * sureness * (1 - sureness)
    for i, x in enumerate(judged.evidence):
        slope[i] += missed * x
        for j, y in enumerate(judged.evidence):
            curve[i][j] += bend * x * y


def _solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Solve by elimination; the matrix is positive definite, so no pivot is zero."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for i, pivot in enumerate(rows):
        for k, row in enumerate(rows):
            if k != i:
                factor = row[i] / pivot[i]
                rows[k] = [a - factor * b for a, b in zip(row, pivot, strict=True)]
    return [row[-1] / row[i] for i, row in enumerate(rows)]


if __name__ == "__main__":
    main()
