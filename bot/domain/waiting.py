"""The waiting list: who is offered a freed place, for how long, and how long it may take; pure rules.

The rule, as people are told: order of arrival. A place is offered to the first whom it suffices for;
under twelve hours before the start to the next three at once, and the first yes has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from bot.domain.courtesy import Quiet
from bot.domain.registrations import State

RUSH = timedelta(hours=12)
"""So shortly before the start, a place is offered to several people at once."""

AT_ONCE = 3
AFTER_QUIET = timedelta(hours=1)
"""An offer that would end in the night ends so long after it."""

FEWEST = 3
"""Freed places from which on an estimate is worth saying."""


@dataclass(frozen=True, slots=True)
class Waiter:
    """One party in the queue: `held` places are kept for it, if its offer keeps any."""

    number: int
    state: State
    places: int
    held: int = 0


@dataclass(frozen=True, slots=True)
class Offers:
    """Who is to be offered a place now; `held` tells whether it is kept for each of them."""

    numbers: tuple[int, ...]
    until: datetime
    held: bool


def offers(
    queue: Sequence[Waiter],
    *,
    free: int | None,
    starts: datetime,
    now: datetime,
    lasts: timedelta,
    quiet: Quiet,
) -> Offers | None:
    """Return whom to offer the free places to, None if nobody or not now; `queue` in its order."""
    if now >= starts or quiet.at(now) or not queue:
        return None
    rush = starts - now < RUSH
    found = _at_once(queue, free) if rush else _in_turn(queue, free)
    until = starts if rush else deadline(now, lasts=lasts, starts=starts, quiet=quiet)
    return Offers(tuple(found), until, held=not rush) if found else None


def deadline(now: datetime, *, lasts: timedelta, starts: datetime, quiet: Quiet) -> datetime:
    """Return until when an offer stands: never ending in the night, at latest when it starts."""
    until = now + lasts
    if quiet.at(until):
        until = quiet.over(until) + AFTER_QUIET
    return min(until, starts)


def weeks_to_wait(position: int, *, freed: int, weeks: float) -> int | None:
    """Return about how many weeks the one at `position` waits, None if nobody can tell.

    `freed` is how many places went to somebody waiting in the last `weeks`.
    """
    if freed < FEWEST or weeks <= 0:
        return None
    return max(1, ceil(position * weeks / freed))


def _in_turn(queue: Sequence[Waiter], free: int | None) -> list[int]:
    found, left = [], free
    for each in queue:
        if each.state is State.WAITING and (left is None or each.places <= left):
            found.append(each.number)
            left = None if left is None else left - each.places
    return found


def _at_once(queue: Sequence[Waiter], free: int | None) -> list[int]:
    if free is not None and free < 1:
        return []
    asked = sum(each.state is State.OFFERED and not each.held for each in queue)
    most = AT_ONCE * (len(queue) if free is None else free) - asked
    fitting = [
        each.number
        for each in queue
        if each.state is State.WAITING and (free is None or each.places <= free)
    ]
    return fitting[: max(0, most)]
