"""Tables as an Excel workbook, row by row, so that it costs no memory however long it gets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from bot.domain.contribution_records import Value
from bot.formats.cells import is_formula, tidy

_NAME = 31
"""Characters that the name of a sheet may have."""
_NARROW, _WIDE = 14, 44
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


class Sheet:
    """One sheet: a heading that stays in sight, filters, and rows as they come."""

    def __init__(self, sheet: Worksheet, headings: Sequence[str], formats: _Formats) -> None:
        """Begin with the headings."""
        self._sheet = sheet
        self._formats = formats
        self._next = 1
        self._columns = len(headings)
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, tidy(heading), formats.heading)
        sheet.freeze_panes(1, 1)

    def wide(self, columns: Iterable[int]) -> None:
        """Give these columns room for sentences, the others for a word."""
        chosen = set(columns)
        for column in range(self._columns):
            self._sheet.set_column(column, column, _WIDE if column in chosen else _NARROW)

    def add(self, rows: Iterable[Sequence[Value]]) -> None:
        """Write these rows: numbers as numbers, days as days, everything else as text alone."""
        for row in rows:
            for column, value in enumerate(row):
                self._write(column, value)
            self._next += 1

    def finish(self) -> None:
        """Let readers filter by any column."""
        self._sheet.autofilter(0, 0, self._next - 1, self._columns - 1)

    def _write(self, column: int, value: Value) -> None:
        sheet, row = self._sheet, self._next
        match value:
            case None | "":
                return
            case bool():
                sheet.write_boolean(row, column, value)
            case int() | float():
                sheet.write_number(row, column, value)
            case date():
                sheet.write_datetime(row, column, _midnight(value), self._formats.day)
            case _:
                words = tidy(value)
                # Marked as text, it stays text even when somebody edits the cell.
                text = self._formats.literal if is_formula(words) else self._formats.text
                sheet.write_string(row, column, words, text)


class _Formats:
    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.heading: Format = book.add_format(
            {"bold": True, "bg_color": "#E6EBEF", "text_wrap": True, "valign": "top"}
        )
        self.day: Format = book.add_format({"num_format": "dd.mm.yyyy", "valign": "top"})
        self.text: Format = book.add_format({"text_wrap": True, "valign": "top"})
        self.literal: Format = book.add_format(
            {"text_wrap": True, "valign": "top", "quote_prefix": True, "num_format": "@"}
        )


class Workbook:
    """Writes several sheets side by side; nothing is there before it is closed."""

    def __init__(self, path: Path, *, made_at: datetime) -> None:
        """Begin the file; what it gathers lies beside it until it is closed."""
        options = {
            "constant_memory": True,
            "tmpdir": str(path.parent),
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._book = xlsxwriter.Workbook(str(path), options)
        self._book.set_properties({"created": made_at.replace(tzinfo=None)})
        self._formats = _Formats(self._book)
        self._sheets: list[Sheet] = []

    def sheet(self, name: str, headings: Sequence[str]) -> Sheet:
        """Begin one more sheet."""
        worksheet = self._book.add_worksheet(tidy(name).translate(_FORBIDDEN)[:_NAME])
        sheet = Sheet(worksheet, headings, self._formats)
        self._sheets.append(sheet)
        return sheet

    def close(self) -> None:
        """Put the workbook together."""
        for sheet in self._sheets:
            sheet.finish()
        self._book.close()


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a cell holds a day, no moment
