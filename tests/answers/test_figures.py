"""The figures on the sample town's 457 questions: floors, so that a step back shows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.answers.alarms import Alarms
from bot.answers.engine import Engine
from bot.answers.evaluation import evaluate
from bot.answers.foreign import Tongues
from bot.answers.matching import Matcher
from bot.answers.report import summary, table
from bot.domain.directory import Directory
from bot.domain.localized import LANGUAGES
from bot.formats.directory_files import load


@pytest.fixture(scope="module")
def figures(engine: Engine, questions: list[dict[str, Any]]) -> dict[str, Any]:
    lines = list(evaluate(engine, questions, limit=5, render=lambda answer: answer.outcome))
    return summary(questions, lines)


def test_the_right_entry_comes_first_more_often_than_with_any_plain_search(
    figures: dict[str, Any],
) -> None:
    assert figures["hit@1"] >= 0.88
    assert figures["hit@3"] >= 0.96
    floors = {"fr": 0.87, "de": 0.88, "gsw": 0.92}
    reached = {lang: figures["by_language"][lang]["hit@1"] for lang in floors}
    assert {lang for lang in floors if reached[lang] < floors[lang]} == set()


def test_a_town_nobody_tuned_to_is_answered_nearly_as_well(
    matcher: Matcher, alarms: Alarms, tongues: Tongues
) -> None:
    folder = Path(__file__).resolve().parents[1] / "towns" / "second"
    rows = [
        json.loads(line)
        for line in (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    single = [row for row in rows if "turns" not in row]
    engine = Engine.build(load(folder).directory, matcher=matcher, alarms=alarms, tongues=tongues)
    reached = summary(single, list(evaluate(engine, single, limit=5, render=lambda _: "")))
    assert reached["hit@1"] >= 0.83
    assert reached["hit@3"] >= 0.91
    assert reached["right_of_all"] >= 0.63
    assert reached["false_answers"] <= 0.10
    assert reached["by_kind"]["critical"]["hit@3"] >= 0.92


def test_typing_errors_are_nearly_always_understood(figures: dict[str, Any]) -> None:
    assert figures["by_kind"]["typo"]["hit@1"] >= 0.88


def test_it_answers_little_that_it_does_not_know(figures: dict[str, Any]) -> None:
    assert figures["right_of_all"] >= 0.78
    assert figures["false_answers"] <= 0.08


def test_it_replies_in_the_language_of_the_question(figures: dict[str, Any]) -> None:
    assert figures["reply_language"] >= 0.98


def test_no_question_of_the_sample_is_called_foreign(
    engine: Engine,
    questions: list[dict[str, Any]],
) -> None:
    assert [q["text"] for q in questions if engine.ask(q["text"]).foreign] == []


def test_no_text_of_the_directory_is_called_foreign(tongues: Tongues, town: Directory) -> None:
    texts = [
        text.get(language, "")
        for entry in town.entries.values()
        for text in (entry.title, entry.summary, entry.description)
        for language in LANGUAGES
    ]
    assert [text for text in texts if tongues.heard(text)] == []


def test_the_table_can_be_read(figures: dict[str, Any]) -> None:
    lines = table(figures).splitlines()
    assert lines[0].split() == [
        *("n", "hit@1", "hit@3", "MRR", "right", "false", "handled", "reply"),
    ]
    assert lines[1].split()[:2] == ["all", "457"]
    assert [line.split()[0] for line in lines[2:5]] == ["fr", "de", "gsw"]
