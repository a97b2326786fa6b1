"""Rhythms in the directory's files: a mistake names its line and a remedy, and all of it is exported."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.formats.directory_export import dump
from bot.formats.directory_files import load
from tests.formats.town_files import write_town

RULE = "    exclude_school_holidays: true\n"
WHOLE = (
    RULE
    + '    changes:\n    - {from: 2027-03-01, rrule: FREQ=WEEKLY;BYDAY=TH, start: "10:00"}\n'
    + '    cycles:\n    - {id: "2026-3", first_day: 2026-08-17, last_day: 2026-12-18}\n'
    + "    itinerary: {turn: cycle, places: [hall]}\n"
    + "    except: [2026-11-11]\n"
    + '    also:\n    - {date: 2026-11-12, start: "14:00", end: "24:00", place: hall}\n'
    + "  adults_only: true\n"
    + "  partner: Spitex\n"
    + "  material: {chf: 5}\n"
    + "  guests:\n  - {date: 2026-12-02, name: {fr: la police, de: die Polizei}}\n"
    + "  parts:\n  - {id: small, title: {fr: Petits, de: Kleine}, ages: {from: 2, to: 5}}\n"
)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("only_school_holidays: first", "only_school_holidays: the school holidays are excluded"),
        ("only_school_holidays: last", "`last` is not possible here"),
        ("changes: [{from: 2026-01-01}]", "2026-01-01 is not after 2026-08-19"),
        ("changes: [{from: 2027-01-01, rrule: FREQ=NEVER}]", "FREQ must be one of"),
        ("changes: [{from: 2027-01-01, place: moon}]", "there is no place `moon`"),
        ('changes: [{from: 2027-01-01, end: "09:00"}]', "start and end are the same"),
        (
            "changes: [{from: 2027-01-01, rrule: FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30}]",
            "has no date after",
        ),
        ("cycles: [{id: a, first_day: 2027-02-01, last_day: 2027-01-01}]", "ends before it begins"),
        (
            (
                "cycles: [{id: a, first_day: 2027-01-01, last_day: 2027-02-01},"
                " {id: b, first_day: 2027-02-01, last_day: 2027-03-01}]"
            ),
            "`b` overlaps with `a`",
        ),
        ("itinerary: {turn: cycle, places: [hall]}", "there are no cycles"),
        ("itinerary: {turn: meeting, places: []}", "no place takes a turn"),
        ("except: [tomorrow]", "`tomorrow` is not a day"),
        ("also: [{date: 2027-01-01, place: moon}]", "there is no place `moon`"),
    ],
)
def test_a_mistake_names_its_line_and_a_remedy(tmp_path: Path, wrong: str, told: str) -> None:
    folder = write_town(tmp_path, file="activities.yaml", old=RULE, new=f"{RULE}    {wrong}\n")
    lines = list(load(folder).problems.lines())
    (line,) = [line for line in lines if told in line]
    assert line.startswith("activities.yaml:19: activities[act-cafe].schedule")
    assert line.endswith((".", "?"))


def test_everything_about_rhythms_survives_an_export(tmp_path: Path) -> None:
    folder = write_town(tmp_path / "town", file="activities.yaml", old=RULE, new=WHOLE)
    loaded = load(folder)
    assert not loaded.problems.errors
    entry = loaded.directory.entries["act-cafe"]
    assert entry.schedule is not None
    assert entry.schedule.phases[0].starts.hour == 10
    assert entry.schedule.itinerary is not None
    assert (entry.adults_only, entry.partner, len(entry.guests), len(entry.parts)) == (
        *(True, "Spitex", 1, 1),
    )
    dump(loaded.published, tmp_path / "once")
    again = load(tmp_path / "once")
    assert again.directory == loaded.directory
    dump(again.published, tmp_path / "twice")
    for name in ("activities.yaml", "services.yaml"):
        once, twice = (tmp_path / each / name for each in ("once", "twice"))
        assert once.read_bytes() == twice.read_bytes()


def test_ages_in_months_are_rounded_so_that_nobody_is_left_out(tmp_path: Path) -> None:
    folder = write_town(
        tmp_path,
        file="activities.yaml",
        old="ages: {from: 6, to: 99}",
        new="ages: {from: 3, to: 30, unit: months}",
    )
    entry = load(folder).directory.entries["act-cafe"]
    assert entry.months == (3, 30)
    assert entry.ages == (0, 3)
