"""Who belongs to an audience: one source for each kind; a theme that knows people adds its own.

Every source is narrowed to who may be written to: not paused, not gone.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

import sqlalchemy as sa

from bot.domain.audiences import CATEGORY, CENTRE, EVERYBODY, NEIGHBOURHOOD, Audience
from bot.domain.subscriptions import About
from storage.schema import resident, subscription
from storage.store import Tx

_r, _s = resident.c, subscription.c


class AudienceSource(Protocol):
    """Where the people of one kind of audience stand in the tables."""

    def __call__(self, audience: Audience) -> sa.CompoundSelect[str] | sa.Select[str]:
        """Return the contact ids of `audience`; an id may come twice."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody to write to, in their language."""

    contact_id: str
    language: str


def _subscribed(about: About, value: str = "") -> sa.Select[str]:
    return sa.select(_s.contact_id).where(_s.kind == about.value, _s.value == value)


def _lives_in(neighbourhood: str) -> sa.Select[str]:
    """Return who wants all that concerns them and lives there."""
    return (
        sa.select(_s.contact_id)
        .join(resident, _r.contact_id == _s.contact_id)
        .where(_s.kind == About.ALL.value, _r.neighbourhood == neighbourhood)
    )


def _everybody(audience: Audience) -> sa.Select[str]:
    del audience
    return _subscribed(About.ALL)


def _neighbourhood(audience: Audience) -> sa.CompoundSelect[str]:
    return sa.union_all(_subscribed(About.NEIGHBOURHOOD, audience.value), _lives_in(audience.value))


def _centre(audience: Audience) -> sa.CompoundSelect[str] | sa.Select[str]:
    own = _subscribed(About.CENTRE, audience.value)
    if not audience.near:
        return own
    near = _subscribed(About.NEIGHBOURHOOD, audience.near)
    return sa.union_all(own, near, _lives_in(audience.near))


def _category(audience: Audience) -> sa.Select[str]:
    return _subscribed(About.CATEGORY, audience.value)


SOURCES: dict[str, AudienceSource] = {
    EVERYBODY: _everybody,
    NEIGHBOURHOOD: _neighbourhood,
    CENTRE: _centre,
    CATEGORY: _category,
}


async def counted(tx: Tx, audience: Audience) -> dict[str, int]:
    """Return how many people of an audience would be written to, by language."""
    found = await tx.connection.execute(
        sa.select(_r.language, sa.func.count().label("many"))
        .where(*_members(audience))
        .group_by(_r.language)
    )
    return {row.language: row.many for row in found}


async def after(
    tx: Tx, audience: Audience, *, languages: Collection[str], cursor: str, limit: int
) -> list[Recipient]:
    """Return the next people of an audience behind `cursor`, in order of their names."""
    found = await tx.connection.execute(
        sa.select(_r.contact_id, _r.language)
        .where(*_members(audience), _r.contact_id > cursor, _r.language.in_(sorted(languages)))
        .order_by(_r.contact_id)
        .limit(limit)
    )
    return [Recipient(row.contact_id, row.language) for row in found]


def _members(audience: Audience) -> list[sa.ColumnElement[bool]]:
    people = SOURCES[audience.kind](audience)
    wanted: list[sa.ColumnElement[bool]] = [
        _r.contact_id.in_(people),
        _r.paused.is_(False),
        _r.reachable.is_(True),
    ]
    return [*wanted, _r.language == audience.language] if audience.language else wanted
