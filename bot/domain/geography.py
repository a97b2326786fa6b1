"""Places on a small map: rounding for the public, distances, squares; good for one town, not for the globe."""

from __future__ import annotations

from math import cos, hypot, radians
from typing import Final

from bot.domain.contributions import Point

PUBLIC_METRES: Final = 100
"""The size of the squares into which a place is put before anybody outside the team sees it."""

CELL_METRES: Final = 300
"""The size of the squares by which contributions nearby are looked up."""

_METRES_A_DEGREE: Final = 111_195.0
_MOST_LAT, _MOST_LON = 89.0, 180.0


def valid(point: Point) -> bool:
    """Tell whether these degrees are a place where somebody may live."""
    return abs(point.lat) <= _MOST_LAT and abs(point.lon) <= _MOST_LON


def rounded(point: Point) -> Point:
    """Return the middle of the 100 m square in which `point` lies; rounding again changes nothing."""
    step = PUBLIC_METRES / _METRES_A_DEGREE
    row = int(point.lat // step)
    lat = (row + 0.5) * step
    wide = step / cos(radians(lat))
    lon = (point.lon // wide + 0.5) * wide
    return Point(round(lat, 6), round(lon, 6))


def distance(a: Point, b: Point) -> float:
    """Return the metres between two places of one town."""
    shrink = cos(radians((a.lat + b.lat) / 2))
    return hypot(a.lat - b.lat, (a.lon - b.lon) * shrink) * _METRES_A_DEGREE


def cell(point: Point) -> str:
    """Return the name of the 300 m square in which `point` lies, by which neighbours are found."""
    row = int(point.lat * _METRES_A_DEGREE // CELL_METRES)
    return _cell(row, _column(row, point.lon))


def cells_around(point: Point) -> tuple[str, ...]:
    """Return the square of `point` and the eight around it."""
    middle = int(point.lat * _METRES_A_DEGREE // CELL_METRES)
    return tuple(
        _cell(row, _column(row, point.lon) + step)
        for row in (middle, middle - 1, middle + 1)
        for step in (0, -1, 1)
    )


def _column(row: int, lon: float) -> int:
    wide = CELL_METRES / (_METRES_A_DEGREE * cos(radians(row * CELL_METRES / _METRES_A_DEGREE)))
    return int(lon // wide)


def _cell(row: int, column: int) -> str:
    return f"{row}:{column}"
