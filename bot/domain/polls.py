"""Polls: what is asked, who may answer, how, and when; counting is in `tallies`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from bot.domain.errors import RefusedError
from bot.domain.localized import LANGUAGES, Localized

MOST_OPTIONS = 12
"""More do not fit on a small phone, nor in a head."""

LONGEST_OPTION = 100
LONGEST_QUESTION = 300


class Method(StrEnum):
    """How one votes, and so how it is counted."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    RANKING = "ranking"
    DATE = "date"
    BUDGET = "budget"
    COUNT = "count"


class Results(StrEnum):
    """When a voter sees how it stands."""

    ALWAYS = "always"
    VOTED = "voted"
    CLOSED = "closed"


class Additions(StrEnum):
    """Whether residents may add options, and whether somebody of the team looks first."""

    NONE = "none"
    REVIEWED = "reviewed"
    FREE = "free"


class PollState(StrEnum):
    """Where a poll is in its life; a scheduled one is a draft with a moment to open."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class Standing(StrEnum):
    """Whether an option can be chosen."""

    OFFERED = "offered"
    WAITING = "waiting"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose; `cost` in whole francs (budget), `starts` in the town's wall time (date)."""

    id: int
    text: Localized
    cost: int = 0
    starts: datetime | None = None
    standing: Standing = Standing.OFFERED


@dataclass(frozen=True, slots=True)
class Terms:
    """How a poll is to be held: all that an animator chooses besides question and options.

    `least` and `most` options of a multiple choice; `envelope` in francs, which each ballot keeps to
    where `knapsack`; `few` allows to name the leading option of a secret poll under five votes.
    """

    method: Method = Method.SINGLE
    named: bool = False
    results: Results = Results.ALWAYS
    additions: Additions = Additions.NONE
    least: int = 1
    most: int = MOST_OPTIONS
    envelope: int = 0
    knapsack: bool = False
    few: bool = False
    neighbourhood: str | None = None
    session: int | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the terms as they are kept."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """Return what `to_json` made."""
        words = {
            "method": Method(kept["method"]),
            "results": Results(kept["results"]),
            "additions": Additions(kept["additions"]),
        }
        return cls(**{**kept, **words})


@dataclass(frozen=True, slots=True)
class Poll:
    """One poll as it stands; `votes` counts ballots, not what was raised in the room."""

    number: int
    question: Localized
    options: tuple[Option, ...]
    terms: Terms
    state: PollState
    centre: str | None = None
    created_by: str | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    closed_at: datetime | None = None
    votes: int = 0

    @property
    def offered(self) -> tuple[Option, ...]:
        """The options that can be chosen, in their order."""
        return tuple(each for each in self.options if each.standing is Standing.OFFERED)

    @property
    def secret(self) -> bool:
        """Whether nobody may learn who chose what."""
        return not self.terms.named

    def option(self, number: int) -> Option | None:
        """Return an option by its number, whether it can be chosen or not."""
        return next((each for each in self.options if each.id == number), None)

    def is_open(self, now: datetime) -> bool:
        """Tell whether a vote counts now."""
        return self.state is PollState.OPEN and (self.closes_at is None or now < self.closes_at)


class Lack(StrEnum):
    """What keeps a poll from being opened."""

    QUESTION = "question"
    OPTIONS = "options"
    COSTS = "costs"
    ENVELOPE = "envelope"
    DATES = "dates"
    BOUNDS = "bounds"
    PAST = "past"


class LackingError(RefusedError):
    """The poll cannot be opened yet; `lacks` says why."""

    def __init__(self, lacks: tuple[Lack, ...]) -> None:
        """Keep what is lacking."""
        super().__init__(", ".join(lacks))
        self.lacks = lacks


class ChoiceError(RefusedError):
    """The ballot does not keep to the poll's rule; nothing was counted."""


class CountError(RefusedError):
    """There are more or fewer words or numbers than wanted; `wanted` says how many."""

    def __init__(self, wanted: int) -> None:
        """Keep how many are wanted."""
        super().__init__(str(wanted))
        self.wanted = wanted


class NotInvitedError(RefusedError):
    """This poll is held among other people."""


def lacking(poll: Poll, now: datetime) -> tuple[Lack, ...]:
    """Return what must be mended before `poll` can be opened."""
    terms, options = poll.terms, poll.offered
    rules = {
        Lack.QUESTION: not poll.question,
        Lack.OPTIONS: len(options) < _fewest(terms),
        Lack.COSTS: terms.method is Method.BUDGET and any(each.cost <= 0 for each in options),
        Lack.ENVELOPE: terms.method is Method.BUDGET and terms.envelope <= 0,
        Lack.DATES: terms.method is Method.DATE and any(each.starts is None for each in options),
        Lack.BOUNDS: not 0 < terms.least <= terms.most,
        Lack.PAST: poll.closes_at is not None and poll.closes_at <= now,
    }
    return tuple(lack for lack, holds in rules.items() if holds)


def untranslated(poll: Poll) -> tuple[str, ...]:
    """Return the languages in which some reader would meet the other language."""
    texts = [poll.question, *(each.text for each in poll.offered if each.starts is None)]
    return tuple(code for code in LANGUAGES if any(code not in text for text in texts))


def may_add(poll: Poll, now: datetime) -> bool:
    """Tell whether a resident may add an option now.

    A ranking's points depend on how many options there are, and a budget's costs are the team's.
    """
    fixed = {Method.RANKING, Method.BUDGET, Method.COUNT, Method.DATE}
    return (
        poll.is_open(now)
        and poll.terms.additions is not Additions.NONE
        and poll.terms.method not in fixed
        and len(poll.options) < MOST_OPTIONS
    )


def may_vote(poll: Poll, *, neighbourhood: str | None, sessions: Collection[int]) -> bool:
    """Tell whether somebody is asked who lives in `neighbourhood` and is at `sessions`."""
    wanted = poll.terms
    if wanted.session is not None and wanted.session not in sessions:
        return False
    return wanted.neighbourhood is None or wanted.neighbourhood == neighbourhood


def _fewest(terms: Terms) -> int:
    return 0 if terms.method is Method.COUNT else 2
