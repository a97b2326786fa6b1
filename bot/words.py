"""The words the bot understands by, read from `locales/` once and compiled."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from ruamel.yaml import YAML

from bot.answers.alarms import Alarms
from bot.answers.concepts_in_common import ConceptLikeness
from bot.answers.engine import Engine
from bot.answers.foreign import Tongues
from bot.answers.lexicon import Lexicon
from bot.answers.matching import Matcher
from bot.answers.packed import UnreadablePackError, packed, unpacked
from bot.domain.critical import Guidance
from bot.domain.directory import Directory
from bot.domain.poll_templates import Template
from bot.domain.reasons import ReadyReason
from bot.domain.smalltalk import SmallTalk
from bot.i18n import LOCALES

_COMPILED: Final = LOCALES / ".compiled"
"""Where the compiled lexicon is kept from one start to the next, if the bot may write there."""

_learned: list[tuple[Directory, Engine]] = []
_KEPT = 2


def engine(directory: Directory) -> Engine:
    """Return an engine that has learned `directory`; what was learned lately is not learned again.

    Opening the town and then importing files that changed nothing would learn it twice.
    """
    for known, learned in _learned:
        if known == directory:
            return learned
    learned = Engine.build(directory, matcher=matcher(), alarms=alarms(), tongues=tongues())
    _learned[:] = [(directory, learned), *_learned][:_KEPT]
    return learned


@cache
def tongues() -> Tongues:
    """Return the languages that are recognised without being spoken."""
    return Tongues.read(YAML(typ="safe").load(LOCALES / "foreign.yaml"))


def guidance() -> Guidance:
    """Return what is said first to somebody in distress."""
    return Guidance.read(YAML(typ="safe").load(LOCALES / "critical.yaml"))


@cache
def matcher() -> Matcher:
    """Return the words of the lexicon, compiled once: it never changes while the bot runs."""
    files = {f.name: f.read_bytes() for f in sorted((LOCALES / "lexicon").glob("*.yaml"))}
    kept = _COMPILED / f"{_version(files)}.lexicon"
    try:
        return unpacked(kept.read_bytes())
    except (OSError, UnreadablePackError):
        texts = {name: text.decode("utf-8") for name, text in files.items()}
        compiled = Matcher.build(Lexicon.read(texts))
        _keep(kept, packed(compiled))
        return compiled


def _version(files: Mapping[str, bytes]) -> str:
    """Return what changes with the files, with the code that compiles them, and with Python."""
    told = sha256(sys.version.encode())
    for module in sorted(Path(__file__).with_name("answers").glob("*.py")):
        told.update(module.read_bytes())
    for name, text in files.items():
        told.update(name.encode() + b"\0" + text)
    return told.hexdigest()


def _keep(kept: Path, data: bytes) -> None:
    """Keep `data` for the next start, instead of what was kept before; or not, if none may write."""
    made = kept.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        kept.parent.mkdir(exist_ok=True)
        made.write_bytes(data)
        for old in kept.parent.glob("*.lexicon"):
            old.unlink(missing_ok=True)
        made.replace(kept)


@cache
def likeness() -> ConceptLikeness:
    """Return how alike two contributions are, also across languages."""
    name = "contributions.yaml"
    streets = Lexicon.read({name: (LOCALES / name).read_text(encoding="utf-8")})
    return ConceptLikeness(Matcher.build(streets), matcher())


def reasons() -> tuple[ReadyReason, ...]:
    """Return the reasons a decision may be explained with, before the town has added its own."""
    said = YAML(typ="safe").load(LOCALES / "reasons.yaml")
    return tuple(ReadyReason.of(name, data) for name, data in said.items())


@cache
def small_talk() -> SmallTalk:
    """Return the sayings that are answered in kind instead of searched for."""
    return SmallTalk.read(YAML(typ="safe").load(LOCALES / "smalltalk.yaml"))


@cache
def poll_templates() -> tuple[Template, ...]:
    """Return the polls that are ready to be held, in the file's order."""
    data = YAML(typ="safe").load(LOCALES / "polls.yaml")
    return tuple(Template.read(key, each) for key, each in data.items())


@cache
def alarms() -> Alarms:
    """Return how somebody in distress is recognised."""
    return Alarms.read(YAML(typ="safe").load(LOCALES / "alarms.yaml"))
