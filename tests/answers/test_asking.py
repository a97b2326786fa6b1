"""Residents ask in their own words and find what they mean, or hear that there is nothing."""

from __future__ import annotations

import pytest

from bot.answers.confidence import Thresholds
from bot.answers.engine import Engine
from bot.domain.directory import Directory


def first(engine: Engine, text: str) -> str:
    return engine.ask(text).ranking[0].entry_id


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("où apprendre le français ?", "faq-sprachkurs"),
        ("aide pour les dettes", "svc-schuldenberatung"),
        ("bibliothèque mâche", "svc-bibliothek"),
        ("yoga le soir", "act-yoga"),
        ("Wo kann ich Spielsachen ausleihen?", "svc-ludothek"),
        ("adresse fundbüro", "svc-fundbuero"),
        ("gits öppis für chind am mittwuch?", "act-kindernachmittag"),
        ("spiugruppe für es 3 jährigs", "svc-spielgruppe"),
    ],
)
def test_people_find_what_they_ask_for(engine: Engine, text: str, entry: str) -> None:
    assert first(engine, text) == entry


def test_plain_wishes_in_three_languages_are_answered_at_once(engine: Engine) -> None:
    asked = (
        "où apprendre le français ?",
        "Wo kann ich Spielsachen ausleihen?",
        "gits öppis für chind am mittwuch?",
    )
    assert [engine.ask(text).outcome for text in asked] == ["answer"] * 3


def test_typing_errors_do_not_hide_the_toy_library(engine: Engine) -> None:
    assert first(engine, "ludoteque horraire") == first(engine, "ludothèque horaire")


@pytest.mark.parametrize(
    ("written", "also"),
    [
        ("Fundbüro", "Fundbuero"),
        ("Fundbüro", "fundburo"),
        ("bibliothèque à Boujean", "bibliotheque a boujean"),
    ],
)
def test_umlauts_and_accents_may_be_left_out(engine: Engine, written: str, also: str) -> None:
    assert first(engine, also) == first(engine, written)


def test_a_question_about_something_else_is_not_answered(engine: Engine) -> None:
    asked = ["tauchkurs", "location de skis", "cours de guitare", "ich suche einen zahnarzt"]
    assert {engine.ask(text).outcome for text in asked} <= {"suggest", "none"}


@pytest.mark.parametrize("text", ["", "   ", "🙂", "?!", "et toi", "où ?"])
def test_a_text_without_a_topic_finds_nothing(engine: Engine, text: str) -> None:
    answer = engine.ask(text)
    assert (answer.outcome, answer.confidence) == ("none", 0.0)
    assert answer.ranking == ()


def test_a_clear_question_is_answered_and_a_vague_one_gets_suggestions(engine: Engine) -> None:
    assert engine.ask("yoga le soir").outcome == "answer"
    assert engine.ask("tauchkurs").outcome == "suggest"


def test_whoever_wants_no_risk_raises_the_threshold(town: Directory) -> None:
    careful = Engine.build(town, thresholds=Thresholds(answer=1.0, suggest=0.0))
    assert careful.ask("yoga le soir").outcome == "suggest"


def test_the_ranking_is_as_long_as_asked_for(engine: Engine) -> None:
    assert len(engine.ask("cours de français", limit=2).ranking) == 2
    assert len(engine.ask("cours de français").ranking) == 5


def test_a_town_without_entries_answers_nothing() -> None:
    empty = Engine.build(Directory(entries={}, places={}, neighbourhoods={}))
    assert empty.ask("où est la crèche ?").outcome == "none"
    assert empty.ask("où est la crèche ?").reply_language == "fr"
