"""Results: from a tally and the hands in the room to lines in order; pure arithmetic, no voters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.ballots import FIRST, PEOPLE, PERHAPS, POINTS, YES, Slot
from bot.domain.polls import Method, Option, Poll

Tally = Mapping[Slot, int]
Room = Mapping[str, Mapping[int, int]]
"""What was counted in the room: source ("hands", "paper") -> option (0: people) -> how many."""


@dataclass(frozen=True, slots=True)
class Line:
    """One option's result: `amount` in all, of which `sources` were counted in the room.

    `second` decides between equals: those a date would do for, or first places of a ranking.
    """

    option: Option
    amount: int
    second: int = 0
    sources: Mapping[str, int] = field(default_factory=dict)
    leads: bool = False
    funded: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """How a poll stands: lines best first, ballots, and people (method count) with their sources."""

    lines: tuple[Line, ...]
    votes: int
    people: int = 0
    sources: Mapping[str, int] = field(default_factory=dict)
    left: int = 0


_FIRST_COUNT = {Method.RANKING: POINTS}
_SECOND_COUNT = {Method.RANKING: FIRST, Method.DATE: PERHAPS}


def result(poll: Poll, tally: Tally, votes: int, room: Room) -> Result:
    """Return how `poll` stands; equals keep the order: more `second`, cheaper, earlier, as asked."""
    if poll.terms.method is Method.COUNT:
        counted = {source: numbers.get(0, 0) for source, numbers in room.items()}
        people = tally.get((0, PEOPLE), 0) + sum(counted.values())
        return Result((), votes, people, counted)
    lines = _leaders(sorted((_line(poll, each, tally, room) for each in poll.offered), key=_order))
    if poll.terms.method is not Method.BUDGET:
        return Result(lines, votes)
    funded = _funded(lines, poll.terms.envelope)
    cost = sum(line.option.cost for line in funded if line.funded)
    return Result(funded, votes, left=poll.terms.envelope - cost)


def _line(poll: Poll, option: Option, tally: Tally, room: Room) -> Line:
    method = poll.terms.method
    sources = {name: numbers[option.id] for name, numbers in room.items() if option.id in numbers}
    amount = tally.get((option.id, _FIRST_COUNT.get(method, YES)), 0) + sum(sources.values())
    second = _SECOND_COUNT.get(method)
    return Line(option, amount, tally.get((option.id, second), 0) if second else 0, sources)


def _order(line: Line) -> tuple[int, int, int, datetime]:
    return -line.amount, -line.second, line.option.cost, line.option.starts or datetime.min  # noqa: DTZ901 - wall time


def _leaders(lines: Sequence[Line]) -> tuple[Line, ...]:
    best = max(((line.amount, line.second) for line in lines), default=(0, 0))
    return tuple(
        Line(
            line.option,
            line.amount,
            line.second,
            line.sources,
            leads=line.amount > 0 and (line.amount, line.second) == best,
        )
        for line in lines
    )


def _funded(lines: Sequence[Line], envelope: int) -> tuple[Line, ...]:
    """Pay for the projects in their order as long as the money lasts; what does not fit is passed over."""
    left, paid = envelope, []
    for line in lines:
        fits = line.amount > 0 and line.option.cost <= left
        left -= line.option.cost if fits else 0
        paid.append(
            Line(line.option, line.amount, line.second, line.sources, leads=line.leads, funded=fits)
        )
    return tuple(paid)
