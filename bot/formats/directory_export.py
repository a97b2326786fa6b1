"""A directory written as files, in the one form that reading and writing again does not change."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.representer import RoundTripRepresenter
from ruamel.yaml.scalarstring import (
    DoubleQuotedScalarString,
    FoldedScalarString,
    LiteralScalarString,
)

from bot.domain.directory import Kind
from bot.domain.documents import Document, Published
from bot.domain.errors import OperatorError
from bot.domain.localized import LANGUAGES
from bot.formats._town_shape import TOWN_KEYS
from bot.formats.directory_files import ACTIVITIES, FAQ, HOLIDAYS, SERVICES, TOWN

_WIDTH = 100
_LONG = 76
"""A text longer than this is folded over several lines."""

_DATES = {"updated", "checked", "first_day", "last_day", "date"}
_QUOTED = {"from", "to", "start", "end", "first", "postcode", "number"}
_BLOCK_LISTS = {"questions"}
_FOLDS_BACK = re.compile(r"\S+( \S+)*")


def dump(
    published: Published, folder: Path, *, town: Mapping[str, Any] | None = None
) -> tuple[Path, ...]:
    """Write the directory files into `folder`, each whole or not at all, and return their paths.

    Raises OperatorError where the folder cannot be written.
    """
    texts = dict(_files(published, town or {}))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return tuple(_write(folder / name, text) for name, text in texts.items())
    except OSError as error:
        reason = error.strerror or "no reason was given"
        remedy = "Choose a folder that you may write to, with room on its disk."
        raise OperatorError(f"{folder} cannot be written: {reason}.", remedy=remedy) from error


def _files(published: Published, town: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    yield (
        SERVICES,
        _yaml(
            {
                "neighbourhoods": published.neighbourhoods,
                "places": published.places,
                "services": _of_kind(published, "service"),
            }
        ),
    )
    yield ACTIVITIES, _yaml({"activities": _of_kind(published, "activity")})
    yield FAQ, _yaml({"faq": _of_kind(published, "faq")})
    note = {"note": published.holidays_note} if published.holidays_note else {}
    holidays = {
        "school_holidays": published.school_holidays,
        "public_holidays": published.public_holidays,
    }
    yield HOLIDAYS, _yaml({**note, **holidays})
    settings = {key: town[key] for key in TOWN_KEYS if town.get(key) is not None}
    if settings:
        yield TOWN, _yaml(settings)


def _of_kind(published: Published, kind: Kind) -> list[Document]:
    return [document for each, document in published.entries.values() if each == kind]


def _write(path: Path, text: str) -> Path:
    unfinished = path.with_suffix(".unfinished")
    unfinished.write_text(text, encoding="utf-8", newline="\n")
    unfinished.replace(path)
    return path


def _yaml(document: Mapping[str, Any]) -> str:
    writer = YAML()
    writer.Representer = _Representer
    writer.width = _WIDTH
    writer.allow_unicode = True
    out = io.StringIO()
    writer.dump(_styled(document, key=""), out)
    return out.getvalue()


def _styled(value: Any, *, key: str) -> Any:  # noqa: ANN401 - JSON in, the writer's types out
    """Return `value` dressed so that it is written in the canonical style."""
    if isinstance(value, Mapping):
        return _styled_group(value, key=key)
    if isinstance(value, list | tuple):
        styled = CommentedSeq(_styled(item, key="") for item in value)
        plain = not any(isinstance(item, Mapping) for item in value)
        if plain and key not in _BLOCK_LISTS:
            styled.fa.set_flow_style()
        return styled
    return _styled_text(value, key=key) if isinstance(value, str) else value


def _styled_group(value: Mapping[str, Any], *, key: str) -> CommentedMap:
    keys = list(value)
    by_language = bool(keys) and set(keys) <= set(LANGUAGES)
    if by_language:
        keys = [language for language in LANGUAGES if language in value]
    inner = key if by_language else ""
    styled = CommentedMap()
    for name in keys:
        styled[name] = _styled(value[name], key=inner or name)
    return styled


def _styled_text(text: str, *, key: str) -> Any:  # noqa: ANN401 - as _styled
    if key in _DATES:
        return date.fromisoformat(text)
    if key in _QUOTED or text != text.strip():
        return DoubleQuotedScalarString(text)
    if "\n" in text:
        clear = all(line == line.strip() for line in text.split("\n"))
        return LiteralScalarString(text) if clear else DoubleQuotedScalarString(text)
    if len(text) > _LONG:
        folds = _FOLDS_BACK.fullmatch(text) is not None
        return FoldedScalarString(text) if folds else DoubleQuotedScalarString(text)
    return text


class _Representer(RoundTripRepresenter):
    """Writes `null` as a word and numbers without an exponent."""

    def represent_null(self, data: None) -> ScalarNode:
        del data
        return self.represent_scalar("tag:yaml.org,2002:null", "null")

    def represent_number(self, data: float) -> ScalarNode:
        digits = f"{data:.12f}".rstrip("0")
        return self.represent_scalar("tag:yaml.org,2002:float", digits + "0" * digits.endswith("."))


_Representer.add_representer(type(None), _Representer.represent_null)
_Representer.add_representer(float, _Representer.represent_number)
