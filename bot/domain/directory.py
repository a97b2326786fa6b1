"""The town's directory as its readers see it: services, activities and frequent questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Literal

from bot.domain.localized import Localized

Kind = Literal["service", "activity", "faq"]
Day = Literal["mo", "tu", "we", "th", "fr", "sa", "su"]


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A part of the town; the id `city` stands for all of it."""

    id: str
    name: Localized


@dataclass(frozen=True, slots=True)
class Place:
    """Where something happens; `wheelchair` is True, False, or words such as `via courtyard`."""

    id: str
    name: Localized
    street: Localized
    postcode: str
    city: Localized
    latitude: float | None
    longitude: float | None
    wheelchair: bool | str | None


@dataclass(frozen=True, slots=True)
class Hours:
    """Weekly opening hours, local wall time; `closes` before `opens` means past midnight.

    A closing time of 24:00 is stored as 00:00.
    """

    days: tuple[Day, ...]
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Schedule:
    """The rhythm of an activity: first date, local wall time and an RFC 5545 rule ("" = once)."""

    first: date
    starts: time
    ends: time
    rrule: str
    exclude_school_holidays: bool


@dataclass(frozen=True, slots=True)
class Cost:
    """What it costs: 0 is free, None depends on the person; the note says it in words."""

    chf: float | None
    note: Localized


@dataclass(frozen=True, slots=True)
class Signup:
    """Whether and how one signs up: channel is none, desk, phone, online or telegram."""

    required: bool
    channel: str
    note: Localized


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call or write to; either may be empty."""

    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the directory.

    For a frequent question `title` is the question and `description` the answer; `summary` is then
    empty. `updated` is the day somebody last checked it.
    """

    id: str
    kind: Kind
    category: str
    title: Localized
    summary: Localized
    description: Localized
    updated: date
    keywords: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    questions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    audience: tuple[str, ...] = ()
    ages: tuple[int, int] | None = None
    neighbourhood: str | None = None
    place: str | None = None
    hours: tuple[Hours, ...] = ()
    closed_school_holidays: bool = False
    schedule: Schedule | None = None
    capacity: int | None = None
    waiting: int | None = None
    cost: Cost | None = None
    languages: tuple[str, ...] = ()
    signup: Signup | None = None
    animator: str = ""
    contact: Contact | None = None
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SchoolHoliday:
    """A period without school, both days included."""

    id: str
    name: Localized
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class PublicHoliday:
    """A day on which offices are closed."""

    day: date
    name: Localized


@dataclass(frozen=True, slots=True)
class Directory:
    """All that the town publishes, at one moment."""

    entries: Mapping[str, Entry]
    places: Mapping[str, Place]
    neighbourhoods: Mapping[str, Neighbourhood]
    school_holidays: tuple[SchoolHoliday, ...] = ()
    public_holidays: tuple[PublicHoliday, ...] = ()
