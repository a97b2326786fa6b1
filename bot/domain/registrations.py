"""Registrations: who comes, how many places that takes, and when a list is full; pure rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.domain.errors import RefusedError

if TYPE_CHECKING:
    from bot.domain.directory import Entry, Signup

MOST = 8
"""Adults and children in one registration; more of them call the centre."""

MONTHS = 12


class State(StrEnum):
    """How a registration stands; the last four are its ends."""

    REGISTERED = "registered"
    WAITING = "waiting"
    OFFERED = "offered"
    CANCELLED = "cancelled"
    DECLINED = "declined"
    EXPIRED = "expired"
    CALLED_OFF = "called_off"


LIVE = (State.REGISTERED, State.WAITING, State.OFFERED)
QUEUED = (State.WAITING, State.OFFERED)


class Origin(StrEnum):
    """How a registration came: in the chat, or entered by the team."""

    BOT = "bot"
    COUNTER = "counter"
    PHONE = "phone"


class Problem(StrEnum):
    """Why a party cannot be registered."""

    NOBODY = "nobody"
    TOO_MANY = "too_many"
    ADULT_MISSING = "adult_missing"
    TOO_YOUNG = "too_young"
    TOO_OLD = "too_old"
    ADULTS_ONLY = "adults_only"


class PartyError(RefusedError):
    """The party does not fit the activity; `problems` says why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep what is wrong."""
        super().__init__(", ".join(problems))
        self.problems = tuple(problems)


class FullError(RefusedError):
    """No place is left; one would wait at `position`."""

    def __init__(self, position: int) -> None:
        """Keep the position."""
        super().__init__("full")
        self.position = position


class KnownError(RefusedError):
    """The person has a live registration on this list already: `number`."""

    def __init__(self, number: int) -> None:
        """Keep its number."""
        super().__init__("known")
        self.number = number


class OverError(RefusedError):
    """The date is over, cancelled, or one does not sign up for it here."""


class InvitedOnlyError(RefusedError):
    """Only who has been invited registers for this."""


@dataclass(frozen=True, slots=True)
class Party:
    """Who comes: adults and children; `ages` are the children's, in months, as far as asked."""

    adults: int = 0
    children: int = 0
    ages: tuple[int, ...] = ()

    @property
    def people(self) -> int:
        """How many come in all."""
        return self.adults + self.children


@dataclass(frozen=True, slots=True)
class Who:
    """What the team may call somebody, and where it reaches them, as far as they said it."""

    name: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Roll:
    """The list of one date, cycle, season or slot, with its counters; `capacity` None has no limit.

    `taken` counts the places of who is registered and those held for who has an offer; `starts` and
    `ends` are local wall time.
    """

    id: int
    entry_id: str
    name: str
    original: datetime
    starts: datetime
    ends: datetime
    capacity: int | None
    taken: int = 0
    waiting: int = 0
    arrivals: int = 0
    called_off: bool = False

    @property
    def free(self) -> int | None:
        """How many places are left; None without a limit."""
        return None if self.capacity is None else max(0, self.capacity - self.taken)

    def holds(self, places: int) -> bool:
        """Return whether so many places are left."""
        return self.free is None or places <= self.free


@dataclass(frozen=True, slots=True)
class Registration:
    """One party on one list; `places` are counted in the unit of the activity.

    `held` are the places kept for them now; `offer` counts the offers they had, so that an old
    button is known as old. `contact_id` is None for whom the team has entered.
    """

    number: int
    roll_id: int
    contact_id: str | None
    state: State
    origin: Origin
    party: Party
    places: int
    held: int
    arrived: int
    created_at: datetime
    language: str
    offer: int = 0
    offered_until: datetime | None = None
    wish: str | None = None
    who: Who = field(default_factory=Who)

    @property
    def live(self) -> bool:
        """Whether it still counts."""
        return self.state in LIVE


def places(party: Party, unit: str) -> int:
    """Return how many places a party takes where they are counted in this unit."""
    match unit:
        case "child":
            return party.children
        case "adult":
            return party.adults
        case "family":
            return 1 if party.people else 0
        case _:
            return party.people


def problems(party: Party, entry: Entry, signup: Signup) -> tuple[Problem, ...]:
    """Return why the party cannot come, nothing if it can."""
    found = []
    if places(party, signup.unit) < 1:
        found.append(Problem.NOBODY)
    if party.people > MOST:
        found.append(Problem.TOO_MANY)
    if signup.accompanied and party.children and not party.adults:
        found.append(Problem.ADULT_MISSING)
    if entry.adults_only and party.children:
        found.append(Problem.ADULTS_ONLY)
    youngest, oldest = age_bounds(entry)
    if any(age < youngest for age in party.ages):
        found.append(Problem.TOO_YOUNG)
    if any(age > oldest for age in party.ages):
        found.append(Problem.TOO_OLD)
    return tuple(found)


def age_bounds(entry: Entry) -> tuple[int, int]:
    """Return the youngest and the oldest age that fit, in months; 99 years and more is no bound."""
    if entry.months is not None:
        return entry.months
    youngest, oldest = entry.ages or (0, 99)
    return youngest * MONTHS, oldest * MONTHS + MONTHS - 1


def asks_ages(entry: Entry) -> bool:
    """Return whether the ages of children matter: only then are they asked."""
    return entry.months is not None or (entry.ages is not None and entry.ages != (0, 99))


def brings_children(entry: Entry, signup: Signup) -> bool:
    """Return whether a party may have children in it."""
    grown_up = entry.ages is not None and entry.ages[0] >= 18  # noqa: PLR2004 - of age
    return signup.unit != "adult" and not entry.adults_only and not grown_up


def arrival(roll: Roll, needed: int, *, queue: Sequence[int]) -> State:
    """Return what becomes of a party that takes `needed` places.

    `queue` are the places that each waiting party takes: who came before and would fit goes first.
    """
    if roll.free is None:
        return State.REGISTERED
    passed = any(places_before <= roll.free for places_before in queue)
    return State.REGISTERED if needed <= roll.free and not passed else State.WAITING
