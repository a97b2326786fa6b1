"""Reads the JSON bodies of the page's requests; what cannot be read is a 422."""

from __future__ import annotations

import json

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
    except (TypeError, ValueError):
        sentence = f"{name} is not a whole number"
        raise unusable(sentence) from None


def integer(body: Json, name: str) -> int:
    """Read a whole number that must be there."""
    value = optional_integer(body, name)
    if value is None:
        sentence = f"{name} is missing"
        raise unusable(sentence)
    return value
