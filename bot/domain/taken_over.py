"""A calendar from elsewhere: what it says, and the activities that we make of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bot.domain.directory import Place
from bot.domain.documents import Document
from bot.domain.recurrence import FirstDateError, RuleError, first_on, parse
from bot.text import clean, one_line

_TITLE, _SUMMARY, _DESCRIPTION = 120, 300, 3000
_KNOWN = (
    "FREQ",
    "INTERVAL",
    "COUNT",
    "UNTIL",
    "WKST",
    "BYDAY",
    "BYMONTH",
    "BYMONTHDAY",
    "BYSETPOS",
)
_LEAST = timedelta(minutes=5)
_LONGEST = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Foreign:
    """One event of a calendar from elsewhere, in local wall time."""

    uid: str
    title: str
    description: str
    location: str
    starts: datetime
    ends: datetime
    rule: Mapping[str, str]
    spared: tuple[date, ...] = ()
    elsewhere: tuple[tuple[datetime, datetime], ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """The activity that one event would become; `doubts` are what somebody should look at."""

    title: str
    document: Document
    doubts: tuple[str, ...] = ()


def proposed(
    events: Sequence[Foreign],
    *,
    language: str,
    places: Sequence[Place],
    neighbourhood: str,
    phone: str,
) -> list[Proposal]:
    """Return an activity for each event; the same event gets the same id again."""
    found = []
    for event in events:
        place = _place(event.location, places)
        schedule, doubts = _schedule(event)
        if event.location and place is None:
            doubts = (*doubts, "place")
        title = one_line(event.title, limit=_TITLE) or event.uid[:_TITLE]
        description = clean(event.description, limit=_DESCRIPTION) or title
        document: dict[str, Any] = {
            "id": f"act-{hashlib.sha256(event.uid.encode()).hexdigest()[:12]}",
            "category": "neighbourhood",
            "audience": ["all"],
            "neighbourhood": neighbourhood,
            "title": {language: title},
            "summary": {language: one_line(description, limit=_SUMMARY)},
            "description": {language: description},
            "place": place.id if place else None,
            "schedule": schedule,
            "cost": {"chf": None},
            "contact": {"phone": phone} if phone else {},
        }
        found.append(Proposal(title, document, doubts))
    return found


def _schedule(event: Foreign) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the schedule of an event, and what of it could not be kept."""
    lasts = event.ends - event.starts
    doubts: tuple[str, ...] = () if _LEAST <= lasts <= _LONGEST else ("length",)
    ends = event.starts + min(max(lasts, _LEAST), _LONGEST - _LEAST)
    schedule: dict[str, Any] = {
        "first": event.starts.date().isoformat(),
        "start": f"{event.starts:%H:%M}",
        "end": f"{ends:%H:%M}",
    }
    rule = ";".join(f"{key}={event.rule[key]}" for key in _KNOWN if event.rule.get(key))
    if event.rule.keys() - set(_KNOWN):
        rule, doubts = "", (*doubts, "rhythm")
    also = [_extra(start, end) for start, end in event.elsewhere]
    if rule:
        try:
            parse(rule, starts=event.starts)
            schedule["rrule"] = rule
        except FirstDateError:
            # The standard takes the first date along even where it does not follow the rule.
            also.append(_extra(event.starts, ends))
            schedule |= {"rrule": rule, "first": _first(rule, event.starts)}
        except RuleError:
            doubts = (*doubts, "rhythm")
    if event.spared:
        schedule["except"] = sorted({day.isoformat() for day in event.spared})
    if also:
        schedule["also"] = sorted(also, key=lambda each: str(each["date"]))
    return schedule, doubts


def _first(rule: str, starts: datetime) -> str:
    try:
        return first_on(rule, starts.date(), at=starts.time()).isoformat()
    except RuleError:
        return starts.date().isoformat()


def _extra(start: datetime, end: datetime) -> dict[str, str]:
    return {"date": start.date().isoformat(), "start": f"{start:%H:%M}", "end": f"{end:%H:%M}"}


def _place(location: str, places: Sequence[Place]) -> Place | None:
    """Return the place of ours that an address names: by its name, or by its street."""
    said = _plain(location)
    if not said:
        return None
    for place in places:
        for text in (*place.name.values(), *place.street.values()):
            if _plain(text) and _plain(text) in said:
                return place
    return None


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()
