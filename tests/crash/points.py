"""Where a life ends: at a named place of a transaction, at a moment on the wire, or at random."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Point:
    """One place to die: inside (`death`), on the wire (`method`, `when`), or after some seconds.

    `locked`: another process holds the database from the moment somebody presses, for so long.
    """

    name: str
    death: dict[str, Any] | None = None
    method: str = ""
    when: str = ""
    has_updates: bool = False
    slow: float = 0.0
    locked: float = 0.0
    after: float | None = None
    command: bool = False
    signalled: bool = False


def at_random(seconds: float, *, command: bool = False) -> Point:
    """Die that long after the start, wherever that is."""
    return Point(f"after {seconds * 1000:.0f} ms", after=seconds, command=command)


def _inside(name: str, words: str, *, when: str, milliseconds: float = 0.0) -> Point:
    death = {"words": words, "when": when, "milliseconds": milliseconds}
    return Point(name, death=death)


_QUESTION, _CLAIM, _MARK = (
    "INSERT INTO open_question",
    r"(?s)UPDATE outbox SET state=.* RETURNING",
    r"(?s)UPDATE outbox SET .*message_id.* WHERE outbox.id =",
)
NAMED = (
    Point("fetched, nothing stored", method="getUpdates", when="answered", has_updates=True),
    _inside("remembering an update", "INSERT INTO update_seen", when="before"),
    _inside("a question about to be committed", _QUESTION, when="committing"),
    _inside("a question just committed, not acknowledged", _QUESTION, when="committed"),
    Point("a press fetched, the database locked", locked=0.7),
    Point("committed, the reply on its way", method="editMessageText", when="arrives"),
    Point("the reply delivered, the answer on its way", method="sendMessage", when="answered"),
    Point("the offset on its way", method="getUpdates", when="arrives", has_updates=True),
    Point("a send on the wire", method="sendMessage", when="arrives", slow=0.2),
    _inside("a message claimed, not sent", _CLAIM, when="committed"),
    _inside("a message sent, not marked", _MARK, when="before"),
    _inside("a message about to be marked", _MARK, when="committing"),
    _inside("a message about to be claimed", _CLAIM, when="committing"),
    _inside("settling what the last life left", "UPDATE outbox", when="committing"),
    replace(at_random(1.2), name="while stopping", signalled=True),
)
"""Every place where an effect, its memory, its message and the offset could come apart."""
