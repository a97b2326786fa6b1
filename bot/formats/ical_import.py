"""A calendar file from elsewhere, read event by event in the town's wall time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from icalendar import Calendar

from bot.domain.errors import OperatorError
from bot.domain.taken_over import Foreign

_Event: TypeAlias = Any
"""An event as the library has it: each of its properties may be one of thirty kinds."""

MOST_BYTES, MOST_EVENTS = 2_000_000, 500
_HOUR = timedelta(hours=1)


def read_calendar(raw: bytes, *, zone: ZoneInfo) -> tuple[Foreign, ...]:
    """Return the events of a file; what was moved or cancelled belongs to its series.

    Raises OperatorError for what is no calendar or holds too much.
    """
    if len(raw) > MOST_BYTES:
        raise OperatorError("The calendar is larger than 2 MB.", remedy="Export a part of it.")
    try:
        calendar = Calendar.from_ical(raw)
        events = [event for event in calendar.walk("VEVENT") if "dtstart" in event]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise OperatorError(
            "This is not a calendar file.", remedy="Export it as iCalendar (.ics)."
        ) from error
    if len(events) > MOST_EVENTS:
        raise OperatorError(
            f"The calendar has {len(events)} events; {MOST_EVENTS} fit.",
            remedy="Export a part of it.",
        )
    return tuple(_series(events, zone))


def _series(events: list[_Event], zone: ZoneInfo) -> Iterator[Foreign]:
    changed: dict[str, list[_Event]] = {}
    for event in events:
        if "recurrence-id" in event:
            changed.setdefault(str(event.get("uid", "")), []).append(event)
    for number, event in enumerate(events):
        if "recurrence-id" not in event and str(event.get("status", "")) != "CANCELLED":
            uid = str(event.get("uid", "")) or f"event {number}"
            yield _foreign(event, uid, changed.get(uid, []), zone)


def _foreign(event: _Event, uid: str, changed: list[_Event], zone: ZoneInfo) -> Foreign:
    starts, ends = _span(event, zone)
    spared = [_local(each, zone).date() for each in _days(event.get("exdate"))]
    spared += [_local(each["recurrence-id"].dt, zone).date() for each in changed]
    elsewhere = [_span(each, zone) for each in changed if str(each.get("status")) != "CANCELLED"]
    elsewhere += [
        (_local(each, zone), _local(each, zone) + (ends - starts))
        for each in _days(event.get("rdate"))
    ]
    return Foreign(
        uid=uid,
        title=str(event.get("summary", "")),
        description=str(event.get("description", "")),
        location=str(event.get("location", "")),
        starts=starts,
        ends=ends,
        rule=_rule(event, zone),
        spared=tuple(spared),
        elsewhere=tuple(elsewhere),
    )


def _rule(event: _Event, zone: ZoneInfo) -> dict[str, str]:
    rule: Any = event.get("rrule")
    if rule is None:
        return {}
    if isinstance(rule, list):  # several rules: nothing of ours says that
        return {"RRULE": "several"}
    found = {}
    for key, values in rule.items():
        told = values if isinstance(values, list) else [values]
        words = [_until(each, zone) if key.upper() == "UNTIL" else str(each) for each in told]
        found[key.upper()] = ",".join(words)
    return found


def _until(value: date | datetime, zone: ZoneInfo) -> str:
    return (
        f"{_local(value, zone):%Y%m%dT%H%M%S}" if isinstance(value, datetime) else f"{value:%Y%m%d}"
    )


def _days(value: Any) -> list[date | datetime]:  # noqa: ANN401 - one property or several
    listed = value if isinstance(value, list) else [value] if value is not None else []
    return [each.dt for part in listed for each in part.dts if not isinstance(each.dt, tuple)]


def _span(event: _Event, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return begin and end; what has no time lasts the whole day, what has no end an hour."""
    start = event["dtstart"].dt
    starts = _local(start, zone)
    if "dtend" in event:
        return starts, _local(event["dtend"].dt, zone)
    if "duration" in event:
        return starts, starts + event["duration"].dt
    whole = not isinstance(start, datetime)
    return starts, starts + (timedelta(days=1) if whole else _HOUR)


def _local(moment: date | datetime, zone: ZoneInfo) -> datetime:
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time())
    if moment.tzinfo is None:
        return moment
    return moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None)
