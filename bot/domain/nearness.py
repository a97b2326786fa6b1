"""How far the places of a town lie from one of its neighbourhoods."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import fmean

from bot.domain.contributions import Point
from bot.domain.directory import Directory, Place
from bot.domain.geography import distance


def distances(directory: Directory, neighbourhood: str) -> Mapping[str, float]:
    """Return the metres from the middle of `neighbourhood` to each place whose co-ordinates are known.

    The middle is that of the places where something is offered there; empty if there are none.
    """
    there = {e.place for e in directory.entries.values() if e.neighbourhood == neighbourhood}
    points = {place.id: point for place in directory.places.values() if (point := _point(place))}
    known = [point for place, point in points.items() if place in there]
    if not known:
        return {}
    middle = Point(fmean(each.lat for each in known), fmean(each.lon for each in known))
    return {place: distance(middle, point) for place, point in points.items()}


def _point(place: Place) -> Point | None:
    if place.latitude is None or place.longitude is None:
        return None
    return Point(place.latitude, place.longitude)
