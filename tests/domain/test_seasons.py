"""Seasons that only the text names: outside them nothing is claimed to be open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from bot.domain.calendar import Holidays
from bot.domain.directory import Directory, Entry
from bot.domain.hours import ClosedUntil, OpenNow, status
from bot.domain.localized import Localized
from bot.domain.seasons import in_season, seasons
from bot.editors import SAMPLE
from bot.formats.directory_files import load


@pytest.fixture(scope="module")
def town() -> Directory:
    return load(SAMPLE).directory


@pytest.fixture
def pool(town: Directory) -> Entry:
    """A counter, Monday to Friday from 8.30, as if it were an open-air pool."""
    return town.entries["svc-iq-madretsch"]


@pytest.mark.parametrize(
    ("text", "open_on", "closed_on"),
    [
        ("Ouvert de mai à septembre.", "06-15", "11-20"),
        ("Offen Mai-September, bei jedem Wetter.", "05-01", "10-01"),
        ("Geöffnet vom 15. Mai bis Mitte September.", "05-15", "05-14"),
        ("D'octobre à mars.", "01-10", "04-01"),
        ("Le local est fermé de juillet à août.", "09-01", "07-20"),
        ("Nur im Sommer geöffnet.", "07-01", "11-20"),
        ("Ouvert seulement en hiver.", "01-15", "06-01"),
    ],
)
def test_a_season_is_read_from_the_text(
    pool: Entry, text: str, open_on: str, closed_on: str
) -> None:
    named = seasons(replace(pool, summary=Localized({"fr": text})))
    assert in_season(named, date.fromisoformat(f"2027-{open_on}"))
    assert not in_season(named, date.fromisoformat(f"2027-{closed_on}"))


@pytest.mark.parametrize(
    "text",
    [
        "Inscriptions de mai à juin.",
        "Anmeldung bis 31. Mai für den Herbst.",
        "Winterjacken und Bettwäsche.",
        "Im Winter zusätzliche Plätze.",
        "Ateliers en été et en automne.",
    ],
)
def test_what_only_sounds_like_a_season_closes_nothing(pool: Entry, text: str) -> None:
    assert seasons(replace(pool, summary=Localized({"fr": text}))) == ()


def test_out_of_season_it_opens_again_in_the_first_month(town: Directory, pool: Entry) -> None:
    seasonal = replace(pool, description=Localized({"de": "Offen von Mai bis September."}))
    holidays = Holidays.of(town)
    november = datetime(2026, 11, 20, 10, 0)  # noqa: DTZ001 - wall time
    assert isinstance(status(pool, holidays, november), OpenNow)
    assert status(seasonal, holidays, november) == ClosedUntil(
        datetime(2027, 5, 3, 8, 30)  # noqa: DTZ001
    )
