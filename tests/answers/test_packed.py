"""The lexicon is compiled once and kept; what was kept means the same, and never stops a start."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import words
from bot.answers.lexicon import Lexicon
from bot.answers.matching import Matcher
from bot.answers.packed import UnreadablePackError, packed, unpacked

_DRINKS = 'tea:\n  fr: ["thé", "tasse de thé"]\n  de: ["Tee"]\n  gsw: ["Tey"]\n'


@pytest.fixture
def small() -> Matcher:
    return Matcher.build(Lexicon.read({"drinks.yaml": _DRINKS}))


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A town with a small lexicon that was never started; its folder of locales."""
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "drinks.yaml").write_text(_DRINKS, encoding="utf-8")
    monkeypatch.setattr(words, "LOCALES", tmp_path)
    monkeypatch.setattr(words, "_COMPILED", tmp_path / ".compiled")
    return tmp_path


def started() -> Matcher:
    return words.matcher.__wrapped__()


def test_what_is_unpacked_is_what_was_packed(small: Matcher) -> None:
    assert unpacked(packed(small)) == small


@pytest.mark.parametrize("data", [b"", b"nonsense", b"\x00" * 40, b"i\x01\x00\x00\x00"])
def test_broken_bytes_are_told_from_a_lexicon(data: bytes) -> None:
    with pytest.raises(UnreadablePackError):
        unpacked(data)


def test_half_a_pack_is_told_from_a_lexicon(small: Matcher) -> None:
    whole = packed(small)
    with pytest.raises(UnreadablePackError):
        unpacked(whole[: len(whole) // 2])


def test_the_second_start_unpacks_what_the_first_compiled(
    fresh: Path, small: Matcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert started() == small
    assert len(list((fresh / ".compiled").iterdir())) == 1

    monkeypatch.setattr(Matcher, "build", None)
    assert started() == small


def test_a_changed_word_is_compiled_anew_and_the_old_one_forgotten(fresh: Path) -> None:
    started()
    changed = _DRINKS.replace("Tee", "Kräutertee")
    (fresh / "lexicon" / "drinks.yaml").write_text(changed, encoding="utf-8")

    assert started().lexicon.concepts["tea"].terms["de"] == ("Kräutertee",)
    assert len(list((fresh / ".compiled").iterdir())) == 1


def test_a_kept_file_that_was_damaged_is_made_again(fresh: Path, small: Matcher) -> None:
    started()
    (kept,) = (fresh / ".compiled").iterdir()
    kept.write_bytes(b"damaged")
    assert started() == small
    assert unpacked(kept.read_bytes()) == small


def test_a_folder_nobody_may_write_to_only_costs_time(fresh: Path, small: Matcher) -> None:
    (fresh / ".compiled").write_text("a file where the folder should be", encoding="utf-8")
    assert started() == small
