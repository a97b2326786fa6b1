"""A card: everything a reader is shown about one entry of the directory, computed for one moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.calendar import Occurrence
from bot.domain.critical import Care
from bot.domain.directory import Entry, Place
from bot.domain.hours import Opening
from bot.domain.leads import Lead
from bot.domain.listings import Listing
from bot.domain.taps import Topic


@dataclass(frozen=True, slots=True)
class Card:
    """One entry at `now` (local wall time): its place, its next dates or whether it is open.

    `leads` are the facts that were asked, to begin with. `service` is shown on the same card, under the
    answer of a frequent question.
    """

    entry: Entry
    now: datetime
    place: Place | None = None
    next_dates: tuple[Occurrence, ...] = ()
    opening: Opening | None = None
    related: tuple[Entry, ...] = ()
    leads: tuple[Lead, ...] = ()
    service: Card | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a question led to.

    `outcome` is `answer` (show the first card), `suggest` (offer the cards) or `none`. `language` is
    the one to answer in; `switched` says that the question was clearly not in the resident's own.
    `listing` is what is on, where that was asked: then it is shown, not a card.
    `foreign` is a ready sentence in a third language, if the question is plainly written in it.
    `care` is what comes before everything else, if the question is about an emergency or distress;
    such a question has no `topic`, which is what may be counted of the others.
    """

    outcome: str
    language: str
    switched: bool = False
    cards: tuple[Card, ...] = ()
    foreign: str = ""
    listing: Listing | None = None
    care: Care | None = None
    topic: Topic | None = None
