"""The agenda: what takes place when, for residents; and the team's changes of single dates.

Everything that is shown comes from memory. A change is written in one transaction with what follows
from it: whoever signed up for the date is told by the listeners.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, Protocol

from bot.clock import Clock
from bot.domain.agenda import Filters, Look, Page, Row, bounds, chosen, paged
from bot.domain.calendar import Holidays
from bot.domain.directory import Directory, Entry
from bot.domain.documents import Document, entry_of
from bot.domain.localized import Localized
from bot.domain.occurrences import (
    Occurrence,
    OccurrenceKey,
    find,
    next_occurrences,
    occurrences,
)
from bot.services.directory import DirectoryService
from storage import occurrences as changes
from storage.directory import changed
from storage.store import Store, Tx

_REMEMBERED = 5_000
_LOOKED_AHEAD = timedelta(days=60)


class Vacancies(Protocol):
    """Knows how many places are free."""

    async def free(
        self, tx: Tx, keys: Sequence[OccurrenceKey]
    ) -> Mapping[OccurrenceKey, int | None]:
        """Return the free places; None is no limit, and a date without sign-up is absent."""


class Mine(Protocol):
    """Knows what a person has signed up for, by the secret in their calendar link."""

    async def occurrences_of(self, secret: str) -> Sequence[OccurrenceKey] | None:
        """Return the dates, or None for a link that nobody gave out or that was taken back."""


ChangedKind = Literal["cancelled", "moved", "added", "restored", "replaced"]


@dataclass(frozen=True, slots=True)
class OccurrenceChange:
    """What became of one date: `key` is what people signed up for.

    With `replaced` the whole series changed: `after` has another key, or is None if the date is gone.
    `by` is the member of the team who did it.
    """

    key: OccurrenceKey
    kind: ChangedKind
    before: Occurrence | None
    after: Occurrence | None
    note: Localized
    by: str | None


Listener = Callable[[Tx, OccurrenceChange], Awaitable[None]]


class Agenda:
    """What takes place; `on_change` tells others what the team changes, in the same transaction."""

    def __init__(self, store: Store, clock: Clock, *, directory: DirectoryService) -> None:
        """Work on `store` by `clock`, with the activities of `directory`."""
        self._store = store
        self._clock = clock
        self._directory = directory
        self._vacancies: Vacancies | None = None
        self._mine: Mine | None = None
        self._listeners: list[Listener] = []
        self._looks: dict[str, Look] = {}

    @property
    def directory(self) -> Directory:
        """All that the town publishes."""
        return self._directory.current()

    @property
    def holidays(self) -> Holidays:
        """The holidays that move activities."""
        return Holidays.of(self.directory)

    @property
    def knows_vacancies(self) -> bool:
        """Whether free places are known at all."""
        return self._vacancies is not None

    @property
    def mine(self) -> Mine | None:
        """Who knows a person's dates by their secret link; None while nobody does."""
        return self._mine

    def use_vacancies(self, vacancies: Vacancies) -> None:
        """Ask `vacancies` for free places from now on."""
        self._vacancies = vacancies

    def use_mine(self, mine: Mine) -> None:
        """Ask `mine` for a person's own dates from now on."""
        self._mine = mine

    def on_change(self, listener: Listener) -> None:
        """Tell `listener` what became of a date, inside the transaction that changes it."""
        self._listeners.append(listener)

    async def announce(self, tx: Tx, change: OccurrenceChange) -> None:
        """Tell everybody who asked to know what became of a date."""
        for listener in self._listeners:
            await listener(tx, change)

    def now(self) -> datetime:
        """Return the local wall time, without a zone."""
        return self._clock.local().replace(tzinfo=None)

    def look(self, contact_id: str) -> Look:
        """Return how somebody looked at the agenda last; it is kept in memory alone."""
        return self._looks.get(contact_id, Look())

    def keep_look(self, contact_id: str, look: Look) -> None:
        """Remember how somebody looks at the agenda, until the bot restarts."""
        self._looks.pop(contact_id, None)
        if len(self._looks) >= _REMEMBERED:
            del self._looks[next(iter(self._looks))]
        self._looks[contact_id] = look

    async def page(self, look: Look) -> Page:
        """Return the page of the agenda that somebody looks at."""
        since, until = bounds(look.span, self.now())
        return await self.between(since, until, filters=look.filters, page=look.page)

    def categories(self) -> tuple[str, ...]:
        """Return the categories of the activities there are, the most frequent first."""
        counted = Counter(each.category for each in self.activities())
        return tuple(name for name, _ in counted.most_common())

    def activity(self, entry_id: str) -> Entry | None:
        """Return an activity that is published, or None."""
        entry = self.directory.entries.get(entry_id)
        return entry if entry is not None and entry.schedule is not None else None

    def with_changes(self, entry: Entry) -> Entry:
        """Return a draft of an activity with the dates that were changed in the published one."""
        known = self.activity(entry.id)
        dates = known.schedule.changes if known and known.schedule else ()
        return changed(entry, dates)

    def dates_of(self, document: Document, *, count: int = 5) -> list[datetime]:
        """Return the next dates of an activity that is not published yet."""
        today = self._clock.local().date().isoformat()
        entry = entry_of("activity", {"updated": today, **document})
        found = next_occurrences(entry, self.holidays, now=self.now(), count=count)
        return [each.start for each in found]

    def activities(self) -> tuple[Entry, ...]:
        """Return everything that takes place at certain times."""
        return tuple(each for each in self.directory.entries.values() if each.schedule is not None)

    async def occurrence(self, key: OccurrenceKey) -> Occurrence | None:
        """Return one date as it stands, or None if there never was such a date."""
        entry = self.activity(key.entry_id)
        return find(entry, self.holidays, key) if entry else None

    async def of(self, entry_id: str, *, count: int = 5) -> list[Occurrence]:
        """Return the next dates of an activity that take place."""
        entry = self.activity(entry_id)
        if entry is None:
            return []
        return next_occurrences(entry, self.holidays, now=self.now(), count=count)

    async def planned(self, entry_id: str, *, count: int = 5) -> list[Occurrence]:
        """Return the next dates of an activity, the cancelled among them, for the team."""
        entry, now = self.activity(entry_id), self.now()
        if entry is None:
            return []
        coming = next_occurrences(entry, self.holidays, now=now, count=count)
        until = coming[-1].end if coming else now + _LOOKED_AHEAD
        return occurrences(entry, self.holidays, since=now, until=until)[:count]

    async def between(
        self,
        since: datetime,
        until: datetime,
        *,
        filters: Filters | None = None,
        page: int = 0,
        size: int = 5,
    ) -> Page:
        """Return one page of what takes place in a span of local wall time, with the free places."""
        rows = await self.rows(since, until, filters=filters)
        found = paged(rows, page=page, size=size)
        free = await self.free([row.occurrence.key for row in found.rows])
        return replace(found, rows=tuple(row.with_free(free) for row in found.rows))

    async def rows(
        self, since: datetime, until: datetime, *, filters: Filters | None = None
    ) -> list[Row]:
        """Return all that takes place in a span, cancelled dates too.

        Places are counted here only where full dates are to be left out: it takes a while for all.
        """
        wanted = filters or Filters()
        found = chosen(self.directory, self.holidays, since=since, until=until, filters=wanted)
        if not wanted.room:
            return found
        free = await self.free([row.occurrence.key for row in found])
        rows = (row.with_free(free) for row in found)
        return [row for row in rows if row.has_room]

    async def free(self, keys: Sequence[OccurrenceKey]) -> Mapping[OccurrenceKey, int | None]:
        """Return the free places of dates for which people sign up with us."""
        if self._vacancies is None or not keys:
            return {}
        async with self._store.read() as tx:
            return await self._vacancies.free(tx, keys)

    async def occurrence_in(self, tx: Tx, key: OccurrenceKey) -> Occurrence | None:
        """Return one date as it stands inside a transaction."""
        entry = await self._entry_in(tx, key.entry_id)
        return find(entry, self.holidays, key) if entry else None

    async def occurrences_in(
        self, tx: Tx, entry_id: str, *, since: datetime, until: datetime
    ) -> list[Occurrence]:
        """Return the dates of an activity as they stand inside a transaction."""
        entry = await self._entry_in(tx, entry_id)
        return occurrences(entry, self.holidays, since=since, until=until) if entry else []

    async def _entry_in(self, tx: Tx, entry_id: str) -> Entry | None:
        entry = self.activity(entry_id)
        return changed(entry, await changes.of(tx, entry_id)) if entry else None
