"""Checks requests, results and updates against facts about the Bot API, not against our code."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SPEC = json.loads((Path(__file__).parent / "botapi.json").read_text("utf-8"))
METHODS: dict[str, Any] = SPEC["methods"]
TYPES: dict[str, Any] = SPEC["types"]

SIMPLE: dict[str, tuple[type, ...]] = {
    "Integer": (int,),
    "Float": (float, int),
    "String": (str,),
    "Boolean": (bool,),
}
MARKED_UP = {"text", "caption", "question", "description"}


def check_result(method: str, result: object) -> None:
    """Check what a method gave back; AssertionError names the place that is wrong."""
    _known(method)
    _check_any(result, METHODS[method]["ret"], f"{method}()")


def check_update(update: object) -> None:
    """Check an update as it arrives at the bot: exactly one kind, every field as told."""
    _check_named(update, "Update", "Update")
    assert isinstance(update, dict)
    kinds = [name for name in update if name != "update_id"]
    assert len(kinds) == 1, f"Update: exactly one kind, not {kinds}"


def check_request(method: str, params: Mapping[str, object]) -> None:
    """Check the parameters of a call, typed as GET /sandbox/calls tells them."""
    _known(method)
    marked_up = {name for name in params if name.endswith("parse_mode")}
    fields = METHODS[method]["f"]
    if marked_up:
        # Lengths count after parsing, which the sandbox itself enforces.
        fields = {
            name: _unmeasured(fact) if name in MARKED_UP else fact for name, fact in fields.items()
        }
    _check_fields(dict(params), fields, method)


def _known(method: str) -> None:
    assert method in METHODS, f"{method}: not among the methods used here"


def _unmeasured(fact: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fact.items() if name != "l"}


def _check_any(value: object, kinds: list[str], path: str) -> None:
    troubles = []
    for kind in kinds:
        try:
            _check(value, kind, path)
        except AssertionError as trouble:
            troubles.append(str(trouble))
        else:
            return
    # The longest path is the kind that fitted best.
    raise AssertionError(max(troubles, key=lambda trouble: len(trouble.partition(":")[0])))


def _check(value: object, kind: str, path: str) -> None:
    if kind.startswith("Array of "):
        assert isinstance(value, list), f"{path}: {_shown(value)} is not a list"
        for index, item in enumerate(value):
            _check(item, kind.removeprefix("Array of "), f"{path}[{index}]")
    elif kind == "InputFile":
        assert isinstance(value, str), f"{path}: {_shown(value)} is no file"
    elif kind in SIMPLE:
        right = isinstance(value, SIMPLE[kind]) and (kind == "Boolean") == isinstance(value, bool)
        assert right, f"{path}: {_shown(value)} is not {kind}"
    else:
        _check_named(value, kind, path)


def _check_named(value: object, kind: str, path: str) -> None:
    fact = TYPES[kind]
    if "s" in fact:
        _check_any(value, fact["s"], path)
        return
    assert isinstance(value, dict), f"{path}: {_shown(value)} is not {kind}"
    _check_fields(value, fact["f"], path)


def _check_fields(value: dict[str, object], fields: dict[str, Any], path: str) -> None:
    for name, fact in fields.items():
        assert not fact.get("r") or name in value, f"{path}.{name}: required and missing"
    for name, given in value.items():
        place = f"{path}.{name}"
        assert name in fields, f"{place}: unknown field"
        assert given is not None, f"{place}: null instead of absent"
        fact = fields[name]
        _check_any(given, fact["t"], place)
        _check_measures(given, fact, place)


def _check_measures(given: object, fact: dict[str, Any], place: str) -> None:
    if "c" in fact:
        assert given == fact["c"], f"{place}: {_shown(given)} is not {fact['c']!r}"
    if "l" in fact and isinstance(given, str):
        least, most, unit = fact["l"]
        length = len(given.encode()) if unit == "b" else len(given.encode("utf-16-le")) // 2
        assert least <= length <= most, f"{place}: length {length} is not {least}-{most}"
    if "n" in fact and isinstance(given, (int, float)):
        least, most = fact["n"]
        assert least <= given <= most, f"{place}: {given} is not {least}-{most}"


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
