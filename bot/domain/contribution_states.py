"""The life of a contribution: which state may follow which, and what must be said before it is published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.domain.localized import LANGUAGES, Localized


class State(StrEnum):
    """Where a contribution stands; deciding on one and publishing it are separate acts."""

    RECEIVED = "received"
    READ = "read"
    DISCUSSION = "discussion"
    PLANNED = "planned"
    PROGRESS = "progress"
    DONE = "done"
    TOGETHER = "together"
    IMPOSSIBLE = "impossible"
    PASSED_ON = "passed_on"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


class Column(StrEnum):
    """The four headings of the board."""

    PROPOSED = "proposed"
    PROGRESS = "progress"
    DONE = "done"
    IMPOSSIBLE = "impossible"


class Missing(StrEnum):
    """What must still be said before a decision may be published."""

    DECISION = "decision"
    REASON_FR = "reason_fr"
    REASON_DE = "reason_de"
    WHOM = "whom"
    WHO = "who"
    UNTIL = "until"


DECIDED = (
    State.DISCUSSION,
    State.PLANNED,
    State.PROGRESS,
    State.DONE,
    State.TOGETHER,
    State.IMPOSSIBLE,
    State.PASSED_ON,
)
"""What the team may decide, in the order in which it is offered."""

CLOSED = frozenset(
    {State.DONE, State.IMPOSSIBLE, State.PASSED_ON, State.WITHDRAWN, State.MERGED},
)
"""Nobody waits for the team any more; what is done, impossible or passed on may be reopened."""

FINAL = frozenset({State.WITHDRAWN, State.MERGED})
"""Nothing follows these."""

_COLUMNS: Mapping[State, Column] = {
    State.RECEIVED: Column.PROPOSED,
    State.READ: Column.PROPOSED,
    State.DISCUSSION: Column.PROPOSED,
    State.PLANNED: Column.PROGRESS,
    State.PROGRESS: Column.PROGRESS,
    State.TOGETHER: Column.PROGRESS,
    State.PASSED_ON: Column.PROGRESS,
    State.DONE: Column.DONE,
    State.IMPOSSIBLE: Column.IMPOSSIBLE,
}
_NEED_REASON = frozenset({State.IMPOSSIBLE, State.PASSED_ON})


@dataclass(frozen=True, slots=True)
class Helpers:
    """Who does it together, until when, and how many hands are wanted (None: not said)."""

    who: Localized = field(default_factory=Localized)
    until: date | None = None
    wanted: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A state with all that is said about it in public."""

    state: State
    reason: Localized = field(default_factory=Localized)
    passed_to: Localized = field(default_factory=Localized)
    helpers: Helpers = field(default_factory=Helpers)


def may_move(old: State, new: State) -> bool:
    """Tell whether `new` may follow `old`; deciding the same again is a new reason, and allowed."""
    if old in FINAL:
        return False
    if new is State.READ:
        return old is State.RECEIVED
    return new in FINAL or new in DECIDED


def needs_reason(state: State) -> bool:
    """Tell whether people must be told why, in both languages, before this is published."""
    return state in _NEED_REASON


def missing_to_publish(decision: Decision) -> tuple[Missing, ...]:
    """Return what keeps this decision from being published, in the order in which to ask for it."""
    state = decision.state
    missing = [] if state in DECIDED else [Missing.DECISION]
    if state is State.PASSED_ON and not decision.passed_to:
        missing.append(Missing.WHOM)
    if state is State.TOGETHER:
        missing += [Missing.WHO] if not decision.helpers.who else []
        missing += [Missing.UNTIL] if decision.helpers.until is None else []
    if needs_reason(state):
        missing += [Missing(f"reason_{code}") for code in LANGUAGES if code not in decision.reason]
    return tuple(missing)


def board_column(state: State) -> Column | None:
    """Return the heading under which the board shows this state; None if it shows it no more."""
    return _COLUMNS.get(state)
