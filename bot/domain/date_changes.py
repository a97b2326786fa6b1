"""What the team may do to one date of an activity, and what a change of a whole series does to each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from bot.domain.calendar import Holidays
from bot.domain.dated import Status
from bot.domain.directory import ChangeKind, DateChange, Entry
from bot.domain.errors import OutdatedError
from bot.domain.localized import Localized
from bot.domain.occurrences import Occurrence, OccurrenceKey, find, occurrences


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to do to a date; `span` is when it shall take place instead."""

    key: OccurrenceKey
    kind: ChangeKind
    span: tuple[datetime, datetime] | None = None
    place: str | None = None
    note: Localized = field(default_factory=Localized)


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one date: the same elsewhere (`moved`), another date of the series, or gone."""

    kind: Literal["moved", "replaced"]
    before: Occurrence
    after: Occurrence | None


def decide(entry: Entry, holidays: Holidays, wish: Wish, *, now: datetime) -> DateChange:
    """Return the change to keep; OutdatedError if the date is over, or is not as somebody saw it."""
    before = find(entry, holidays, wish.key)
    if wish.span and (wish.span[1] <= wish.span[0] or wish.span[1] <= now):
        raise OutdatedError
    if wish.kind == "added":
        if before is not None and before.takes_place:
            raise OutdatedError
    elif before is None or before.end <= now:
        raise OutdatedError
    change = DateChange(wish.key.original_start, wish.kind, note=wish.note)
    if wish.span is not None:
        change = replace(change, starts=wish.span[0], ends=wish.span[1], place=wish.place)
    return _kept_where_expected(entry, holidays, change, before=before)


def changed(entry: Entry, change: DateChange) -> Entry:
    """Return an activity with one more change, in place of the one that date had."""
    if entry.schedule is None:
        return entry
    kept = [each for each in entry.schedule.changes if each.original != change.original]
    return replace(entry, schedule=replace(entry.schedule, changes=(*kept, change)))


def compared(
    before: Entry,
    after: Entry | None,
    holidays: Holidays,
    *,
    since: datetime,
    until: datetime,
    were: Holidays | None = None,
) -> list[Fate]:
    """Return what becomes of each date: the same at another time or place, replaced, or gone.

    A date that is gone is replaced by the new one of the same week, if there is one. `were` are the
    holidays as they were before, if they changed, too.
    """
    old = _coming(before, were or holidays, since=since, until=until)
    new = _coming(after, holidays, since=since, until=until) if after else {}
    fresh = {_week(each): each for key, each in new.items() if key not in old}
    found = []
    for key, each in old.items():
        now = new.get(key)
        if now is None:
            found.append(Fate("replaced", each, fresh.pop(_week(each), None)))
        elif (now.start, now.end, now.place_id) != (each.start, each.end, each.place_id):
            found.append(Fate("moved", each, now))
    return found


def _kept_where_expected(
    entry: Entry, holidays: Holidays, change: DateChange, *, before: Occurrence | None
) -> DateChange:
    """Return the change so that a date beside the rule never gets lost.

    What is cancelled is cancelled where people expect it; what was added stays an added date.
    """
    if before is None:
        return change
    ruled = _ruled(entry, holidays, OccurrenceKey(entry.id, change.original))
    if change.kind == "cancelled" and (not ruled or before.start != change.original):
        return replace(change, starts=before.start, ends=before.end, place=before.place_id)
    if change.kind == "restored" and not ruled:
        kept = replace(change, kind="added", starts=before.start, ends=before.end)
        return replace(kept, place=before.place_id)
    if change.kind == "moved" and before.status is Status.ADDED:
        return replace(change, kind="added")
    return change


def _ruled(entry: Entry, holidays: Holidays, key: OccurrenceKey) -> bool:
    if entry.schedule is None:
        return False
    bare = replace(entry, schedule=replace(entry.schedule, changes=()))
    return find(bare, holidays, key) is not None


def _coming(
    entry: Entry, holidays: Holidays, *, since: datetime, until: datetime
) -> dict[OccurrenceKey, Occurrence]:
    found: Iterable[Occurrence] = occurrences(entry, holidays, since=since, until=until)
    return {each.key: each for each in found if each.takes_place}


def _week(each: Occurrence) -> tuple[int, int]:
    year, week, _ = each.start.isocalendar()
    return year, week
