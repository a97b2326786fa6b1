"""Lists of what is on: who is meant, when it really takes place, and what fits into a button."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bot.domain.asked import Days, Filters, When
from bot.domain.calendar import Holidays
from bot.domain.directory import Directory
from bot.domain.listings import Wanted, listing
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
    ],
)
def test_a_button_carries_the_whole_list(wanted: Wanted) -> None:
    assert Wanted.of(tuple(wanted.action.split(":"))) == wanted
    assert len(f"list:99:{wanted.action}".encode()) <= 64


@pytest.mark.parametrize("action", ["", "x", "x:::::::", "261332-261332::::::", ":::::::::"])
def test_a_forged_button_is_refused(action: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Wanted.of(tuple(action.split(":")))
