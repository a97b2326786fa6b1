"""A line to the sandbox that is bad on purpose: it refuses, breaks and loses, and notes every message."""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from dataclasses import dataclass
from time import perf_counter

from web.sandbox.faults import FaultRule, Faults

FIRST = 20_001
"""The first recipient: the line is good for everybody before."""

_MESSAGES = frozenset({"sendMessage", "editMessageText"})


@dataclass(frozen=True, slots=True)
class Trial:
    """How many, how fast, over how bad a line (shares of all requests), and how often it is killed."""

    people: int
    rate: int
    kills: int = 3
    too_fast: float = 0.05
    broken: float = 0.02
    ambiguous: float = 0.02
    blocked: float = 0.03
    questions_every: float = 0.3
    idle_questions: int = 100
    seed: int = 1


SLICE = Trial(people=90, rate=60, kills=1, too_fast=0.02, questions_every=0.05, idle_questions=10)
TRUE_RATE = Trial(people=900, rate=30)
RAISED = Trial(people=10_000, rate=300)


class BadLine(Faults):
    """The line to the sandbox: bad for recipients, good for who asks; every message is noted."""

    def __init__(self, trial: Trial) -> None:
        super().__init__(trial.seed)
        self._trial = trial
        self._chance = random.Random(trial.seed)
        self.sent: list[float] = []
        self.to: dict[int, list[float]] = defaultdict(list)
        self.lost = 0
        self.answered: dict[int, asyncio.Future[None]] = {}
        self.polled = asyncio.Event()

    def take(self, method: str, chat: int | None) -> FaultRule | None:
        """Note a request, and let it fail as often as the trial says."""
        if method == "getUpdates":
            self.polled.set()
        if method not in _MESSAGES or chat is None:
            return None
        now = perf_counter()
        self.sent.append(now)
        waiting = self.answered.pop(chat, None)
        if waiting is not None and not waiting.done():
            waiting.set_result(None)
        if chat < FIRST:
            return None
        self.to[chat].append(now)
        return self._fault(self._chance.random())

    def _fault(self, dice: float) -> FaultRule | None:
        trial = self._trial
        if dice < trial.too_fast:
            return FaultRule("429", seconds=1)
        if dice < trial.too_fast + trial.broken:
            return FaultRule("500")
        if dice < trial.too_fast + trial.broken + trial.ambiguous:
            self.lost += 1
            return FaultRule("lost")
        return None
