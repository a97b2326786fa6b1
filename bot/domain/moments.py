"""A typed day and time, in the few forms people write to be sent at; always echoed before it holds."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_DAYS = {
    "aujourd'hui": 0,
    "aujourd’hui": 0,
    "heute": 0,
    "demain": 1,
    "morgen": 1,
    "après-demain": 2,
    "apres-demain": 2,
    "übermorgen": 2,
    "uebermorgen": 2,
}
_WEEKDAYS = (
    ("lundi", "montag"),
    ("mardi", "dienstag"),
    ("mercredi", "mittwoch"),
    ("jeudi", "donnerstag"),
    ("vendredi", "freitag"),
    ("samedi", "samstag"),
    ("dimanche", "sonntag"),
)
_DATE = re.compile(r"\b(\d{1,2})\s*[./]\s*(\d{1,2})(?:\s*[./]\s*(\d{4}))?\.?(?!\d)(?!\s*(?:h|uhr))")
_TIME = re.compile(r"\b(\d{1,2})\s*(?:h|uhr|[:.])\s*(\d{2})?(?:\s*uhr|h)?(?!\d)")


def read_moment(text: str, *, now: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the moment that a text names, in the town's zone; None if it names none to come."""
    said = text.casefold()
    day, rest = _day(said, now.astimezone(zone).date())
    at = _time(rest)
    if day is None or at is None:
        return None
    moment = datetime.combine(day, at, tzinfo=zone)
    return moment if moment > now else None


def _day(said: str, today: date) -> tuple[date | None, str]:
    """Return the day and what is left of the text."""
    found = _DATE.search(said)
    if found:
        rest = said[: found.start()] + " " + said[found.end() :]
        return _dated(found, today), rest
    for word in sorted(_DAYS, key=len, reverse=True):
        if word in said:
            return today + timedelta(days=_DAYS[word]), said.replace(word, " ")
    for number, names in enumerate(_WEEKDAYS):
        if any(name in said for name in names):
            return today + timedelta(days=(number - today.weekday()) % 7 or 7), said
    return None, said


def _dated(found: re.Match[str], today: date) -> date | None:
    day, month, year = int(found[1]), int(found[2]), found[3]
    try:
        named = date(int(year) if year else today.year, month, day)
    except ValueError:
        return None
    if year is None and named < today:
        return named.replace(year=today.year + 1) if (month, day) != (2, 29) else None
    return named


def _time(said: str) -> time | None:
    found = _TIME.search(said)
    if found is None:
        return None
    try:
        return time(int(found[1]), int(found[2] or 0))
    except ValueError:
        return None
