"""Why somebody gets no notice of a change that concerns them; the reason is always put on record."""

from __future__ import annotations

from enum import StrEnum

from bot.domain.residents import Resident


class Silence(StrEnum):
    """A reason for not writing to somebody."""

    OWN_ACT = "own_act"
    UNREACHABLE = "unreachable"
    PAUSED = "paused"
    NOT_WANTED = "not_wanted"


def silence(person: Resident, *, wants: bool, actor: str | None = None) -> Silence | None:
    """Return why `person` is not written to, None if they are; `actor` did it and knows."""
    if person.contact_id == actor:
        return Silence.OWN_ACT
    if not person.reachable:
        return Silence.UNREACHABLE
    if person.paused:
        return Silence.PAUSED
    return None if wants else Silence.NOT_WANTED
