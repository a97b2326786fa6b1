"""Where a conversation stands as plain data, so that it can wait; without the words people wrote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from bot.answers.answer import Context
from bot.answers.asked import Asked
from bot.answers.said import Said, TimeSaid
from bot.domain.asked import Filters


def pack(context: Context) -> dict[str, Any]:
    """Return `context` as JSON values."""
    asked = context.asked
    return {
        "language": context.language,
        "shown": list(context.shown),
        "listed": context.listed,
        "offered": context.offered,
        "facts": list(asked.facts),
        "said": [asdict(said) for said in asked.time.said],
        "part": asked.time.part,
        "filters": asdict(asked.filters),
    }


def unpack(data: Mapping[str, Any]) -> Context:
    """Return the context that `pack` took apart."""
    said = tuple(Said(**each) for each in data["said"])
    asked = Asked(
        facts=tuple(data["facts"]),
        time=TimeSaid(said, data["part"]),
        filters=Filters(**data["filters"]),
        lists=data["listed"],
    )
    return Context(
        data["language"],
        tuple(data["shown"]),
        listed=data["listed"],
        offered=data["offered"],
        asked=asked,
    )
