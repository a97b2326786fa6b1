"""The sample town, its engine and its 457 questions, read once for all tests of the answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot import words
from bot.answers.alarms import Alarms
from bot.answers.engine import Engine
from bot.answers.foreign import Tongues
from bot.answers.matching import Matcher
from bot.domain.directory import Directory
from bot.formats.directory_files import load

_ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def town() -> Directory:
    return load(_ROOT / "sample").directory


@pytest.fixture(scope="session")
def tongues() -> Tongues:
    text = (_ROOT / "locales" / "foreign.yaml").read_text(encoding="utf-8")
    return Tongues.read(YAML(typ="safe").load(text))


@pytest.fixture(scope="session")
def matcher() -> Matcher:
    return words.matcher()


@pytest.fixture(scope="session")
def alarms() -> Alarms:
    text = (_ROOT / "locales" / "alarms.yaml").read_text(encoding="utf-8")
    return Alarms.read(YAML(typ="safe").load(text))


@pytest.fixture(scope="session")
def engine(town: Directory, matcher: Matcher, alarms: Alarms, tongues: Tongues) -> Engine:
    return Engine.build(town, matcher=matcher, alarms=alarms, tongues=tongues)


@pytest.fixture(scope="session")
def questions() -> list[dict[str, Any]]:
    lines = (_ROOT / "sample" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]
