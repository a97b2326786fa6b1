"""A calendar from elsewhere becomes activities of ours with the dates it had."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events

from bot.domain.calendar import Holidays
from bot.domain.directory import Directory
from bot.domain.documents import entry_of
from bot.domain.errors import OperatorError
from bot.domain.events import EventText
from bot.domain.occurrences import occurrences
from bot.domain.taken_over import Proposal, proposed
from bot.formats.ical import Feed, series
from bot.formats.ical_import import MOST_BYTES, read_calendar
from bot.formats.one_activity import judge
from tests.rhythms import at, town

ZURICH = ZoneInfo("Europe/Zurich")
FOREIGN = b"""BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//Elsewhere//EN\r
BEGIN:VEVENT\r
UID:yoga@elsewhere.example.org\r
SUMMARY:Yoga du jeudi\r
DESCRIPTION:Apportez un tapis.\r
LOCATION:InfoQuartier M\xc3\xa2che\\, Chemin des Trois-Moulins 5\\, Bienne\r
DTSTART;TZID=Europe/Zurich:20261119T183000\r
DTEND;TZID=Europe/Zurich:20261119T193000\r
RRULE:FREQ=WEEKLY;BYDAY=TH;UNTIL=20261224T225959Z\r
EXDATE;TZID=Europe/Zurich:20261203T183000\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:yoga@elsewhere.example.org\r
RECURRENCE-ID;TZID=Europe/Zurich:20261210T183000\r
SUMMARY:Yoga du jeudi\r
DTSTART;TZID=Europe/Zurich:20261211T180000\r
DTEND;TZID=Europe/Zurich:20261211T190000\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:fete@elsewhere.example.org\r
SUMMARY:F\xc3\xaate\r
LOCATION:Lune\r
DTSTART:20270612T130000Z\r
DURATION:PT3H\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:gone@elsewhere.example.org\r
SUMMARY:Gone\r
STATUS:CANCELLED\r
DTSTART;VALUE=DATE:20270101\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:odd@elsewhere.example.org\r
SUMMARY:Odd\r
DTSTART;VALUE=DATE:20270301\r
RRULE:FREQ=HOURLY;BYHOUR=8\r
END:VEVENT\r
END:VCALENDAR\r
"""


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Directory:
    return town(tmp_path_factory.mktemp("rhythms"))


def _proposals(raw: bytes, directory: Directory) -> list[Proposal]:
    return proposed(
        read_calendar(raw, zone=ZURICH),
        language="fr",
        places=tuple(directory.places.values()),
        neighbourhood="mett",
        phone="117",
    )


def _dates(proposal: Proposal, directory: Directory) -> list[datetime]:
    whole = {**proposal.document, "updated": "2026-11-20"}
    judged = judge(whole, places=directory.places, neighbourhoods=directory.neighbourhoods)
    assert not judged.problems, judged.problems
    entry = entry_of("activity", judged.document)
    # Without the holidays of the town: the file says itself when nothing takes place.
    since, until = at("2026-08-01"), at("2028-07-01")
    return [each.start for each in occurrences(entry, Holidays(), since=since, until=until)]


def test_events_become_activities(directory: Directory) -> None:
    yoga, feast, odd = _proposals(FOREIGN, directory)
    assert (yoga.title, yoga.document["place"], yoga.doubts) == ("Yoga du jeudi", "iq-mett", ())
    assert [f"{day:%d.%m. %H:%M}" for day in _dates(yoga, directory)] == [
        *("19.11. 18:30", "26.11. 18:30", "11.12. 18:00", "17.12. 18:30", "24.12. 18:30")
    ]
    assert feast.document["place"] is None
    assert feast.doubts == ("place",)
    assert _dates(feast, directory) == [at("2027-06-12T15:00")]  # 13:00 in UTC
    assert "rhythm" in odd.doubts
    again = _proposals(FOREIGN, directory)
    assert [each.document["id"] for each in again] == [
        each.document["id"] for each in (yoga, feast, odd)
    ]


def test_our_own_calendar_comes_back_with_the_same_dates(directory: Directory) -> None:
    feed = Feed(
        *("Agenda", "Tout", "fr", "https://town.example.org", "town.example.org", ZURICH),
        now=datetime(2026, 11, 20, tzinfo=UTC),
        tell=lambda entry, _: EventText(entry.id, "texte", "", "https://town.example.org"),
    )
    for name in ("weekly", "outside-holidays", "nth-weekday", "first-of-holidays", "trimesters"):
        entry = directory.entries[name]
        raw = series([entry], Holidays.of(directory), feed, until=at("2028-07-01"))
        (proposal,) = _proposals(raw, directory)
        calendar = recurring_ical_events.of(icalendar.Calendar.from_ical(raw))
        theirs = sorted(
            event["DTSTART"].dt.replace(tzinfo=None)
            for event in calendar.between(at("2026-08-01"), at("2028-07-01"))
        )
        assert _dates(proposal, directory) == theirs


@pytest.mark.parametrize(
    "raw", [b"", b"hello", b"BEGIN:VCALENDAR\r\n", b"\xff\xfe", b"x" * (MOST_BYTES + 1)]
)
def test_what_is_no_calendar_is_refused_with_a_remedy(raw: bytes) -> None:
    with pytest.raises(OperatorError, match="Export"):
        read_calendar(raw, zone=ZURICH)
