"""Reads the JSON bodies of the page's requests; what cannot be read is a 422."""

from __future__ import annotations

import json
import math

from starlette.requests import Request

from web.sandbox.errors import Json, unusable


async def read_body(request: Request) -> Json:
    """Read a JSON object; no body is an empty one."""
    raw = await request.body()
    try:
        body = json.loads(raw) if raw else {}
    except ValueError:
        raise unusable("the body is not JSON") from None
    if not isinstance(body, dict):
        raise unusable("the body is not a JSON object")
    return body


def optional_integer(body: Json, name: str) -> int | None:
    """Read a whole number if there is one."""
    value = body.get(name)
    if value is None:
        return None
    try:
        return int(value)
    except (TypeError, ValueError, OverflowError):
        sentence = f"{name} is not a whole number"
        raise unusable(sentence) from None


def integer(body: Json, name: str) -> int:
    """Read a whole number that must be there."""
    value = optional_integer(body, name)
    if value is None:
        sentence = f"{name} is missing"
        raise unusable(sentence)
    return value


def integers(body: Json, name: str) -> list[int]:
    """Read a list of whole numbers; none is empty."""
    value = body.get(name) or []
    if not isinstance(value, list) or not all(isinstance(item, int) for item in value):
        sentence = f"{name} is not a list of whole numbers"
        raise unusable(sentence)
    return value


def mapping(value: object, name: str) -> Json:
    """Check that a value is a JSON object."""
    if not isinstance(value, dict):
        sentence = f"{name} is not an object"
        raise unusable(sentence)
    return value


def number(body: Json, name: str) -> float:
    """Read a finite number that must be there."""
    try:
        value = float(body[name])
    except (KeyError, TypeError, ValueError, OverflowError):
        value = math.nan
    if not math.isfinite(value):
        sentence = f"{name} is not a number"
        raise unusable(sentence)
    return value
