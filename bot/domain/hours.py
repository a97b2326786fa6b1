"""Whether a service is open at a moment of local wall time, from its weekly hours and the holidays.

Where the text names a season, it is closed for the rest of the year: better no promise than a
closed door. A public holiday counts as a Sunday, as Swiss law has it: who opens on Sundays opens
then too. A span past midnight belongs to the day on which it begins.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.domain.seasons import in_season, seasons

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.domain.calendar import Holidays
    from bot.domain.directory import Entry

_DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
_SEARCHED = 100
"""Days looked ahead for the next opening: more than the longest school holidays."""

_SEARCHED_SEASON = 366


@dataclass(frozen=True, slots=True)
class OpenNow:
    """Open; closes at `until` (local wall time)."""

    until: datetime


@dataclass(frozen=True, slots=True)
class AlwaysOpen:
    """Open around the clock."""


@dataclass(frozen=True, slots=True)
class ClosedUntil:
    """Closed; opens next at `opens` (local wall time)."""

    opens: datetime


@dataclass(frozen=True, slots=True)
class Unknown:
    """There are no hours, or no opening within the next hundred days."""


Opening = OpenNow | AlwaysOpen | ClosedUntil | Unknown


def status(entry: Entry, holidays: Holidays, now: datetime) -> Opening:
    """Return whether `entry` is open at `now` (local wall time without a zone)."""
    if not entry.hours:
        return Unknown()
    until: datetime | None = None
    for opens, closes in _spans(entry, holidays, first=now.date() - timedelta(days=1)):
        if until is not None and opens > until:
            return OpenNow(until)
        if opens <= now < closes or until is not None:
            until = max(closes, until or closes)
            if until - now > timedelta(days=7):
                return AlwaysOpen()
        elif opens > now:
            return ClosedUntil(opens)
    return OpenNow(until) if until else Unknown()


def openings(
    entry: Entry, holidays: Holidays, *, since: datetime, until: datetime | None = None
) -> Iterator[tuple[datetime, datetime]]:
    """Yield the spans in which `entry` is open that end after `since` and begin before `until`."""
    for opens, closes in _spans(entry, holidays, first=since.date() - timedelta(days=1)):
        if until is not None and opens >= until:
            return
        if closes > since:
            yield opens, closes


def _spans(entry: Entry, holidays: Holidays, *, first: date) -> Iterator[tuple[datetime, datetime]]:
    """Yield the opening spans from the day `first` on, by the moment they begin."""
    named = seasons(entry)
    for offset in range(_SEARCHED_SEASON if named else _SEARCHED):
        day = first + timedelta(days=offset)
        if named and not in_season(named, day):
            continue
        if not (entry.closed_school_holidays and holidays.no_school(day)):
            yield from _of_day(entry, day, weekday=_weekday(day, holidays))


def _weekday(day: date, holidays: Holidays) -> str:
    return "su" if holidays.is_public(day) else _DAYS[day.weekday()]


def _of_day(entry: Entry, day: date, *, weekday: str) -> list[tuple[datetime, datetime]]:
    spans = []
    for hours in entry.hours:
        if weekday in hours.days:
            opens, closes = (datetime.combine(day, at) for at in (hours.opens, hours.closes))
            spans.append((opens, closes if closes > opens else closes + timedelta(days=1)))
    return sorted(spans)
