"""The town's directory as its readers see it: services, activities and frequent questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Literal

from bot.domain.localized import Localized

Kind = Literal["service", "activity", "faq"]
Day = Literal["mo", "tu", "we", "th", "fr", "sa", "su"]
OnlyHolidays = Literal["", "first", "every"]
"""Whether a rule holds in the school holidays alone: its first date in each, or every one."""

Unit = Literal["person", "child", "adult", "family"]
"""What is counted where places are limited."""

Per = Literal["date", "cycle", "season"]
"""For what one signs up: each date by itself, or a whole stretch of them."""

Turn = Literal["meeting", "month", "year", "cycle"]
ChangeKind = Literal["cancelled", "moved", "added", "restored"]


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
class Phase:
    """From the day `since` on the rhythm is another, which begins on `first`.

    `place` is None while it is where the activity usually is.
    """

    since: date
    first: date
    starts: time
    ends: time
    rrule: str
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Cycle:
    """A stretch of a series for which people sign up as a whole, both days included."""

    id: str
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class Itinerary:
    """Places that take turns: at each meeting, or each month, year or cycle."""

    turn: Turn
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Extra:
    """A date beside the rule."""

    starts: datetime
    ends: datetime
    place: str | None = None


@dataclass(frozen=True, slots=True)
class DateChange:
    """What the team changed about one date; `original` is the date that the rule gave it.

    `starts` and `ends` tell where it lies if not there; what was cancelled keeps them. `restored` is
    as the rule has it again; `version` counts the changes of this date.
    """

    original: datetime
    kind: ChangeKind
    starts: datetime | None = None
    ends: datetime | None = None
    place: str | None = None
    note: Localized = field(default_factory=Localized)
    version: int = 1


@dataclass(frozen=True, slots=True)
class Schedule:
    """The rhythm of an activity: first date, local wall time and an RFC 5545 rule ("" = once).

    `phases` follow one another in time; `excepted` and `also` are dates the files take away or add,
    `changes` those that the team changed in the chat.
    """

    first: date
    starts: time
    ends: time
    rrule: str
    exclude_school_holidays: bool
    only_holidays: OnlyHolidays = ""
    phases: tuple[Phase, ...] = ()
    cycles: tuple[Cycle, ...] = ()
    itinerary: Itinerary | None = None
    excepted: tuple[date, ...] = ()
    also: tuple[Extra, ...] = ()
    changes: tuple[DateChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Cost:
    """What it costs: 0 is free, None depends on the person; the note says it in words."""

    chf: float | None
    note: Localized


@dataclass(frozen=True, slots=True)
class Signup:
    """Whether and how one signs up: channel is none, desk, phone, online or telegram.

    Places are counted by `unit`, for a date, a cycle or a season (`per`); `slot` cuts a date into
    appointments of so many minutes, to which one is to `bring` something.
    """

    required: bool
    channel: str
    note: Localized
    unit: Unit = "person"
    per: Per = "date"
    accompanied: bool = False
    asks_phone: bool = False
    invited_only: bool = False
    slot: int = 0
    bring: Localized = field(default_factory=Localized)

    @property
    def here(self) -> bool:
        """Whether one signs up in this chat."""
        return self.channel == "telegram"


@dataclass(frozen=True, slots=True)
class Guest:
    """Who comes on one day: an institution, an expert."""

    day: date
    name: Localized


@dataclass(frozen=True, slots=True)
class Part:
    """One of several activities under one offer; `ages` are years."""

    id: str
    title: Localized
    ages: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call or write to; either may be empty."""

    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the directory.

    For a frequent question `title` is the question and `description` the answer; `summary` is then
    empty. `updated` is the day somebody last checked it. `months` are the ages in months where years
    are too coarse.
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
    months: tuple[int, int] | None = None
    adults_only: bool = False
    partner: str = ""
    material: Cost | None = None
    guests: tuple[Guest, ...] = ()
    parts: tuple[Part, ...] = ()


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
