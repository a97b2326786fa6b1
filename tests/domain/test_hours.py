"""Whether a counter is open: ordinary days, nights, holidays and around the clock."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from bot.domain.calendar import Holidays
from bot.domain.directory import Directory
from bot.domain.hours import AlwaysOpen, ClosedUntil, OpenNow, Unknown, status
from bot.formats.directory_files import load


@pytest.fixture(scope="module")
def town() -> Directory:
    return load(Path(__file__).parents[2] / "sample").directory


def said(town: Directory, entry: str, now: str) -> str:
    match status(town.entries[entry], Holidays.of(town), datetime.fromisoformat(now)):
        case OpenNow(until=until):
            return f"open until {until:%a %H:%M}"
        case ClosedUntil(opens=opens):
            return f"closed until {opens:%a %d %b %H:%M}"
        case AlwaysOpen():
            return "always"
        case Unknown():
            return "unknown"


# svc-iq-madretsch: mo-fr 08:30-12:00, mo tu th 13:30-17:00.
@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-23T08:29", "closed until Mon 23 Nov 08:30"),
        ("2026-11-23T08:30", "open until Mon 12:00"),
        ("2026-11-23T12:00", "closed until Mon 23 Nov 13:30"),
        ("2026-11-25T12:30", "closed until Thu 26 Nov 08:30"),  # no Wednesday afternoon
        ("2026-11-27T12:30", "closed until Mon 30 Nov 08:30"),  # over the weekend
        ("2027-03-25T18:00", "closed until Tue 30 Mar 08:30"),  # Good Friday to Easter Monday
        ("2026-10-23T18:00", "closed until Mon 26 Oct 08:30"),  # the clocks change in between
        ("2027-03-29T10:00", "closed until Tue 30 Mar 08:30"),  # Easter Monday itself
    ],
)
def test_a_counter_with_a_lunch_break(town: Directory, now: str, expected: str) -> None:
    assert said(town, "svc-iq-madretsch", now) == expected


# svc-notschlafstelle: every day 20:30-09:00.
@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-23T23:00", "open until Tue 09:00"),
        ("2026-11-24T03:00", "open until Tue 09:00"),
        ("2026-11-24T09:00", "closed until Tue 24 Nov 20:30"),
        ("2027-03-28T02:30", "open until Sun 09:00"),  # the hour that the clocks skip
        ("2026-12-25T22:00", "open until Sat 09:00"),  # a holiday counts as a Sunday
    ],
)
def test_a_shelter_open_past_midnight(town: Directory, now: str, expected: str) -> None:
    assert said(town, "svc-notschlafstelle", now) == expected


def test_around_the_clock_stays_so_on_every_day(town: Directory) -> None:
    around = [
        entry.id
        for entry in town.entries.values()
        if any(hours.opens == hours.closes for hours in entry.hours)
    ]
    assert len(around) == 3
    for entry in around:
        assert said(town, entry, "2026-11-24T03:00") == "always"
        assert said(town, entry, "2026-12-25T00:00") == "always"


def test_closed_in_the_school_holidays_means_until_they_end(town: Directory) -> None:
    closed = [entry.id for entry in town.entries.values() if entry.closed_school_holidays]
    assert closed
    for entry in closed:
        answer = status(
            town.entries[entry], Holidays.of(town), datetime.fromisoformat("2027-07-20T10:00")
        )
        assert isinstance(answer, ClosedUntil)
        assert answer.opens.isoformat() >= "2027-08-16"


def test_without_hours_nothing_is_claimed(town: Directory) -> None:
    assert said(town, "act-kfe-mett", "2026-11-24T03:00") == "unknown"
    assert said(town, "faq-papier", "2026-11-24T03:00") == "unknown"
