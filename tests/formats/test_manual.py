"""The manual for editors is true: its examples make one sound directory."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from bot.domain.town import Town
from bot.formats.directory_files import load

MANUAL = Path(__file__).parents[2] / "docs" / "directory.md"


def test_the_examples_of_the_manual_are_a_sound_directory(tmp_path: Path) -> None:
    blocks = re.findall(r"```yaml\n# (\w+\.yaml)\n(.*?)```", MANUAL.read_text("utf-8"), re.DOTALL)
    for name, text in blocks:
        (tmp_path / name).write_text(text, encoding="utf-8")
    loaded = load(tmp_path, today=date(2026, 11, 20))
    assert list(loaded.problems.lines()) == []
    assert sorted(loaded.directory.entries) == [
        *("act-souris-vertes", "faq-formular", "svc-schreibdienst"),
    ]
    assert Town.of(loaded.town or {}).missing() == ("helplines",)
