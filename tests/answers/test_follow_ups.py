"""Dialogues in residents' words: what goes on about the last card, and what is a new question.

Each line of dialogues.txt is a dialogue; after a turn stands what it must be about and what it asks.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.answers.answer import Answer, Context
from bot.answers.engine import Engine
from bot.answers.memory import pack, unpack


def turns(dialogue: str) -> list[tuple[str, str, list[str]]]:
    said = []
    for turn in dialogue.split(" | "):
        text, _, expected = turn.rpartition(" = ")
        entry, *marks = expected.split()
        said.append((text, entry, marks))
    return said


LINES = (Path(__file__).parent / "dialogues.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("dialogue", LINES)
def test_a_dialogue_in_residents_words(dialogue: str, engine: Engine) -> None:
    context = Context()
    for number, (text, entry, marks) in enumerate(turns(dialogue)):
        answer = engine.ask(text, context=context)
        if not number and answer.outcome != "answer":
            assert entry in [card.entry_id for card in answer.cards[:3]], text
            context = Context(answer.reply_language, (entry,))  # they tap the button
            continue
        assert answer.ranking[0].entry_id == entry or entry in answer.ranking[0].siblings, text
        if number:
            assert answer.outcome == "answer", text
            assert answer.follows == ("new" not in marks), text
            for mark in marks:
                assert_asked(answer, mark)
        context = unpack(pack(context.after(answer)))  # as if the program had been restarted


def assert_asked(answer: Answer, mark: str) -> None:
    """Check one mark of the table: a fact, a weekday, a part of the day, an age, an audience."""
    asked = answer.asked
    fact, _, day = mark.partition(":")
    if mark == "new":
        return
    if "=" in mark:
        name, value = mark.split("=")
        assert str(getattr(asked.filters, name)) == value
    elif fact == "part":
        assert asked.time.part
    elif fact == "when":
        assert "when" in asked.facts or asked.time.said
    elif fact == "open":
        assert {"hours", "when", "open_now"} & set(asked.facts)
    else:
        assert fact in asked.facts
    if day:
        weekdays = ("mo", "tu", "we", "th", "fr", "sa", "su")
        assert day in [weekdays[s.number] for s in asked.time.said if s.kind == "weekday"]


def test_forty_dialogues_are_told() -> None:
    assert len(LINES) >= 40


def test_a_question_after_nothing_is_a_question(engine: Engine) -> None:
    assert not engine.ask("et le samedi ?").follows
    assert engine.ask("c'est où ?").outcome != "answer"


def test_the_language_follows_the_person(engine: Engine) -> None:
    context = Context(language="fr")
    for text, language in (
        ("ludothèque horaire", "fr"),
        ("u am Samschtig?", "de"),
        ("prix ?", "fr"),
        ("und wo ist das?", "de"),
    ):
        answer = engine.ask(text, context=context)
        assert (answer.reply_language, answer.ranking[0].entry_id) == (language, "svc-ludothek")
        context = context.after(answer)


def test_elsewhere_its_like_is_found(engine: Engine) -> None:
    shown = Context(shown=("svc-iq-madretsch",))
    assert engine.ask("und in Mett?", context=shown).ranking[0].entry_id == "svc-iq-mett"
    assert engine.ask("et à Boujean ?", context=shown).ranking[0].entry_id == "svc-iq-boezingen"


def test_a_list_is_narrowed_step_by_step(engine: Engine) -> None:
    context = Context()
    said = ("qu'est-ce qu'il y a samedi pour les enfants ?", "et dimanche ?", "et à Mâche ?")
    for text in said:
        answer = engine.ask(text, context=context)
        context = context.after(answer)
        assert context.listed
    asked = context.asked
    assert (asked.filters.audience, asked.filters.neighbourhood) == ("children", "mett")
    assert [each.number for each in asked.time.said] == [6]


def test_of_a_list_one_must_be_chosen(engine: Engine) -> None:
    shown = Context().after(engine.ask("was läuft am Samstag?"))
    assert engine.ask("wo ist das?", context=shown).outcome == "suggest"


def test_after_suggestions_the_fact_waits_for_the_choice(engine: Engine) -> None:
    offered = engine.ask("tauchkurs")
    again = engine.ask("und was kostet das?", context=Context().after(offered))
    assert (again.outcome, again.follows) == ("suggest", True)
    assert [r.entry_id for r in again.cards[:3]] == [r.entry_id for r in offered.cards[:3]]


def test_after_nothing_was_found_there_is_nothing_to_go_on_about(engine: Engine) -> None:
    shown = Context().after(engine.ask("ludothèque horaire"))
    lost = shown.after(engine.ask("location de pédalos à moteur", context=shown))
    assert lost.shown != ("svc-ludothek",)


def test_nothing_people_wrote_is_kept(engine: Engine) -> None:
    context = Context().after(engine.ask("danse pour ma fille Léa de 8 ans, samedi ?"))
    assert "Léa" not in str(pack(context))
