"""The civic lexicon: concepts and the words people use for them in French, German and dialect.

Data only; `matching` finds its words in a text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Self

WRITTEN: Final = ("fr", "de", "gsw")
"""What every concept has words in."""

_KEY = re.compile(r"^( *)([a-z0-9-]+):\s*(.*)$")


class LexiconError(ValueError):
    """A file of the lexicon that cannot be read; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One civic meaning; `near` are related ones, `critical` the topic of an emergency or "".

    `served` are what a town offers to somebody who says this: an eviction is a case for the tenants'
    association. Near is less: nobody who asks for swimming lessons is served by a pool.
    `facet` is "" for what one looks up; else the words tell what is asked about it ("asking": when,
    how much), a time ("time") or whom it is for ("people").
    """

    id: str
    terms: Mapping[str, tuple[str, ...]]
    near: tuple[str, ...] = ()
    served: tuple[str, ...] = ()
    critical: str = ""
    facet: str = ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All concepts by id."""

    concepts: Mapping[str, Concept]

    @classmethod
    def read(cls, files: Mapping[str, str]) -> Self:
        """Take the texts of the lexicon's files by name; LexiconError names a broken line."""
        found: dict[str, Concept] = {}
        for name, text in files.items():
            for concept in _concepts(name, text):
                if concept.id in found:
                    raise LexiconError(f"{name}: {concept.id} is defined twice")
                found[concept.id] = concept
        for concept in found.values():
            for other in (*concept.near, *concept.served):
                if other not in found:
                    raise LexiconError(f"{concept.id}: {other} does not exist")
        return cls(found)

    def without(self, dropped: Iterable[str]) -> Self:
        """Return the lexicon as if the concepts `dropped` had never been written."""
        gone = frozenset(dropped)
        kept = {
            concept.id: replace(
                concept,
                near=tuple(n for n in concept.near if n not in gone),
                served=tuple(n for n in concept.served if n not in gone),
            )
            for concept in self.concepts.values()
            if concept.id not in gone
        }
        return replace(self, concepts=kept)


NO_LEXICON: Final = Lexicon({})
"""For a caller who has not read the files: words mean nothing but themselves."""


def _concepts(name: str, text: str) -> Iterator[Concept]:
    """Read the one shape these files have, a hundred times faster than all of YAML.

    A concept's id stands at the margin, its keys two blanks in, every list is written as in JSON
    and may run over several lines.
    """
    current, values = "", dict[str, object]()
    for number, key, value in _keys(name, text):
        if value:
            values[key] = _value(name, number, value)
            continue
        if current:
            yield _concept(name, current, values)
        current, values = key, {}
    if current:
        yield _concept(name, current, values)


def _keys(name: str, text: str) -> Iterator[tuple[int, str, str]]:
    """Yield line, key and value; a key at the margin opens a concept and has no value."""
    pending: tuple[int, str, str] | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        matched = _KEY.match(line) if pending is None or line[:3].strip() else None
        if matched is None:
            if pending is None:
                raise LexiconError(f"{name}:{number}: neither a concept nor its words")
            pending = (pending[0], pending[1], f"{pending[2]} {line.strip()}")
            continue
        if pending is not None:
            yield pending
        pending = (number, matched[2], matched[3])
        if bool(matched[1]) != bool(matched[3]):
            raise LexiconError(f"{name}:{number}: ids stand at the margin, words two blanks in")
    if pending is not None:
        yield pending


def _value(name: str, number: int, value: str) -> object:
    if not value.startswith("["):
        return value
    try:
        return json.loads(value)
    except ValueError as error:
        raise LexiconError(f'{name}:{number}: a list is written as ["a", "b"]') from error


def _concept(name: str, concept_id: str, values: dict[str, object]) -> Concept:
    lists = {key: tuple(value) for key, value in values.items() if isinstance(value, list)}
    unknown = set(values) - {*WRITTEN, "near", "served", "critical", "facet"}
    missing = [language for language in WRITTEN if not lists.get(language)]
    if unknown or missing:
        wrong = ", ".join([*sorted(unknown), *(f"no {language}" for language in missing)])
        raise LexiconError(f"{name}: {concept_id}: {wrong}")
    return Concept(
        concept_id,
        {language: lists[language] for language in WRITTEN},
        near=lists.get("near", ()),
        served=lists.get("served", ()),
        critical=str(values.get("critical", "")),
        facet=str(values.get("facet", "")),
    )
