"""What each page of the agenda shows, gathered for its template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.domain.agenda import Row
from bot.domain.directory import Directory, Entry, Place
from bot.domain.localized import LANGUAGES
from bot.domain.occurrences import Occurrence
from bot.i18n import Voice
from bot.phrases import activities
from bot.phrases import agenda_pages as phrases
from bot.phrases.leads import day_of
from bot.phrases.menu import NAMES

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Line:
    """One date as a line of a list."""

    entry_id: str
    title: str
    time: str
    place: str
    state: str
    room: str
    gone: bool


@dataclass(frozen=True, slots=True)
class Day:
    """A day with what takes place on it; in a month, `outside` is a day of its neighbours."""

    name: str
    number: int
    lines: tuple[Line, ...]
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Dated:
    """One date on the page of an activity."""

    text: str
    state: str
    place: str
    gone: bool


def render(template: str, facts: Mapping[str, object]) -> str:
    """Return a page; every text in it is escaped unless it is markup of ours."""
    return _templates.get_template(template).render(names=NAMES, languages=LANGUAGES, **facts)


def by_day(v: Voice, rows: Sequence[Row], *, now: datetime) -> list[Day]:
    """Return the dates under their days."""
    found = []
    for day, group in groupby(rows, key=lambda row: row.occurrence.start.date()):
        lines = tuple(_line(v, row) for row in group)
        moment = datetime.combine(day, now.time())
        name = day_of(v, moment, now=now)
        found.append(Day(name[:1].upper() + name[1:], day.day, lines))
    return found


def weeks(v: Voice, rows: Sequence[Row], *, first: date) -> list[list[Day]]:
    """Return the weeks of a month, Monday to Sunday."""
    lines: dict[date, list[Line]] = {}
    for row in rows:
        lines.setdefault(row.occurrence.start.date(), []).append(_line(v, row))
    start = first - timedelta(days=first.weekday())
    found: list[list[Day]] = []
    while start < first or start.month == first.month:
        days = [start + timedelta(days=ahead) for ahead in range(_WEEK)]
        found.append([_day(v, each, lines.get(each, []), month=first.month) for each in days])
        start += timedelta(days=_WEEK)
    return found


def dates(
    v: Voice, entry: Entry, coming: Sequence[Occurrence], *, directory: Directory, now: datetime
) -> list[Dated]:
    """Return the dates of an activity, each with its place if that changes."""
    found = []
    for each in coming:
        place = activities.place_of(directory, each) if each.place_id != entry.place else None
        found.append(
            Dated(
                activities.moment(v, each, now=now),
                phrases.state(v, each),
                place.name.told(v.language).text if place else "",
                gone=not each.takes_place,
            )
        )
    return found


def about(v: Voice, entry: Entry, place: Place | None) -> list[Markup]:
    """Return the facts about an activity as lines."""
    return activities.facts(v, entry, place)


def map_link(place: Place | None) -> str:
    """Return where a place is on OpenStreetMap, "" where it has no degrees."""
    if place is None or place.latitude is None or place.longitude is None:
        return ""
    lat, lon = f"{place.latitude:.5f}", f"{place.longitude:.5f}"
    return f"https://www.openstreetmap.org/?mlat={lat}&mlon={lon}#map=17/{lat}/{lon}"


def _day(v: Voice, day: date, lines: Sequence[Line], *, month: int) -> Day:
    return Day(v.day(day, today=day), day.day, tuple(lines), outside=day.month != month)


def _line(v: Voice, row: Row) -> Line:
    each = row.occurrence
    return Line(
        entry_id=row.entry.id,
        title=row.entry.title.told(v.language).text,
        time=v.span(each.start.time(), each.end.time()),
        place=row.place.name.told(v.language).text if row.place else "",
        state=phrases.state(v, each),
        room=phrases.room(v, row) if each.takes_place else "",
        gone=not each.takes_place,
    )
