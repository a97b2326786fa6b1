"""Figures of contributions: counted as they come, waiting times in whole days, small counts kept back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.contribution_lists import Fact
from bot.domain.contribution_states import State
from bot.domain.contribution_statistics import Figures, Tally, Wait
from bot.domain.contributions import Kind, Origin
from bot.domain.directory import Neighbourhood
from bot.domain.localized import Localized
from bot.phrases import statistics as phrases
from bot.phrases.export_words import words_of
from bot.phrases.statistics import Topic
from bot.text import plain

ZONE = ZoneInfo("Europe/Zurich")
NOON = datetime(2026, 11, 25, 11, tzinfo=UTC)
TODAY = date(2026, 11, 25)
ONE = Fact(
    number=1,
    kind=Kind.IDEA,
    state=State.READ,
    language="fr",
    category="green",
    neighbourhood="mett",
    origin=Origin.BOT,
    created_at=NOON,
    due_at=None,
    first_answer_at=None,
    closed_at=None,
    public=False,
    supports=2,
)
QUARTERS = {"mett": Neighbourhood("mett", Localized(fr="Mâche", de="Mett"))}


def counted(*facts: Fact) -> Figures:
    tally = Tally(ZONE)
    tally.add(facts)
    return tally.figures()


def answered(days: int) -> Fact:
    return replace(ONE, first_answer_at=NOON + timedelta(days=days, hours=5))


def test_totals_are_exact() -> None:
    closed = replace(ONE, state=State.DONE, closed_at=NOON + timedelta(days=3), language="de")
    figures = counted(*[ONE] * 7, closed)

    assert (figures.total, figures.open, figures.supports) == (8, 7, 16)
    assert figures.states == {"read": 7, "done": 1}
    assert figures.closing == Wait(1, 3, 3)
    assert figures.languages == {"fr": None, "de": None}
    assert figures.neighbourhoods == {"mett": 8}


def test_half_and_nine_in_ten_are_days_within_which_so_many_were_answered() -> None:
    assert counted(*map(answered, range(1, 11))).first_answer == Wait(10, 5, 9)
    assert counted(answered(4), ONE).first_answer == Wait(1, 4, 4)
    assert counted(ONE).first_answer == Wait(0)


@given(st.lists(st.integers(0, 400), min_size=1, max_size=60))
def test_so_many_really_were_answered_within(days: list[int]) -> None:
    wait = counted(*map(answered, days)).first_answer

    for within, share in ((wait.median, 0.5), (wait.ninetieth, 0.9)):
        assert within in days
        assert within is not None
        assert sum(1 for day in days if day <= within) >= share * len(days)
        assert sum(1 for day in days if day < within) < share * len(days)


def test_what_people_took_back_says_nothing_of_the_teams_pace() -> None:
    taken_back = replace(ONE, state=State.WITHDRAWN, closed_at=NOON)
    assert counted(taken_back).closing == Wait(0)


def test_a_month_is_the_towns_own() -> None:
    late = replace(ONE, created_at=datetime(2026, 10, 31, 23, 30, tzinfo=UTC))
    assert counted(late, replace(late, created_at=NOON)).months == {"2026-11": 2}


@pytest.mark.parametrize("language", ["fr", "de"])
@pytest.mark.parametrize("topic", Topic)
def test_every_question_has_a_chart_and_the_same_in_words(language: str, topic: Topic) -> None:
    words = words_of(language, QUARTERS)
    figures = counted(*map(answered, range(8)), replace(ONE, language="de", neighbourhood=None))
    drawn = phrases.chart(words, figures, topic, today=TODAY)
    said = phrases.picture(words.voice, drawn, b"", topic=topic, today=TODAY)
    shown = plain(said.text)

    assert drawn.bars
    for bar in drawn.bars:
        between = "\u00a0: " if language == "fr" else ": "
        assert f"{bar.label}{between}{bar.beside}" in shown
    assert len(said.text) < 1024
    assert topic not in {
        button.action.removeprefix("st:") for row in said.buttons for button in row
    }


def test_twelve_months_end_with_this_one_also_the_empty_ones() -> None:
    drawn = phrases.chart(words_of("de", {}), counted(ONE), Topic.MONTHS, today=TODAY)

    assert (drawn.bars[0].label, drawn.bars[-1].label) == ("Dezember 2025", "November 2026")
    assert [bar.value for bar in drawn.bars] == [0] * 11 + [1]


def test_a_table_of_them_shows_no_small_count_of_people() -> None:
    figures = counted(*[ONE] * 9, replace(ONE, language="de", neighbourhood="linde"))
    table = phrases.rows(words_of("fr", QUARTERS), figures, today=TODAY)

    of_people = [
        row for row in table if row[0] in {"Contributions par langue", "Contributions par quartier"}
    ]
    assert [row[2] for row in of_people] == ["masqué"] * 4
    assert ["En tout", "contributions", 10] in table
