"""A question the directory could not answer, passed to the team and answered by a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.localized import Localized


class QuestionState(StrEnum):
    """Where an open question stands; only an open one waits for the team."""

    OPEN = "open"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """One question as the team sees it: `number` is what people say to each other.

    `contact_id` is None and `text` empty once the person who asked has been erased. `group` is the
    number of the first question among those that were answered together. An `urgent` one is about
    distress: its words never go into the directory. One that was answered with an entry of the
    directory has that `entry_id` and no `answer` of its own.
    """

    number: int
    contact_id: str | None
    language: str
    text: str
    state: QuestionState
    asked_at: datetime
    answered_at: datetime | None = None
    answered_by: str | None = None
    answer: Localized | None = None
    entry_id: str | None = None
    group: int | None = None
    urgent: bool = False

    @property
    def waits(self) -> bool:
        """Tell whether somebody still waits for an answer."""
        return self.state is QuestionState.OPEN


@dataclass(frozen=True, slots=True)
class Kept:
    """How a kept question reads, and the words of others by which it is found as well."""

    wording: str
    also: tuple[str, ...] = ()
