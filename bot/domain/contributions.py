"""Ideas, wishes, concerns, thanks and offers of help: what a resident gathers and what the team sees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any, Self

from bot.domain.contribution_states import FINAL, Decision, Helpers, State
from bot.domain.localized import LANGUAGES, Localized


class Kind(StrEnum):
    """What somebody brings; an observation is the team's own and never leaves it."""

    IDEA = "idea"
    WISH = "wish"
    CONCERN = "concern"
    THANKS = "thanks"
    OFFER = "offer"
    OBSERVATION = "observation"


RESIDENTS_KINDS = (Kind.IDEA, Kind.WISH, Kind.CONCERN, Kind.THANKS, Kind.OFFER)
"""What a resident may bring, in the order in which it is offered."""

CATEGORIES = (
    "space",
    "traffic",
    "green",
    "clean",
    "safety",
    "housing",
    "youth",
    "seniors",
    "culture",
    "together",
    "other",
)
"""Themes by which the team sorts; their names are phrases."""


class NameLevel(StrEnum):
    """How far the author is hidden; we never say "anonymous", these three words mean what they say."""

    HIDDEN = "hidden"
    CONFIDENTIAL = "confidential"
    UNLINKABLE = "unlinkable"


class Origin(StrEnum):
    """The way by which a contribution came in."""

    BOT = "bot"
    PAPER = "paper"
    PHONE = "phone"
    COUNTER = "counter"
    TEAM = "team"
    SESSION = "session"


class Priority(IntEnum):
    """How soon the team looks at it."""

    NORMAL = 0
    HIGH = 1


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the map in decimal degrees."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Draft:
    """What has been gathered so far; `photos` and `voice` are file ids, fetched after sending.

    `critical` is found out at the moment of sending: the words tell of distress.

    It travels as JSON in the conversation row of flow `contributing`.
    """

    kind: Kind | None = None
    text: str = ""
    language: str = ""
    photos: tuple[str, ...] = ()
    voice: str | None = None
    point: Point | None = None
    address: str = ""
    neighbourhood: str | None = None
    wants_reply: bool = True
    level: NameLevel = NameLevel.HIDDEN
    category: str | None = None
    critical: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return the draft as JSON values, without what is not given yet."""
        return {name: value for name, value in asdict(self).items() if value not in (None, "", ())}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Return the draft that `to_json` took apart; what else stands in `data` is not looked at."""
        known = {each.name: data[each.name] for each in fields(cls) if each.name in data}
        if "kind" in known:
            known["kind"] = Kind(known["kind"])
        if "level" in known:
            known["level"] = NameLevel(known["level"])
        if "photos" in known:
            known["photos"] = tuple(known["photos"])
        if "point" in known:
            known["point"] = Point(**known["point"])
        return cls(**known)

    def missing(self) -> tuple[str, ...]:
        """Return what must still be given before it can be sent: `kind`, `content`."""
        missing = [] if self.kind else ["kind"]
        if not (self.text or self.photos or self.voice):
            missing.append("content")
        return tuple(missing)

    def too_much(self) -> tuple[str, ...]:
        """Return what an unlinkable contribution may not carry: `photos`, `voice`, `address`."""
        if self.level is not NameLevel.UNLINKABLE:
            return ()
        return tuple(name for name in ("photos", "voice", "address") if getattr(self, name))


@dataclass(frozen=True, slots=True)
class Contribution:
    """One contribution; `number` is what people say to each other, `No. 12`.

    `author` is None for what is unlinkable, entered on behalf or of somebody erased. `title` and
    `summary` are the team's public wording; `text` is the author's own and never published as such.
    `near` is the place in public, rounded; `point` the exact one. `state` is what the team has
    decided, `published_state` what people have been told.
    """

    number: int
    kind: Kind
    state: State
    published_state: State
    language: str
    text: str
    created_at: datetime
    level: NameLevel = NameLevel.HIDDEN
    origin: Origin = Origin.BOT
    wants_reply: bool = True
    title: Localized = field(default_factory=Localized)
    summary: Localized = field(default_factory=Localized)
    category: str | None = None
    neighbourhood: str | None = None
    point: Point | None = None
    near: Point | None = None
    address: str = ""
    author: str | None = None
    entered_by: str | None = None
    due_at: datetime | None = None
    promised_at: datetime | None = None
    assignee: str | None = None
    priority: Priority = Priority.NORMAL
    urgent: bool = False
    critical: bool = False
    reviewed_at: datetime | None = None
    public: bool = False
    shown_at: datetime | None = None
    reason: Localized = field(default_factory=Localized)
    passed_to: Localized = field(default_factory=Localized)
    helpers: Helpers = field(default_factory=Helpers)
    told: Decision | None = None
    supports: int = 0
    merged_into: int | None = None
    split_from: int | None = None
    closed_at: datetime | None = None
    first_answer_at: datetime | None = None

    @property
    def decision(self) -> Decision:
        """What the team has decided, with what is said about it; perhaps not published yet."""
        return Decision(self.state, self.reason, self.passed_to, self.helpers)

    @property
    def waits(self) -> bool:
        """Tell whether somebody still waits for the team: until the end has been published."""
        return self.closed_at is None

    @property
    def final(self) -> bool:
        """Tell whether nothing follows any more."""
        return self.state in FINAL

    @property
    def untold(self) -> bool:
        """Tell whether something is decided that nobody outside the team knows yet."""
        news = self.state not in {State.RECEIVED, State.READ}
        return news and (self.told is None or self.told != self.decision)

    @property
    def told_state(self) -> State:
        """The state as the author is told it: that it has been read needs no publishing."""
        if self.published_state is State.RECEIVED and self.state is not State.RECEIVED:
            return State.READ
        return self.published_state


@dataclass(frozen=True, slots=True)
class Media:
    """A photo or voice message of a contribution; `content` only where it was asked for."""

    id: int
    contribution: int
    kind: str
    mime: str
    width: int
    height: int
    released: bool
    position: int
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a contribution; `by` is a pseudonym, None if nobody may know.

    `about` is the other contribution's number (merged, split, linked) or the event answered
    (confirmed, doubted).
    """

    id: int
    contribution: int
    at: datetime
    kind: str
    by: str | None = None
    old: State | None = None
    new: State | None = None
    public_note: Localized = field(default_factory=Localized)
    private_note: str = ""
    published: bool = False
    about: int | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """A sender who may bring nothing until a moment (None: until somebody lifts it)."""

    until: datetime | None
    reason: str


def may_edit(contribution: Contribution, person: str) -> bool:
    """Tell whether the author may still change the words: until the team has reviewed them."""
    return (
        contribution.author == person
        and contribution.reviewed_at is None
        and contribution.published_state is State.RECEIVED
        and contribution.state in {State.RECEIVED, State.READ}
    )


def may_withdraw(contribution: Contribution, person: str) -> bool:
    """Tell whether this person may take it back: the author, at any time."""
    return contribution.author == person and not contribution.final


def may_change_level(contribution: Contribution, person: str, level: NameLevel) -> bool:
    """Tell whether the author may still change how far they are hidden; unlinkable is for ever."""
    return contribution.author == person and level is not NameLevel.UNLINKABLE


_SHOWN_UNREVIEWED = frozenset({Kind.IDEA, Kind.WISH, Kind.OFFER})


def may_be_offered(contribution: Contribution) -> bool:
    """Tell whether somebody who writes alike may learn that this exists.

    Before the team has looked at it only its number, kind and place are told, never its words, and
    concerns not at all: that a neighbour complains is nobody's business.
    """
    if contribution.kind is Kind.OBSERVATION or contribution.final or contribution.critical:
        return False
    unreviewed = (
        contribution.reviewed_at is None
        and contribution.kind in _SHOWN_UNREVIEWED
        and contribution.level is NameLevel.HIDDEN
    )
    return contribution.public or unreviewed


def may_join(contribution: Contribution, person: str) -> bool:
    """Tell whether this person may support it: others only, and only what they may know of."""
    return contribution.author != person and may_be_offered(contribution)


def may_merge(found: Contribution, target: Contribution) -> bool:
    """Tell whether one may go on as part of the other: both alive and seen by the same people."""
    if found.number == target.number or found.final or target.final:
        return False
    team_only = Kind.OBSERVATION in {found.kind, target.kind} and found.kind is not target.kind
    return not team_only and found.critical == target.critical


def untranslated(contribution: Contribution) -> tuple[tuple[str, str], ...]:
    """Return what is missing on the board: pairs such as `("title", "de")`."""
    if not contribution.public:
        return ()
    return tuple(
        (part, code)
        for part, texts in (("title", contribution.title), ("summary", contribution.summary))
        for code in LANGUAGES
        if code not in texts
    )


def steps(count: int) -> int:
    """Return the supports in coarse steps (0, 1, 5, 10, 20, 50, 100), so that nobody is watched joining."""
    return max((step for step in (0, 1, 5, 10, 20, 50, 100) if step <= count), default=0)
