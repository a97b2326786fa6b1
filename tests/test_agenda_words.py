"""Words of the agenda that need no town: how far something is."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from bot.domain.agenda import Filters, Look, Page, chosen
from bot.domain.calendar import Holidays
from bot.domain.contributions import Point
from bot.domain.directory import Directory
from bot.domain.documents import entry_of
from bot.i18n import voice
from bot.phrases.agenda import listed
from tests.registering import MICE, activity

NOW = datetime.fromisoformat("2026-11-24T10:00")


@pytest.mark.parametrize(
    ("language", "metres", "words"),
    [
        ("fr", 1040, "à 1,0 km"),
        ("de", 1040, "1.0 km entfernt"),
        ("fr", 247, "à 250 m"),
    ],
)
def test_a_distance_is_written_as_in_the_readers_language(
    language: str, metres: int, words: str
) -> None:
    directory = Directory({MICE: entry_of("activity", activity())}, {}, {})
    (row, *_) = chosen(
        directory,
        Holidays.of(directory),
        since=NOW,
        until=datetime.fromisoformat("2026-11-28T10:00"),
        filters=Filters(),
    )
    page = Page((replace(row, metres=metres),), 0, 1, 1)
    look = Look(filters=Filters(near=Point(47.1, 7.2)))
    told = listed(voice(language), look, page, directory=directory, centres=(), now=NOW)
    assert words in told.text.replace("\u00a0", " ")
