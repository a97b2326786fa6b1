"""What a calendar says about an activity or one of its dates, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EventText:
    """The words of one event; `point` are its degrees, if its place is known."""

    summary: str
    description: str
    location: str
    url: str
    category: str = ""
    point: tuple[float, float] | None = None
