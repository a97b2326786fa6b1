"""One activity judged as if it stood in the files: what is written in the chat must export soundly."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.documents import Document
from bot.formats._nodes import Node, Scalar, Sequence, Table
from bot.formats._shapes import ENTRIES
from bot.formats._spots import Book, Spot
from bot.formats.problems import Problem

_FILE = "chat"


@dataclass(frozen=True, slots=True)
class Judged:
    """The activity in canonical order, and whatever is wrong with it."""

    document: Document
    problems: tuple[Problem, ...]


def judge(
    document: Document, *, places: Collection[str], neighbourhoods: Collection[str]
) -> Judged:
    """Return the canonical form of an activity; of its related entries nothing is asked."""
    book = Book()
    for kind, ids in (("place", places), ("neighbourhood", neighbourhoods)):
        book.ids[kind] = dict.fromkeys(ids, _FILE)
    book.unread.add("entry")
    node = _node(document)
    canonical = ENTRIES["activity"](Spot(book, _FILE, "", node, node.line))
    book.resolve()
    return Judged(canonical, tuple(each for each in book.problems if not each.warning))


def _node(value: Any) -> Node:  # noqa: ANN401 - plain JSON
    if isinstance(value, Mapping):
        fields = {str(key): _node(each) for key, each in value.items()}
        return Table(fields, dict.fromkeys(fields, 1), (), 1)
    if isinstance(value, list | tuple):
        return Sequence(tuple(_node(each) for each in value), 1)
    if value is None:
        return Scalar("null", "null", 1)
    if isinstance(value, bool):
        return Scalar(str(value).lower(), "bool", 1)
    tag = "int" if isinstance(value, int) else "float" if isinstance(value, float) else "str"
    return Scalar(str(value), tag, 1)
