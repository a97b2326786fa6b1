"""Tables as CSV, the way spreadsheets of this country read them: UTF-8, semicolons, everything quoted."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from bot.domain.contribution_records import Value
from bot.formats.cells import neutral

_BOM = "\ufeff"


class CsvFile:
    """Writes rows as they come; numbers stay bare, days are ISO, texts never a formula."""

    def __init__(self, path: Path, headings: Sequence[str], *, bom: bool = False) -> None:
        """Begin the file; `bom` helps an Excel that would otherwise take it for another encoding."""
        self._file = path.open("w", encoding="utf-8", newline="")
        if bom:
            self._file.write(_BOM)
        self._rows = csv.writer(
            self._file, delimiter=";", quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n"
        )
        self.add([headings])

    def add(self, rows: Iterable[Sequence[Value]]) -> None:
        """Write these rows."""
        self._rows.writerows([_cell(value) for value in row] for row in rows)

    def close(self) -> None:
        """Finish the file."""
        self._file.close()


def _cell(value: Value) -> str | int | float:
    match value:
        case None:
            return ""
        case bool():
            return int(value)
        case int() | float():
            return value
        case date():
            return value.isoformat()
        case _:
            return neutral(value)
