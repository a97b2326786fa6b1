"""Whoever is in distress is recognised, in three languages; who only kills time is not."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.answers.engine import Engine

_HERE = Path(__file__).parent
_SENTENCES: dict[str, Any] = YAML(typ="safe").load(_HERE / "distress.yaml")
_IN_DISTRESS = [(t, said) for t, sentences in _SENTENCES["positive"].items() for said in sentences]


def test_there_are_enough_sentences_to_judge_by() -> None:
    assert len(_IN_DISTRESS) >= 120
    assert len(_SENTENCES["harmless"]) >= 60


@pytest.mark.parametrize(("topic", "said"), _IN_DISTRESS)
def test_distress_is_recognised(engine: Engine, topic: str, said: str) -> None:
    assert engine.ask(said).critical, f"this is about {topic}"


@pytest.mark.parametrize("said", _SENTENCES["harmless"])
def test_everyday_sayings_are_let_through(engine: Engine, said: str) -> None:
    assert engine.ask(said).critical == ""


@pytest.mark.parametrize(
    ("said", "topic", "entry"),
    [
        ("mon copain m'a frappée hier", "violence", "svc-gewaltschutz"),
        ("mein Mann bedroht mich", "violence", "svc-gewaltschutz"),
        ("i ha kes Dach über em Chopf", "homelessness", "svc-notschlafstelle"),
        ("je dors dehors depuis une semaine", "homelessness", "svc-notschlafstelle"),
        ("meine Kinder haben nichts zu essen", "hunger", "svc-lebensmittel"),
        ("mi Brueder suuft jede Tag", "addiction", "svc-sucht"),
        ("ich will nicht mehr leben", "suicidal-thoughts", "svc-psyche"),
    ],
)
def test_the_entry_that_helps_stands_among_the_first_three(
    engine: Engine, said: str, topic: str, entry: str
) -> None:
    answer = engine.ask(said)
    assert answer.critical == topic
    assert entry in [ranked.entry_id for ranked in answer.ranking[:3]]


def _missed(engine: Engine, sentences: dict[str, Any], language: str) -> tuple[list[str], int]:
    """Return who is not recognised, and how many there are; `pytest -rP` shows the figures."""
    said = [each for topic in sentences["positive"][language].values() for each in topic]
    missed = [each for each in said if not engine.ask(each).critical]
    sys.stdout.write(f"{len(said) - len(missed)} of {len(said)} recognised; not: {missed}\n")
    return missed, len(said)


def _false_alarms(engine: Engine, sentences: dict[str, Any]) -> Iterator[str]:
    for said in (each for harmless in sentences["harmless"].values() for each in harmless):
        if engine.ask(said).critical:
            yield said


@pytest.mark.parametrize("language", ["fr", "de", "gsw"])
def test_what_the_patterns_were_widened_with_is_not_lost_again(
    engine: Engine, language: str
) -> None:
    missed, among = _missed(engine, _read("building"), language)
    assert among >= 190
    assert len(missed) <= 0.02 * among, missed


@pytest.mark.parametrize("language", ["fr", "de", "gsw"])
def test_distress_is_recognised_in_words_nobody_had_in_mind(engine: Engine, language: str) -> None:
    missed, among = _missed(engine, _read("held_back"), language)
    assert among >= 33
    assert len(missed) <= 0.15 * among, missed


@pytest.mark.parametrize(("sentences", "share"), [("building", 0.01), ("held_back", 0.05)])
def test_harmless_look_alikes_raise_hardly_an_alarm(
    engine: Engine, sentences: str, share: float
) -> None:
    read = _read(sentences)
    alarmed = list(_false_alarms(engine, read))
    sys.stdout.write(f"{len(alarmed)} false alarms: {alarmed}\n")
    assert len(alarmed) <= share * sum(map(len, read["harmless"].values())), alarmed


def _read(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = YAML(typ="safe").load(_HERE / "distress" / f"{name}.yaml")
    return loaded
