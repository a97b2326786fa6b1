"""How much a run measures, who takes part, and what one pass found; it measures nothing itself."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from bench.bad_line import RAISED, SLICE, TRUE_RATE, Trial


@dataclass(frozen=True, slots=True)
class Plan:
    """How often and how much: everything is repeated in `passes`, variants one after the other."""

    passes: int = 5
    residents: int = 600
    crowd: int = 400
    alone: int = 200
    starts: int = 3
    sends: int = 400
    rows: int = 800
    paced: int = 196
    engine: int = 200
    announced: tuple[Trial, ...] = (TRUE_RATE, RAISED)

    @property
    def people(self) -> range:
        """Everybody who asks, by Telegram id; see `language_of`."""
        return range(1001, 1001 + self.residents)


FULL = Plan()
QUICK = Plan(
    passes=2,
    residents=400,
    crowd=240,
    alone=100,
    starts=1,
    sends=160,
    rows=400,
    paced=56,
    engine=150,
    announced=(SLICE,),
)


@dataclass(frozen=True, slots=True)
class Load:
    """What one variant did in one pass: processor and wall seconds, and each question's wait."""

    questions: int
    cpu: float
    wall: float
    waits: tuple[float, ...]

    @property
    def milliseconds(self) -> float:
        """Processor milliseconds per answered question."""
        return 1000 * self.cpu / self.questions

    @property
    def rate(self) -> float:
        """Answered questions per second."""
        return self.questions / self.wall

    def wait(self, share: float) -> float:
        """Milliseconds within which this share of the questions was answered."""
        return 1000 * sorted(self.waits)[min(len(self.waits) - 1, int(share * len(self.waits)))]


def language_of(person: int) -> str:
    """Return the language that a person reads: the even ones French, the others German."""
    return "de" if person % 2 else "fr"


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Return the median of the ratios within each pass: machines change from pass to pass."""
    return statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
