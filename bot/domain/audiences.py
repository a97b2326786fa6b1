"""Whom an announcement is for: among those who agreed, a part of the town, a centre or a theme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.roles import Role, Staff
from bot.domain.subscriptions import CATEGORIES
from bot.domain.town import Town

EVERYBODY, NEIGHBOURHOOD, CENTRE, CATEGORY = "all", "neighbourhood", "centre", "category"


@dataclass(frozen=True, slots=True)
class Audience:
    """The people of one source (`kind`, `value`); `language` narrows them to who reads it.

    `near` is the neighbourhood of a centre: who wants its news has agreed to the centre's as well.
    """

    kind: str = EVERYBODY
    value: str = ""
    language: str = ""
    near: str = ""

    def to_json(self) -> dict[str, str]:
        """Return the audience as JSON carries it."""
        given = {"kind": self.kind, "value": self.value, "language": self.language}
        return {**given, "near": self.near}

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Audience:
        """Return the audience that `to_json` took apart."""
        return cls(**{name: str(given.get(name, "")) for name in cls.__slots__})


def allowed(member: Staff, town: Town, neighbourhoods: tuple[str, ...]) -> tuple[Audience, ...]:
    """Return whom this member may write to, the usual one first.

    An animator of a centre writes to its audience; one of all centres to any of them, to a
    neighbourhood or a theme; to everybody only coordinators.
    """
    centres = tuple(
        Audience(CENTRE, centre.id, near=centre.neighbourhood or "") for centre in town.centres
    )
    if member.role is not Role.COORDINATOR and member.centre is not None:
        return tuple(each for each in centres if each.value == member.centre)
    parts = tuple(Audience(NEIGHBOURHOOD, each) for each in neighbourhoods)
    themes = tuple(Audience(CATEGORY, each) for each in CATEGORIES)
    whole = (Audience(),) if member.role is Role.COORDINATOR else ()
    return (*whole, *centres, *parts, *themes)


def permitted(audience: Audience, among: tuple[Audience, ...]) -> bool:
    """Tell whether an audience is one of these, whatever language it is narrowed to."""
    return any((audience.kind, audience.value) == (each.kind, each.value) for each in among)
