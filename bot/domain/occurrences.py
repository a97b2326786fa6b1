"""The dates of an activity as people sign up for them: each under a key that never changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Self

from bot.domain.calendar import HORIZON, MOST
from bot.domain.dated import Dated, Status, dates
from bot.domain.localized import Localized

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.domain.calendar import Holidays
    from bot.domain.directory import Entry

__all__ = ["Occurrence", "OccurrenceKey", "Status", "find", "next_occurrences", "occurrences"]

_STAMP = "%y%m%d%H%M"
_WORDS = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True, slots=True, order=True)
class OccurrenceKey:
    """One date of an activity, named by the local wall time that its rule gave it.

    A date that is moved keeps its key, so that whoever signed up stays signed up.
    """

    entry_id: str
    original_start: datetime

    def __str__(self) -> str:
        """Return the key as words: `act-x@2026-12-02T10:00`."""
        return f"{self.entry_id}@{self.original_start.strftime(_WORDS)}"

    @property
    def stamp(self) -> str:
        """The date in ten digits, for buttons."""
        return self.original_start.strftime(_STAMP)

    @classmethod
    def parse(cls, words: str) -> Self | None:
        """Return the key that `str` wrote, or None."""
        entry_id, _, moment = words.partition("@")
        return cls._of(entry_id, moment, _WORDS)

    @classmethod
    def stamped(cls, entry_id: str, stamp: str) -> Self | None:
        """Return the key of an activity and the digits in a button, or None."""
        if len(stamp) != len("2612021000") or not stamp.isdecimal() or not stamp.isascii():
            return None
        return cls._of(entry_id, stamp, _STAMP)

    @classmethod
    def _of(cls, entry_id: str, moment: str, form: str) -> Self | None:
        try:
            return cls(entry_id, datetime.strptime(moment, form)) if entry_id else None  # noqa: DTZ007 - wall time
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One date in naive local wall time, with what became of it and why."""

    key: OccurrenceKey
    start: datetime
    end: datetime
    status: Status = Status.PLANNED
    place_id: str | None = None
    note: Localized = field(default_factory=Localized)
    cycle: str | None = None

    @property
    def takes_place(self) -> bool:
        """Whether it was not cancelled."""
        return self.status is not Status.CANCELLED


def occurrences(
    entry: Entry, holidays: Holidays, *, since: datetime, until: datetime
) -> list[Occurrence]:
    """Return the dates that end after `since` and start before `until`, cancelled ones too."""
    return [
        each
        for each in _all(entry, holidays, last=until)
        if each.end > since and each.start < until
    ]


def next_occurrences(
    entry: Entry, holidays: Holidays, *, now: datetime, count: int
) -> list[Occurrence]:
    """Return the next `count` dates that take place and have not ended."""
    coming = (
        each
        for each in _all(entry, holidays, last=_horizon(entry, now))
        if each.takes_place and each.end > now
    )
    return list(islice(coming, min(count, MOST)))


def find(entry: Entry, holidays: Holidays, key: OccurrenceKey) -> Occurrence | None:
    """Return the date with this key as it stands, or None if the activity never had it."""
    schedule = entry.schedule
    latest = (
        max((change.starts or change.original for change in schedule.changes), default=None)
        if schedule
        else None
    )
    last = max(key.original_start, latest or key.original_start)
    return next((each for each in _all(entry, holidays, last=last) if each.key == key), None)


def _horizon(entry: Entry, now: datetime) -> datetime:
    schedule = entry.schedule
    if schedule is None:
        return now
    return max(now, datetime.combine(schedule.first, schedule.starts)) + HORIZON


def _all(entry: Entry, holidays: Holidays, *, last: datetime) -> Iterator[Occurrence]:
    if entry.schedule is not None:
        for each in dates(entry.schedule, holidays, last=last):
            yield _occurrence(entry, each)


def _occurrence(entry: Entry, each: Dated) -> Occurrence:
    return Occurrence(
        OccurrenceKey(entry.id, each.original),
        each.starts,
        each.ends,
        each.status,
        each.place or entry.place,
        each.note or Localized(),
        each.cycle,
    )
