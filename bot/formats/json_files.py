"""Objects as JSON, one a line inside one list, for programs; written as they come."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bot.formats.cells import tidy

_HARMLESS = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})
"""Inside JSON these mean the same, and nobody who puts the file into a page lets it out of there."""


class JsonFile:
    """Writes `{…about, "name": [items as they come], …end}`."""

    def __init__(self, path: Path, name: str, about: Mapping[str, Any]) -> None:
        """Begin the file with `about` and the list of this name."""
        self._file = path.open("w", encoding="utf-8", newline="\n")
        head = "".join(f"{dumped(key)}: {dumped(value)},\n" for key, value in about.items())
        self._file.write(f"{{\n{head}{dumped(name)}: [")
        self._between = "\n"

    def add(self, items: Iterable[Mapping[str, Any]]) -> None:
        """Write these items."""
        for item in items:
            self._file.write(f"{self._between}{dumped(item)}")
            self._between = ",\n"

    def close(self, end: Mapping[str, Any] | None = None) -> None:
        """Finish list and file, with `end` behind the list."""
        tail = "".join(f",\n{dumped(key)}: {dumped(value)}" for key, value in (end or {}).items())
        self._file.write(f"\n]{tail}\n}}\n")
        self._file.close()


def dumped(value: object) -> str:
    """Return a value as JSON on one line; texts are tidy, days ISO."""
    text = json.dumps(_ready(value), ensure_ascii=False, allow_nan=False)
    return text.translate(_HARMLESS)


def _ready(value: object) -> object:
    match value:
        case str():
            return tidy(value)
        case date():
            return value.isoformat()
        case Mapping():
            return {tidy(str(key)): _ready(each) for key, each in value.items()}
        case list() | tuple():
            return [_ready(each) for each in value]
        case _:
            return value
