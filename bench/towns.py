"""The towns whose questions the engine is fitted to and judged by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.answers.engine import Engine
from bot.answers.evaluation import Case, cases
from bot.answers.unseen import held_back
from bot.answers.wanted import Wanted
from bot.clock import Clock
from bot.editors import SAMPLE, Reading, read_rows

_TOWNS: Final = SAMPLE.parent / "tests" / "towns"

TOWNS: Final = {"sample": SAMPLE, "second": _TOWNS / "second", "third": _TOWNS / "third"}

LEARNED: Final = ("sample", "third")
"""The towns whose questions the weights in use have seen; the second shows what they are worth."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the engine it is put to, and the same engine without the question's own words."""

    case: Case
    engine: Engine
    held_back: Engine


def asked_in(folder: Path) -> Iterator[Asked]:
    """Yield the single questions of the town in `folder`."""
    rows = [row for row in read_rows(folder / "questions.jsonl") if "turns" not in row]
    engine = Reading.of(folder, Clock()).asking.engine
    asked = list(cases(rows))
    deaf = held_back(engine, [case.text for case in asked])
    for case, without in zip(asked, deaf, strict=True):
        yield Asked(case, engine, without)


def read(engine: Engine, text: str) -> Wanted:
    """Return what is asked in `text`, as the engine reads it."""
    spoken = engine.languages.spoken(text)
    return engine.retrieval.read(text, spoken.reply, dialect=spoken.language == "gsw")
