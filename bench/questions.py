"""The sample town's questions that the engine answers by itself, and what answering costs it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import cycle, islice
from time import process_time

from bench.answers import sample_engine, sample_rows
from bot.answers.answer import Context
from bot.answers.engine import Engine

Questions = Mapping[str, Sequence[str]]


def answered() -> tuple[Engine, Questions]:
    """Return the engine and, by language, the questions that get one card and nothing else."""
    engine = sample_engine()
    found: dict[str, list[str]] = {"fr": [], "de": []}
    for row in sample_rows():
        answer = engine.ask(row["text"], context=Context())
        if answer.outcome == "answer" and answer.foreign is None:
            found[answer.reply_language].append(row["text"])
    return engine, found


def cost(engine: Engine, questions: Questions, *, count: int) -> float:
    """Return the engine's processor milliseconds per question."""
    texts = list(islice(cycle([text for texts in questions.values() for text in texts]), count))
    before = process_time()
    for text in texts:
        engine.ask(text)
    return (process_time() - before) * 1000 / count
