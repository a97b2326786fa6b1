"""Where a person stands in a dialogue of several steps; it survives restarts and interruptions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Conversation:
    """The step of a flow somebody is at, and what they have told us so far (JSON values).

    `beneath` is what they had begun before and comes back when this ends: a draft is not lost
    because its author, who may be of the team, writes a note in between.
    """

    flow: str
    step: str
    data: Mapping[str, Any] = field(default_factory=dict)
    beneath: Conversation | None = None
