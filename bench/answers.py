"""Measures the answering engine on the sample town: figures, speed, and how its confidence was set.

Run it with `python -m bench.answers`. It changes nothing; new weights are copied into
`bot/answers/confidence.py` by hand, with a look at the table of thresholds it prints.
"""

from __future__ import annotations

import json
import random
import resource
import statistics
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, replace
from math import exp
from time import perf_counter
from typing import Any

from bench.searches import beside
from bot.answers.engine import Engine
from bot.answers.evaluation import evaluate
from bot.answers.report import summary, table
from bot.clock import Clock
from bot.domain.directory import Directory
from bot.editors import SAMPLE, Reading
from bot.words import matcher

Rows = list[dict[str, Any]]
FOLDS, SEEDS, LARGE = 5, 6, 10_000
RIDGE, NEWTON_STEPS = 0.001, 25
THRESHOLDS = (0.25, 0.4, 0.5, 0.6, 0.65, 0.68, 0.7, 0.72, 0.74, 0.76, 0.8, 0.85)


@dataclass(frozen=True, slots=True)
class Sample:
    """What spoke for the first entry of one question (with a leading 1), and whether it was right."""

    evidence: tuple[float, ...]
    right: bool
    answerable: bool


def main() -> None:
    """Print everything."""
    rows, known = sample_rows(), sample_engine()
    texts = [row["text"] for row in rows]
    started = perf_counter()
    engine = _learnt(known.directory, known)
    figures = {"build s": perf_counter() - started, **speed(engine, texts)}
    lines = list(evaluate(engine, rows, limit=5, render=lambda _: ""))
    print(table(summary(rows, lines, speed=figures)))
    print("beside it, median ms:", _rounded(beside(engine.directory, texts)))
    print(f"words read and compiled in {_loading():.2f} s, {_megabytes():.0f} MB in all")
    large = _large(engine)
    print(f"\n{LARGE} entries (the sample's, copied): {_rounded(speed(large, texts[::10]))}")
    print("beside it, median ms:", _rounded(beside(large.directory, texts[::10])))
    print(f"{_megabytes():.0f} MB in all")
    _calibrate([_sample(engine, row) for row in rows])


def _rounded(figures: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, 2) for name, value in figures.items()}


def _loading() -> float:
    matcher.cache_clear()
    started = perf_counter()
    matcher()
    return perf_counter() - started


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def sample_rows() -> Rows:
    """Return the sample town's questions."""
    lines = (SAMPLE / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def sample_engine() -> Engine:
    """Return the engine of the sample town, put together as the bot does it."""
    return Reading.of(SAMPLE, Clock()).asking.engine


def _learnt(directory: Directory, known: Engine) -> Engine:
    """Return an engine for `directory` with the words that `known` has."""
    return Engine.build(
        directory,
        matcher=known.retrieval.matcher,
        alarms=known.alarms,
        tongues=known.tongues,
    )


def speed(engine: Engine, texts: Iterable[str]) -> dict[str, float]:
    """Return how long an answer takes, in the middle and at the slow end."""
    taken = []
    for text in texts:
        started = perf_counter()
        engine.ask(text)
        taken.append((perf_counter() - started) * 1000)
    taken.sort()
    return {"median ms": statistics.median(taken), "p95 ms": taken[int(0.95 * len(taken))]}


def _large(engine: Engine) -> Engine:
    entries = list(engine.directory.entries.values())
    copies = {
        f"{entry.id}-{number}": replace(entry, id=f"{entry.id}-{number}", related=())
        for number in range(LARGE // len(entries) + 1)
        for entry in entries
    }
    most = dict(list(copies.items())[:LARGE])
    return _learnt(replace(engine.directory, entries=most), engine)


def _sample(engine: Engine, row: dict[str, Any]) -> Sample:
    spoken = engine.languages.spoken(row["text"])
    wanted = engine.retrieval.read(row["text"], spoken.reply, dialect=spoken.language == "gsw")
    found = engine.retrieval.find(wanted)
    first = found.cards[0][0] if found.cards else ""
    return Sample(
        (1.0, *astuple(found.evidence)),
        right=first in row["expect"],
        answerable=bool(row["expect"]),
    )


def _calibrate(samples: list[Sample]) -> None:
    print("\nweights (the bias first, then as in Evidence):", [round(w, 2) for w in _fit(samples)])
    print(f"{FOLDS}-fold cross-validation, mean of {SEEDS} shuffles")
    print("threshold  right of all  false answers")
    held_out = [pair for seed in range(SEEDS) for pair in _held_out(samples, seed)]
    asked = sum(s.answerable for s, _ in held_out)
    for threshold in THRESHOLDS:
        answered = [s for s, sureness in held_out if sureness >= threshold]
        right = sum(s.right for s in answered) / asked
        false = sum(not s.answerable for s in answered) / (len(held_out) - asked)
        print(f"{threshold:9.2f} {right:13.3f} {false:14.3f}")


def _held_out(samples: list[Sample], seed: int) -> list[tuple[Sample, float]]:
    shuffled = random.Random(seed).sample(samples, len(samples))
    judged = []
    for fold in range(FOLDS):
        seen = [s for number, s in enumerate(shuffled) if number % FOLDS != fold]
        weights = _fit(seen)
        judged += [(s, _sureness(weights, s)) for s in shuffled[fold::FOLDS]]
    return judged


def _sureness(weights: list[float], sample: Sample) -> float:
    total = sum(w * x for w, x in zip(weights, sample.evidence, strict=True))
    return 1 / (1 + exp(-total))


def _fit(samples: list[Sample]) -> list[float]:
    """Fit a logistic regression by Newton's method, lightly held to small weights."""
    size = len(samples[0].evidence)
    weights = [0.0] * size
    ridge = [0.0] + [RIDGE * len(samples)] * (size - 1)
    for _ in range(NEWTON_STEPS):
        slope = [-r * w for r, w in zip(ridge, weights, strict=True)]
        curve = [[ridge[i] if i == j else 0.0 for j in range(size)] for i in range(size)]
        for sample in samples:
            sureness = _sureness(weights, sample)
            for i, x in enumerate(sample.evidence):
                slope[i] += (sample.right - sureness) * x
                for j, y in enumerate(sample.evidence):
                    curve[i][j] += sureness * (1 - sureness) * x * y
        weights = [w + s for w, s in zip(weights, _solve(curve, slope), strict=True)]
    return weights


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
