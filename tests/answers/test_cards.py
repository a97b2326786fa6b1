"""A frequent question and its service are one card; a question already asked is found again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.answers.answer import Context
from bot.answers.engine import Engine
from bot.answers.siblings import cards
from bot.domain.directory import Directory, Entry
from bot.domain.localized import Localized


def test_tax_help_and_its_frequent_question_are_one_card(engine: Engine) -> None:
    answer = engine.ask("aide pour remplir la déclaration d'impôts")
    first, second = answer.ranking[:2]
    assert {first.entry_id, second.entry_id} == {"svc-steuerhilfe", "faq-steuern"}
    assert first.siblings == (second.entry_id,)
    assert second.siblings == (first.entry_id,)
    assert answer.cards[1].entry_id == answer.ranking[2].entry_id


RELATED = {"a": frozenset({"c"}), "c": frozenset({"a"})}


def test_a_relative_far_behind_keeps_its_own_place() -> None:
    scores = {"a": 1.0, "b": 0.5, "c": 0.2}
    assert cards("abc", scores, related=RELATED) == [("a",), ("b",), ("c",)]


def test_a_near_relative_moves_up_beside_its_better_one() -> None:
    scores = {"a": 1.0, "b": 0.9, "c": 0.8}
    assert cards("abc", scores, related=RELATED) == [("a", "c"), ("b",)]


def test_a_question_asked_word_for_word_still_brings_its_service_along(engine: Engine) -> None:
    first, second = engine.ask("où apprendre le français ?").ranking[:2]
    assert (first.entry_id, second.entry_id) == ("faq-sprachkurs", "svc-franzkurs")
    assert first.siblings == ("svc-franzkurs",)


def test_what_the_team_answered_once_is_found_by_the_next_person(town: Directory) -> None:
    answered = Entry(
        id="faq-trampolin",
        kind="faq",
        category="leisure",
        title=Localized(de="Darf ich im Hof ein Trampolin aufstellen?"),
        summary=Localized(),
        description=Localized(de="Fragen Sie zuerst die Verwaltung und die Nachbarn."),
        updated=date(2026, 9, 1),
        questions={"gsw": ("chöi mir es trampolin i hof steue",)},
    )
    richer = Engine.build(replace(town, entries={**town.entries, answered.id: answered}))
    for text in (
        "Darf ich im Hof ein Trampolin aufstellen?",
        "trampolin im hof erlaubt?",
        "chöi mir es trampolin i hof steue",
    ):
        answer = richer.ask(text)
        assert (answer.outcome, answer.ranking[0].entry_id) == ("answer", "faq-trampolin")


def test_the_conversation_remembers_the_card_that_was_shown(engine: Engine) -> None:
    start = Context(language="de")
    shown = start.after(engine.ask("yoga le soir", context=start))
    assert (shown.language, shown.shown) == ("fr", ("act-yoga",))
    unsure = shown.after(engine.ask("tauchkurs bitte", context=shown))
    assert (unsure.language, unsure.offered, len(unsure.shown)) == ("de", True, 3)
