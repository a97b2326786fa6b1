"""Places on a small map: rounding for the public, distances, boxes; good for one town, not for the globe."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, hypot, radians
from typing import Final

from bot.domain.contributions import Point

PUBLIC_METRES: Final = 100
"""The size of the squares into which a place is put before anybody outside the team sees it."""

_METRES_A_DEGREE: Final = 111_195.0
_MOST_LAT, _MOST_LON = 89.0, 180.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of degrees."""

    south: float
    west: float
    north: float
    east: float


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


def box(middle: Point, metres: float) -> Box:
    """Return the rectangle that reaches `metres` from `middle` in each direction."""
    high = metres / _METRES_A_DEGREE
    wide = high / cos(radians(middle.lat))
    return Box(middle.lat - high, middle.lon - wide, middle.lat + high, middle.lon + wide)
