"""A calendar reads the very dates from our iCalendar that the bot names."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events

from bot.domain.calendar import Holidays
from bot.domain.directory import DateChange, Directory, Entry
from bot.domain.events import EventText
from bot.domain.localized import Localized
from bot.domain.occurrences import Occurrence, occurrences
from bot.formats.ical import Feed, series, single
from tests.rhythms import SCHEDULES, at, dates, town

ZURICH = ZoneInfo("Europe/Zurich")
SINCE, UNTIL = at("2026-08-10"), at("2028-07-01")


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Directory:
    return town(tmp_path_factory.mktemp("rhythms"))


def _tell(entry: Entry, each: Occurrence | None) -> EventText:
    place = each.place_id if each else entry.place
    return EventText(
        summary=entry.title.told("fr").text,
        description="Une ligne; une virgule, et\nune autre ligne",
        location=place or "",
        url=f"https://town.example.org/agenda/{entry.id}",
        category="rencontre",
        point=(47.1446, 7.2731),
    )


def _start(event: icalendar.Event) -> datetime:
    start = event.start
    assert isinstance(start, datetime)
    return start


FEED = Feed(
    name="Agenda; de la ville",
    description="Tout ce qui a lieu",
    language="fr",
    url="https://town.example.org/agenda",
    domain="town.example.org",
    zone=ZURICH,
    now=datetime(2026, 11, 20, 12, tzinfo=UTC),
    tell=_tell,
)


def _read(
    entry: Entry, directory: Directory, *, since: datetime = SINCE, until: datetime = UNTIL
) -> list[icalendar.Event]:
    raw = series([entry], Holidays.of(directory), FEED, until=UNTIL)
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(raw)).between(since, until)
    return sorted(found, key=lambda event: event.start)


@pytest.mark.parametrize("name", SCHEDULES)
def test_a_calendar_reads_the_dates_of_two_school_years(directory: Directory, name: str) -> None:
    entry = directory.entries[name]
    found = _read(entry, directory)
    assert [_start(event).date() for event in found] == dates(name)
    ours = occurrences(entry, Holidays.of(directory), since=SINCE, until=UNTIL)
    # The moments agree, too, before and after both changes of the clocks.
    assert [event.start for event in found] == [each.start.replace(tzinfo=ZURICH) for each in ours]
    assert [str(event["location"]) for event in found] == [each.place_id for each in ours]
    assert {_start(event).utcoffset() for event in found} == {
        each.start.replace(tzinfo=ZURICH).utcoffset() for each in ours
    }


def test_changed_dates_keep_their_series(directory: Directory) -> None:
    entry = directory.entries["outside-holidays"]
    assert entry.schedule is not None
    changes = (
        DateChange(at("2026-12-01T14:00"), "cancelled", note=Localized(fr="grippe")),
        DateChange(at("2026-12-08T14:00"), "moved", starts=at("2026-12-10T15:00")),
        DateChange(
            at("2026-12-30T14:00"),
            "added",
            starts=at("2026-12-30T14:00"),
            ends=at("2026-12-30T18:00"),
        ),
    )
    changed = replace(entry, schedule=replace(entry.schedule, changes=changes))
    since, until = at("2026-12-01"), at("2027-01-01")
    found = _read(changed, directory, since=since, until=until)
    told = [(f"{event.start:%d %H}-{event.end:%H}", str(event["status"])) for event in found]
    assert told == [
        ("01 14-16", "CANCELLED"),
        ("10 15-17", "CONFIRMED"),
        ("15 14-16", "CONFIRMED"),
        ("22 14-16", "CONFIRMED"),
        ("30 14-18", "CONFIRMED"),
    ]
    assert len({str(event["uid"]) for event in found}) == 2  # the added date stands alone
    raw = series([changed], Holidays.of(directory), FEED, until=UNTIL).decode()
    assert raw.count("RECURRENCE-ID;TZID=Europe/Zurich:") == 2
    before = _read(entry, directory)[0]
    assert found[0].sequence > before.sequence


def test_single_dates_stand_alone_and_keep_their_names(directory: Directory) -> None:
    entry = directory.entries["weekly"]
    ours = occurrences(
        entry, Holidays.of(directory), since=at("2026-12-01"), until=at("2026-12-12")
    )
    raw = single([(entry, each) for each in ours], FEED)
    events = icalendar.Calendar.from_ical(raw).events
    assert [str(event["uid"]) for event in events] == [
        "weekly.202612040930@town.example.org",
        "weekly.202612110930@town.example.org",
    ]
    assert all("rrule" not in event for event in events)


def test_the_text_is_what_the_standard_asks_for(directory: Directory) -> None:
    raw = series(directory.entries.values(), Holidays.of(directory), FEED, until=UNTIL)
    lines = raw.split(b"\r\n")
    assert lines[-1] == b""
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    text = raw.decode().replace("\r\n ", "")
    assert "DESCRIPTION;LANGUAGE=fr:Une ligne\\; une virgule\\, et\\nune autre ligne" in text
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT6H" in text
    assert "RDATE" not in text  # some calendars drop the event for it
    assert text.count("BEGIN:VTIMEZONE") == 1
    for event in icalendar.Calendar.from_ical(raw).events:
        assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "URL", "SEQUENCE", "STATUS"} <= set(event)


def test_a_zone_without_the_clocks_of_europe_is_written_out(directory: Directory) -> None:
    feed = replace(FEED, zone=ZoneInfo("America/Montreal"))
    entry = directory.entries["outside-holidays"]
    raw = series([entry], Holidays.of(directory), feed, until=UNTIL)
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(raw)).between(SINCE, UNTIL)
    assert {_start(event).hour for event in found} == {14}
    assert len(found) == len(dates("outside-holidays"))
