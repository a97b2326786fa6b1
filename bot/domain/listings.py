"""What is on: activities and services that take place on the days asked and suit the person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from math import inf
from typing import Final, get_args

from bot.domain.asked import NO_FILTERS, Days, Filters, Part, When
from bot.domain.calendar import Holidays, Occurrence
from bot.domain.directory import Directory, Entry, Place
from bot.domain.fitting import fits, made_for
from bot.domain.leads import meetings
from bot.domain.localized import Localized
from bot.domain.nearness import distances

UNKNOWN: Final = "?"
"""The neighbourhood of somebody who asks for what is nearest and has not said where they are."""

PAGE: Final = 6
"""Entries on one page of a list."""

_AHEAD: Final = timedelta(days=14)
_HOLIDAY: Final = 7
"""Days from which a stretch is a holiday rather than a week."""

_LOOKED_AHEAD: Final = timedelta(days=60)
_DAY: Final = timedelta(days=1)
_PARTS: Final = 9
_LONGEST_ACTION: Final = 60
"""Bytes of a button's action; Telegram carries 64."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is asked for; `near` puts first what lies near that neighbourhood.

    `topic` are beginnings of words that every entry of the list has; `among` the entries that have
    them, None for all.
    """

    when: When | None = None
    filters: Filters = NO_FILTERS
    topic: tuple[str, ...] = ()
    near: str = ""
    among: frozenset[str] | None = None

    @property
    def action(self) -> str:
        """This in the few characters a button carries; "" if it does not fit."""
        when = self.when or When()
        days = "+".join(f"{_short(d.first)}-{_short(d.last)}" for d in when.days)
        f = self.filters
        parts = (
            *(days, when.part or "", "" if f.age is None else str(f.age), f.audience or ""),
            *(f.neighbourhood or "", "1" if f.free else "", f.language or ""),
            *((self.near, "+".join(self.topic)) if self.near or self.topic else ()),
        )
        action = ":".join(parts)
        fits_in = len(action.encode()) <= _LONGEST_ACTION - len("list:99:")
        return action if fits_in else ""

    @classmethod
    def of(cls, parts: tuple[str, ...]) -> Wanted:
        """Return what `action`, split at its colons, stands for; ValueError if it is none."""
        days, part, age, audience, neighbourhood, free, language, near, topic = (
            parts if len(parts) == _PARTS else (*parts, "", "")
        )
        spans = tuple(
            Days(_long(first), _long(last))
            for first, last in (span.split("-") for span in days.split("+") if span)
        )
        named = next((each for each in get_args(Part) if each == part), None)
        filters = Filters(
            age=int(age) if age else None,
            audience=audience or None,
            neighbourhood=neighbourhood or None,
            free=bool(free),
            language=language or None,
        )
        when = When(spans, named) if spans or named else None
        return cls(when, filters, tuple(topic.split("+")) if topic else (), near)


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list with the first time it takes place on the days asked."""

    entry: Entry
    time: Occurrence
    place: Place | None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list at `now`: what was understood, and what there is.

    Where there is nothing, `instead` is what comes next for the same person.
    """

    wanted: Wanted
    now: datetime
    items: tuple[Item, ...] = ()
    instead: tuple[Item, ...] = ()
    neighbourhood: Localized = field(default_factory=Localized)

    def page(self, number: int) -> tuple[Item, ...]:
        """Return the items of one page, counted from 0."""
        return self.items[number * PAGE : (number + 1) * PAGE]


def listing(directory: Directory, wanted: Wanted, *, holidays: Holidays, now: datetime) -> Listing:
    """Return what is on, best suited first, then by time."""
    items = tuple(_items(directory, wanted, holidays, now))
    instead: tuple[Item, ...] = ()
    if not items and wanted.when and wanted.when.days:
        later = _later(wanted.when, now)
        found = list(_items(directory, replace(wanted, when=later), holidays, now))
        first = min((item.time.starts.date() for item in found), default=None)
        instead = tuple(item for item in found if item.time.starts.date() == first)[:3]
    here = directory.neighbourhoods.get(wanted.filters.neighbourhood or wanted.near)
    name = here.name if here else Localized()
    return Listing(wanted, now, items, instead, neighbourhood=name)


def _later(when: When, now: datetime) -> When:
    """Return the weeks after the days asked, at the same part of the day."""
    first = max(when.days[-1].last + _DAY, now.date())
    return When((Days(first, first + _LOOKED_AHEAD),), when.part)


def _items(
    directory: Directory, wanted: Wanted, holidays: Holidays, now: datetime
) -> Iterator[Item]:
    when = wanted.when or When()
    until = when.ends() or now + _AHEAD
    found = []
    for entry in directory.entries.values():
        if not may_be_listed(entry, wanted):
            continue
        times = meetings(entry, holidays, since=when.begins(now), until=until)
        time = next((each for each in times if when.covers(each.starts, each.ends)), None)
        if time is not None:
            found.append(Item(entry, time, directory.places.get(entry.place or "")))
    far = distances(directory, wanted.near) if wanted.near else {}
    yield from sorted(found, key=lambda item: _order(item, wanted, far))


def _order(
    item: Item, wanted: Wanted, far: Mapping[str, float]
) -> tuple[float, bool, bool, datetime]:
    special = made_for(item.entry, wanted.filters)
    away = far.get(item.entry.place or "", inf) if far else 0.0
    return (away, not special, item.entry.kind != "activity", item.time.starts)


def may_be_listed(entry: Entry, wanted: Wanted) -> bool:
    """Return whether `entry` belongs in a list of what is on, whatever the day."""
    if entry.kind == "faq" or not fits(entry, wanted.filters):
        return False
    special = made_for(entry, wanted.filters)
    if entry.kind == "service" and wanted.filters.age is not None and not special:
        return False  # an office for everybody is nothing for an afternoon with a child
    if wanted.among is not None:
        return entry.id in wanted.among
    if entry.kind == "activity":
        return True
    return special and (_drops_in(entry) or _is_long(wanted.when))


def _drops_in(entry: Entry) -> bool:
    """Return whether one may simply come: an office with appointments is not what is on."""
    return entry.place is not None and not (entry.signup and entry.signup.required)


def _is_long(when: When | None) -> bool:
    """Return whether holidays are asked about: then there is time to sign up."""
    return bool(when and any((days.last - days.first).days >= _HOLIDAY for days in when.days))


def _short(day: date) -> str:
    return f"{day:%y%m%d}"


def _long(written: str) -> date:
    return datetime.strptime(written, "%y%m%d").date()  # noqa: DTZ007 - a day has no zone
