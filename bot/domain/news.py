"""What is new and what the week brings, for who asked: when it may be told, and to whom it matters."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.domain.agenda import Row
from bot.domain.calendar import attach
from bot.domain.courtesy import Quiet, may_write
from bot.domain.directory import Entry
from bot.domain.fitting import WHOLE_TOWN
from bot.domain.subscriptions import About, Subscription, category_of
from bot.domain.town import Centre

LASTS = timedelta(days=6)
"""After this nobody is told of something new any more."""

AHEAD = timedelta(days=7)
"""The days a digest looks at."""

_NEWS_FROM, _DIGEST_FROM = time(10), time(17)
_THURSDAY = 3
_WEEK = 7
_A_DAY = timedelta(days=1)
_FOR_WHOM = {
    "children": "children",
    "families": "children",
    "teens": "youth",
    "youth": "youth",
    "seniors": "seniors",
}


@dataclass(frozen=True, slots=True)
class Item:
    """An activity that has come; numbers count up in the order in which they came."""

    number: int
    entry_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Reader:
    """How far somebody has been told: the last item, the day of it, and the week of the digest."""

    through: int = 0
    told_on: str = ""
    digest_for: str = ""


def may_tell(now: datetime, quiet: Quiet) -> bool:
    """Return whether something new may be told: by day from ten o'clock, never on a Sunday."""
    return now.astimezone(quiet.zone).time() >= _NEWS_FROM and may_write(now, quiet) == now


def came_before(now: datetime, quiet: Quiet) -> datetime:
    """Return before when something must have come to be told now: the day before at the latest.

    So one message holds all that came in a day, and a slip is mended before anybody reads it.
    """
    return attach(datetime.combine(now.astimezone(quiet.zone).date(), time()), quiet.zone)


def digest_week(now: datetime, quiet: Quiet) -> date | None:
    """Return the Thursday whose digest may go now: from five o'clock on, for a day, never at night."""
    local = now.astimezone(quiet.zone).date()
    thursday = local - timedelta(days=(local.weekday() - _THURSDAY) % _WEEK)
    opens = attach(datetime.combine(thursday, _DIGEST_FROM), quiet.zone)
    begins = may_write(opens, quiet, asked_for=True)
    if not begins <= now < begins + _A_DAY or may_write(now, quiet) != now:
        return None
    return thursday


def evening(now: datetime, quiet: Quiet) -> datetime:
    """Return when today's quiet hours begin, or the day ends: until then a message is of use."""
    day = now.astimezone(quiet.zone).date()
    begins = attach(datetime.combine(day, quiet.begins), quiet.zone)
    midnight = attach(datetime.combine(day + _A_DAY, time()), quiet.zone)
    return begins if now < begins and quiet.begins != quiet.ends else midnight


def wishes_for(entry: Entry, centres: Iterable[Centre]) -> frozenset[Subscription]:
    """Return the wishes that an activity answers: neighbourhood, centre, theme and for whom it is."""
    themes = {category_of(entry.category), *(_FOR_WHOM.get(each) for each in entry.audience)}
    wishes = {Subscription(About.CATEGORY, theme) for theme in themes if theme}
    if entry.neighbourhood:
        wishes.add(Subscription(About.NEIGHBOURHOOD, entry.neighbourhood))
    places = (each.id for each in centres if each.place and each.place == entry.place)
    return frozenset(wishes | {Subscription(About.CENTRE, each) for each in places})


def digest_rows(
    rows: Iterable[Row],
    wishes: Collection[Subscription],
    *,
    home: str | None,
    centres: Collection[Centre],
) -> tuple[Row, ...]:
    """Return what of the week matters to somebody, each activity once, by its first date.

    Whoever named nothing gets what their own neighbourhood and the whole town have.
    """
    named = {each for each in wishes if each.about not in {About.ALL, About.DIGEST}}
    found: dict[str, Row] = {}
    for row in rows:
        entry = row.entry
        if not row.occurrence.takes_place or entry.id in found:
            continue
        near = home is None or entry.neighbourhood in {home, WHOLE_TOWN, None}
        if bool(named & wishes_for(entry, centres)) if named else near:
            found[entry.id] = row
    return tuple(found.values())
