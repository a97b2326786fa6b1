"""The seven rhythms give the dates that a person with a printed calendar expects."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bot.domain.calendar import Holidays
from bot.domain.dated import Status
from bot.domain.directory import DateChange, Directory, Entry
from bot.domain.localized import Localized
from bot.domain.occurrences import OccurrenceKey, find, next_occurrences, occurrences
from tests.rhythms import SCHEDULES, at, dates, town

SINCE, UNTIL = at("2026-08-10"), at("2028-07-01")


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Directory:
    return town(tmp_path_factory.mktemp("rhythms"))


@pytest.fixture(scope="module")
def holidays(directory: Directory) -> Holidays:
    return Holidays.of(directory)


def _changed(entry: Entry, *changes: DateChange) -> Entry:
    assert entry.schedule is not None
    return replace(entry, schedule=replace(entry.schedule, changes=changes))


@pytest.mark.parametrize("name", SCHEDULES)
def test_the_dates_of_two_school_years(directory: Directory, holidays: Holidays, name: str) -> None:
    found = occurrences(directory.entries[name], holidays, since=SINCE, until=UNTIL)
    assert [each.start.date() for each in found] == dates(name)
    schedule = directory.entries[name].schedule
    assert schedule is not None
    assert {each.start.time() for each in found} <= {schedule.starts, time(18)}


def test_cycles_are_named(directory: Directory, holidays: Holidays) -> None:
    found = occurrences(directory.entries["trimesters"], holidays, since=SINCE, until=UNTIL)
    by_cycle: dict[str | None, int] = {}
    for each in found:
        by_cycle[each.cycle] = by_cycle.get(each.cycle, 0) + 1
    assert by_cycle == {"2026-3": 15, "2027-1": 10, "2027-2": 7, "2027-3": 13}


def test_places_take_turns(directory: Directory, holidays: Holidays) -> None:
    nine = occurrences(directory.entries["nine-evenings"], holidays, since=SINCE, until=UNTIL)
    assert [each.place_id for each in nine] == [
        *("iq-mett", "iq-madretsch", "iq-gurzelen", "iq-mett", "iq-madretsch", "burgplatz"),
        *("iq-gurzelen", "iq-mett", "iq-madretsch"),
    ]
    yearly = occurrences(directory.entries["yearly"], holidays, since=SINCE, until=UNTIL)
    assert [each.place_id for each in yearly] == ["iq-madretsch", "iq-gurzelen"]


def test_a_date_is_cancelled_moved_added_and_keeps_its_key(
    directory: Directory, holidays: Holidays
) -> None:
    why = Localized(fr="grippe", de="Grippe")
    tuesday = at("2026-12-01T14:00")
    entry = _changed(
        directory.entries["outside-holidays"],
        DateChange(tuesday, "cancelled", note=why),
        DateChange(tuesday + timedelta(days=7), "moved", starts=at("2026-12-10T15:00"), note=why),
        DateChange(
            at("2026-12-30T14:00"),
            "added",
            starts=at("2026-12-30T14:00"),
            ends=at("2026-12-30T18:00"),
            place="burgplatz",
        ),
        DateChange(at("2026-12-22T14:00"), "restored", version=2),
        DateChange(at("2026-12-03T14:00"), "moved", starts=at("2026-12-04T14:00")),
    )
    found = occurrences(entry, holidays, since=at("2026-12-01"), until=at("2027-01-01"))
    assert [(f"{each.start:%d %H}", each.status) for each in found] == [
        ("01 14", Status.CANCELLED),
        ("10 15", Status.MOVED),
        ("15 14", Status.PLANNED),
        ("22 14", Status.PLANNED),
        ("30 14", Status.ADDED),
    ]
    moved = found[1]
    assert moved.key == OccurrenceKey(entry.id, at("2026-12-08T14:00"))
    assert moved.end == at("2026-12-10T17:00")  # it lasts as long as ever
    assert find(entry, holidays, moved.key) == moved
    assert OccurrenceKey.parse(str(moved.key)) == moved.key
    assert OccurrenceKey.stamped(entry.id, moved.key.stamp) == moved.key
    following = next_occurrences(entry, holidays, now=at("2026-12-01T09:00"), count=2)
    assert [each.start.day for each in following] == [10, 15]  # what is cancelled is no next date


@pytest.mark.parametrize("words", ["", "x", "x@", "@2026-12-01T14:00", "x@2026-13-01T14:00"])
def test_what_is_no_key(words: str) -> None:
    assert OccurrenceKey.parse(words) is None
    assert OccurrenceKey.stamped("x", words) is None


def test_a_first_date_on_a_public_holiday_gives_way_to_the_next_in_that_period(
    directory: Directory, holidays: Holidays
) -> None:
    entry = directory.entries["first-of-holidays"]
    assert entry.schedule is not None
    fridays = replace(
        entry.schedule, first=date(2026, 9, 25), rrule="FREQ=WEEKLY;BYDAY=FR", only_holidays="first"
    )
    found = occurrences(
        replace(entry, schedule=fridays),
        holidays,
        since=at("2026-12-20"),
        until=at("2027-02-20"),
    )
    # 25 December and 1 January are public holidays; the winter holidays end on 10 January.
    assert [each.start.date() for each in found] == [date(2027, 1, 8), date(2027, 2, 12)]
