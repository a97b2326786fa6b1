"""What keeps the figures and the lexicon honest: words held back, idle concepts, unknown entries."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.answers.coverage import uncovered
from bot.answers.engine import Engine
from bot.answers.matching import Matcher
from bot.answers.plain_search import CharacterSearch
from bot.answers.unseen import held_back, unused
from bot.comparing import CHARACTERS, FULL_TEXT, HELD_BACK, beside
from bot.domain.directory import Directory, Entry
from bot.domain.localized import Localized
from storage.fulltext import FullTextSearch

ONCE, TWICE = "une ruche", ["du yodel dimanche", "le yodel du club"]


def concepts(engine: Engine, text: str) -> set[str]:
    wanted = engine.retrieval.read(text, "fr", dialect=False)
    return {hit.concept for hit in wanted.hits}


def test_a_word_that_only_one_question_uses_is_held_back_from_it(engine: Engine) -> None:
    assert "beehive" in concepts(engine, ONCE)
    first, second, third = held_back(engine, [ONCE, *TWICE])
    assert "beehive" not in concepts(first, ONCE)
    assert "beehive" in concepts(second, ONCE)
    assert "yodel" in concepts(second, TWICE[0])
    assert "yodel" in concepts(third, TWICE[1])


def test_a_concept_that_nothing_uses_is_named(engine: Engine) -> None:
    idle = unused(engine, [])
    assert "yodel" in idle
    assert "child-care" not in idle
    assert "yodel" not in unused(engine, ["wo cha me jodle lehre"])


def test_an_entry_that_no_concept_knows_is_named(town: Directory, matcher: Matcher) -> None:
    strange = Entry(
        id="act-boffer",
        kind="activity",
        category="leisure",
        title=Localized(de="Bofferkampf im Quadrilaterium"),
        summary=Localized(),
        description=Localized(de="Für Kinder, mit Kita und Bibliothek nebenan."),
        updated=date(2026, 9, 1),
    )
    found = list(uncovered(replace(town, entries={strange.id: strange}), matcher))
    assert [(each.entry_id, each.concepts) for each in found] == [("act-boffer", 0)]
    assert found[0].words == ("bofferkampf", "quadrilaterium")


def test_the_sample_town_is_well_known(town: Directory, matcher: Matcher) -> None:
    assert len(list(uncovered(town, matcher))) <= 12


def test_plain_searches_find_what_is_written(town: Directory) -> None:
    assert CharacterSearch(town)("yoga le soir")[0][0] == "act-yoga"
    search = FullTextSearch({"a": "Yoga le soir", "b": "Ludothèque"})
    assert [entry_id for entry_id, _ in search('ludotheque "yoga" OR')] == ["b", "a"]
    assert search("?!") == []
    search.close()


def test_the_same_figures_stand_beside_each_other(
    engine: Engine, questions: list[dict[str, Any]]
) -> None:
    others = beside(engine, questions, limit=5)
    hits = {name: figures["hit@1"] for name, figures in others.items()}
    assert hits[HELD_BACK] >= 0.74
    assert 0.60 <= hits[CHARACTERS] <= 0.68
    assert hits[FULL_TEXT] <= 0.45
    assert {figures["questions"] for figures in others.values()} == {457}
    assert max(others[name]["false_answers"] for name in (CHARACTERS, FULL_TEXT)) <= 0.1
    assert beside(engine, [{"id": "d", "lang": "fr", "turns": []}], limit=5) == {}


@pytest.mark.parametrize("text", ["", "?", "🙂", "x" * 400])
def test_any_text_can_be_held_back(engine: Engine, text: str) -> None:
    (deaf,) = held_back(engine, [text])
    assert deaf.ask(text).question == text
