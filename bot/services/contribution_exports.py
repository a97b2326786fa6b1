"""Exports of contributions: written as they are read, for coordinators and for whoever runs the bot."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import structlog

from bot.clock import Clock
from bot.domain.anonymity import seen_by_public
from bot.domain.contribution_records import Row, event_records, public_row, team_row
from bot.domain.contribution_states import Decision
from bot.domain.contribution_statistics import Tally
from bot.domain.contributions import Contribution, Event
from bot.domain.errors import RefusedError
from bot.domain.exports import Delivery, Exported, Form, Handed, Progress, Wanted
from bot.domain.residents import Resident
from bot.domain.roles import Role, Staff
from bot.i18n import voice
from bot.phrases.export_words import Quarters, Words, words_of
from bot.services import audit
from bot.services.contribution_access import member_of_team
from bot.services.contribution_files import Entry, File, Order, open_file
from storage import contribution_events
from storage import contribution_reports as reports
from storage.store import Store, Tx

LARGEST: Final = 49_000_000
"""Bytes of files that a bot may send at once; Telegram takes 50 MB each."""

_SUFFIXES: Final = {Form.DECIDIM: "csv"}
_WITH_EVENTS: Final = frozenset({Form.XLSX, Form.JSON})
_log = structlog.get_logger(__name__)


class TooLargeError(RefusedError):
    """The files would be larger than Telegram takes."""


class Exports:
    """Contributions as files; memory holds one portion of them, however many there are."""

    def __init__(self, store: Store, clock: Clock, *, quarters: Quarters = dict) -> None:
        """Read from `store`; `quarters` names the neighbourhoods as they are now."""
        self._store = store
        self._clock = clock
        self._quarters = quarters

    async def admit(self, resident: Resident) -> Staff:
        """Return the membership of who may export at all; NotAllowedError for others."""
        async with self._store.read() as tx:
            return await member_of_team(tx, resident, Role.COORDINATOR)

    async def for_coordinator(
        self, resident: Resident, wanted: Wanted
    ) -> AsyncGenerator[Progress | Delivery, None]:
        """Yield how far it is, at last the files; NotAllowedError for others, TooLargeError at the end."""
        member = await self.admit(resident)
        with TemporaryDirectory(prefix="quartierbot-") as folder:
            steps = self.write(wanted, Path(folder) / self._name(wanted), by=member)
            async with aclosing(steps):
                async for step in steps:
                    if isinstance(step, Progress):
                        yield step
                    else:
                        yield await asyncio.to_thread(_handed, step)

    async def write(
        self,
        wanted: Wanted,
        path: Path,
        *,
        by: Staff | None,
        ids: Mapping[str, str] | None = None,
    ) -> AsyncGenerator[Progress | Exported, None]:
        """Write the files and yield how far it is, at last what was written.

        Nobody's role is looked at: `by` says for the audit who asked, None for whoever runs the bot.
        """
        wanted = wanted.settled()
        now, tally = self._clock.now(), Tally(self._clock.zone)
        local = now.astimezone(self._clock.zone)
        order = Order(wanted, path, self._words(wanted.language), local, ids or {})
        file = await asyncio.to_thread(open_file, order)
        done = rows = placed = 0
        # What the team has decided and told nobody must not choose what the public gets.
        asked = replace(wanted.filters, states=()) if wanted.public else wanted.filters
        try:
            async with self._store.read() as tx:
                total = await reports.count(tx, asked, now=now)
                async for portion in reports.export(tx, asked, now=now):
                    events = await self._events(tx, wanted, portion)
                    taken = await asyncio.to_thread(self._take, file, portion, events, wanted)
                    tally.add(row.fact for row in taken)
                    rows += len(taken)
                    placed += sum(1 for row in taken if row.near)
                    done += len(portion)
                    yield Progress(done, total)
        finally:
            await asyncio.to_thread(file.close, tally.figures())
        await self._note(wanted, rows, by=by)
        placeless = rows - placed if wanted.form is Form.GEOJSON else 0
        yield Exported(file.paths, rows, placeless)

    async def _note(self, wanted: Wanted, rows: int, *, by: Staff | None) -> None:
        """Write down who has taken how much, before anything is handed over."""
        async with self._store.write() as tx:
            await audit.record(
                tx,
                "data.exported",
                now=self._clock.now(),
                by=by,
                subject="contributions",
                form=wanted.form.value,
                public=wanted.public,
                rows=rows,
            )
        _record(wanted, rows, by=by.role.value if by else "operator")

    async def _events(
        self, tx: Tx, wanted: Wanted, portion: Sequence[Contribution]
    ) -> Mapping[int, list[Event]]:
        by_number: dict[int, list[Event]] = defaultdict(list)
        if wanted.form in _WITH_EVENTS:
            numbers = [each.number for each in portion]
            for event in await contribution_events.of(tx, numbers, published_only=wanted.public):
                by_number[event.contribution].append(event)
        return by_number

    def _take(
        self,
        file: File,
        portion: Sequence[Contribution],
        events: Mapping[int, list[Event]],
        wanted: Wanted,
    ) -> list[Row]:
        """Write a portion, in a thread of its own, and return the rows."""
        zone, entries = self._clock.zone, []
        states = {state.value for state in wanted.filters.states}
        for each in portion:
            row = public_row(each, zone) if wanted.public else team_row(each, zone)
            if row is None or (states and row.record["state"] not in states):
                continue
            happened = event_records(events.get(each.number, ()), zone, public=wanted.public)
            entries.append(Entry(row, _told(each) if wanted.public else each.decision, happened))
        file.add(entries)
        return [entry.row for entry in entries]

    def _words(self, language: str) -> Words:
        return words_of(language, self._quarters())

    def _name(self, wanted: Wanted) -> str:
        name = voice(wanted.language).plain("contributions-{day}", day=self._clock.local().date())
        return f"{name}.{_SUFFIXES.get(wanted.form, wanted.form)}"


def _told(contribution: Contribution) -> Decision:
    shown = seen_by_public(contribution)
    return shown.decision if shown else Decision(contribution.published_state)


def _handed(exported: Exported) -> Delivery:
    if sum(path.stat().st_size for path in exported.files) > LARGEST:
        raise TooLargeError
    files = tuple(Handed(path.name, path.read_bytes()) for path in exported.files)
    return Delivery(files, exported.rows, exported.placeless)


def _record(wanted: Wanted, rows: int, *, by: str) -> None:
    """Leave a trace of who took what out of the house: a role, a form and a count."""
    columns = "public" if wanted.public else "team"
    _log.info("contributions exported", by=by, form=wanted.form.value, columns=columns, rows=rows)
