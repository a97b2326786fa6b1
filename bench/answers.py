"""Measures the answering engine on the sample town: figures, speed, memory: `python -m bench.answers`."""

from __future__ import annotations

import json
import resource
import statistics
from collections.abc import Iterable, Mapping
from dataclasses import replace
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
LARGE = 10_000


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


if __name__ == "__main__":
    main()
