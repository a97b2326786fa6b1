"""A gathering (k'fé): who may join by which code, ideas on their way to the wall, topics and time."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.localized import LANGUAGES, Localized
from bot.domain.polls import Poll

LONGEST_IDEA = 300
LONGEST_TITLE = 80
IDEAS_EACH = 20
"""More from one person at one gathering is a misunderstanding or a nuisance."""

LASTS_AT_MOST = timedelta(hours=12)
"""A session nobody ended is over after that, so that its code can be used by another."""

MINUTES = (2, 5, 10, 15)
"""How long a round may last, as buttons."""


class IdeaState(StrEnum):
    """Where an idea stands: on the animator's phone, on the wall, or set aside."""

    WAITING = "waiting"
    SHOWN = "shown"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Session:
    """One gathering; `code` are the six digits by which people join, `ends_at` the round's end."""

    number: int
    title: Localized
    code: str
    centre: str | None
    started_at: datetime
    topic: Localized = field(default_factory=Localized)
    round: int = 1
    ends_at: datetime | None = None
    ended_at: datetime | None = None
    created_by: str | None = None
    room: int = 0

    def running(self, now: datetime) -> bool:
        """Tell whether people can join and send ideas."""
        return self.ended_at is None and now < self.started_at + LASTS_AT_MOST


@dataclass(frozen=True, slots=True)
class Idea:
    """What somebody said; `joined` is the idea on whose card it stands, nobody keeps who said it."""

    number: int
    text: str
    language: str
    state: IdeaState
    round: int
    joined: int | None = None
    contribution: int | None = None
    source: str = "bot"
    translation: str = ""

    @property
    def words(self) -> Localized:
        """The idea in its own language, and in the other one where somebody has translated it."""
        other = next(code for code in LANGUAGES if code != self.language)
        return Localized.of({self.language: self.text, other: self.translation})


Card = tuple[Idea, tuple[Idea, ...]]
"""An idea as it hangs on the wall, with those that stand on the same card."""


@dataclass(frozen=True, slots=True)
class Task:
    """Who does what by when, as agreed at the gathering."""

    number: int
    text: str
    who: str
    due: str


@dataclass(frozen=True, slots=True)
class Scene:
    """A session with all that stands around it."""

    session: Session
    people: int
    ideas: tuple[Idea, ...]
    tasks: tuple[Task, ...]
    polls: tuple[Poll, ...]


def new_code() -> str:
    """Return six digits to read aloud; the first is no zero."""
    return str(secrets.randbelow(900_000) + 100_000)


def spoken_code(code: str) -> str:
    """Return a code as it is read aloud: `482 913`."""
    return f"{code[:3]} {code[3:]}"


def cards(ideas: tuple[Idea, ...]) -> tuple[Card, ...]:
    """Return the shown ideas, each with those that were joined to it."""
    shown = [each for each in ideas if each.state is IdeaState.SHOWN]
    heads = [each for each in shown if each.joined is None]
    return tuple(
        (head, tuple(each for each in shown if each.joined == head.number)) for head in heads
    )


def unentered(ideas: tuple[Idea, ...]) -> tuple[Card, ...]:
    """Return the cards that are no contributions yet."""
    return tuple(card for card in cards(ideas) if card[0].contribution is None)
