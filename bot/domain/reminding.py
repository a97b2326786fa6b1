"""When to remind somebody of a date they registered for: the day before and two hours before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.calendar import attach
from bot.domain.courtesy import Quiet

HOURS_BEFORE = timedelta(hours=2)


class Kind(StrEnum):
    """The day before by the clock on the wall, or two hours before by elapsed time."""

    DAY = "day"
    HOURS = "hours"


@dataclass(frozen=True, slots=True)
class Choice:
    """Which reminders somebody wants of what they have registered for."""

    day: bool = True
    hours: bool = True

    def wants(self, kind: Kind) -> bool:
        """Return whether reminders of this kind are wanted."""
        return self.day if kind is Kind.DAY else self.hours


@dataclass(frozen=True, slots=True)
class Planned:
    """One reminder to come: of the date that begins at `starts` (local), useless after `expires_at`."""

    kind: Kind
    original: datetime
    starts: datetime
    due_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Date:
    """A date to be reminded of: its key and when it really begins, in naive local wall time."""

    original: datetime
    starts: datetime


def reminders(date: Date, quiet: Quiet, choice: Choice) -> tuple[Planned, ...]:
    """Return the reminders of one date, the earlier first.

    Nothing is due in the quiet hours: it comes before them. Two on one day become one.
    """
    begins = attach(date.starts, quiet.zone)
    last_call = quiet.before(begins - HOURS_BEFORE)
    day_before = quiet.before(attach(date.starts - timedelta(days=1), quiet.zone))
    planned = []
    if choice.day:
        planned.append(
            Planned(Kind.DAY, date.original, date.starts, day_before, begins - HOURS_BEFORE)
        )
    if choice.hours and not (choice.day and _same_day(day_before, last_call, quiet)):
        planned.append(Planned(Kind.HOURS, date.original, date.starts, last_call, begins))
    return tuple(planned)


def next_of_each_kind(
    dates: Sequence[Date],
    quiet: Quiet,
    choice: Choice,
    *,
    after: datetime,
    missed: bool = False,
) -> dict[Kind, Planned]:
    """Return the next reminder of each kind that comes after a moment.

    `missed` also takes what was due by then and is still of use: the clock may have jumped over it.
    """
    found: dict[Kind, Planned] = {}
    for planned in _all(dates, quiet, choice):
        in_time = planned.due_at > after or (missed and planned.expires_at > after)
        if in_time and planned.kind not in found:
            found[planned.kind] = planned
    return found


def _all(dates: Sequence[Date], quiet: Quiet, choice: Choice) -> Iterator[Planned]:
    for date in sorted(dates, key=lambda each: each.starts):
        yield from reminders(date, quiet, choice)


def _same_day(one: datetime, other: datetime, quiet: Quiet) -> bool:
    return one.astimezone(quiet.zone).date() == other.astimezone(quiet.zone).date()
