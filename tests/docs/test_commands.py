"""Every command is explained with all its options, and answers `--help` in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from bot.__main__ import app

PAGE = Path(__file__).resolve().parents[2] / "docs/settings.md"
ROW = re.compile(r"^\| `quartierbot ([a-z ]+?)(?: [A-Z]+)?` \| (.+) \|$", re.MULTILINE)


def commands() -> dict[str, set[str]]:
    """Return each command with its options, as the program itself knows them."""
    return dict(_leaves(typer.main.get_command(app), ""))


def _leaves(command: object, name: str) -> Iterator[tuple[str, set[str]]]:
    inner = getattr(command, "commands", None)
    if inner is None:
        options = {o for p in command.params for o in p.opts}  # type: ignore[attr-defined]
        yield name, {o for o in options if o.startswith("--")} - {"--help"}
        return
    for word, each in inner.items():
        if not each.hidden:
            yield from _leaves(each, f"{name} {word}".strip())


def test_the_page_names_every_command_with_its_options() -> None:
    explained = {
        name: set(re.findall(r"--[a-z-]+", meaning))
        for name, meaning in ROW.findall(PAGE.read_text("utf-8"))
    }

    assert explained == commands()


@pytest.mark.parametrize("name", commands())
def test_every_command_explains_itself(name: str) -> None:
    shown = CliRunner().invoke(app, [*name.split(), "--help"])

    assert shown.exit_code == 0
    assert len(shown.stdout.split()) > 10
