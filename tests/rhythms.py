"""The seven rhythms as an editor writes them, with their dates read off a printed calendar.

The holidays are those of the sample town; the table covers the school years 2026/27 and 2027/28.
"""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path

from bot.domain.directory import Directory
from bot.formats.directory_files import load

SAMPLE = Path(__file__).parents[1] / "sample"

_ACTIVITY = """
- id: {name}
  category: meeting
  audience: [all]
  neighbourhood: mett
  title: {{fr: "{name}", de: "{name}"}}
  summary: {{fr: résumé, de: Zusammenfassung}}
  description: {{fr: texte, de: Text}}
  keywords: {{fr: [mot], de: [Wort]}}
  place: iq-mett
  schedule: {schedule}
  cost: {{chf: 0}}
  contact: {{phone: "117"}}
  updated: 2026-09-01
"""

SCHEDULES = {
    "weekly": """
    first: "2026-08-21"
    start: "09:30"
    end: "10:15"
    rrule: FREQ=WEEKLY;BYDAY=FR""",
    "outside-holidays": """
    first: "2026-08-18"
    start: "14:00"
    end: "16:00"
    rrule: FREQ=WEEKLY;BYDAY=TU
    exclude_school_holidays: true""",
    "first-of-holidays": """
    first: "2026-09-23"
    start: "14:00"
    end: "17:00"
    rrule: FREQ=WEEKLY;BYDAY=WE
    only_school_holidays: first""",
    "nth-weekday": """
    first: "2026-09-04"
    start: "09:30"
    end: "11:00"
    rrule: FREQ=MONTHLY;BYDAY=1FR""",
    "trimesters": """
    first: "2026-08-17"
    start: "14:00"
    end: "17:00"
    rrule: FREQ=WEEKLY;BYDAY=MO
    exclude_school_holidays: true
    cycles:
    - {id: "2026-3", first_day: 2026-08-17, last_day: 2026-12-18}
    - {id: "2027-1", first_day: 2027-01-11, last_day: 2027-04-02}
    - {id: "2027-2", first_day: 2027-04-19, last_day: 2027-06-11}
    - {id: "2027-3", first_day: 2027-08-30, last_day: 2027-12-17}""",
    "nine-evenings": """
    first: "2026-09-17"
    start: "19:00"
    end: "21:00"
    rrule: FREQ=MONTHLY;INTERVAL=2;BYDAY=3TH;COUNT=9
    itinerary: {turn: meeting, places: [iq-mett, iq-madretsch, iq-gurzelen]}
    except: [2027-07-15]
    also:
    - {date: 2027-06-24, start: "18:00", end: "20:00", place: burgplatz}""",
    "yearly": """
    first: "2026-05-30"
    start: "14:00"
    end: "18:00"
    rrule: FREQ=YEARLY;BYMONTH=5;BYDAY=-1SA
    itinerary: {turn: year, places: [iq-mett, iq-madretsch, iq-gurzelen]}""",
    "day-changes": """
    first: "2026-08-19"
    start: "10:00"
    end: "11:00"
    rrule: FREQ=WEEKLY;BYDAY=WE
    exclude_school_holidays: true
    changes:
    - {from: "2027-08-16", rrule: FREQ=WEEKLY;BYDAY=TH}""",
}

_DATES = {
    "weekly": """
2026-08 21 28        2026-09 4 11 18 25    2026-10 2 9 16 23 30  2026-11 6 13 20 27
2026-12 4 11 18      2027-01 8 15 22 29    2027-02 5 12 19 26    2027-03 5 12 19
2027-04 2 9 16 23 30 2027-05 7 14 21 28    2027-06 4 11 18 25    2027-07 2 9 16 23 30
2027-08 6 13 20 27   2027-09 3 10 17 24    2027-10 1 8 15 22 29  2027-11 5 12 19 26
2027-12 3 10 17 24 31 2028-01 7 14 21 28   2028-02 4 11 18 25    2028-03 3 10 17 24 31
2028-04 7 21 28      2028-05 5 12 19 26    2028-06 2 9 16 23 30""",
    "outside-holidays": """
2026-08 18 25        2026-09 1 8 15        2026-10 13 20 27      2026-11 3 10 17 24
2026-12 1 8 15 22    2027-01 12 19 26      2027-02 2 16 23       2027-03 2 9 16 23 30
2027-04 20 27        2027-05 4 11 18 25    2027-06 1 8 15 22 29  2027-08 17 24 31
2027-09 7 14         2027-10 12 19 26      2027-11 2 9 16 23 30  2027-12 7 14 21
2028-01 11 18 25     2028-02 1 15 22 29    2028-03 7 14 21 28    2028-04 4 25
2028-05 2 9 16 23 30 2028-06 6 13 20 27""",
    "first-of-holidays": """
2026-09 23 2026-12 30 2027-02 10 2027-04 7 2027-07 7 2027-09 22 2027-12 29 2028-02 9 2028-04 12""",
    "nth-weekday": """
2026-09 4 2026-10 2 2026-11 6 2026-12 4 2027-02 5 2027-03 5 2027-04 2 2027-05 7 2027-06 4 2027-07 2
2027-08 6 2027-09 3 2027-10 1 2027-11 5 2027-12 3 2028-01 7 2028-02 4 2028-03 3 2028-04 7 2028-05 5
2028-06 2""",
    "trimesters": """
2026-08 17 24 31     2026-09 7 14          2026-10 12 19 26      2026-11 2 9 16 23 30
2026-12 7 14         2027-01 11 18 25      2027-02 1 15 22       2027-03 1 8 15 22
2027-04 19 26        2027-05 3 10 24 31    2027-06 7             2027-08 30
2027-09 6 13         2027-10 11 18 25      2027-11 1 8 15 22 29  2027-12 6 13""",
    "nine-evenings": """
2026-09 17 2026-11 19 2027-01 21 2027-03 18 2027-05 20 2027-06 24 2027-09 16 2027-11 18
2028-01 20""",
    "yearly": "2027-05 29 2028-05 27",
    "day-changes": """
2026-08 19 26        2026-09 2 9 16        2026-10 14 21 28      2026-11 4 11 18 25
2026-12 2 9 16 23    2027-01 13 20 27      2027-02 3 17 24       2027-03 3 10 17 24 31
2027-04 21 28        2027-05 5 12 19 26    2027-06 2 9 16 23 30  2027-08 19 26
2027-09 2 9 16       2027-10 14 21 28      2027-11 4 11 18 25    2027-12 2 9 16 23
2028-01 13 20 27     2028-02 3 17 24       2028-03 2 9 16 23 30  2028-04 6 27
2028-05 4 11 18      2028-06 1 8 15 22 29""",
}


def at(words: str) -> datetime:
    """Return a moment of local wall time."""
    return datetime.fromisoformat(words)


def dates(name: str) -> list[date]:
    """Return the dates of a rhythm from August 2026 to June 2028, as read off the calendar."""
    found, month = [], ""
    for word in _DATES[name].split():
        if "-" in word:
            month = word
        else:
            found.append(date.fromisoformat(f"{month}-{word:>02}"))
    return found


def town(folder: Path) -> Directory:
    """Return the sample town with one activity of each rhythm."""
    for name in ("services.yaml", "faq.yaml", "holidays.yaml"):
        shutil.copy(SAMPLE / name, folder / name)
    texts = [_ACTIVITY.format(name=name, schedule=schedule) for name, schedule in SCHEDULES.items()]
    (folder / "activities.yaml").write_text("activities:" + "".join(texts), encoding="utf-8")
    loaded = load(folder)
    ours = [each for each in loaded.problems.errors if each.file == "activities.yaml"]
    assert not ours, ours
    return loaded.directory
