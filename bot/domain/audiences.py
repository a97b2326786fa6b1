"""Whom an announcement is for: among those who agreed, a part of the town, a centre or a theme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.domain.directory import Entry
from bot.domain.localized import Localized
from bot.domain.roles import Role, Staff
from bot.domain.subscriptions import CATEGORIES
from bot.domain.town import Town

EVERYBODY, NEIGHBOURHOOD, CENTRE, CATEGORY = "all", "neighbourhood", "centre", "category"
REGISTERED, AGES, SESSION = "registered", "ages", "session"

_GROUPS = {"0–5": (0, 5), "6–12": (6, 12), "13–17": (13, 17), "18–59": (18, 59), "60+": (60, 120)}
"""Ages as people say them, and the years they stand for."""


_WORDS = ("kind", "value", "language", "near")


@dataclass(frozen=True, slots=True)
class Audience:
    """The people of one source (`kind`, `value`); `language` narrows them to who reads it.

    `near` is the neighbourhood of a centre: who wants its news has agreed to the centre's as well.
    `entries` are the activities whose registered people are meant; `name` is what the activity or
    gathering is called.
    """

    kind: str = EVERYBODY
    value: str = ""
    language: str = ""
    near: str = ""
    entries: tuple[str, ...] = ()
    name: Localized = field(default_factory=Localized)

    @property
    def passes(self) -> bool:
        """Whether it comes and goes: nobody is registered any more, or the gathering is over."""
        return self.kind in {REGISTERED, AGES, SESSION}

    def to_json(self) -> dict[str, Any]:
        """Return the audience as JSON carries it."""
        given: dict[str, Any] = {name: getattr(self, name) for name in _WORDS}
        if self.entries:
            given["entries"] = list(self.entries)
        if self.name:
            given["name"] = dict(self.name)
        return given

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Audience:
        """Return the audience that `to_json` took apart."""
        words = {name: str(given.get(name, "")) for name in _WORDS}
        entries = tuple(str(each) for each in given.get("entries", ()))
        return cls(**words, entries=entries, name=Localized.of(given.get("name", {})))


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


def of_registered(entries: Sequence[Entry]) -> tuple[Audience, ...]:
    """Return the people registered for each of these activities, and for all of an age group."""
    each = tuple(Audience(REGISTERED, one.id, entries=(one.id,), name=one.title) for one in entries)
    groups = (_aged(entries, name) for name in _GROUPS)
    return (*each, *(group for group in groups if group.entries))


def of_session(number: int, title: Localized) -> Audience:
    """Return who is at a gathering."""
    return Audience(SESSION, str(number), name=title)


def _aged(entries: Sequence[Entry], name: str) -> Audience:
    youngest, oldest = _GROUPS[name]
    fitting = [
        one.id for one in entries if one.ages and one.ages[0] <= oldest and youngest <= one.ages[1]
    ]
    return Audience(AGES, name, entries=tuple(fitting))


def permitted(audience: Audience, among: tuple[Audience, ...]) -> bool:
    """Tell whether an audience is one of these, whatever language it is narrowed to."""
    return any((audience.kind, audience.value) == (each.kind, each.value) for each in among)
