"""Reads `neighbourhoods.geojson`, the outlines that a town may lay beside its directory."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from bot.domain.contributions import Point
from bot.domain.errors import OperatorError
from bot.domain.geography import valid
from bot.domain.outlines import Outline, Ring

OUTLINES: Final = "neighbourhoods.geojson"
"""The name of the file; a town without it has maps with pins only."""

_SMALLEST_RING: Final = 4
_MOST_POINTS: Final = 20_000
_REMEDY = (
    "It must be a FeatureCollection of Polygons or MultiPolygons, each with the neighbourhood's"
    " id as property `id`, at most 20,000 points in all; or remove the file."
)


def read_outlines(folder: Path | None) -> tuple[Outline, ...]:
    """Return the outlines in `folder`, none where the file is missing; OperatorError if it is wrong."""
    file = (folder or Path()) / OUTLINES
    if folder is None or not file.is_file():
        return ()
    try:
        features = json.loads(file.read_text("utf-8"))["features"]
        outlines = tuple(_outline(feature) for feature in features)
        many = sum(len(ring) for each in outlines for ring in each.rings)
    except (OSError, ValueError, KeyError, TypeError, IndexError, RecursionError):
        raise OperatorError(f"{file} cannot be read.", remedy=_REMEDY) from None
    if many > _MOST_POINTS:
        raise OperatorError(f"{file} has {many} points.", remedy=_REMEDY)
    return outlines


def _outline(feature: Any) -> Outline:  # noqa: ANN401 - JSON
    geometry = feature["geometry"]
    polygons = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}
    rings = tuple(_ring(polygon[0]) for polygon in polygons[geometry["type"]])
    if not rings:
        raise ValueError
    return Outline(str(feature["properties"]["id"]), rings)


def _ring(positions: Any) -> Ring:  # noqa: ANN401 - JSON
    ring = tuple(Point(float(lat), float(lon)) for lon, lat, *_ in positions)
    if len(ring) < _SMALLEST_RING or not all(valid(point) for point in ring):
        raise ValueError
    return ring
