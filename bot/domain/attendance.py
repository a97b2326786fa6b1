"""Who came: ticked name by name, counted by kind, and kept as numbers when the names have gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.domain.directory import Entry
from bot.domain.occurrences import Occurrence
from bot.domain.registrations import Registration, State
from bot.domain.sittings import Sitting

MOST_BESIDE = 500
"""People counted beside the list; a feast has more, but nobody counts them by taps."""


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many came: those on the list, and `more` who were not; `absent` are no-shows."""

    children: int = 0
    adults: int = 0
    absent: int = 0
    more_children: int = 0
    more_adults: int = 0
    volunteers: int = 0

    @property
    def all_children(self) -> int:
        """All children who came."""
        return self.children + self.more_children

    @property
    def all_adults(self) -> int:
        """All adults who came, volunteers apart."""
        return self.adults + self.more_adults


@dataclass(frozen=True, slots=True)
class Line:
    """One party on the list of a date: whether they came, None while nobody has ticked them."""

    registration: Registration
    came: bool | None = None
    position: int = 0
    slot: int | None = None

    @property
    def expected(self) -> bool:
        """Whether a place is theirs."""
        return self.registration.state is State.REGISTERED


@dataclass(frozen=True, slots=True)
class Sheet:
    """The list of one date as the team sees it."""

    entry: Entry
    date: Occurrence
    lines: tuple[Line, ...] = ()
    counted: Headcount = field(default_factory=Headcount)
    capacity: int | None = None
    to_phone: int = 0

    @property
    def expected(self) -> tuple[Line, ...]:
        """Those who have a place."""
        return tuple(line for line in self.lines if line.expected)

    @property
    def queue(self) -> tuple[Line, ...]:
        """Those who wait or have an offer."""
        return tuple(line for line in self.lines if not line.expected)


@dataclass(frozen=True, slots=True)
class Listed:
    """One list in the overview of the team."""

    sitting: Sitting
    date: Occurrence
    taken: int
    waiting: int


def tapped(came: bool | None) -> bool | None:  # noqa: FBT001 - yes, no, unknown
    """Return what one more tap means: unknown, came, did not come, unknown again."""
    return {None: True, True: False, False: None}[came]


def counted(before: Headcount, lines: Sequence[Line]) -> Headcount:
    """Return the numbers of a date anew; who was counted beside the list stays counted."""
    came = [line.registration.party for line in lines if line.came]
    return Headcount(
        children=sum(party.children for party in came),
        adults=sum(party.adults for party in came),
        absent=sum(line.came is False for line in lines),
        more_children=before.more_children,
        more_adults=before.more_adults,
        volunteers=before.volunteers,
    )
