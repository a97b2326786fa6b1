"""A place in a directory file that can be read or complained about; it knows no format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from bot.formats._nodes import Node, Scalar, Sequence, Table
from bot.formats.problems import Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

Read = Callable[["Spot"], Any]
"""Turns one spot into its canonical JSON value, complaining on the way."""


@dataclass(slots=True)
class Book:
    """What has been found so far in a folder: problems, ids, and words that point elsewhere."""

    today: date | None = None
    problems: list[Problem] = field(default_factory=list)
    errors: int = 0
    ids: dict[str, dict[str, str]] = field(default_factory=dict)
    pointers: list[tuple[str, str, Spot]] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)

    def add(self, problem: Problem) -> None:
        """Keep one problem."""
        self.problems.append(problem)
        self.errors += not problem.warning

    def register(self, kind: str, word: str, spot: Spot) -> None:
        """Remember that `word` names something of `kind`; complain if it is taken."""
        known = self.ids.setdefault(kind, {})
        if word in known:
            spot.bad(
                f"the id `{word}` is used twice, first at {known[word]}.",
                "Give one of them another id.",
            )
        known.setdefault(word, f"{spot.file}:{spot.line}")

    def resolve(self) -> None:
        """Complain of every pointer that leads nowhere, once everything has been read.

        Of the kinds in `unread` nothing is said: the file that defines them could not be read.
        """
        for kind, word, spot in self.pointers:
            known = self.ids.get(kind, {})
            if word not in known and kind not in self.unread:
                spot.bad(
                    f"there is no {kind} `{word}`.", did_you_mean(word, known) or "Define it first."
                )


@dataclass(frozen=True, slots=True)
class Spot:
    """One value in one file, with the path of keys that leads to it."""

    book: Book
    file: str
    key: str
    node: Node
    line: int

    def bad(self, message: str, remedy: str = "") -> None:
        """Complain of this place: an import must not happen."""
        self.book.add(Problem(self.file, self.line, self.key, message, remedy))

    def doubtful(self, message: str, remedy: str = "") -> None:
        """Warn of this place: an import may happen."""
        self.book.add(Problem(self.file, self.line, self.key, message, remedy, warning=True))

    @property
    def scalar(self) -> Scalar | None:
        """The value if it is neither a list nor a group of keys."""
        return self.node if isinstance(self.node, Scalar) else None

    @property
    def empty(self) -> bool:
        """Whether nothing stands here, or `null`."""
        return isinstance(self.node, Scalar) and self.node.tag == "null"

    def at(self, name: str) -> Spot | None:
        """Return the place of the key `name` below this one, if it is there."""
        if not isinstance(self.node, Table) or name not in self.node.fields:
            return None
        path = f"{self.key}.{name}" if self.key else name
        return Spot(self.book, self.file, path, self.node.fields[name], self.node.lines[name])

    def fields(self, what: str) -> dict[str, Spot]:
        """Return the places below this one by key; complain if there is no group of keys here."""
        if not isinstance(self.node, Table):
            self.bad(
                f"here should be {what}, as keys with values.",
                "Write `key: value`, indented, line by line.",
            )
            return {}
        for name, line in self.node.repeated:
            again = replace(self, key=f"{self.key}.{name}" if self.key else name, line=line)
            again.bad(
                "this key is written twice.",
                f"The first stands on line {self.node.lines[name]}; keep one.",
            )
        return {name: spot for name in self.node.fields if (spot := self.at(name))}

    def items(self, what: str) -> list[Spot]:
        """Return the places of the list here; complain if there is no list."""
        if not isinstance(self.node, Sequence):
            self.bad(
                f"here should be a list of {what}.",
                "Write [a, b], or one line per item beginning with `- `.",
            )
            return []
        return [
            Spot(self.book, self.file, f"{self.key}[{_label(item, at=index)}]", item, item.line)
            for index, item in enumerate(self.node.items)
        ]


@dataclass(frozen=True, slots=True)
class Shape:
    """The keys of one group: which must be there, and how each is read, in canonical order."""

    what: str
    keys: Mapping[str, Read]
    required: frozenset[str]

    def __call__(self, spot: Spot) -> dict[str, Any]:
        """Return the canonical document at `spot`, complaining of what is missing or unknown."""
        found = spot.fields(self.what)
        if not isinstance(spot.node, Table):
            return {}
        for name in found.keys() - self.keys.keys():
            found[name].bad("this key is not known here.", did_you_mean(name, self.keys))
        for name in sorted(self.required - found.keys()):
            spot.bad(f"the key `{name}` is missing.", "Add it; docs/directory.md shows an example.")
        return {name: read(found[name]) for name, read in self.keys.items() if name in found}


def group(what: str, keys: dict[str, Read], *, optional: str = "") -> Shape:
    """Return the shape of a group of keys, in canonical order; all but `optional` are required."""
    return Shape(what, keys, frozenset(keys) - frozenset(optional.split()))


def group_with(inner: Shape, judge: Callable[[Spot, dict[str, Any]], None]) -> Read:
    """Read the group, then judge its values together if each was sound by itself."""

    def read(spot: Spot) -> dict[str, Any]:
        before = spot.book.errors
        document = inner(spot)
        if spot.book.errors == before:
            judge(spot, document)
        return document

    return read


def _label(item: Node, *, at: int) -> str:
    if isinstance(item, Table):
        name = item.fields.get("id") or item.fields.get("date")
        if isinstance(name, Scalar) and name.text:
            return name.text
    return str(at)
