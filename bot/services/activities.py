"""What the team does to activities: publishing and changing them, and their single dates.

Every change is an edit of a directory entry, so that files do not overwrite it in silence, and tells in
the same transaction whoever signed up for a date that is another now.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.clock import Clock
from bot.domain.calendar import Holidays
from bot.domain.causes import Cause
from bot.domain.date_changes import Wish, changed, compared, decide
from bot.domain.directory import Directory, Entry
from bot.domain.documents import Document, entry_of, fingerprint
from bot.domain.errors import NotAllowedError, OutdatedError, RefusedError
from bot.domain.fitting import WHOLE_TOWN
from bot.domain.localized import Localized
from bot.domain.occurrences import Occurrence, find
from bot.domain.residents import Resident
from bot.domain.roles import Role, Staff, demand
from bot.domain.taken_over import Proposal, proposed
from bot.domain.town import Centre
from bot.formats.ical_import import read_calendar
from bot.formats.one_activity import judge
from bot.services.agenda import Agenda, OccurrenceChange
from bot.services.directory import DirectoryService
from bot.services.town import TownSettings
from bot.text import clean
from storage import directory as entries
from storage import occurrences as changes
from storage import staff
from storage.store import Store, Tx

NOTE = 300
"""Characters of the reason for a change."""

_TOLD_AHEAD = timedelta(days=400)
_SLUG = 24


class UnsoundError(RefusedError):
    """What was put together would not be a sound entry of the directory."""


class Activities:
    """Activities as the team keeps them; an animator of a centre changes those of that centre."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        directory: DirectoryService,
        agenda: Agenda,
        town: TownSettings,
    ) -> None:
        """Work on `store` by `clock`; `agenda` tells whoever signed up."""
        self._store = store
        self._clock = clock
        self._directory = directory
        self._agenda = agenda
        self._town = town
        directory.on_import(self.imported)

    async def managed(self, resident: Resident) -> tuple[Entry, ...]:
        """Return the activities that a member of the team may change; NotAllowedError for others."""
        async with self._store.read() as tx:
            member = demand(await staff.of(tx, resident.contact_id), Role.ANIMATOR)
        return tuple(each for each in self._agenda.activities() if self._may(member, each))

    async def may_change(self, resident: Resident, entry: Entry) -> bool:
        """Tell whether a resident belongs to the team of an activity."""
        async with self._store.read() as tx:
            member = await staff.of(tx, resident.contact_id)
        return member is not None and self._may(member, entry)

    async def document(self, resident: Resident, entry_id: str) -> Document:
        """Return an activity as it is kept, to be changed; its own centre alone may."""
        async with self._store.read() as tx:
            member = demand(await staff.of(tx, resident.contact_id), Role.ANIMATOR)
            held = await entries.find(tx, entry_id)
        if held is None or held.retired_at is not None or held.kind != "activity":
            raise OutdatedError
        self._demand(member, entry_of("activity", held.document))
        return held.document

    async def home(self, resident: Resident) -> Centre | None:
        """Return the centre that a member of the team belongs to, if it is one alone."""
        async with self._store.read() as tx:
            member = demand(await staff.of(tx, resident.contact_id), Role.ANIMATOR)
        return self._town.current.centre(member.centre)

    def neighbourhood(self, place: str | None, home: Centre | None) -> str:
        """Return the neighbourhood of what takes place somewhere: of its centre, or of others there."""
        if home is not None and home.neighbourhood:
            return home.neighbourhood  # or its own animators could not change it afterwards
        centres = [each for each in self._town.current.centres if each.place == place]
        others = [each for each in self._agenda.activities() if each.place == place]
        found = [
            quarter
            for quarter in (
                *(each.neighbourhood for each in centres),
                *(each.neighbourhood for each in others),
            )
            if quarter
        ]
        known = self._directory.current().neighbourhoods
        return next(iter((*found, *(each for each in (WHOLE_TOWN, *known) if each in known))), "")

    async def publish(
        self, cause: Cause, resident: Resident, document: Document, *, over: str = ""
    ) -> str:
        """Publish an activity and return its id; a document with an id changes that activity.

        `over` is the fingerprint of what was changed: OutdatedError if it is another by now.
        """
        async with self._store.write(cause) as tx:
            member = demand(await staff.of(tx, resident.contact_id), Role.ANIMATOR)
            known = document.get("id")
            before = await self._held(tx, known, over=over) if known else None
            sound = self._sound(document)
            after = entry_of("activity", sound)
            for each in filter(None, (before, after)):
                self._demand(member, each)
            now = self._clock.now()
            await entries.save_entry(tx, after.id, kind="activity", document=sound, now=now)
            if before is not None:
                await self._tell_of_series(tx, before, after, by=resident.contact_id)
        await self._directory.changed()
        return after.id

    def read_calendar(
        self, raw: bytes, *, language: str, home: Centre | None = None
    ) -> list[Proposal]:
        """Return the activities that a calendar from elsewhere would become; nothing is kept.

        Raises OperatorError for what is no calendar.
        """
        directory = self._directory.current()
        return proposed(
            read_calendar(raw, zone=self._clock.zone),
            language=language,
            places=tuple(directory.places.values()),
            neighbourhood=self.neighbourhood(home.place if home else None, home),
            phone=(home.phone if home else "") or self._town.current.phone,
        )

    async def take_over(
        self, cause: Cause | None, resident: Resident | None, documents: Sequence[Document]
    ) -> int:
        """Publish the activities of a calendar, or bring them up to date; return how many.

        Without a resident it is whoever runs the bot.
        """
        async with self._store.write(cause) as tx:
            member = await staff.of(tx, resident.contact_id) if resident else None
            member = demand(member, Role.ANIMATOR) if resident else None
            for document in documents:
                sound = self._sound(document)
                held = await entries.find(tx, sound["id"])
                after = entry_of("activity", sound)
                before = entry_of("activity", held.document) if held else None
                for each in filter(None, (before, after)):
                    if member is not None:
                        self._demand(member, each)
                now = self._clock.now()
                await entries.save_entry(tx, after.id, kind="activity", document=sound, now=now)
                await entries.revive(tx, after.id, now=now)
        await self._directory.changed()
        return len(documents)

    async def retire(self, cause: Cause, resident: Resident, entry_id: str) -> None:
        """Take an activity out of the directory; whoever signed up for a date is told."""
        async with self._store.write(cause) as tx:
            entry = await self._mine(tx, resident, entry_id)
            if not await self._directory.retire(tx, entry_id):
                raise OutdatedError
            await self._tell_of_series(tx, entry, None, by=resident.contact_id)
        await self._directory.changed()

    async def change(self, cause: Cause, resident: Resident, wish: Wish) -> Occurrence:
        """Cancel, move, add or put back one date, and return it as it is now.

        OutdatedError if it is over, or so already; whoever signed up is told.
        """
        note = Localized(
            {code: clean(text, limit=NOTE) for code, text in wish.note.items() if clean(text)}
        )
        wish = replace(wish, note=note)
        async with self._store.write(cause) as tx:
            entry = await self._mine(tx, resident, wish.key.entry_id)
            before = find(entry, self._agenda.holidays, wish.key)
            change = decide(entry, self._agenda.holidays, wish, now=self._agenda.now())
            after = find(changed(entry, change), self._agenda.holidays, wish.key)
            if after is None or after == before:
                raise OutdatedError
            now = self._clock.now()
            await changes.put(tx, entry.id, change, by=resident.contact_id, now=now)
            left = after if after.takes_place else None
            told = OccurrenceChange(
                wish.key, wish.kind, before, left, note=note, by=resident.contact_id
            )
            await self._agenda.announce(tx, told)
        await self._directory.changed()
        return after

    def _sound(self, document: Document) -> Document:
        """Return the document in canonical form, checked today; UnsoundError if it is not sound."""
        today = self._clock.local().date()
        whole = {**document, "updated": today.isoformat()}
        whole["id"] = whole.get("id") or _new_id(whole.get("title") or {})
        directory = self._directory.current()
        judged = judge(
            whole, places=directory.places.keys(), neighbourhoods=directory.neighbourhoods.keys()
        )
        if judged.problems:
            raise UnsoundError(str(judged.problems[0]))
        return judged.document

    async def _mine(self, tx: Tx, resident: Resident, entry_id: str) -> Entry:
        """Return an activity as it stands; nobody else changes it before this transaction ends."""
        member = demand(await staff.of(tx, resident.contact_id), Role.ANIMATOR)
        entry = await self._held(tx, entry_id)
        self._demand(member, entry)
        return entry

    async def _held(self, tx: Tx, entry_id: str, *, over: str | None = None) -> Entry:
        held = await entries.find(tx, entry_id)
        if held is None or held.retired_at is not None or held.kind != "activity":
            raise OutdatedError
        if over is not None and fingerprint(held.document) != over:
            raise OutdatedError
        entry = entry_of("activity", held.document)
        return entries.changed(entry, await changes.of(tx, entry_id))

    def _demand(self, member: Staff, entry: Entry) -> None:
        if not self._may(member, entry):
            raise NotAllowedError

    def _may(self, member: Staff, entry: Entry) -> bool:
        """Tell whether an activity belongs to the centre of a member of the team."""
        if member.role is Role.COORDINATOR or member.centre is None:
            return True
        centre = self._town.current.centre(member.centre)
        if centre is None:
            return False
        here = entry.neighbourhood is not None and entry.neighbourhood == centre.neighbourhood
        return here or (entry.place is not None and entry.place == centre.place)

    async def imported(self, tx: Tx, before: Directory, after: Directory) -> None:
        """Tell of every date that an import of files changes: by its activity or by the holidays."""
        were, holidays = Holidays.of(before), Holidays.of(after)
        for entry_id, entry in before.entries.items():
            if entry.schedule is None or (
                were == holidays and after.entries.get(entry_id) == entry
            ):
                continue
            now = after.entries.get(entry_id)
            await self._tell_of_series(tx, entry, now, holidays=holidays, were=were)

    async def _tell_of_series(
        self,
        tx: Tx,
        before: Entry,
        after: Entry | None,
        *,
        by: str | None = None,
        holidays: Holidays | None = None,
        were: Holidays | None = None,
    ) -> None:
        """Tell of every future date that a change of the whole series moves or takes away."""
        now, holidays = self._agenda.now(), holidays or self._agenda.holidays
        if after is not None and before.schedule and after.schedule:
            schedule = replace(after.schedule, changes=before.schedule.changes)
            after = replace(after, schedule=schedule)
        until = now + _TOLD_AHEAD
        for fate in compared(before, after, holidays, since=now, until=until, were=were):
            told = OccurrenceChange(
                fate.before.key, fate.kind, fate.before, fate.after, note=Localized(), by=by
            )
            await self._agenda.announce(tx, told)


def _new_id(title: Mapping[str, str]) -> str:
    """Return an id that reads like the title and is never used twice."""
    words = next(iter(title.values()), "")
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:_SLUG].strip("-")
    return "-".join(part for part in ("act", slug, secrets.token_hex(2)) if part)
