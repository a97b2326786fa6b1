"""What one signs up for: a date, an appointment on it, a whole cycle, or a season of dates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.directory import Entry, Place, Signup
from bot.domain.occurrences import Occurrence, OccurrenceKey
from bot.domain.registrations import Registration, Roll
from bot.domain.reminding import Date

_SCHOOL_YEAR_BEGINS = 8
"""August: a season is a school year."""

_A_SEASON = timedelta(days=400)
"""A cycle or a season is never longer, even if its last date was moved."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """One thing to sign up for; `dates` are its dates in order, cancelled ones too.

    `name` is what its list is called for ever, also when its dates move.
    """

    entry: Entry
    signup: Signup
    name: str
    dates: tuple[Occurrence, ...]
    slot: int = 0

    @property
    def first(self) -> Occurrence:
        """The first date."""
        return self.dates[0]

    @property
    def starts(self) -> datetime:
        """When it begins, local wall time: the appointment's own time where there is one."""
        return self.first.start + timedelta(minutes=self.slot)

    @property
    def ends(self) -> datetime:
        """When the last of it ends, local wall time."""
        if self.signup.slot:
            return self.starts + timedelta(minutes=self.signup.slot)
        return max(each.end for each in self.dates)

    @property
    def capacity(self) -> int | None:
        """How many places there are; one appointment is one place unless the entry says more."""
        if self.signup.slot:
            return self.entry.capacity or 1
        return self.entry.capacity

    def next_start(self, now: datetime) -> datetime | None:
        """Return when it begins, or goes on, after `now`; None if all is over."""
        coming = [each for each in self.to_come(now) if each.starts > now]
        return coming[0].starts if coming else None

    def next_date(self, now: datetime) -> Occurrence | None:
        """Return the next date that takes place and has not ended."""
        return next((each for each in self.dates if each.takes_place and each.end > now), None)

    def to_come(self, since: datetime) -> tuple[Date, ...]:
        """Return the dates to be reminded of that take place and end after `since`."""
        shift = timedelta(minutes=self.slot)
        return tuple(
            Date(each.key.original_start, each.start + shift)
            for each in self.dates
            if each.takes_place and each.end > since
        )


@dataclass(frozen=True, slots=True)
class Opening:
    """A sitting as it stands: free places, who waits, and the number of one's own registration."""

    sitting: Sitting
    free: int | None
    waiting: int = 0
    number: int | None = None

    @property
    def full(self) -> bool:
        """Whether one would have to wait."""
        return self.free is not None and (self.free < 1 or self.waiting > 0)


@dataclass(frozen=True, slots=True)
class Seat:
    """A registration with all that is said about it.

    `starts` and `ends` are those of its next date, local wall time. Of who waits: the `position` in the
    queue, and about how many `weeks` it takes, if anybody can tell; of an offer, `until` when it stands.
    """

    registration: Registration
    roll: Roll
    sitting: Sitting
    starts: datetime
    ends: datetime
    place: Place | None = None
    position: int = 0
    weeks: int | None = None
    until: datetime | None = None

    @property
    def number(self) -> int:
        """The number people see."""
        return self.registration.number

    @property
    def entry(self) -> Entry:
        """What one has registered for."""
        return self.sitting.entry


def name_of(entry: Entry, occurrence: Occurrence, *, slot: int | None = None) -> str:
    """Return the name of the list on which people sign up for a date of this entry."""
    signup = entry.signup
    if signup is not None and signup.per == "cycle" and occurrence.cycle is not None:
        return f"cycle:{occurrence.cycle}"
    if signup is not None and signup.per == "season":
        return f"season:{season(occurrence.key.original_start.date())}"
    return occurrence.key.stamp if slot is None else f"{occurrence.key.stamp}/{slot}"


def sitting(
    entry: Entry, occurrences: Iterable[Occurrence], key: OccurrenceKey, *, slot: int | None = None
) -> Sitting | None:
    """Return what one signs up for with the date `key`, None if that cannot be.

    `occurrences` are those of the entry: the date alone, or those `around` it for a cycle or season.
    """
    known = sorted(occurrences, key=lambda each: each.start)
    chosen = next((each for each in known if each.key == key), None)
    if entry.signup is None or not entry.signup.here or chosen is None:
        return None
    if slot is not None and not _has_slot(entry.signup, chosen, slot):
        return None
    name = name_of(entry, chosen, slot=slot)
    dates = tuple(each for each in known if name_of(entry, each, slot=slot) == name)
    return Sitting(entry, entry.signup, name, dates, slot or 0)


def around(key: OccurrenceKey) -> tuple[datetime, datetime]:
    """Return the span of local time in which all dates of the list lie that holds this one."""
    day = key.original_start
    return day - _A_SEASON, day + _A_SEASON


def key_of(roll: Roll) -> tuple[OccurrenceKey, int | None]:
    """Return a date of this list, and the minutes of its appointment if it is one."""
    _, _, slot = roll.name.partition("/")
    return OccurrenceKey(roll.entry_id, roll.original), int(slot) if slot else None


def slots(signup: Signup, occurrence: Occurrence) -> Sequence[int]:
    """Return the appointments of a date, each by the minutes after its start."""
    if not signup.slot:
        return ()
    minutes = int((occurrence.end - occurrence.start).total_seconds()) // 60
    return range(0, minutes - signup.slot + 1, signup.slot)


def season(day: date) -> int:
    """Return the year in which the season of a day begins."""
    return day.year if day.month >= _SCHOOL_YEAR_BEGINS else day.year - 1


def _has_slot(signup: Signup, occurrence: Occurrence, slot: int) -> bool:
    return slot in slots(signup, occurrence)
