"""The dates of an activity with what the team changed about single ones: cancelled, moved, added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from heapq import merge
from typing import TYPE_CHECKING

from bot.domain.localized import Localized
from bot.domain.series import Meeting, meetings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.domain.calendar import Holidays
    from bot.domain.directory import DateChange, Schedule

_ANY_LENGTH = timedelta(hours=1)


class Status(StrEnum):
    """What became of a date."""

    PLANNED = "planned"
    CANCELLED = "cancelled"
    MOVED = "moved"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Dated:
    """One date of an activity as it stands; `original` is where the rule put it."""

    original: datetime
    starts: datetime
    ends: datetime
    status: Status
    place: str | None = None
    cycle: str | None = None
    note: Localized | None = None


def held(schedule: Schedule, holidays: Holidays, *, last: datetime) -> Iterator[Dated]:
    """Yield what takes place up to `last`, in order."""
    return (
        each for each in dates(schedule, holidays, last=last) if each.status is not Status.CANCELLED
    )


def dates(schedule: Schedule, holidays: Holidays, *, last: datetime) -> Iterator[Dated]:
    """Yield every date up to `last`, cancelled ones too, by when it starts.

    A change of a date that the rule no longer has is left out.
    """
    changes = {each.original: each for each in schedule.changes if each.kind != "restored"}
    ruled = (
        _kept(meeting, changes.get(meeting.starts))
        for meeting in meetings(schedule, holidays, last=last)
        if not _elsewhere(changes.get(meeting.starts))
    )
    shifted = [each for each in _shifted(schedule, holidays, changes) if each.starts <= last]
    return merge(ruled, sorted(shifted, key=_start), key=_start)


def _start(each: Dated) -> datetime:
    return each.starts


def _elsewhere(change: DateChange | None) -> bool:
    return change is not None and change.starts is not None


def _kept(meeting: Meeting, change: DateChange | None) -> Dated:
    return Dated(
        original=meeting.starts,
        starts=meeting.starts,
        ends=meeting.ends,
        status=Status(change.kind) if change else Status.PLANNED,
        place=change.place or meeting.place if change else meeting.place,
        cycle=meeting.cycle,
        note=change.note if change else None,
    )


def _shifted(
    schedule: Schedule, holidays: Holidays, changes: Mapping[datetime, DateChange]
) -> Iterator[Dated]:
    """Yield the dates that lie elsewhere than the rule has them, or that it does not have."""
    shifted = [each for each in changes.values() if each.starts is not None]
    if not shifted:
        return
    latest = max(each.original for each in shifted)
    ruled = {each.starts: each for each in meetings(schedule, holidays, last=latest)}
    for change in shifted:
        meeting = ruled.get(change.original)
        if meeting is not None or change.kind != "moved":
            yield _moved(change, meeting)


def _moved(change: DateChange, meeting: Meeting | None) -> Dated:
    starts = change.starts or change.original
    lasts = meeting.ends - meeting.starts if meeting else _ANY_LENGTH
    return Dated(
        original=change.original,
        starts=starts,
        ends=change.ends or starts + lasts,
        status=Status(change.kind),
        place=change.place or (meeting.place if meeting else None),
        cycle=meeting.cycle if meeting else None,
        note=change.note,
    )
