"""The audit: who did what and when, each line sealed to the one before, without personal data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

Detail = str | int | bool

START = "0" * 64
"""What stands in place of the line before the first."""

Topic = Literal["team", "broadcast", "data", "directory", "town"]
TOPICS: tuple[Topic, ...] = ("team", "broadcast", "data", "directory", "town")
"""What a line is about: the word before the dot of its action."""

NOBODY = ""
"""The role of whoever runs the machine, or of the house itself."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is hashed: people stand in it as marks that only their salt opens."""

    at: datetime
    actor_mark: str
    role: str
    action: str
    about_mark: str
    subject: str
    details: Mapping[str, Detail] = field(default_factory=dict)

    def sealed_to(self, number: int, previous: str) -> str:
        """Return the hash of this line as the `number`th, behind the line with hash `previous`."""
        content = {
            "number": number,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "actor": self.actor_mark,
            "role": self.role,
            "action": self.action,
            "about": self.about_mark,
            "subject": self.subject,
            "details": dict(self.details),
            "previous": previous,
        }
        canonical = json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Entry:
    """One line as it is read: `actor` and `about` are pseudonyms, None once the person is erased."""

    number: int
    at: datetime
    actor: str | None
    role: str
    action: str
    about: str | None
    subject: str
    details: Mapping[str, Detail]
    hash: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the chain holds: `broken` is the first line that does not, `end` the last hash."""

    entries: int
    end: str = START
    broken: int | None = None


def mark(person: str | None, salt: str | None) -> str:
    """Return what stands for a person in a hash: nothing of them can be read from it without `salt`."""
    if person is None or salt is None:
        return ""
    return hashlib.sha256(f"{salt}:{person}".encode()).hexdigest()
