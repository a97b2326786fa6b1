"""The canonical JSON form of a schedule, and the way from it to the schedule."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from bot.domain.directory import Cycle, Extra, Itinerary, Phase, Schedule
from bot.domain.recurrence import first_on
from bot.domain.series import span

Document = Mapping[str, Any]


def schedule_of(document: Document | None) -> Schedule | None:
    """Return the schedule that `document` describes, or None without one."""
    if not document:
        return None
    cycles = document.get("cycles") or ()
    return Schedule(
        first=date.fromisoformat(document["first"]),
        starts=time.fromisoformat(document["start"]),
        ends=_end(document["end"]),
        rrule=document.get("rrule") or "",
        exclude_school_holidays=document.get("exclude_school_holidays", False),
        only_holidays=document.get("only_school_holidays") or "",
        phases=_phases(document),
        cycles=tuple(
            Cycle(each["id"], _day(each["first_day"]), _day(each["last_day"])) for each in cycles
        ),
        itinerary=_itinerary(document.get("itinerary")),
        excepted=tuple(_day(each) for each in document.get("except") or ()),
        also=tuple(_extra(each, document) for each in document.get("also") or ()),
    )


def _phases(document: Document) -> tuple[Phase, ...]:
    """Return the later rhythms; what one leaves out stays as it was before."""
    found: list[Phase] = []
    before: Document = {key: document.get(key) for key in ("start", "end", "rrule")}
    for change in document.get("changes") or ():
        before = {**before, **change}
        since, starts = _day(change["from"]), time.fromisoformat(before["start"])
        rrule = before["rrule"] or ""
        found.append(
            Phase(
                since=since,
                first=first_on(rrule, since, at=starts),
                starts=starts,
                ends=_end(before["end"]),
                rrule=rrule,
                place=before.get("place"),
            )
        )
    return tuple(found)


def _itinerary(document: Document | None) -> Itinerary | None:
    return Itinerary(document["turn"], tuple(document["places"])) if document else None


def _extra(document: Document, schedule: Document) -> Extra:
    starts = time.fromisoformat(document.get("start") or schedule["start"])
    ends = _end(document.get("end") or schedule["end"])
    begin, end = span(_day(document["date"]), starts, ends)
    return Extra(begin, end, document.get("place"))


def _day(word: str) -> date:
    return date.fromisoformat(word)


def _end(word: str) -> time:
    return time() if word == "24:00" else time.fromisoformat(word)
