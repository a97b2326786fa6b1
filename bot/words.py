"""The words the bot understands by, read from `locales/` once and compiled."""

from __future__ import annotations

from functools import cache

from ruamel.yaml import YAML

from bot.answers.alarms import Alarms
from bot.answers.concepts_in_common import ConceptLikeness
from bot.answers.engine import Engine
from bot.answers.foreign import Tongues
from bot.answers.lexicon import Lexicon
from bot.answers.matching import Matcher
from bot.domain.critical import Guidance
from bot.domain.directory import Directory
from bot.domain.poll_templates import Template
from bot.domain.reasons import ReadyReason
from bot.domain.smalltalk import SmallTalk
from bot.i18n import LOCALES

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
    files = sorted((LOCALES / "lexicon").glob("*.yaml"))
    return Matcher.build(Lexicon.read({f.name: f.read_text(encoding="utf-8") for f in files}))


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
