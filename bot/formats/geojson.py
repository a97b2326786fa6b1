"""Contributions as points on a map, GeoJSON as in RFC 7946; the points are rounded before they come here."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from bot.domain.contribution_records import Row
from bot.formats.json_files import JsonFile

_DIGITS: Final = 5
"""Decimals of a degree, about one metre: points in 100 m squares need no more."""
_ELSEWHERE = frozenset({"latitude", "longitude", "address"})


class MapFile:
    """Writes one feature for each contribution with a place."""

    def __init__(self, path: Path) -> None:
        """Begin the file."""
        self._file = JsonFile(path, "features", {"type": "FeatureCollection"})

    def add(self, rows: Iterable[Row]) -> None:
        """Write those of the rows that have a place."""
        self._file.add(feature(row) for row in rows if row.near is not None)

    def close(self) -> None:
        """Finish the file."""
        self._file.close()


def feature(row: Row) -> dict[str, Any]:
    """Return one contribution as a feature: longitude first, as the format wants it."""
    point = row.near
    place = [round(point.lon, _DIGITS), round(point.lat, _DIGITS)] if point else None
    known = {
        name: value
        for name, value in row.record.items()
        if value is not None and name not in _ELSEWHERE
    }
    return {
        "type": "Feature",
        "id": row.record["number"],
        "geometry": {"type": "Point", "coordinates": place} if place else None,
        "properties": known,
    }
