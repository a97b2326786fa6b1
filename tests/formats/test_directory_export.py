"""What is written reads back as it was, whatever people put into it, and always in the same bytes."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from bot.domain.documents import Published, faq_document
from bot.domain.errors import OperatorError
from bot.domain.localized import Localized
from bot.formats.directory_export import dump
from bot.formats.directory_files import load
from bot.text import clean, one_line
from tests.formats.town_files import write_town

SAMPLE = Path(__file__).parents[2] / "sample"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_sample_town_keeps_its_meaning(tmp_path: Path) -> None:
    loaded = load(SAMPLE)
    written = dump(loaded.published, tmp_path / "town", town=loaded.town)
    plain = YAML(typ="safe")
    for path in written:
        assert plain.load(path) == plain.load(SAMPLE / path.name), path.name
    assert load(tmp_path / "town").directory == loaded.directory


def test_writing_reading_and_writing_again_gives_the_same_bytes(tmp_path: Path) -> None:
    loaded = load(write_town(tmp_path / "town"))
    dump(loaded.published, tmp_path / "one", town=loaded.town)
    again = load(tmp_path / "one")
    assert (again.published, again.town) == (loaded.published, loaded.town)
    dump(again.published, tmp_path / "two", town=again.town)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_a_folder_that_cannot_be_written_is_said_with_its_remedy(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(OperatorError, match=r"taken cannot be written: .* Choose a folder"):
        dump(Published(), tmp_path / "taken")


def test_the_form_is_the_one_of_the_manual(tmp_path: Path) -> None:
    loaded = load(write_town(tmp_path / "town"))
    dump(loaded.published, tmp_path / "one", town=loaded.town)
    services = (tmp_path / "one" / "services.yaml").read_text(encoding="utf-8")
    assert '  - days: [mo, tu]\n    from: "08:30"\n    to: "24:00"\n' in services
    assert "  cost:\n    chf: 2.5\n" in services
    assert services.endswith("  related: [faq-what]\n  updated: 2026-09-01\n")


ODD = st.sampled_from(
    ["- a", "# b", "x: y", "'", '"', "no", "null", "2026-09-01", "12:30", "1e3", "@", "|", ">", "%"]
)
WORDS = st.lists(st.one_of(st.text(max_size=30), ODD), min_size=1, max_size=30)
TEXTS = st.one_of(
    WORDS.map(" ".join), WORDS.map("\n".join), WORDS.map("  ".join), WORDS.map(" \n\t ".join)
)


@settings(max_examples=150, deadline=None)
@given(asked=TEXTS, answered=TEXTS)
def test_whatever_somebody_writes_in_a_chat_comes_back(asked: str, answered: str) -> None:
    question = Localized.of({"de": one_line(asked, limit=120), "fr": "Quoi ?"})
    answer = Localized.of({"fr": clean(answered, limit=3000) or "Rien."})
    document = faq_document(
        "faq-1",
        question=question,
        answer=answer,
        questions={"fr": tuple(question.values())},
        category="chat",
        today=date(2026, 11, 20),
    )
    with tempfile.TemporaryDirectory() as folder:
        one, two = Path(folder, "one"), Path(folder, "two")
        dump(Published(entries={"faq-1": ("faq", document)}), one)
        loaded = load(one)
        assert loaded.problems.errors == ()
        entry = loaded.directory.entries["faq-1"]
        assert (entry.title, entry.description) == (question, answer)
        dump(loaded.published, two)
        assert contents(one) == contents(two)
