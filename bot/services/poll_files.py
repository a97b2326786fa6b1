"""A poll's result to take away: as a picture for whoever may see it, as a file for who holds it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.clock import Clock
from bot.domain.exports import Form
from bot.domain.messages import Message
from bot.domain.poll_records import PollRow, poll_rows
from bot.domain.poll_views import Seen
from bot.domain.residents import Resident
from bot.formats import chart
from bot.formats.csv_files import CsvFile
from bot.formats.json_files import JsonFile
from bot.formats.workbooks import Workbook
from bot.i18n import Voice, voice
from bot.phrases import poll_files as phrases
from bot.services.poll_access import held
from bot.services.polls import Polls
from storage.store import Store


class PollFiles:
    """Charts and files of polls; both hold only what the reader is shown of the poll anyway."""

    def __init__(self, store: Store, clock: Clock, *, polls: Polls) -> None:
        """Look at polls through `polls`, so that what is secret stays so."""
        self._store = store
        self._clock = clock
        self._polls = polls

    async def picture(self, resident: Resident, number: int) -> Message:
        """Return the chart in the resident's language, or why there is none to see yet."""
        v, seen = voice(resident.language), await self._polls.see(resident, number)
        drawn = phrases.chart(v, seen)
        if not drawn.bars:
            return phrases.nothing_drawn(v, seen)
        content = await asyncio.to_thread(lambda: chart.png(chart.svg(drawn)))
        return phrases.picture(v, seen, content)

    async def file(self, resident: Resident, number: int, form: Form) -> Message:
        """Return the result as a file; NotAllowedError for who may not hold the poll."""
        async with self._store.read() as tx:
            await held(tx, resident, number)
        v, seen = voice(resident.language), await self._polls.see(resident, number)
        name = phrases.file_name(v, seen.poll, self._clock.local().date(), form)
        content = await asyncio.to_thread(self._written, v, seen, form)
        return phrases.document(v, seen, name, content)

    def _written(self, v: Voice, seen: Seen, form: Form) -> bytes:
        rows = poll_rows(seen)
        with TemporaryDirectory(prefix="quartierbot-") as folder:
            path = Path(folder) / f"poll.{form}"
            if form is Form.JSON:
                _json(path, v, seen, rows)
            elif form is Form.XLSX:
                self._workbook(path, v, seen, rows)
            else:
                _csv(path, v, rows)
            return path.read_bytes()

    def _workbook(self, path: Path, v: Voice, seen: Seen, rows: tuple[PollRow, ...]) -> None:
        book = Workbook(path, made_at=self._clock.local())
        numbers = book.sheet(v.plain("Result"), phrases.headings(v))
        numbers.wide((0, 1))
        numbers.add(phrases.cells(v, rows))
        about = book.sheet(v.plain("About"), [v.plain("What"), ""])
        about.wide((0, 1))
        about.add(phrases.about(v, seen).items())
        book.close()


def _csv(path: Path, v: Voice, rows: tuple[PollRow, ...]) -> None:
    file = CsvFile(path, phrases.headings(v), bom=True)
    file.add(phrases.cells(v, rows))
    file.close()


def _json(path: Path, v: Voice, seen: Seen, rows: tuple[PollRow, ...]) -> None:
    file = JsonFile(path, "result", {"number": seen.poll.number, **phrases.about(v, seen)})
    names = phrases.headings(v)
    file.add(dict(zip(names, row, strict=True)) for row in phrases.cells(v, rows))
    file.close()
