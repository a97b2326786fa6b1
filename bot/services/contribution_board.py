"""The board: what anybody may see of contributions, and how long people wait for a first answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from statistics import median
from typing import Final

from bot.clock import Clock
from bot.domain.anonymity import Shown, seen_by_public
from bot.domain.contribution_lists import AnsweredWithin, BoardFilters, BoardPage, Fact
from bot.domain.contribution_states import Column
from bot.domain.contributions import Contribution, Event, Media
from storage import attachments, contribution_events, contribution_lists, contributions
from storage import contribution_reports as reports
from storage.store import Store

PAGE: Final = 20
PINS: Final = 300
"""So many of the latest are drawn on one map; more would hide each other."""
_A_YEAR: Final = timedelta(days=365)
_FIGURES_LAST: Final = timedelta(minutes=5)
_LONGEST_NUMBER: Final = 9
NO_FILTERS: Final = BoardFilters()


class Board:
    """Reading only, for everybody; nothing unreviewed and nothing personal comes out of here."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Work on `store` by `clock`."""
        self._store = store
        self._clock = clock
        self._figures: tuple[datetime, AnsweredWithin, Mapping[Column, int]] | None = None

    async def page(
        self,
        filters: BoardFilters = NO_FILTERS,
        following: str | None = None,
        *,
        most: int = PAGE,
    ) -> BoardPage:
        """Return `most` of the board, the latest news first; `following` is what the last page gave."""
        async with self._store.read() as tx:
            found = await contribution_lists.board(
                tx, filters, limit=most + 1, before=_moment(following)
            )
        more = len(found) > most
        return BoardPage(self._shown(found[:most]), _cursor(found[most - 1]) if more else None)

    async def pins(self, filters: BoardFilters = NO_FILTERS) -> Sequence[Shown]:
        """Return the latest contributions that have a place."""
        async with self._store.read() as tx:
            found = await contribution_lists.board(tx, filters, limit=PINS)
        return [shown for shown in self._shown(found) if shown.near is not None]

    async def one(self, number: int) -> Shown | None:
        """Return one contribution of the board, also where a merged one has gone; None if there is none."""
        async with self._store.read() as tx:
            found = await contributions.get(tx, number)
            if found is not None and found.merged_into is not None:
                found = await contributions.get(tx, found.merged_into)
        return seen_by_public(found, zone=self._clock.zone) if found else None

    async def history(self, number: int) -> Sequence[Event]:
        """Return what has been published about it, the oldest first, without anybody's name."""
        shown = await self.one(number)
        if shown is None:
            return []
        async with self._store.read() as tx:
            found = await contribution_events.of(tx, [shown.number], published_only=True)
        return [replace(event, by=None, private_note="") for event in found]

    async def photos(self, number: int) -> Sequence[Media]:
        """Return the released photos of a contribution on the board, without the bytes."""
        shown = await self.one(number)
        if shown is None:
            return []
        async with self._store.read() as tx:
            return await attachments.of(tx, shown.number, released_only=True)

    async def photo(self, media_id: int) -> Media | None:
        """Return a released photo with its bytes, as long as its contribution stands on the board."""
        async with self._store.read() as tx:
            found = await attachments.get(tx, media_id)
            if found is None or not found.released:
                return None
            parent = await contributions.get(tx, found.contribution)
        return found if parent and seen_by_public(parent) else None

    async def counts(self) -> Mapping[Column, int]:
        """Return how many contributions stand under each heading; at most five minutes old."""
        return (await self._known())[2]

    async def answered_within(self) -> AnsweredWithin:
        """Return how long people waited for a first answer in the last year; at most five minutes old."""
        return (await self._known())[1]

    def _shown(self, found: Sequence[Contribution]) -> list[Shown]:
        shown = (seen_by_public(each, zone=self._clock.zone) for each in found)
        return [each for each in shown if each is not None]

    async def _known(self) -> tuple[datetime, AnsweredWithin, Mapping[Column, int]]:
        now = self._clock.now()
        known = self._figures
        if known is None or not now - _FIGURES_LAST < known[0] <= now:
            async with self._store.read() as tx:
                counts = await contribution_lists.board_counts(tx)
                answered = answered_in(await reports.answered_since(tx, now - _A_YEAR))
            known = self._figures = (now, answered, counts)
        return known


def answered_in(facts: Sequence[Fact]) -> AnsweredWithin:
    """Return the middle of the days to a first answer, and the share that came in time."""
    waits = [
        (fact.first_answer_at, fact)
        for fact in facts
        if fact.first_answer_at is not None and fact.due_at is not None
    ]
    if not waits:
        return AnsweredWithin(0)
    days = [(answered - fact.created_at).days for answered, fact in waits]
    in_time = sum(1 for answered, fact in waits if fact.due_at and answered <= fact.due_at)
    return AnsweredWithin(len(waits), round(median(days)), round(100 * in_time / len(waits)))


def _cursor(last: Contribution) -> str | None:
    return f"{last.shown_at:%Y%m%dT%H%M%S.%f}-{last.number}" if last.shown_at else None


def _moment(cursor: str | None) -> tuple[datetime, int] | None:
    """Return what a page's address asks for; the first page if somebody has changed it."""
    moment, _, number = (cursor or "").partition("-")
    try:
        at = datetime.strptime(f"{moment}+0000", "%Y%m%dT%H%M%S.%f%z")
        # A number longer than any of ours would be too large for the database's column.
        return at, int(number[:_LONGEST_NUMBER])
    except ValueError:
        return None
