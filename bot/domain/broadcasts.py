"""Announcements to many: what one holds, how it goes on its way, and what keeps it from doing so."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from math import ceil

from bot.domain.audiences import Audience
from bot.domain.directory import Directory
from bot.domain.errors import RefusedError
from bot.domain.localized import LANGUAGES, Localized
from bot.domain.messages import StoredFile
from bot.domain.town import Town

UNDO = timedelta(seconds=60)
"""How long an announcement waits, so that its author may still take it back."""

REPEATED_WITHIN = timedelta(days=1)
"""The same words within this time are asked about before they go out again."""

MOST_TEXT, MOST_BESIDE_FILE = 3000, 1000
"""Characters of an announcement; beside a photo or a document Telegram takes fewer."""

_MARK = 40
"""Characters of the line that says in which language a text is, and who writes."""


class State(StrEnum):
    """Where an announcement stands; `ASKED` waits for a second person, `WAITING` for its time."""

    DRAFT = "draft"
    ASKED = "asked"
    WAITING = "waiting"
    SENDING = "sending"
    PAUSED = "paused"
    STOPPED = "stopped"
    DONE = "done"


class Missing(StrEnum):
    """What happens where a language is missing: nobody has chosen, its readers get nothing, or a mark."""

    OPEN = "open"
    LEAVE_OUT = "leave_out"
    MARK = "mark"


class TooLongError(RefusedError):
    """The words do not fit; `most` characters would."""

    def __init__(self, most: int) -> None:
        """Remember how many would fit."""
        super().__init__(most)
        self.most = most


class SpentError(RefusedError):
    """This person has sent as many announcements today as the town allows; `most` is how many."""

    def __init__(self, most: int) -> None:
        """Remember how many are allowed."""
        super().__init__(most)
        self.most = most


class AloneError(RefusedError):
    """A second person must agree, and there is none."""


class NotReadyError(RefusedError):
    """Something is still missing: words, a choice, or anybody to write to."""


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One announcement; `text` is Telegram HTML by language, safe already; `send_at` the wished time."""

    number: int
    author: str | None
    state: State
    created_at: datetime
    audience: Audience
    centre: str | None = None
    text: Localized = field(default_factory=Localized)
    file: StoredFile | None = None
    entry: str | None = None
    missing: Missing = Missing.OPEN
    send_at: datetime | None = None
    seconded_by: str | None = None
    planned: int = 0
    cursor: str = ""
    outcome: Mapping[str, int] = field(default_factory=dict)
    starts_at: datetime | None = None
    expanded_at: datetime | None = None
    finished_at: datetime | None = None
    shown_in: int | None = None

    @property
    def lacks(self) -> tuple[str, ...]:
        """The languages in which nothing is written yet."""
        return tuple(language for language in LANGUAGES if language not in self.text)

    @property
    def reaches(self) -> tuple[str, ...]:
        """The languages whose readers get it."""
        return LANGUAGES if self.missing is Missing.MARK else tuple(self.text)

    @property
    def undecided(self) -> bool:
        """Whether a language is missing and nobody has said what that means."""
        return bool(self.text) and bool(self.lacks) and self.missing is Missing.OPEN

    @property
    def fingerprint(self) -> str:
        """The same for the same words, file and entry; a button carries its beginning."""
        parts = [f"{code}\0{text}" for code, text in sorted(self.text.items())]
        parts += [self.file.file_id if self.file else "", self.entry or ""]
        return hashlib.sha256("\1".join(parts).encode()).hexdigest()

    @property
    def version(self) -> str:
        """The same as long as nothing at all is changed: a press acts on what was looked at only."""
        when = self.send_at.astimezone(UTC).isoformat() if self.send_at else ""
        parts = [self.fingerprint, str(self.audience.to_json()), self.missing, when]
        return hashlib.sha256("\1".join(parts).encode()).hexdigest()[:8]

    def reached_by(self, counts: Mapping[str, int]) -> int:
        """Return how many of an audience counted by language get it."""
        return sum(many for language, many in counts.items() if language in self.reaches)


@dataclass(frozen=True, slots=True)
class Letter:
    """An announcement as it is brought to people: with who writes and the title of what it links to."""

    broadcast: Broadcast
    sender: Localized
    entry: Localized = field(default_factory=Localized)


@dataclass(frozen=True, slots=True)
class Plan:
    """What pressing send would do: how many, how long, when, and what is asked first."""

    broadcast: Broadcast
    counts: Mapping[str, int]
    seconds: int
    starts_at: datetime
    moved: bool = False
    repeats: datetime | None = None
    needs_second: bool = False

    @property
    def people(self) -> int:
        """How many people get it."""
        return self.broadcast.reached_by(self.counts)


@dataclass(frozen=True, slots=True)
class Course:
    """How far an announcement is: how many messages have ended how."""

    broadcast: Broadcast
    counts: Mapping[str, int]

    @property
    def delivered(self) -> int:
        """Messages that have arrived."""
        return self.counts.get("sent", 0)

    @property
    def blocked(self) -> int:
        """People who have blocked the bot or are gone."""
        return self.counts.get("unreachable", 0)

    @property
    def failed(self) -> int:
        """Messages that Telegram refused for good, or that came too late."""
        return self.counts.get("failed", 0) + self.counts.get("expired", 0)

    @property
    def uncertain(self) -> int:
        """Messages of which nobody can tell whether they arrived."""
        return self.counts.get("unknown", 0)

    @property
    def left(self) -> int:
        """Messages still on their way, or not yet written."""
        ended = self.delivered + self.blocked + self.failed + self.uncertain
        return max(0, self.broadcast.planned - ended)


def letter_of(broadcast: Broadcast, town: Town, directory: Directory) -> Letter:
    """Return an announcement with its sender, the centre or the town, and what it links to."""
    centre = town.centre(broadcast.centre)
    entry = directory.entries.get(broadcast.entry or "")
    sender = centre.name if centre else town.name
    return Letter(broadcast, sender, entry.title if entry else Localized())


def check_length(text: str, *, beside_file: bool) -> None:
    """Raise TooLongError if words, without their markup, are more than fit."""
    most = MOST_BESIDE_FILE if beside_file else MOST_TEXT
    if len(text.encode("utf-16-le")) // 2 > most - _MARK:
        raise TooLongError(most - _MARK)


def seconds_for(people: int, rate: int) -> int:
    """Return about how long so many messages take."""
    return ceil(people / max(1, rate))
