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
    changes = {change.original: change for change in schedule.changes}
    ruled = (
        _kept(meeting, changes.get(meeting.starts))
        for meeting in meetings(schedule, holidays, last=last)
        if not _leaves(changes.get(meeting.starts))
    )
    moved = [each for each in _moved(schedule, holidays, changes) if each.starts <= last]
    return merge(ruled, sorted(moved, key=_start), key=_start)


def _start(each: Dated) -> datetime:
    return each.starts


def _leaves(change: DateChange | None) -> bool:
    return change is not None and change.kind == "moved"


def _kept(meeting: Meeting, change: DateChange | None) -> Dated:
    cancelled = change is not None and change.kind == "cancelled"
    return Dated(
        original=meeting.starts,
        starts=meeting.starts,
        ends=meeting.ends,
        status=Status.CANCELLED if cancelled else Status.PLANNED,
        place=meeting.place,
        cycle=meeting.cycle,
        note=change.note if change is not None and cancelled else None,
    )


def _moved(
    schedule: Schedule, holidays: Holidays, changes: Mapping[datetime, DateChange]
) -> Iterator[Dated]:
    """Yield the dates that lie elsewhere than the rule has them, or that it does not have."""
    shifted = [each for each in changes.values() if each.kind != "cancelled"]
    if not shifted:
        return
    latest = max(each.original for each in shifted)
    ruled = {each.starts: each for each in meetings(schedule, holidays, last=latest)}
    for change in shifted:
        meeting = ruled.get(change.original)
        if change.kind == "moved" and meeting is None:
            continue
        if change.kind == "added" and meeting is not None:
            continue
        starts = change.starts or change.original
        ends = change.ends or starts + (
            meeting.ends - meeting.starts if meeting is not None else _ANY_LENGTH
        )
        yield Dated(
            original=change.original,
            starts=starts,
            ends=ends,
            status=Status.MOVED if change.kind == "moved" else Status.ADDED,
            place=change.place or (meeting.place if meeting else None),
            cycle=meeting.cycle if meeting else None,
            note=change.note,
        )
