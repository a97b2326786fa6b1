"""What a resident looks for in the agenda: filters, and the dates that answer them, page by page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from bot.domain import asked
from bot.domain.calendar import Holidays
from bot.domain.contributions import Point
from bot.domain.directory import Directory, Entry, Place
from bot.domain.fitting import WHOLE_TOWN, fits
from bot.domain.geography import distance
from bot.domain.occurrences import Occurrence, OccurrenceKey, occurrences

Span = Literal["today", "week", "weekend", "month"]
SPANS: tuple[Span, ...] = ("today", "week", "weekend", "month")
_SATURDAY = 5
_WEEK = 7
_MONTH = 31


@dataclass(frozen=True, slots=True)
class Filters:
    """What is looked for; empty means all. `room` leaves out what is full.

    `centre` is the place of a centre: what takes place there, or moves and is there today.
    """

    neighbourhood: str = ""
    audience: str = ""
    age: int | None = None
    category: str = ""
    centre: str = ""
    entry_id: str = ""
    room: bool = False
    near: Point | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """How somebody looks at the agenda at the moment."""

    span: Span = "week"
    filters: Filters = Filters()
    page: int = 0

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return self.filters != Filters()


@dataclass(frozen=True, slots=True)
class Row:
    """One date with its activity; `metres` is known when somebody said where they are.

    `free` is None where there is no limit or no sign-up; `counted` tells whether places are counted.
    """

    occurrence: Occurrence
    entry: Entry
    place: Place | None
    free: int | None = None
    counted: bool = False
    metres: int | None = None

    @property
    def has_room(self) -> bool:
        """Whether somebody may still come."""
        return self.occurrence.takes_place and (not self.counted or bool(self.free))

    def with_free(self, free: Mapping[OccurrenceKey, int | None]) -> Row:
        """Return this row with the free places of its date."""
        places = free.get(self.occurrence.key)
        return self if places is None else replace(self, free=places, counted=True)


@dataclass(frozen=True, slots=True)
class Page:
    """A few dates out of `total`; pages count from 0."""

    rows: tuple[Row, ...]
    page: int
    pages: int
    total: int


def bounds(span: Span, now: datetime) -> tuple[datetime, datetime]:
    """Return the local moments between which a span lies; what is over today is left out."""
    today = datetime.combine(now.date(), time())
    if span == "today":
        return now, today + timedelta(days=1)
    if span == "week":
        return now, today + timedelta(days=_WEEK)
    if span == "month":
        return now, today + timedelta(days=_MONTH)
    monday = today - timedelta(days=now.weekday())
    return max(now, monday + timedelta(days=_SATURDAY)), monday + timedelta(days=_WEEK)


def month_of(day: date) -> tuple[datetime, datetime]:
    """Return the local moments between which the month of `day` lies."""
    first = datetime.combine(day.replace(day=1), time())
    following = (first + timedelta(days=_MONTH + 1)).replace(day=1)
    return first, following


def chosen(
    directory: Directory,
    holidays: Holidays,
    *,
    since: datetime,
    until: datetime,
    filters: Filters,
) -> list[Row]:
    """Return the dates that answer `filters`: by time, or the nearest first if somebody is near."""
    rows = [
        _row(each, entry, directory, near=filters.near)
        for entry in directory.entries.values()
        if entry.schedule is not None and _fits(entry, filters)
        for each in occurrences(entry, holidays, since=since, until=until)
        if filters.centre in {"", each.place_id}
    ]
    return sorted(rows, key=_order)


def paged(rows: Sequence[Row], *, page: int, size: int) -> Page:
    """Return one page; a number past the end is the last one."""
    pages = max(1, -(-len(rows) // size))
    page = min(max(page, 0), pages - 1)
    return Page(tuple(rows[page * size : (page + 1) * size]), page, pages, len(rows))


def _row(each: Occurrence, entry: Entry, directory: Directory, *, near: Point | None) -> Row:
    place = directory.places.get(each.place_id or "")
    row = Row(each, entry, place)
    if near is None or place is None or place.latitude is None or place.longitude is None:
        return row
    metres = distance(near, Point(place.latitude, place.longitude))
    return replace(row, metres=int(metres))


def _order(row: Row) -> tuple[float, datetime, str]:
    near = float("inf") if row.metres is None else row.metres
    return near, row.occurrence.start, row.entry.id


def _fits(entry: Entry, wanted: Filters) -> bool:
    suits = asked.Filters(age=wanted.age, audience=wanted.audience or None)
    return (
        wanted.entry_id in {"", entry.id}
        and wanted.category in {"", entry.category}
        and (not wanted.neighbourhood or entry.neighbourhood in {wanted.neighbourhood, WHOLE_TOWN})
        and fits(entry, suits)
    )
