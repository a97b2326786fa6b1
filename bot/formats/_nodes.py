"""YAML text as nodes that know their line; this module never judges what they mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_BYTES = 8_000_000
"""A directory file larger than this is refused; a town's whole directory is far below 1 MB."""

_TAG = "tag:yaml.org,2002:"
_PLAIN_TAGS = {"str", "int", "float", "bool", "null", "timestamp"}


class UnreadableError(Exception):
    """The text is not YAML as this project reads it; `line` counts from 1."""

    def __init__(self, message: str, *, line: int = 1, remedy: str = "") -> None:
        """Keep what is wrong, where and what to do."""
        super().__init__(message)
        self.message, self.line, self.remedy = message, line, remedy


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as written; `tag` is what YAML takes it for: str, int, bool, null."""

    text: str
    tag: str
    line: int


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping: values by key, the line of each key, and the keys written twice."""

    fields: Mapping[str, Node]
    lines: Mapping[str, int]
    repeated: tuple[tuple[str, int], ...]
    line: int


Node = Scalar | Sequence | Table


def read_nodes(raw: bytes) -> Node:
    """Return the one document in `raw`; raise UnreadableError with a line otherwise."""
    if len(raw) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES // 1_000_000} MB"
        raise UnreadableError(message, remedy="Is this really a directory file?")
    composed = _compose(_decoded(raw))
    if composed is None:
        message = "the file is empty"
        raise UnreadableError(message, remedy="Copy the beginning from the sample directory.")
    return _converted(composed, seen=set())


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = "a letter is not stored as UTF-8"
        line = raw.count(b"\n", 0, error.start) + 1
        raise UnreadableError(message, line=line, remedy="Save the file as UTF-8.") from error


def _compose(text: str) -> Any:  # noqa: ANN401 - the library's node classes are untyped
    try:
        return YAML(typ="safe", pure=True).compose(text)
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        message = "a control character, which nobody can see"
        raise UnreadableError(
            message, line=line, remedy="Delete it and type the place anew."
        ) from error
    except MarkedYAMLError as error:
        raise _explained(error) from error
    except (YAMLError, RecursionError, ValueError) as error:
        message = "this is not readable as YAML"
        raise UnreadableError(message, remedy="Compare with the sample directory.") from error


def _explained(error: MarkedYAMLError) -> UnreadableError:
    mark = error.problem_mark or error.context_mark
    message = " ".join(str(error.problem or error.context or "not readable as YAML").split())
    remedy = "Check indentation, colons and quotation marks here and on the line above."
    if "mapping values are not allowed" in message:
        message = "a second colon, or a line indented too far"
        remedy = 'Put a text that contains ": " in quotation marks, and align the keys.'
    elif "\\t" in message or "tab" in message:
        message, remedy = "a tab where spaces belong", "Indent with spaces only."
    elif "single document" in message:
        message, remedy = "a second document begins with ---", "Keep one document per file."
    return UnreadableError(message, line=mark.line + 1 if mark else 1, remedy=remedy)


def _converted(node: Any, *, seen: set[int]) -> Node:  # noqa: ANN401 - see _compose
    line = node.start_mark.line + 1
    if id(node) in seen:
        message = "an alias (*name) or anchor, which a directory file does not use"
        raise UnreadableError(message, line=line, remedy="Write the value out where it is needed.")
    seen.add(id(node))
    if isinstance(node, ScalarNode):
        return Scalar(node.value, _short_tag(node.tag or "", line=line), line)
    if isinstance(node, SequenceNode):
        return Sequence(tuple(_converted(item, seen=seen) for item in node.value), line)
    if isinstance(node, MappingNode):
        return _table(node, line=line, seen=seen)
    message = "this is not readable as YAML"
    raise UnreadableError(message, line=line)


def _table(node: MappingNode, *, line: int, seen: set[int]) -> Table:
    fields: dict[str, Node] = {}
    lines: dict[str, int] = {}
    repeated: list[tuple[str, int]] = []
    for key, value in node.value:
        here = key.start_mark.line + 1
        if not isinstance(key, ScalarNode):
            message = "a key that is not a word"
            raise UnreadableError(message, line=here, remedy="A key is one word and a colon.")
        if key.value in fields:
            repeated.append((key.value, here))
            continue
        fields[key.value] = _converted(value, seen=seen)
        lines[key.value] = here
    return Table(fields, lines, tuple(repeated), line)


def _short_tag(tag: str, *, line: int) -> str:
    short = tag.removeprefix(_TAG)
    if short not in _PLAIN_TAGS:
        message = f"the tag {tag.replace(_TAG, '!!')}, which a directory file does not use"
        raise UnreadableError(message, line=line, remedy="Delete the word that begins with !.")
    return short
