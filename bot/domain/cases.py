"""A contribution as it lies on the team's desk, and the part of the inbox somebody looks at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from bot.domain.contribution_lists import Filters
from bot.domain.contribution_states import State
from bot.domain.contributions import CATEGORIES, Contribution, Kind, Media
from bot.domain.roles import Role, Staff

_STATES, _KINDS = tuple(State), tuple(Kind)
_PARTS = 6


class Which(StrEnum):
    """The lists of the inbox; the values travel in buttons."""

    OPEN = "a"
    NEW = "n"
    OVERDUE = "o"
    PROMISED = "p"
    UNTOLD = "u"
    UNTRANSLATED = "t"
    ALL = "c"


@dataclass(frozen=True, slots=True)
class View:
    """One list, narrowed down; it travels in a button as a short code."""

    which: Which = Which.OPEN
    state: State | None = None
    kind: Kind | None = None
    neighbourhood: str | None = None
    mine: bool = False
    category: str | None = None

    def code(self) -> str:
        """Return the view as a button carries it, e.g. `a.3...m.`."""
        state = str(_STATES.index(self.state)) if self.state else ""
        kind = str(_KINDS.index(self.kind)) if self.kind else ""
        mine = "m" if self.mine else ""
        theme = str(CATEGORIES.index(self.category)) if self.category else ""
        return ".".join((self.which, state, kind, self.neighbourhood or "", mine, theme))

    @classmethod
    def of(cls, code: str) -> Self:
        """Return the view of a code; what is not understood narrows nothing."""
        parts = code.split(".")
        if len(parts) != _PARTS:
            return cls()
        which, state, kind, neighbourhood, mine, theme = parts
        return cls(
            next((each for each in Which if each == which), Which.OPEN),
            dict(zip(map(str, range(len(_STATES))), _STATES, strict=True)).get(state),
            dict(zip(map(str, range(len(_KINDS))), _KINDS, strict=True)).get(kind),
            neighbourhood or None,
            mine == "m",
            dict(zip(map(str, range(len(CATEGORIES))), CATEGORIES, strict=True)).get(theme),
        )

    def filters(self, me: str) -> Filters:
        """Return what the inbox is asked for, `me` being whoever looks."""
        new = self.which is Which.NEW and self.state is None
        closed = {Which.ALL, Which.UNTOLD, Which.UNTRANSLATED}
        return Filters(
            states=(State.RECEIVED,) if new else (self.state,) if self.state else (),
            kind=self.kind,
            category=self.category,
            neighbourhood=self.neighbourhood,
            assignee=me if self.mine else None,
            overdue=self.which is Which.OVERDUE,
            promised=self.which is Which.PROMISED,
            untold=self.which is Which.UNTOLD,
            untranslated=self.which is Which.UNTRANSLATED,
            open_only=self.which not in closed,
        )


@dataclass(frozen=True, slots=True)
class Case:
    """One contribution with everything the team's page about it says; never its author."""

    found: Contribution
    today: date
    me: Staff
    place: str = ""
    due_on: date | None = None
    promised_on: date | None = None
    late: bool = False
    media: Sequence[Media] = ()
    linked: Sequence[int] = ()
    back: str = ""

    @property
    def number(self) -> int:
        """The number people say to each other."""
        return self.found.number

    @property
    def photos(self) -> int:
        """How many photos came with it."""
        return sum(1 for each in self.media if each.kind == "photo")

    @property
    def voice(self) -> int | None:
        """The voice message that came with it."""
        return next((each.id for each in self.media if each.kind == "voice"), None)

    @property
    def coordinated(self) -> bool:
        """Whether a coordinator looks at it."""
        return self.me.role is Role.COORDINATOR
