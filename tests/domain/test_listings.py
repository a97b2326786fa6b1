"""Lists of what is on: who is meant, when it really takes place, and what fits into a button."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from math import inf

import pytest

from bot.domain.asked import Days, Filters, When
from bot.domain.calendar import Holidays
from bot.domain.directory import Directory
from bot.domain.listings import Wanted, listing
from bot.domain.localized import Localized
from bot.domain.nearness import distances
from bot.domain.told_ages import ages
from bot.editors import SAMPLE
from bot.formats.directory_files import load

NOW = datetime(2026, 11, 25, 8, 0)  # noqa: DTZ001 - wall time


@pytest.fixture(scope="module")
def town() -> Directory:
    return load(SAMPLE).directory


def on(town: Directory, day: date, filters: Filters, *, now: datetime = NOW) -> list[str]:
    wanted = Wanted(When((Days(day, day),)), filters)
    found = listing(town, wanted, holidays=Holidays.of(town), now=now)
    return [item.entry.id for item in found.items]


def test_only_what_takes_place_that_day_is_listed(town: Directory) -> None:
    assert "act-kindernachmittag" in on(town, date(2026, 11, 25), Filters(age=8))
    assert "act-kindernachmittag" not in on(town, date(2026, 11, 26), Filters(age=8))
    assert "act-kindernachmittag" not in on(town, date(2026, 12, 30), Filters(age=8))


def test_what_is_over_today_is_not_on_any_more(town: Directory) -> None:
    evening = datetime(2026, 11, 25, 17, 30)  # noqa: DTZ001
    assert "act-kindernachmittag" not in on(town, NOW.date(), Filters(age=8), now=evening)


@pytest.mark.parametrize("age", [3, 8, 15, 40, 70])
def test_nobody_is_sent_where_they_are_too_young_or_too_old(age: int, town: Directory) -> None:
    for day in range(23, 30):
        for entry_id in on(town, date(2026, 11, day), Filters(age=age)):
            youngest, oldest = town.entries[entry_id].ages or (0, 99)
            assert youngest <= age <= oldest


def test_free_means_free(town: Directory) -> None:
    for entry_id in on(town, date(2026, 11, 26), Filters(free=True)):
        cost = town.entries[entry_id].cost
        assert cost
        assert cost.chf == 0


def test_an_empty_list_names_the_next_possibility(town: Directory) -> None:
    sunday = Wanted(When((Days(date(2026, 11, 29), date(2026, 11, 29)),)), Filters(age=8))
    found = listing(town, sunday, holidays=Holidays.of(town), now=NOW)
    assert not found.items
    assert {item.time.starts.date() for item in found.instead} == {
        min(item.time.starts.date() for item in found.instead)
    }
    assert all(item.time.starts.date() > date(2026, 11, 29) for item in found.instead)


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(),
        Wanted(When(part="evening"), Filters(audience="teens", free=True)),
        Wanted(
            When((Days(date(2026, 11, 28), date(2026, 11, 29)),), "morning"),
            Filters(age=8, neighbourhood="gurzelen", language="fr"),
        ),
        Wanted(filters=Filters(age=8), topic=("sport", "natat"), near="mett"),
    ],
)
def test_a_button_carries_the_whole_list(wanted: Wanted) -> None:
    assert Wanted.of(tuple(wanted.action.split(":"))) == wanted
    assert len(f"list:99:{wanted.action}".encode()) <= 64


@pytest.mark.parametrize("action", ["", "x", "x:::::::", "261332-261332::::::", ":::::::::"])
def test_a_forged_button_is_refused(action: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Wanted.of(tuple(action.split(":")))


@pytest.mark.parametrize("day", range(23, 30))
def test_a_child_of_eight_is_not_sent_to_a_creche_or_an_office(day: int, town: Directory) -> None:
    among = frozenset(town.entries)
    wanted = Wanted(When((Days(date(2026, 11, day), date(2026, 11, day)),)), Filters(age=8))
    found = listing(town, replace(wanted, among=among), holidays=Holidays.of(town), now=NOW)
    titles = " ".join(item.entry.title["fr"] for item in found.items if item.entry.title.get("fr"))
    assert "rèche" not in titles
    assert "InfoQuartier" not in titles


def test_what_lies_nearest_comes_first(town: Directory) -> None:
    fortnight = Wanted(When((Days(date(2026, 11, 23), date(2026, 12, 6)),)))
    for home in ("mett", "moesli", "madretsch"):
        near = replace(fortnight, near=home)
        far = distances(town, home)
        items = listing(town, near, holidays=Holidays.of(town), now=NOW).items
        away = [far.get(item.entry.place or "", inf) for item in items]
        assert away == sorted(away)
        assert len(items) == len(
            listing(town, fortnight, holidays=Holidays.of(town), now=NOW).items
        )


@pytest.mark.parametrize(
    ("title", "summary", "expected"),
    [
        ("Crèche Les Coccinelles", "", (0, 4)),
        ("Kita", "Betreuung für Kinder von 3 Monaten bis 4 Jahren.", (0, 4)),
        ("Mercredi des enfants", "Pour les 6 à 12 ans.", (6, 12)),
        ("Ferienpass", "Ausflüge für 6- bis 16-Jährige.", (6, 16)),
        ("Judo", "Dès 7 ans.", (7, 99)),
        ("Tanz", "Kinder bis 12 Jahre.", (0, 12)),
        ("Café des aînés", "", (60, 99)),
        ("Café des parents", "", (18, 99)),
        ("Gymnastique parents-enfants", "", None),
        ("Bibliothek", "", None),
    ],
)
def test_ages_are_read_where_no_field_tells_them(
    title: str, summary: str, expected: tuple[int, int] | None, town: Directory
) -> None:
    entry = next(e for e in town.entries.values() if e.ages is None)
    said = replace(
        entry, title=Localized({"fr": title}), summary=Localized({"fr": summary}), audience=("all",)
    )
    assert ages(said) == expected
