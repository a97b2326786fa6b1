"""A card: everything a reader is shown about one entry of the directory, computed for one moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.calendar import Occurrence
from bot.domain.directory import Entry, Place
from bot.domain.hours import Opening


@dataclass(frozen=True, slots=True)
class Card:
    """One entry at `now` (local wall time): its place, its next dates or whether it is open."""

    entry: Entry
    now: datetime
    place: Place | None = None
    next_dates: tuple[Occurrence, ...] = ()
    opening: Opening | None = None
    related: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What a question led to.

    `outcome` is `answer` (show the first card), `suggest` (offer the cards) or `none`. `language` is
    the one to answer in; `switched` says that the question was clearly not in the resident's own.
    `foreign` is a ready sentence in a third language, if the question is plainly written in it.
    """

    outcome: str
    language: str
    switched: bool = False
    cards: tuple[Card, ...] = ()
    foreign: str = ""
