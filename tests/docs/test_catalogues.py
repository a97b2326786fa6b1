"""French and German say everything we can say, and say it with the same facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from bot.domain.localized import LANGUAGES
from bot.i18n import LOCALES

ROOT = Path(__file__).resolve().parents[2]
KEYWORDS = {"say": None, "plain": None, "plural": (1, 2)}
FIELD = re.compile(r"\{(\w+)")
TAG = re.compile(r"</?\w+")

Sentence = str | list[str] | tuple[str, ...] | None


def sentences() -> set[tuple[str, ...]]:
    """Return every sentence that the code says."""
    return {
        forms(found)
        for room in ("bot", "handlers")
        for _file, _line, found, _notes, _context in extract_from_dir(
            ROOT / room, keywords=KEYWORDS
        )
    }


def catalogue(language: str) -> Catalog:
    with (LOCALES / language / "LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale=language)


def forms(said: Sentence) -> tuple[str, ...]:
    """Return the one form of a plain sentence, or both of a plural one."""
    return (said,) if isinstance(said, str) else tuple(said or ("",))


def pairs(language: str) -> Iterator[tuple[Sentence, str]]:
    """Yield each sentence with each form of its translation."""
    for message in catalogue(language):
        if message.id:
            yield from ((message.id, form) for form in forms(message.string))


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_untranslated_unsure_or_unused(language: str) -> None:
    entries = [message for message in catalogue(language) if message.id]

    assert {forms(message.id) for message in entries} == sentences()
    assert [message.id for message in entries if message.fuzzy] == []
    assert [message.id for message in entries if not all(forms(message.string))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_names_the_same_facts(language: str) -> None:
    facts = {
        field for id_, _ in pairs(language) for form in forms(id_) for field in FIELD.findall(form)
    }

    assert [
        form
        for id_, form in pairs(language)
        if isinstance(id_, str) and sorted(FIELD.findall(form)) != sorted(FIELD.findall(id_))
    ] == []
    assert {field for _, form in pairs(language) for field in FIELD.findall(form)} <= facts


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_the_marks_of_its_sentence(language: str) -> None:
    assert [
        form
        for id_, form in pairs(language)
        if sorted(TAG.findall(form)) != sorted(TAG.findall(forms(id_)[-1]))
    ] == []


def test_german_is_written_as_in_switzerland() -> None:
    assert [form for _, form in pairs("de") if "ß" in form] == []
