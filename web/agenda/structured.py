"""Activities as schema.org events, for search engines and assistants that read pages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.domain.calendar import attach
from bot.domain.dated import Status
from bot.domain.directory import Directory, Entry, Place
from bot.domain.occurrences import Occurrence

_STATES = {
    Status.CANCELLED: "https://schema.org/EventCancelled",
    Status.MOVED: "https://schema.org/EventRescheduled",
}
_OLDEST = 99


def events(
    entry: Entry,
    dates: Sequence[Occurrence],
    *,
    directory: Directory,
    language: str,
    url: str,
    zone: ZoneInfo,
) -> Markup:
    """Return the dates of an activity as JSON-LD that may stand inside of a page."""
    found = [
        _event(entry, each, directory=directory, language=language, url=url, zone=zone)
        for each in dates
    ]
    document = {"@context": "https://schema.org", "@graph": found}
    words = json.dumps(document, ensure_ascii=False)
    # Nothing in a text may end the element it stands in.
    return Markup(words.replace("<", "\\u003c").replace("&", "\\u0026"))  # noqa: S704


def _event(
    entry: Entry,
    each: Occurrence,
    *,
    directory: Directory,
    language: str,
    url: str,
    zone: ZoneInfo,
) -> dict[str, Any]:
    place = directory.places.get(each.place_id or "")
    event: dict[str, Any] = {
        "@type": "Event",
        "name": entry.title.told(language).text,
        "description": (entry.summary or entry.description).told(language).text,
        "inLanguage": language,
        "startDate": _moment(each.start, zone),
        "endDate": _moment(each.end, zone),
        "eventStatus": _STATES.get(each.status, "https://schema.org/EventScheduled"),
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "url": url,
    }
    if each.status is Status.MOVED:
        event["previousStartDate"] = _moment(each.key.original_start, zone)
    if place is not None:
        event["location"] = _place(place, language)
    return event | _conditions(entry)


def _conditions(entry: Entry) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if entry.cost is not None and entry.cost.chf is not None:
        found["isAccessibleForFree"] = entry.cost.chf == 0
        found["offers"] = {
            "@type": "Offer",
            "price": f"{entry.cost.chf:.2f}",
            "priceCurrency": "CHF",
        }
    if entry.capacity:
        found["maximumAttendeeCapacity"] = entry.capacity
    if entry.ages and entry.ages != (0, _OLDEST):
        youngest, oldest = entry.ages
        found["typicalAgeRange"] = f"{youngest}-" if oldest >= _OLDEST else f"{youngest}-{oldest}"
    return found


def _place(place: Place, language: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": "Place",
        "name": place.name.told(language).text,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": place.street.told(language).text,
            "postalCode": place.postcode,
            "addressLocality": place.city.told(language).text,
            "addressCountry": "CH",
        },
    }
    if place.latitude is not None and place.longitude is not None:
        found["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": place.latitude,
            "longitude": place.longitude,
        }
    if isinstance(place.wheelchair, bool):
        found["amenityFeature"] = {
            "@type": "LocationFeatureSpecification",
            "name": "wheelchair",
            "value": place.wheelchair,
        }
    return found


def _moment(local: datetime, zone: ZoneInfo) -> str:
    return attach(local, zone).isoformat(timespec="minutes")
