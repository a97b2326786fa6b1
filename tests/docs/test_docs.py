"""The documents name what exists, all of it and nothing else."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from bot.settings import PREFIX, Settings

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    page.relative_to(ROOT).as_posix()
    for page in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("deploy/*.md"))
)
LINK = re.compile(r"\]\((?!https?://|#)([^)#]+)")


def read(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def rows(page: str, *, title: str) -> list[list[str]]:
    """Return the cells of the table under `title`, without its head."""
    section = read(page).split(f"\n## {title}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def test_every_setting_is_explained_and_none_is_invented() -> None:
    explained = [cells[0].strip("`") for cells in rows("docs/settings.md", title="Settings")]

    assert explained == [f"{PREFIX}{name.upper()}" for name in Settings.model_fields]


def test_the_defaults_on_the_page_are_those_of_the_code() -> None:
    shown = {
        cells[0].strip("`"): cells[1].strip("`")
        for cells in rows("docs/settings.md", title="Settings")
    }

    assert shown == {
        f"{PREFIX}{name.upper()}": default_in_words(field.default)
        for name, field in Settings.model_fields.items()
    }


def default_in_words(value: object) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool | float):
        return str(int(value))
    return str(value)


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    folder = (ROOT / page).parent

    assert [link for link in LINK.findall(read(page)) if not (folder / link).exists()] == []


def test_every_decision_has_a_number_a_status_and_the_three_answers() -> None:
    pages = sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))

    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for number, page in enumerate(pages, start=1):
        text = page.read_text("utf-8")
        assert text.startswith(f"# {number}. "), page.name
        assert [
            word
            for word in ("Status: ", "**Met.**", "**Chosen.**", "**Costs.**")
            if word not in text
        ] == []


def test_every_make_target_named_in_a_document_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), flags=re.MULTILINE))
    named = {
        target
        for page in PAGES
        for target in re.findall(r"(?:`|^)make ([a-z-]+)", read(page), re.MULTILINE)
    }

    assert named - targets == set()


def test_requirements_name_no_address() -> None:
    for name in (
        "requirements.in",
        "requirements.txt",
        "requirements-dev.in",
        "requirements-dev.txt",
    ):
        assert (
            re.findall(
                r"(?i)https?://|--(?:extra-)?index[-]url|--find[-]links|--trusted[-]host",
                read(name),
            )
            == []
        )


def test_every_locked_package_has_a_hash() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        packages = re.split(r"\n(?=\S)", re.sub(r"(?m)^\s*#.*\n?", "", read(name)).strip())
        assert [package.split()[0] for package in packages if "--hash=sha256:" not in package] == []


def test_the_declared_pythons_are_those_of_the_tools() -> None:
    project = tomllib.loads(read("pyproject.toml"))
    oldest = project["project"]["requires-python"].removeprefix(">=")

    assert project["tool"]["mypy"]["python_version"] == oldest
    assert project["tool"]["ruff"]["target-version"] == "py" + oldest.replace(".", "")
