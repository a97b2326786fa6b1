"""From rows to files: each form takes the same rows and puts in it what it can hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from bot.domain.contribution_records import (
    EVENT_COLUMNS,
    PUBLIC_COLUMNS,
    TEAM_COLUMNS,
    TEAM_EVENT_COLUMNS,
    Record,
    Row,
)
from bot.domain.contribution_states import Decision
from bot.domain.contribution_statistics import Figures
from bot.domain.exports import Form, Wanted
from bot.domain.localized import LANGUAGES, Localized
from bot.formats import decidim
from bot.formats.csv_files import CsvFile
from bot.formats.geojson import MapFile
from bot.formats.json_files import JsonFile
from bot.formats.workbooks import Workbook
from bot.i18n import voice
from bot.phrases import statistics as figures_of
from bot.phrases.contributions import state_sentence
from bot.phrases.export_words import WIDE, Words
from bot.text import plain

_SUPPORTS = ("number", *(f"title/{code}" for code in LANGUAGES), "supports")


@dataclass(frozen=True, slots=True)
class Entry:
    """A row with its history and what is decided on it, as far as the reader may know either."""

    row: Row
    decision: Decision
    events: Sequence[Record] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """What to write and where; `ids` are Decidim's, by title."""

    wanted: Wanted
    path: Path
    words: Words
    made_at: datetime
    ids: decidim.Ids

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the chosen set."""
        return PUBLIC_COLUMNS if self.wanted.public else TEAM_COLUMNS

    @property
    def headings(self) -> list[str]:
        """Their headings, in words."""
        return [self.words.heading(name) for name in self.columns]

    @property
    def event_columns(self) -> tuple[str, ...]:
        """The columns of the history."""
        return EVENT_COLUMNS if self.wanted.public else TEAM_EVENT_COLUMNS

    @property
    def day(self) -> date:
        """The day on which the file is made."""
        return self.made_at.date()


class File(Protocol):
    """Takes entries as they come; `paths` are complete once it is closed."""

    paths: tuple[Path, ...]

    def add(self, entries: Sequence[Entry]) -> None:
        """Write these."""

    def close(self, figures: Figures) -> None:
        """Finish, with the figures of all that was written."""


def open_file(order: Order) -> File:
    """Begin a file of the wanted form."""
    makers: Mapping[Form, type[_Table | _Book | _Objects | _Map | _ForDecidim]] = {
        Form.CSV: _Table,
        Form.XLSX: _Book,
        Form.JSON: _Objects,
        Form.GEOJSON: _Map,
        Form.DECIDIM: _ForDecidim,
    }
    return makers[order.wanted.form](order)


class _Table:
    def __init__(self, order: Order) -> None:
        self.paths: tuple[Path, ...] = (order.path,)
        self._words = order.words
        self._file = CsvFile(order.path, order.headings, bom=order.wanted.bom)

    def add(self, entries: Sequence[Entry]) -> None:
        self._file.add(self._words.cells(each.row.record) for each in entries)

    def close(self, _figures: Figures) -> None:
        self._file.close()


class _Book:
    def __init__(self, order: Order) -> None:
        self.paths: tuple[Path, ...] = (order.path,)
        self._words, self._day = order.words, order.day
        v = order.words.voice
        self._book = Workbook(order.path, made_at=order.made_at)
        self._main = self._sheet(v.plain("Contributions"), order.columns)
        self._events = self._sheet(v.plain("What happened"), order.event_columns)
        self._supports = self._sheet(v.plain("Supports"), _SUPPORTS)
        self._figures = self._book.sheet(v.plain("Figures"), figures_of.headings(v))
        self._figures.wide((0, 1))

    def add(self, entries: Sequence[Entry]) -> None:
        cells = self._words.cells
        self._main.add(cells(each.row.record) for each in entries)
        self._events.add(cells(event) for each in entries for event in each.events)
        self._supports.add([each.row.record[name] for name in _SUPPORTS] for each in entries)

    def close(self, figures: Figures) -> None:
        self._figures.add(figures_of.rows(self._words, figures, today=self._day))
        self._book.close()

    def _sheet(self, name: str, columns: Sequence[str]) -> Any:  # noqa: ANN401 - a Sheet
        sheet = self._book.sheet(name, [self._words.heading(column) for column in columns])
        sheet.wide(
            place for place, column in enumerate(columns) if column.partition("/")[0] in WIDE
        )
        return sheet


class _Objects:
    def __init__(self, order: Order) -> None:
        self.paths: tuple[Path, ...] = (order.path,)
        about = {"made_on": order.day, "columns": "public" if order.wanted.public else "team"}
        self._file = JsonFile(order.path, "contributions", about)

    def add(self, entries: Sequence[Entry]) -> None:
        self._file.add(
            {**_nested(each.row.record), "events": [_nested(event) for event in each.events]}
            for each in entries
        )

    def close(self, figures: Figures) -> None:
        self._file.close({"statistics": asdict(figures)})


class _Map:
    def __init__(self, order: Order) -> None:
        self.paths: tuple[Path, ...] = (order.path,)
        self._file = MapFile(order.path)

    def add(self, entries: Sequence[Entry]) -> None:
        self._file.add(each.row for each in entries)

    def close(self, _figures: Figures) -> None:
        self._file.close()


class _ForDecidim:
    def __init__(self, order: Order) -> None:
        answers = order.path.with_name(f"{order.path.stem}-answers{order.path.suffix}")
        self.paths: tuple[Path, ...] = (order.path, answers)
        self._ids, self._day = order.ids, order.day
        self._files = decidim.DecidimFiles(order.path, answers)

    def add(self, entries: Sequence[Entry]) -> None:
        answers = (
            decidim.answer(each.row.record, self._ids, self._said(each.decision))
            for each in entries
        )
        self._files.add(
            (decidim.proposal(each.row.record) for each in entries),
            (answer for answer in answers if answer is not None),
        )

    def close(self, _figures: Figures) -> None:
        self._files.close()

    def _said(self, decision: Decision) -> Localized:
        """Return how it stands and why, in each language."""
        said = {}
        for code in LANGUAGES:
            sentence = plain(state_sentence(voice(code), decision, today=self._day))
            said[code] = f"{sentence} {decision.reason.told(code).text}".strip()
        return Localized(said)


def _nested(record: Record) -> dict[str, Any]:
    """Return the record with texts by language inside their own objects, as programs like it."""
    nested: dict[str, Any] = {}
    for column, value in record.items():
        name, _, code = column.partition("/")
        if not code:
            nested[name] = value
        elif value is not None:
            nested.setdefault(name, {})[code] = value
        else:
            nested.setdefault(name, {})
    return nested
