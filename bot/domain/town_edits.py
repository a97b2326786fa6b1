"""What a coordinator may change about the town in the chat: which values, and how a typed one is read."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import Any

from bot.domain.errors import RefusedError
from bot.domain.localized import LANGUAGES, Localized
from bot.domain.town import Town
from bot.text import clean, one_line

_PHONE = re.compile(r"\+?\d[\d /().-]{1,22}\d")
_SPAN = re.compile(
    r"(\d{1,2})(?:[:.h](\d{2}))?\s*h?\s*(?:-|–|bis|à|a)\s*(\d{1,2})(?:[:.h](\d{2}))?\s*h?"
)
_MOST_PEOPLE = 1_000_000
_LONGEST_HOURS, _LONGEST_NOTICE = 120, 1200


class Field(StrEnum):
    """One value of the town that is changed by itself."""

    PHONE = "phone"
    DUTY_PHONE = "duty_phone"
    DUTY_HOURS = "duty_hours"
    QUIET = "quiet"
    SECOND = "second"
    PRIVACY = "privacy"


IN_BOTH = frozenset({Field.DUTY_HOURS, Field.PRIVACY})
"""What is said in each language."""


class UnreadableError(RefusedError):
    """What was typed is no such value; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A change as it is gathered: by language for what is said in both, under "" for the rest."""

    field: Field
    typed: Mapping[str, str]

    @property
    def version(self) -> str:
        """The same for the same change: what is saved is what was looked at."""
        parts = [
            self.field.value,
            *(f"{code}\0{text}" for code, text in sorted(self.typed.items())),
        ]
        return hashlib.sha256("\1".join(parts).encode()).hexdigest()[:8]

    @property
    def next_language(self) -> str | None:
        """The language in which it is still to be typed, "" for a value without one; None when whole."""
        wanted = LANGUAGES if self.field in IN_BOTH else ("",)
        return next((code for code in wanted if code not in self.typed), None)


def read_typed(field: Field, text: str) -> str:
    """Return a typed value as it is kept; UnreadableError if it is none."""
    said = one_line(text, limit=_LONGEST_HOURS)
    match field:
        case Field.PHONE | Field.DUTY_PHONE:
            read = said if _PHONE.fullmatch(said) else ""
        case Field.QUIET:
            read = _span(said)
        case Field.SECOND:
            read = said if said.isdecimal() and int(said) <= _MOST_PEOPLE else ""
        case Field.DUTY_HOURS:
            read = said
        case _:
            read = clean(text, limit=_LONGEST_NOTICE)
    if not read:
        raise UnreadableError
    return read


def changed(town: Town, edit: Edit) -> tuple[str, object]:
    """Return the key of town.yaml that an edit changes, with its whole new value."""
    value, texts = edit.typed.get("", ""), dict(edit.typed)
    match edit.field:
        case Field.PHONE:
            return "phone", value
        case Field.DUTY_PHONE:
            return "duty", {"phone": value, "hours": dict(town.duty.hours)}
        case Field.DUTY_HOURS:
            return "duty", {"phone": town.duty.phone, "hours": texts}
        case Field.QUIET:
            start, end = value.split("-")
            return "quiet_hours", {"from": start, "to": end}
        case Field.SECOND:
            rules = town.broadcasts
            return "broadcasts", {
                "second_above": int(value),
                "animator_per_day": rules.animator_per_day,
                "coordinator_per_day": rules.coordinator_per_day,
            }
        case _:
            return "privacy", _privacy(town, texts)


def current(town: Town, field: Field) -> Localized:
    """Return how a value stands, by language; under "" where it is the same in all."""
    match field:
        case Field.PHONE:
            return Localized({"": town.phone})
        case Field.DUTY_PHONE:
            return Localized({"": town.duty.phone})
        case Field.DUTY_HOURS:
            return town.duty.hours
        case Field.QUIET:
            return Localized({"": f"{town.quiet_from:%H:%M}-{town.quiet_to:%H:%M}"})
        case Field.SECOND:
            return Localized({"": str(town.broadcasts.second_above)})
        case _:
            return town.privacy.text


def _privacy(town: Town, texts: dict[str, str]) -> dict[str, Any]:
    told = town.privacy
    return {
        "responsible": told.responsible,
        "contact": told.contact,
        "officer": told.officer,
        "text": texts,
    }


def _span(said: str) -> str:
    found = _SPAN.fullmatch(said.casefold().replace("uhr", "").strip())
    if found is None:
        return ""
    try:
        start, end = (
            time(int(found[1]), int(found[2] or 0)),
            time(int(found[3]), int(found[4] or 0)),
        )
    except ValueError:
        return ""
    return f"{start:%H:%M}-{end:%H:%M}"
