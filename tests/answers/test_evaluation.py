"""Questions and dialogues with known answers become the lines and figures of `evaluate`."""

from __future__ import annotations

from typing import Any

import pytest

from bot.answers.engine import Engine
from bot.answers.evaluation import BadRowError, evaluate
from bot.answers.report import summary

ROWS: list[dict[str, Any]] = [
    {"id": "q1", "text": "yoga le soir", "lang": "fr", "expect": ["act-yoga"], "kind": "plain"},
    {"id": "q2", "text": "tauchkurs", "lang": "de", "expect": [], "kind": "none"},
    {
        "id": "d1",
        "lang": "de",
        "turns": [
            {"text": "adresse fundbüro", "expect": ["svc-fundbuero"]},
            {"text": "yoga", "expect": ["act-yoga"]},
        ],
    },
]


def lines_of(engine: Engine, rows: list[dict[str, Any]] = ROWS) -> list[dict[str, Any]]:
    return list(evaluate(engine, rows, limit=2, render=lambda answer: f"«{answer.outcome}»"))


def test_every_question_and_every_turn_has_a_line(engine: Engine) -> None:
    lines = lines_of(engine)
    assert [(line["id"], line.get("turn")) for line in lines] == [
        ("q1", None),
        ("q2", None),
        ("d1", 0),
        ("d1", 1),
    ]


def test_a_line_says_what_ask_says(engine: Engine) -> None:
    line = lines_of(engine)[0]
    answers = line.pop("answers")
    assert line == {
        "id": "q1",
        "question": "yoga le soir",
        "language": "fr",
        "reply_language": "fr",
        "outcome": "answer",
        "text": "«answer»",
    }
    assert [sorted(answer) for answer in answers] == [["id", "kind", "score"]] * 2
    assert (answers[0]["id"], answers[0]["kind"]) == ("act-yoga", "activity")


def test_a_dialogue_keeps_its_language_from_turn_to_turn(engine: Engine) -> None:
    assert [line["reply_language"] for line in lines_of(engine)[2:]] == ["de", "de"]


def test_the_summary_counts(engine: Engine) -> None:
    figures = summary(ROWS, lines_of(engine), speed={"median ms": 0.5})
    assert (figures["questions"], figures["answerable"], figures["unanswerable"]) == (4, 3, 1)
    assert (figures["hit@1"], figures["hit@3"], figures["mrr"]) == (1.0, 1.0, 1.0)
    assert (figures["right_of_all"], figures["false_answers"], figures["handled"]) == (
        1.0,
        0.0,
        1.0,
    )
    assert figures["by_kind"]["dialogue"]["questions"] == 2
    assert figures["by_kind"]["none"]["hit@1"] is None
    assert (figures["confusions"], figures["speed"]) == ([], {"median ms": 0.5})


def test_a_wrong_first_entry_is_listed_among_the_confusions(engine: Engine) -> None:
    rows = [{**ROWS[0], "expect": ["act-jassen"]}]
    figures = summary(rows, lines_of(engine, rows))
    assert figures["confusions"] == [{"wanted": "act-jassen", "first": "act-yoga", "count": 1}]
    assert (figures["hit@1"], figures["right_of_all"], figures["handled"]) == (0.0, 0.0, 0.0)


def test_a_broken_row_is_named(engine: Engine) -> None:
    with pytest.raises(BadRowError, match=r"^row 2: KeyError\('expect'\)"):
        lines_of(engine, [ROWS[0], {"id": "q9", "text": "?", "lang": "fr"}])
