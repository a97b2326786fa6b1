"""The sample town's questions that the engine answers by itself, and what answering costs it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import cycle, islice

from bench import answers
from bot.answers.answer import Context
from bot.answers.engine import Engine

Questions = Mapping[str, Sequence[str]]


def answered() -> tuple[Engine, Questions]:
    """Return the engine and, by language, the questions that get one card and nothing else."""
    engine = answers.sample_engine()
    found: dict[str, list[str]] = {"fr": [], "de": []}
    for row in answers.sample_rows():
        answer = engine.ask(row["text"], context=Context())
        if answer.outcome == "answer" and answer.foreign is None:
            found[answer.reply_language].append(row["text"])
    return engine, found


def speed(engine: Engine, questions: Questions, *, count: int) -> dict[str, float]:
    """Return how long the engine takes by itself: the median and the slowest but five in a hundred."""
    texts = cycle([text for texts in questions.values() for text in texts])
    return answers.speed(engine, islice(texts, count))
