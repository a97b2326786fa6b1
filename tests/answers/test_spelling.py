"""Spellings of one word meet: with and without accents, in German and in Bernese German."""

from __future__ import annotations

import pytest

from bot.answers.spelling import bernese, fold, pieces, sound, topic_words, words


@pytest.mark.parametrize("written", ["Ergänzung", "ergaenzung", "ERGANZUNG"])
def test_an_umlaut_may_be_written_in_three_ways(written: str) -> None:
    assert [fold(word) for word in words(written)] == ["erganzung"]


@pytest.mark.parametrize(
    ("bernese_form", "german"),
    [
        ("spitau", "spital"),
        ("gäud", "geld"),
        ("chind", "kind"),
        ("ching", "kind"),
        ("büechli", "büch"),
        ("chrank", "krank"),
        ("tüür", "tür"),
    ],
)
def test_dialect_sounds_like_its_german_word(bernese_form: str, german: str) -> None:
    assert sound(bernese_form, dialect=True) == sound(german)


def test_german_can_be_respelt_as_somebody_from_bern_would() -> None:
    assert [bernese(word) for word in ("kinder", "geld", "fest", "wohnung")] == [
        "chinger",
        "geud",
        "fescht",
        "wohnig",
    ]


def test_only_words_with_a_topic_are_looked_for() -> None:
    assert topic_words("Bonjour, où est-ce que je trouve la crèche ?") == ["crèche"]
    assert topic_words("wo chan i d Chita finge") == ["chita", "finge"]


def test_the_pieces_of_a_short_word_know_its_edges() -> None:
    assert list(pieces("kita")) == [
        " ki",
        "kit",
        "ita",
        "ta ",
        " kit",
        "kita",
        "ita ",
        " kita",
        "kita ",
    ]
    assert list(pieces("a")) == [" a "]
