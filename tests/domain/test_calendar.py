"""Activities of the sample town take place on the days that a person with a calendar expects."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.domain.calendar import Holidays, Occurrence, attach, occurrences
from bot.domain.directory import Directory, PublicHoliday, Schedule, SchoolHoliday
from bot.domain.localized import Localized
from bot.domain.recurrence import RuleError
from bot.formats.directory_files import load


def at(local: str) -> datetime:
    return datetime.fromisoformat(local)


ZURICH = ZoneInfo("Europe/Zurich")


@pytest.fixture(scope="module")
def town() -> Directory:
    return load(Path(__file__).parents[2] / "sample").directory


def days(town: Directory, entry: str, since: str, count: int = 4) -> list[str]:
    schedule = town.entries[entry].schedule
    assert schedule
    found = occurrences(
        schedule, Holidays.of(town), since=datetime.fromisoformat(since), count=count
    )
    return [f"{meeting.starts:%a %Y-%m-%d}" for meeting in found]


# Every date below was read off a printed calendar and the holidays of the sample town.
@pytest.mark.parametrize(
    ("entry", "since", "expected"),
    [
        ("act-kfe-mett", "2026-09-10", ["Wed 2026-09-16", "Wed 2026-10-14"]),  # autumn holidays
        ("act-kfe-mett", "2026-12-17", ["Wed 2026-12-23", "Wed 2027-01-13"]),  # Christmas
        ("act-kfe-markt", "2026-12-20", ["Sat 2027-02-06", "Sat 2027-03-06"]),  # 2 January
        ("act-petitdej", "2027-03-01", ["Fri 2027-03-05", "Fri 2027-04-02"]),
        ("act-petitdej", "2026-12-25", ["Fri 2027-02-05", "Fri 2027-03-05"]),  # New Year's Day
        ("act-vaeter", "2026-09-06", ["Sat 2026-09-12", "Sat 2026-10-24"]),
        ("act-elki-treff", "2027-03-20", ["Mon 2027-03-22", "Mon 2027-04-19"]),  # Easter Monday
        ("act-elki-treff", "2027-05-12", ["Mon 2027-05-24", "Mon 2027-05-31"]),  # Whit Monday
        ("act-flohmarkt", "2026-11-20", ["Sat 2027-05-22", "Sat 2028-05-27"]),
        ("act-fete-du-jeu", "2026-11-20", ["Sat 2027-05-29", "Sat 2028-05-27"]),
        ("act-kinderkleider", "2026-11-20", ["Sat 2027-03-13", "Sat 2027-09-11"]),
        ("act-atelier-itinerant", "2026-11-20", ["Thu 2026-11-26", "Thu 2027-03-25"]),
        ("act-neuzuzueger", "2026-11-20", ["Thu 2027-04-08", "Thu 2027-11-11"]),
        ("act-hund-kinder", "2026-12-01", ["Wed 2026-12-30", "Wed 2027-01-27"]),
        ("act-trauercafe", "2027-07-20", ["Sun 2027-09-05", "Sun 2027-10-03"]),  # 1 August
    ],
)
def test_the_next_two_dates(town: Directory, entry: str, since: str, expected: list[str]) -> None:
    assert days(town, entry, since, count=2) == expected


def test_a_course_of_eight_counts_the_mornings_that_the_holidays_take_away(
    town: Directory,
) -> None:
    mornings = ["Tue 2026-09-08", "Tue 2026-09-15", "Tue 2026-10-13", "Tue 2026-10-20"]
    assert days(town, "act-digikurs", "2026-09-01", count=20) == [*mornings, "Tue 2026-10-27"]


def test_a_season_ends_with_its_last_evening(town: Directory) -> None:
    last = ["Sat 2027-03-06", "Sat 2027-03-13", "Sat 2027-03-20", "Sat 2027-03-27"]
    assert days(town, "act-openhall", "2027-03-01", count=20) == last
    assert days(town, "act-openhall", "2027-03-28") == []
    windows = days(town, "act-adventsfenster", "2026-11-20", count=50)
    assert (len(windows), windows[0], windows[-1]) == (24, "Tue 2026-12-01", "Thu 2026-12-24")
    assert days(town, "act-kino", "2027-07-10") == ["Fri 2027-07-16", "Fri 2027-07-23"]


def test_a_meeting_that_is_going_on_comes_first(town: Directory) -> None:
    assert days(town, "act-kfe-mett", "2026-09-16T10:59", count=1) == ["Wed 2026-09-16"]
    assert days(town, "act-kfe-mett", "2026-09-16T11:00", count=1) == ["Wed 2026-10-14"]


def test_two_o_clock_stays_two_o_clock_when_the_clocks_change(town: Directory) -> None:
    schedule = town.entries["act-seniorencafe"].schedule
    assert schedule
    autumn = occurrences(schedule, Holidays(), since=at("2026-10-20T00:00"), count=2)
    spring = occurrences(schedule, Holidays(), since=at("2027-03-22T00:00"), count=2)
    moments = [attach(meeting.starts, ZURICH) for meeting in (*autumn, *spring)]
    assert [f"{moment:%d %b %H:%M}" for moment in moments] == [
        *("22 Oct 14:00", "29 Oct 14:00", "25 Mar 14:00", "01 Apr 14:00"),
    ]
    assert [moment.astimezone(UTC).hour for moment in moments] == [12, 13, 13, 12]


def test_a_time_that_the_clocks_skip_or_repeat_is_one_moment() -> None:
    skipped = attach(at("2027-03-28T02:30"), ZURICH)
    twice = attach(at("2026-10-25T02:30"), ZURICH)
    assert f"{skipped:%H:%M}" == "03:30"
    assert twice.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


FEAST = Localized(fr="Fête nationale", de="Bundesfeiertag")
EASTER = Localized(fr="Lundi de Pâques", de="Ostermontag")


def test_a_feast_takes_place_on_its_own_holiday_and_on_no_other() -> None:
    holidays = Holidays(
        public=(
            PublicHoliday(date(2027, 3, 29), EASTER),
            PublicHoliday(date(2027, 8, 1), FEAST),
            PublicHoliday(date(2028, 4, 17), EASTER),
        )
    )
    bonfire = Schedule(
        date(2026, 8, 1), time(20), time(1), "FREQ=YEARLY", exclude_school_holidays=False
    )
    eggs = Schedule(
        date(2027, 3, 29), time(10), time(12), "FREQ=WEEKLY;BYDAY=MO", exclude_school_holidays=False
    )
    since = at("2027-07-01T00:00")
    night = Occurrence(at("2027-08-01T20:00"), at("2027-08-02T01:00"))
    assert occurrences(bonfire, holidays, since=since, count=1) == (night,)
    met = occurrences(eggs, holidays, since=at("2028-04-11T00:00"), count=1)
    assert met[0].starts == at("2028-04-17T10:00")


def test_a_single_date_needs_no_rule() -> None:
    once = Schedule(date(2026, 12, 5), time(9), time(12), "", exclude_school_holidays=True)
    holiday = SchoolHoliday("x", FEAST, date(2026, 12, 1), date(2026, 12, 6))
    assert len(occurrences(once, Holidays(), since=at("2026-01-01T00:00"))) == 1
    assert occurrences(once, Holidays(), since=at("2026-12-06T00:00")) == ()
    assert occurrences(once, Holidays(school=(holiday,)), since=at("2026-01-01T00:00")) == ()


def test_the_agenda_of_one_week_ends_where_it_says() -> None:
    daily = Schedule(
        date(2026, 12, 1),
        time(18),
        time(20),
        "FREQ=DAILY;UNTIL=20261203",
        exclude_school_holidays=False,
    )
    week = occurrences(
        daily, Holidays(), since=at("2026-12-02T00:00"), until=at("2026-12-09T00:00")
    )
    assert [meeting.starts.day for meeting in week] == [2, 3]


@pytest.mark.parametrize(
    "rule",
    [
        *("FREQ=SECONDLY", "FREQ=HOURLY", "FREQ=WEEKLY;BYHOUR=1", "WEEKLY", "FREQ=WEEKLY;BYDAY=XX"),
        *("FREQ=WEEKLY;INTERVAL=0", "FREQ=WEEKLY;COUNT=0", "FREQ=WEEKLY;UNTIL=20270101T000000Z"),
        *("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=WEEKLY;BYMONTH=13", "FREQ=MONTHLY;BYDAY=9WE"),
        *("FREQ=WEEKLY;COUNT=2;UNTIL=20270101", "FREQ=WEEKLY;FREQ=WEEKLY", "FREQ=DAILY;BYSETPOS=2"),
        *("FREQ=DAILY;INTERVAL=7;BYDAY=TU", "FREQ=MONTHLY;BYDAY=2WE", "FREQ=WEEKLY;" + "X" * 400),
    ],
)
def test_a_rule_that_cannot_be_followed_is_refused_at_once(rule: str) -> None:
    odd = Schedule(date(2026, 8, 19), time(9), time(11), rule, exclude_school_holidays=False)
    with pytest.raises(RuleError):
        occurrences(odd, Holidays(), since=at("2026-08-01T00:00"))
