"""Activities as iCalendar (RFC 5545, 7986), with the very dates that the bot names.

A series is a rule with the days it spares; each later rhythm is an event of its own. What differs on
one date (moved, cancelled, another place) is an event with a RECURRENCE-ID. All words come from the
caller.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vRecur, vText
from icalendar.prop import vDuration

from bot.domain.calendar import Holidays
from bot.domain.dated import Status
from bot.domain.directory import Entry, Phase, Schedule
from bot.domain.events import EventText
from bot.domain.occurrences import Occurrence, OccurrenceKey, occurrences
from bot.domain.series import Meeting, meetings, phases, rule_dates

REFRESH = timedelta(hours=6)
HORIZON = timedelta(days=2 * 366)
"""How far ahead a series is written: holidays further off are not known, so no rule goes on past it."""

_EPOCH = date(2026, 1, 1)
_CATEGORY_LIMIT = 60
_PRODID = "-//Quartierbot//Agenda//"


Tell = Callable[[Entry, Occurrence | None], EventText]
"""Words an activity as a whole, or one of its dates."""


@dataclass(frozen=True, slots=True)
class Feed:
    """What a calendar is called and where it belongs; `domain` ends every UID and never changes."""

    name: str
    description: str
    language: str
    url: str
    domain: str
    zone: ZoneInfo
    now: datetime
    tell: Tell


def series(entries: Iterable[Entry], holidays: Holidays, feed: Feed, *, until: datetime) -> bytes:
    """Return the calendar of activities with all their dates up to `until` (local wall time)."""
    calendar = _calendar(feed)
    for entry in entries:
        for event in _events(entry, holidays, feed, until=until):
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def single(dates: Iterable[tuple[Entry, Occurrence]], feed: Feed) -> bytes:
    """Return the calendar of single dates, each an event of its own."""
    calendar = _calendar(feed)
    for entry, each in dates:
        event = _event(entry, each, feed)
        event.add("uid", _uid(f"{entry.id}.{each.key.original_start:%Y%m%d%H%M}", feed))
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _calendar(feed: Feed) -> Calendar:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"{_PRODID}{feed.language.upper()}")
    calendar.add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):
        calendar.add(name, vText(feed.name))
    calendar.add("description", feed.description)
    calendar.add("url", feed.url)
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    calendar.add_component(_timezone(feed.zone))
    return calendar


def _events(entry: Entry, holidays: Holidays, feed: Feed, *, until: datetime) -> Iterator[Event]:
    schedule = entry.schedule
    if schedule is None:
        return
    kept = {each.starts for each in meetings(schedule, holidays, last=until)}
    masters: dict[datetime, str] = {}
    for number, (phase, before) in enumerate(phases(schedule)):
        last = min(until, before - timedelta(minutes=1)) if before else until
        dates = rule_dates(phase, last=last)
        found = [each for each in dates if each in kept]
        if found:
            uid = _uid(f"{entry.id}.{phase.since:%Y%m%d}" if number else entry.id, feed)
            masters |= dict.fromkeys(found, uid)
            yield _master(entry, phase, found, spared=dates, uid=uid, feed=feed)
    yield from _others(entry, holidays, feed, masters=masters, until=until)


def _master(
    entry: Entry,
    phase: Phase,
    found: list[datetime],
    *,
    spared: list[datetime],
    uid: str,
    feed: Feed,
) -> Event:
    """Return the event of one rhythm: from its first date to its last, less what is spared."""
    ends = Meeting.of(found[0].date(), phase).ends
    usual = Occurrence(OccurrenceKey(entry.id, found[0]), found[0], ends, place_id=entry.place)
    event = _event(entry, replace(usual, place_id=phase.place or entry.place), feed, whole=True)
    event.add("uid", uid)
    if len(found) > 1:
        event.add("rrule", _rule(phase.rrule, last=found[-1], zone=feed.zone))
    dropped = [each for each in spared if found[0] < each < found[-1] and each not in set(found)]
    if dropped:
        event.add("exdate", [each.replace(tzinfo=feed.zone) for each in dropped])
    return event


def _others(
    entry: Entry,
    holidays: Holidays,
    feed: Feed,
    *,
    masters: dict[datetime, str],
    until: datetime,
) -> Iterator[Event]:
    """Yield the dates that are not as their rhythm has them, and those that have none."""
    schedule = entry.schedule
    if schedule is None:
        return
    since = datetime.combine(schedule.first, schedule.starts) - timedelta(days=366)
    for each in occurrences(entry, holidays, since=since, until=until):
        original = each.key.original_start
        uid = masters.get(original)
        if uid is not None and not _differs(each, entry, schedule):
            continue
        event = _event(entry, each, feed)
        event.add("uid", uid or _uid(f"{entry.id}.{original:%Y%m%d%H%M}", feed))
        if uid is not None:
            event.add("recurrence-id", original.replace(tzinfo=feed.zone))
        yield event


def _differs(each: Occurrence, entry: Entry, schedule: Schedule) -> bool:
    day = each.key.original_start.date()
    usual = entry.place
    for phase in schedule.phases:
        if phase.since <= day:
            usual = phase.place or entry.place
    guest = any(guest.day == each.start.date() for guest in entry.guests)
    return each.status is not Status.PLANNED or each.place_id != usual or guest


def _event(entry: Entry, each: Occurrence, feed: Feed, *, whole: bool = False) -> Event:
    told = feed.tell(entry, None if whole and each.place_id == entry.place else each)
    event = Event()
    event.add("dtstamp", feed.now.astimezone(UTC))
    event.add("dtstart", each.start.replace(tzinfo=feed.zone))
    event.add("dtend", each.end.replace(tzinfo=feed.zone))
    language = {"LANGUAGE": feed.language}
    event.add("summary", told.summary, parameters=language)
    event.add("description", told.description, parameters=language)
    if told.location:
        event.add("location", told.location, parameters=language)
    if told.point is not None:
        event.add("geo", told.point)
    if told.category:
        event.add("categories", [told.category[:_CATEGORY_LIMIT]])
    event.add("url", told.url)
    event.add("status", "CONFIRMED" if each.takes_place else "CANCELLED")
    event.add("sequence", _sequence(entry))
    event.add("transp", "OPAQUE" if each.takes_place else "TRANSPARENT")
    return event


def _sequence(entry: Entry) -> int:
    """Return a number that only grows: with each day of checking and each change of a date."""
    changes = entry.schedule.changes if entry.schedule else ()
    return max(0, (entry.updated - _EPOCH).days) + sum(change.version for change in changes)


def _rule(rrule: str, *, last: datetime, zone: ZoneInfo) -> vRecur:
    """Return the rhythm with its last date in place of whatever ends it in the directory."""
    parts = (part.split("=", 1) for part in rrule.upper().split(";") if "=" in part)
    rule = {key: value.split(",") for key, value in parts if key not in {"COUNT", "UNTIL"}}
    return vRecur({**rule, "UNTIL": [last.replace(tzinfo=zone).astimezone(UTC)]})


def _uid(name: str, feed: Feed) -> str:
    return f"{name}@{feed.domain}"


@lru_cache(maxsize=8)
def _timezone(zone: ZoneInfo) -> Timezone:
    """Return the rules by which the clocks of `zone` change; those of Europe never end."""
    if not _european(zone):
        return Timezone.from_tzid(zone.key)
    timezone = Timezone()
    timezone.add("tzid", zone.key)
    winter = datetime(2026, 1, 1, tzinfo=zone)
    summer = datetime(2026, 7, 1, tzinfo=zone)
    for part, to, month, since in (
        (TimezoneDaylight(), summer, 3, datetime(1981, 3, 29)),  # noqa: DTZ001 - wall time
        (TimezoneStandard(), winter, 10, datetime(1996, 10, 27)),  # noqa: DTZ001
    ):
        before = winter if to is summer else summer
        hour = 1 + int((before.utcoffset() or timedelta()).total_seconds()) // 3600
        part.add("dtstart", since.replace(hour=hour))
        part.add("tzoffsetfrom", before.utcoffset())
        part.add("tzoffsetto", to.utcoffset())
        part.add("tzname", to.tzname())
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        timezone.add_component(part)
    return timezone


def _european(zone: ZoneInfo) -> bool:
    """Tell whether the clocks change at 1:00 UTC on the last Sundays of March and October."""
    minute = timedelta(minutes=1)
    return all(
        (moment - minute).astimezone(zone).utcoffset() != moment.astimezone(zone).utcoffset()
        for moment in (
            datetime(2026, 3, 29, 1, tzinfo=UTC),
            datetime(2027, 10, 31, 1, tzinfo=UTC),
        )
    )
