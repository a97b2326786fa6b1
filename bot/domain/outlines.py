"""The outlines of neighbourhoods, as simple as a small map needs them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from bot.domain.contributions import Point
from bot.domain.geography import distance

Ring = tuple[Point, ...]

_MARGIN = 0.06
_NAMED_AT = 0.3
_FAR = 8_000
"""Metres from the middle of all pins beyond which a pin would shrink the map for everybody else."""

_SMALLEST = 0.004
"""Degrees that a map without outlines shows at least: one pin alone still has a surrounding."""


@dataclass(frozen=True, slots=True)
class Outline:
    """One neighbourhood as one or several rings; `id` as in the directory."""

    id: str
    rings: tuple[Ring, ...]

    @property
    def label(self) -> Point:
        """Where its name is written: in the upper part, since pins crowd in the middle."""
        ring = max(self.rings, key=len)
        lats = [p.lat for p in ring]
        line = max(lats) - _NAMED_AT * (max(lats) - min(lats))
        west, east = _across(ring, line)
        return Point(line, (west + east) / 2)


@dataclass(frozen=True, slots=True)
class Extent:
    """The piece of the world that a map shows."""

    south: float
    west: float
    north: float
    east: float

    def holds(self, point: Point) -> bool:
        """Tell whether a point lies on this map."""
        return self.south <= point.lat <= self.north and self.west <= point.lon <= self.east


def extent(outlines: tuple[Outline, ...], pins: list[Point]) -> Extent | None:
    """Return what a map must show: all outlines, or where there are none the pins; None for neither.

    A pin far away from all others does not count: somebody has tapped the wrong continent.
    """
    points = [point for outline in outlines for ring in outline.rings for point in ring]
    points = points or _together(pins)
    if not points:
        return None
    lats, lons = [p.lat for p in points], [p.lon for p in points]
    high = max(max(lats) - min(lats), _SMALLEST) * _MARGIN
    wide = max(max(lons) - min(lons), _SMALLEST) * _MARGIN
    if not outlines:
        high, wide = high + _SMALLEST, wide + _SMALLEST
    return Extent(min(lats) - high, min(lons) - wide, max(lats) + high, max(lons) + wide)


def _across(ring: Ring, lat: float) -> tuple[float, float]:
    """Return where a line of latitude enters and leaves a ring."""
    crossed = [
        a.lon + (b.lon - a.lon) * (lat - a.lat) / (b.lat - a.lat)
        for a, b in pairwise(ring)
        if (a.lat > lat) != (b.lat > lat)
    ]
    return min(crossed, default=ring[0].lon), max(crossed, default=ring[0].lon)


def _together(pins: list[Point]) -> list[Point]:
    if not pins:
        return []
    middle = Point(median(p.lat for p in pins), median(p.lon for p in pins))
    near = [pin for pin in pins if distance(pin, middle) <= _FAR]
    return near or [middle]
