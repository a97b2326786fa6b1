"""Whoever is in distress is recognised, in three languages; who only kills time is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.answers.engine import Engine

_SENTENCES: dict[str, Any] = YAML(typ="safe").load(Path(__file__).with_name("distress.yaml"))
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
