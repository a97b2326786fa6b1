"""Told unasked, to who asked for it: what is new, once and bundled, and the digest of the week.

Each person is a transaction of their own: a crash tells nobody twice and holds nobody else up.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from bot.clock import Clock
from bot.domain import courtesy
from bot.domain.agenda import Row
from bot.domain.courtesy import Quiet
from bot.domain.directory import Directory, Entry
from bot.domain.messages import Message
from bot.domain.news import (
    AHEAD,
    LASTS,
    Item,
    came_before,
    digest_rows,
    digest_week,
    evening,
    may_tell,
    wishes_for,
)
from bot.domain.occurrences import Occurrence, next_occurrences
from bot.domain.pacing import Lane
from bot.domain.residents import Resident
from bot.domain.subscriptions import About, Subscription
from bot.i18n import voice
from bot.phrases import news as phrases
from bot.services.agenda import Agenda
from bot.services.town import TownSettings
from storage import news, outbox, reminders, residents
from storage.store import Store, Tx

BATCH = 200
"""People told in one tick: about as many as messages leave until the next one."""


@dataclass(frozen=True, slots=True)
class _Fresh:
    """Something new that still takes place, as it is told."""

    item: Item
    entry: Entry
    starts: Occurrence


class News:
    """A clock tick asks it; who is still to be told is a question to the tables."""

    def __init__(self, store: Store, clock: Clock, *, town: TownSettings, agenda: Agenda) -> None:
        """Work on `store` by `clock`; `agenda` knows what takes place."""
        self._store = store
        self._clock = clock
        self._town = town
        self._agenda = agenda
        self._looked_at: Directory | None = None
        self._done: tuple[int, date] | None = None

    async def tell_due(self) -> int:
        """Note what has come, tell what is new, bring the digest; return how many were written to."""
        await self._take_note()
        return await self._tell_new() + await self._bring_digests()

    async def _take_note(self) -> None:
        """Note new activities, from files, from the chat or from a calendar alike."""
        directory = self._agenda.directory
        if directory is self._looked_at:
            return
        known = [entry.id for entry in self._agenda.activities()]
        async with self._store.write() as tx:
            await news.came(tx, known, now=self._clock.now())
        self._looked_at = directory

    async def _tell_new(self) -> int:
        now, quiet = self._clock.now(), self._quiet()
        if not may_tell(now, quiet):
            return 0
        async with self._store.read() as tx:
            items = await news.items(tx, since=now - LASTS, before=came_before(now, quiet))
            fresh = [told for each in items if (told := self._fresh(each)) is not None]
            if not fresh or self._done == (fresh[-1].item.number, self._today()):
                return 0
            wishes = {wish for each in fresh for wish in self._wishes_for(each.entry)}
            people = await news.to_tell(
                tx, wishes, last=fresh[-1].item.number, today=self._today(), limit=BATCH
            )
        if not people:  # nobody joins them today: a later wish does not concern what came before
            self._done = (fresh[-1].item.number, self._today())
        return sum([await self._tell(contact_id, fresh) for contact_id in people])

    async def _tell(self, contact_id: str, fresh: Collection[_Fresh]) -> bool:
        last, today = max(each.item.number for each in fresh), self._today()
        async with self._store.write() as tx:
            known = await news.reader(tx, contact_id)
            person = await _listening(tx, contact_id)
            if person is None or known.told_on == today.isoformat():
                return False
            since = await news.wished(tx, contact_id)
            theirs = [
                (each.entry, each.starts.start)
                for each in fresh
                if each.item.number > known.through
                and any(
                    wish in since and since[wish] < each.item.at
                    for wish in self._wishes_for(each.entry)
                )
            ]
            if not theirs:
                await news.keep(tx, contact_id, replace(known, through=last))
                return False
            told = replace(known, told_on=today.isoformat())
            message = phrases.fresh(voice(person.language), theirs, today=today)
            pushed = await self._push(tx, person, message, key=f"new:{last}:{contact_id}")
            await news.keep(tx, contact_id, replace(told, through=last) if pushed else told)
            return pushed

    async def _bring_digests(self) -> int:
        week = digest_week(self._clock.now(), self._quiet())
        if week is None:
            return 0
        async with self._store.read() as tx:
            people = await news.without_digest(tx, week, limit=BATCH)
        if not people:
            return 0
        now = self._agenda.now()
        coming = await self._agenda.rows(now, now + AHEAD)
        rows = [row for row in coming if row.occurrence.start > now]
        return sum([await self._bring(contact_id, week, rows) for contact_id in people])

    async def _bring(self, contact_id: str, week: date, rows: Collection[Row]) -> bool:
        """Bring the digest; a week without anything, or with too much of us, has none."""
        async with self._store.write() as tx:
            known = await news.reader(tx, contact_id)
            person = await _listening(tx, contact_id)
            wishes = await news.wished(tx, contact_id)
            wanted = any(each.about is About.DIGEST for each in wishes)
            if person is None or not wanted or known.digest_for == week.isoformat():
                return False
            await news.keep(tx, contact_id, replace(known, digest_for=week.isoformat()))
            theirs = digest_rows(
                rows, wishes, home=person.neighbourhood, centres=self._town.current.centres
            )
            if not theirs:
                return False
            message = phrases.digest(voice(person.language), theirs)
            key = f"week:{week.isoformat()}:{contact_id}"
            return await self._push(tx, person, message, key=key)

    async def _push(self, tx: Tx, person: Resident, message: Message, *, key: str) -> bool:
        """Write to somebody if their week has room for it, and count it."""
        now = self._clock.now()
        kept = await reminders.manners(tx, person.contact_id)
        if not courtesy.within_cap(kept.pushes, now, matters=False):
            return False
        kind = key.split(":", 1)[0]
        queued = await outbox.enqueue(
            tx,
            contact_id=person.contact_id,
            key=key,
            lane=Lane.BROADCAST,
            message=message,
            kind=kind,
            now=now,
            expires_at=evening(now, self._quiet()),
        )
        if queued:
            pushes = (*courtesy.this_week(kept.pushes, now), now)
            await reminders.keep(tx, person.contact_id, replace(kept, pushes=pushes))
        return queued

    def _fresh(self, item: Item) -> _Fresh | None:
        entry = self._agenda.activity(item.entry_id)
        if entry is None:
            return None
        dates = next_occurrences(entry, self._agenda.holidays, now=self._agenda.now(), count=1)
        return _Fresh(item, entry, dates[0]) if dates else None

    def _wishes_for(self, entry: Entry) -> frozenset[Subscription]:
        return wishes_for(entry, self._town.current.centres)

    def _quiet(self) -> Quiet:
        town = self._town.current
        return Quiet(self._clock.zone, town.quiet_from, town.quiet_to)

    def _today(self) -> date:
        return self._clock.local().date()


async def _listening(tx: Tx, contact_id: str) -> Resident | None:
    """Return somebody who may be written to at this moment."""
    person = await residents.glance(tx, contact_id)
    return person if person and person.reachable and not person.paused else None
