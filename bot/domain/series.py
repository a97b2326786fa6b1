"""The dates that the rule of an activity gives: its phases, cycles, holidays and places in turn.

What the team changed about single dates comes on top, in `bot.domain.occurrences`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from heapq import merge
from itertools import pairwise
from typing import TYPE_CHECKING, Self

from bot.domain.directory import Phase
from bot.domain.recurrence import instances, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.domain.calendar import Holidays
    from bot.domain.directory import Cycle, Schedule


@dataclass(frozen=True, slots=True)
class Meeting:
    """One date of the rule in local wall time; `place` is None where the activity usually is."""

    starts: datetime
    ends: datetime
    place: str | None = None
    cycle: str | None = None

    @classmethod
    def of(cls, day: date, phase: Phase) -> Self:
        """Return the meeting of a rhythm on `day`; it ends the next day if it lasts past midnight."""
        begin, end = span(day, phase.starts, phase.ends)
        return cls(begin, end, phase.place)


def meetings(schedule: Schedule, holidays: Holidays, *, last: datetime) -> Iterator[Meeting]:
    """Yield the meetings of `schedule` that start up to `last`, in order."""
    ruled: Iterator[Meeting] = (
        meeting
        for meeting in _ruled(schedule, last)
        if meeting.starts.date() not in schedule.excepted
        and _spared(meeting.starts.date(), schedule, holidays)
    )
    if schedule.only_holidays:
        ruled = _in_holidays(ruled, schedule, holidays)
    in_cycles = _in_cycles(ruled, schedule) if schedule.cycles else ruled
    in_turn = _in_turn(in_cycles, schedule)
    extra = sorted((each for each in schedule.also), key=lambda each: each.starts)
    added = (
        Meeting(each.starts, each.ends, each.place, _cycle(each.starts.date(), schedule))
        for each in extra
        if each.starts <= last
    )
    yield from merge(in_turn, added, key=lambda meeting: meeting.starts)


def phases(schedule: Schedule) -> tuple[tuple[Phase, datetime | None], ...]:
    """Return the rhythms that follow one another, each with the moment before which it ends."""
    first = Phase(schedule.first, schedule.first, schedule.starts, schedule.ends, schedule.rrule)
    all_of_them = (first, *schedule.phases)
    ends = [datetime.combine(later.since, time()) for _, later in pairwise(all_of_them)]
    return tuple(zip(all_of_them, (*ends, None), strict=True))


def phase_on(schedule: Schedule, day: date) -> Phase:
    """Return the rhythm that holds on `day`."""
    (first, _), *later = phases(schedule)
    return next((phase for phase, _ in reversed(later) if phase.since <= day), first)


def rule_dates(phase: Phase, *, last: datetime) -> list[datetime]:
    """Return the dates of one rhythm up to `last`, whatever the holidays take away."""
    return list(_starts(phase, last))


def span(day: date, starts: time, ends: time) -> tuple[datetime, datetime]:
    """Return when something on `day` begins and ends; the next day if it lasts past midnight."""
    begin, end = datetime.combine(day, starts), datetime.combine(day, ends)
    return begin, end if end > begin else end + timedelta(days=1)


def _ruled(schedule: Schedule, last: datetime) -> Iterator[Meeting]:
    for phase, before in phases(schedule):
        for starts in _starts(phase, min(last, before - timedelta(minutes=1)) if before else last):
            yield Meeting.of(starts.date(), phase)


def _starts(phase: Phase, last: datetime) -> Iterator[datetime]:
    first = datetime.combine(phase.first, phase.starts)
    if phase.rrule:
        yield from instances(parse(phase.rrule, starts=first), starts=first, last=last)
    elif first <= last:
        yield first


def _spared(day: date, schedule: Schedule, holidays: Holidays) -> bool:
    """Return whether the holidays leave a date of the rule where it is."""
    if schedule.exclude_school_holidays and holidays.no_school(day):
        return False
    return not holidays.is_public(day) or holidays.same_public(day, schedule.first)


def _in_holidays(
    found: Iterator[Meeting], schedule: Schedule, holidays: Holidays
) -> Iterator[Meeting]:
    """Keep what lies in the school holidays: every date, or the first of each period."""
    seen: set[str] = set()
    for meeting in found:
        period = holidays.period(meeting.starts.date())
        if period is None or (schedule.only_holidays == "first" and period.id in seen):
            continue
        seen.add(period.id)
        yield meeting


def _in_cycles(found: Iterator[Meeting], schedule: Schedule) -> Iterator[Meeting]:
    for meeting in found:
        cycle = _cycle(meeting.starts.date(), schedule)
        if cycle is not None:
            yield replace(meeting, cycle=cycle)


def _cycle(day: date, schedule: Schedule) -> str | None:
    found: Cycle | None = next(
        (each for each in schedule.cycles if each.first_day <= day <= each.last_day), None
    )
    return found.id if found else None


def _in_turn(found: Iterator[Meeting], schedule: Schedule) -> Iterator[Meeting]:
    """Give each meeting the place whose turn it is, unless its phase names one."""
    route = schedule.itinerary
    for number, meeting in enumerate(found):
        if route is None or meeting.place is not None:
            yield meeting
            continue
        turn = _turn(meeting, number, schedule)
        yield replace(meeting, place=route.places[turn % len(route.places)])


def _turn(meeting: Meeting, number: int, schedule: Schedule) -> int:
    day, first = meeting.starts.date(), schedule.first
    match schedule.itinerary and schedule.itinerary.turn:
        case "year":
            return day.year - first.year
        case "month":
            return (day.year - first.year) * 12 + day.month - first.month
        case "cycle":
            ids = [each.id for each in schedule.cycles]
            return ids.index(meeting.cycle) if meeting.cycle in ids else 0
        case _:
            return number
