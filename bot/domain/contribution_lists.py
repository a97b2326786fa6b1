"""Lists of contributions and what narrows them down: the team's inbox, the board, the morning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.domain.anonymity import Shown
from bot.domain.contribution_states import Column, State
from bot.domain.contributions import Contribution, Kind, Origin
from bot.domain.localized import Localized


@dataclass(frozen=True, slots=True)
class Filters:
    """What the team wants to see; what is not named narrows nothing.

    `open_only` leaves out what is closed; `untold` wants what is decided and not published.
    `coordinator` tells whether critical ones may be shown. `since` and `until` are days of arrival.
    """

    states: tuple[State, ...] = ()
    kind: Kind | None = None
    category: str | None = None
    neighbourhood: str | None = None
    assignee: str | None = None
    unassigned: bool = False
    urgent: bool = False
    overdue: bool = False
    promised: bool = False
    untranslated: bool = False
    untold: bool = False
    origin: Origin | None = None
    since: datetime | None = None
    until: datetime | None = None
    open_only: bool = True
    coordinator: bool = False


@dataclass(frozen=True, slots=True)
class InboxPage:
    """One page of the inbox; `total` counts no further than `MOST_COUNTED`, `more` says it is more."""

    items: Sequence[Contribution]
    total: int
    more: bool = False


MOST_COUNTED = 99
"""So far a list is counted: nobody needs to know whether 4,812 or 4,813 wait."""


@dataclass(frozen=True, slots=True)
class BoardFilters:
    """What a reader of the board wants to see."""

    column: Column | None = None
    kind: Kind | None = None
    category: str | None = None
    neighbourhood: str | None = None


@dataclass(frozen=True, slots=True)
class BoardPage:
    """One page of the board; `following` asks for the one after it, None at the end."""

    items: Sequence[Shown]
    following: str | None = None


@dataclass(frozen=True, slots=True)
class AnsweredWithin:
    """How long people wait for a first answer: how many got one, the middle of the days, the share in time."""

    answered: int
    median_days: int | None = None
    in_time_percent: int | None = None


@dataclass(frozen=True, slots=True)
class Alike:
    """A contribution like the one being written; its words only once the team has reviewed them.

    `shared` is what both are about, in the lexicon's words.
    """

    number: int
    kind: Kind
    state: State
    title: Localized
    summary: Localized
    reviewed: bool
    neighbourhood: str | None
    metres: int | None
    likeness: float
    supports: int
    received_on: date
    shared: tuple[Localized, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the author holds in hand: the number, or for the unlinkable a code that exists nowhere else."""

    number: int
    code: str | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """Whom a published change reaches, and for how many no notice was written, by reason."""

    people: int
    withheld: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Morning:
    """What a coordinator looks at over the first coffee."""

    new: InboxPage
    overdue: InboxPage
    promised: InboxPage
    untold: InboxPage
    untranslated: InboxPage


@dataclass(frozen=True, slots=True)
class Wanted:
    """A photo or voice message that Telegram still holds and we want."""

    id: int
    kind: str
    file_id: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A contribution as statistics see it: no words, no person, no exact place."""

    number: int
    kind: Kind
    state: State
    language: str
    category: str | None
    neighbourhood: str | None
    origin: Origin
    created_at: datetime
    due_at: datetime | None
    first_answer_at: datetime | None
    closed_at: datetime | None
    public: bool
    supports: int
