"""What somebody wants to know about a thing, for whom and on which days; no words, no answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final, Literal

from bot.domain.localized import Localized

Fact = Literal[
    "when",
    "hours",
    "open_now",
    "cost",
    "where",
    "nearest",
    "sign_up",
    "age",
    "language",
    "wheelchair",
    "contact",
    "documents",
]
"""One thing to know about an entry; `hours` is when it opens, `when` its next date."""

Part = Literal["morning", "noon", "afternoon", "evening", "night"]

PARTS: Final[dict[Part, tuple[int, int]]] = {
    "morning": (5, 12),
    "noon": (11, 14),
    "afternoon": (12, 18),
    "evening": (17, 23),
    "night": (21, 29),
}
"""From which hour to which; hours after 24 belong to the night that begins on that day."""

_DAY = timedelta(days=1)
_ENOUGH = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Days:
    """Days in a row, both ends included; `name` is what they are called, "autumn holidays"."""

    first: date
    last: date
    name: Localized = field(default_factory=Localized)


@dataclass(frozen=True, slots=True)
class When:
    """The days somebody means, in order, and the part of the day; no days means any day."""

    days: tuple[Days, ...] = ()
    part: Part | None = None

    @property
    def single(self) -> date | None:
        """The day, where it is one day and not several."""
        if len(self.days) == 1 and self.days[0].first == self.days[0].last:
            return self.days[0].first
        return None

    def begins(self, now: datetime) -> datetime:
        """Return the first moment meant that is not over at `now`."""
        if not self.days:
            return now
        return max(now, datetime.combine(self.days[0].first, datetime.min.time()))

    def ends(self) -> datetime | None:
        """Return the moment after the last one meant, None if there is no end."""
        if not self.days:
            return None
        return datetime.combine(self.days[-1].last + _DAY, datetime.min.time())

    def covers(self, starts: datetime, ends: datetime) -> bool:
        """Return whether something from `starts` to `ends` lies on these days, for an hour at least."""
        day = starts.date()
        if self.days and not any(each.first <= day <= each.last for each in self.days):
            return False
        if self.part is None:
            return True
        since, until = (
            datetime.combine(day, datetime.min.time()) + timedelta(hours=hour)
            for hour in PARTS[self.part]
        )
        return min(ends, until) - max(starts, since) >= min(_ENOUGH, ends - starts)


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a list, or must be true of an entry."""

    age: int | None = None
    audience: str | None = None
    neighbourhood: str | None = None
    free: bool = False
    language: str | None = None

    def __bool__(self) -> bool:
        """Return whether anything narrows at all."""
        return self != NO_FILTERS


NO_FILTERS: Final = Filters()
