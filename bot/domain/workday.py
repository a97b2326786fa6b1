"""A day of the team at a glance: what takes place, and how many people wait for somebody."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.directory import Entry
from bot.domain.occurrences import Occurrence


@dataclass(frozen=True, slots=True)
class Held:
    """One date of today: how many places are taken and free, how many parties wait.

    `free` is None where nobody counts; `listed` tells whether people sign up for it in this chat.
    """

    entry: Entry
    date: Occurrence
    listed: bool = False
    taken: int = 0
    free: int | None = None
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Today:
    """What takes place today at the activities of a member of the team, and what runs beside it."""

    dates: tuple[Held, ...] = ()
    offers: int = 0
    polls: int = 0
    sessions: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many people wait for the team, by where they wait."""

    questions: int = 0
    queued: int = 0
    calls: int = 0
