"""Whether two contributions are about the same: measured on pairs that chose no figure."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.answers.concepts_in_common import ConceptLikeness
from bot.answers.lexicon import NO_LEXICON
from bot.answers.matching import Matcher
from bot.domain.likeness import ALIKE_ANYWHERE
from bot.words import likeness

_PAIRS = Path(__file__).parent / "alike"


def _measured(name: str) -> tuple[float, float, int, int]:
    """Return precision and recall at the bar for places far apart, and how many pairs of each kind."""
    pairs = YAML(typ="safe").load(_PAIRS / f"{name}.yaml")
    alike, apart = (
        [_likeness(a, b) >= ALIKE_ANYWHERE for a, b in pairs[kind]] for kind in ("alike", "apart")
    )
    right, wrong = sum(alike), sum(apart)
    return right / (right + wrong), right / len(alike), len(alike), len(apart)


def _likeness(a: str, b: str) -> float:
    known = likeness()
    return known.likeness(known.concepts(a), known.concepts(b))


def test_pairs_that_chose_no_figure_are_told_apart() -> None:
    """Measured: precision 0.85, recall 0.96; two thirds of the pairs apart share a place or a thing."""
    precision, recall, alike, apart = _measured("held_out")
    assert (alike >= 40, apart >= 60) == (True, True)
    assert (precision >= 0.83, recall >= 0.93) == (True, True), (precision, recall)


def test_no_pair_is_in_both_files() -> None:
    held_out, tuning = (
        {
            tuple(pair)
            for kind in YAML(typ="safe").load(_PAIRS / f"{name}.yaml").values()
            for pair in kind
        }
        for name in ("held_out", "tuning")
    )
    assert not held_out & tuning


def test_two_languages_meet() -> None:
    assert _likeness("des bancs à l'ombre", "Sitzbänke beim Markt") >= ALIKE_ANYWHERE
    assert _likeness("des bancs à l'ombre", "mehr Bänkli am Schatte") >= ALIKE_ANYWHERE
    assert _likeness("des bancs au parc", "ein WC im Park") < ALIKE_ANYWHERE


@pytest.mark.parametrize("text", ["", "🌳", "?", "xyzzy"])
def test_nothing_understood_is_like_nothing_else(text: str) -> None:
    assert _likeness(text, "des bancs à l'ombre") == 0.0


def test_without_a_lexicon_the_letters_decide() -> None:
    bare = Matcher.build(NO_LEXICON)
    letters = ConceptLikeness(bare, bare)
    text = letters.concepts("Mehr Licht beim Bahnhof")
    assert letters.likeness(text, text) == pytest.approx(1.0)
    assert not letters.topics(text)
