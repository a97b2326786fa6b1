"""What was asked and not found: meanings counted by week and language, never words or persons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.domain.localized import Localized

OTHER: Final = ""
"""The concept under which questions count in which the lexicon recognised nothing."""

FEW: Final = 3
"""Below this a count is told as "few": one or two people might know themselves in it."""

KEPT: Final = timedelta(days=395)
"""Thirteen months: long enough to see the same season again."""

A_WEEK: Final = timedelta(days=7)
OLDEST: Final = KEPT // A_WEEK
"""Weeks one can look back."""


@dataclass(frozen=True, slots=True)
class Missed:
    """One meaning that was asked about in vain, how often by language; no `name` for other words."""

    name: Localized | None
    times: Mapping[str, int]

    @property
    def total(self) -> int:
        """How often in all languages."""
        return sum(self.times.values())


@dataclass(frozen=True, slots=True)
class Week:
    """A week of it, from Monday `first` on, the most frequent first; `back` weeks ago."""

    first: date
    back: int
    missed: tuple[Missed, ...]

    @property
    def last(self) -> date:
        """Its Sunday."""
        return self.first + A_WEEK - timedelta(days=1)


def monday(today: date, back: int) -> date:
    """Return the Monday of the week `back` weeks before today's."""
    return today - timedelta(days=today.weekday()) - back * A_WEEK
