"""A person who writes to the bot, known by a random pseudonym and nothing of their profile."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
FORGOTTEN_AFTER_DAYS = 730
"""A resident not heard of for 24 months is erased (reliability-privacy study, section 3)."""


@dataclass(frozen=True, slots=True)
class Resident:
    """What we know of a person: `contact_id` is the pseudonym every other table refers to."""

    contact_id: str
    language: str
    language_chosen: bool
    neighbourhood: str | None
    simple: bool
    paused: bool
    reachable: bool
    noticed_version: int
    created_at: datetime
    seen_at: datetime


def new_pseudonym() -> str:
    """Return a fresh random pseudonym such as `R-7K3F9QXP`; it is derived from nothing."""
    return "R-" + "".join(secrets.choice(_ALPHABET) for _ in range(8))


def first_guess(language_code: str | None) -> str:
    """Return the language to greet a newcomer in, from what their phone says (BCP 47), else French."""
    return "de" if (language_code or "").lower().split("-")[0] in {"de", "gsw"} else "fr"
