"""What is said first to somebody in distress: complete, in both languages, with numbers that exist."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.answers.lexicon import Lexicon
from bot.domain.critical import ANY, Guidance
from bot.domain.localized import LANGUAGES, Localized
from bot.domain.town import NATIONAL_HELPLINES, Helpline, Town

LOCALES = Path(__file__).parents[2] / "locales"


@pytest.fixture(scope="module")
def guidance() -> Guidance:
    return Guidance.read(YAML(typ="safe").load(LOCALES / "critical.yaml"))


def test_every_topic_that_is_recognised_has_words_of_its_own(guidance: Guidance) -> None:
    files = {f.name: f.read_text("utf-8") for f in (LOCALES / "lexicon").glob("*.yaml")}
    named = {concept.critical for concept in Lexicon.read(files).concepts.values()} - {""}

    assert named <= set(guidance.topics) - {ANY}
    assert named >= {"violence", "suicidal-thoughts", "homelessness", "hunger", "poisoning"}


def test_words_and_numbers_are_complete(guidance: Guidance) -> None:
    national = {line.number for line in NATIONAL_HELPLINES}

    for care in guidance.topics.values():
        assert set(care.words) == set(LANGUAGES)
        assert all(len(text) < 160 and "ß" not in text for text in care.words.values())
        assert care.danger in care.numbers
        assert 2 <= len(care.numbers) <= 3
        assert set(care.numbers) <= national


def test_the_town_words_its_lines_and_can_lose_none(guidance: Guidance) -> None:
    own = Helpline("117", Localized(fr="Police de Bienne"), Localized(fr="toujours"))
    town = Town.of(
        {"helplines": [{"number": "117", "label": own.label, "hours": own.hours}, _shelter()]}
    )

    lines = guidance.about("violence").lines(town)

    assert [line.number for line in lines] == ["117", "142", "144"]
    assert lines[0].label == own.label
    assert guidance.about("something new").lines(Town()) != ()


def _shelter() -> dict[str, object]:
    return {"number": "032 000 00 01", "label": {"fr": "Foyer"}, "hours": {"fr": "la nuit"}}
