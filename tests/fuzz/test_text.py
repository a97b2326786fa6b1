"""Any text at all: cleaned at the door, on one line where one is wanted, harmless at the exit."""

from __future__ import annotations

import html
import os
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.text import MAX_TEXT, clean, escape, one_line, plain

pytestmark = pytest.mark.fuzz

EVERYTHING = st.text(st.characters(codec=None), max_size=300)
NASTY = st.text(
    st.sampled_from(
        "aé\u0301\u0327\u0345\u200b\u200d\u202e\u2066\u2069\ufeff\ud83d\udc00\x00\x07\x1b\x85\u2028 \n\t<>&\"'\u3164😀"
    ),
    max_size=120,
)
ANY = st.one_of(EVERYTHING, NASTY)
HEAVY = "QUARTIERBOT_TEST_SEED" in os.environ
SLICE = settings(max_examples=5000 if HEAVY else 200, derandomize=not HEAVY, deadline=None)
DIRECTIONS = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@SLICE
@given(ANY)
@example("a" + "\u0301" * 500)
@example("\u1e0a\u202e\u0323")
@example("e\u200e\u0301")
def test_a_cleaned_text_holds_nothing_that_misleads(text: str) -> None:
    cleaned = clean(text)
    assert cleaned.encode().decode() == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not DIRECTIONS & set(cleaned)
    assert {c for c in cleaned if unicodedata.category(c) in {"Cc", "Cs"}} <= {"\n", "\t"}
    assert len(cleaned) <= MAX_TEXT
    assert longest_run_of_marks(cleaned) <= 8
    assert clean(cleaned) == cleaned


@SLICE
@given(st.text(st.sampled_from("\u200b\u200d\ufeff\u3164 \n\t\x00\u202e\u2060\ufe0f"), max_size=50))
def test_nothing_visible_is_nothing(text: str) -> None:
    assert clean(text) == ""
    assert one_line(text) == ""


@SLICE
@given(ANY, st.integers(2, 400))
def test_one_line_is_one_line_and_not_longer_than_asked(text: str, limit: int) -> None:
    line = one_line(text, limit=limit)
    assert len(line) <= limit
    assert line.splitlines() == ([line] if line else [])
    assert line == line.strip()


@SLICE
@given(ANY)
def test_an_escaped_text_says_the_same_and_means_nothing(text: str) -> None:
    safe = escape(text)
    assert not set("<>\"'") & set(safe)
    assert html.unescape(safe) == text.replace("\x00", "\ufffd") or "\x00" in text or "\r" in text
    assert plain(escape(clean(text))) == clean(text)


def longest_run_of_marks(text: str) -> int:
    longest = run = 0
    for char in text:
        run = run + 1 if unicodedata.combining(char) else 0
        longest = max(longest, run)
    return longest
