"""Reminders to come, one row for each kind of a registration, and how much anybody wants to be told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.domain.reminding import Choice, Kind, Planned
from storage.rolls import read, words
from storage.schema import courtesy, reminder
from storage.store import Tx, insert_all_once, upsert

_c = reminder.c
_NEVER = datetime(2000, 1, 1)  # noqa: DTZ001 - wall time before every date there is
_DUE = (
    sa.select(reminder)
    .where(_c.due_at <= sa.bindparam("now", type_=_c.due_at.type))
    .order_by(_c.due_at, _c.registration_id)
    .limit(sa.bindparam("most", type_=sa.Integer()))
)


@dataclass(frozen=True, slots=True)
class Due:
    """One reminder whose moment has come."""

    registration: int
    planned: Planned


@dataclass(frozen=True, slots=True)
class Manners:
    """What somebody wants to be reminded of, and when they were last written to unasked."""

    choice: Choice
    pushes: tuple[datetime, ...] = ()


async def due(tx: Tx, *, now: datetime, limit: int) -> list[Due]:
    """Return the reminders that are due, the oldest first; when writing they are ours alone."""
    found = await tx.connection.execute(tx.locked(_DUE), {"now": now, "most": limit})
    return [
        Due(
            row.registration_id,
            Planned(
                Kind(row.kind), read(row.original), read(row.starts), row.due_at, row.expires_at
            ),
        )
        for row in found
    ]


async def plan(tx: Tx, registration: int, planned: Iterable[Planned]) -> None:
    """Let these be the reminders of a registration, and no others."""
    await tx.connection.execute(sa.delete(reminder).where(_c.registration_id == registration))
    rows = [
        {
            "registration_id": registration,
            "kind": each.kind.value,
            "original": words(each.original),
            "starts": words(each.starts),
            "due_at": each.due_at,
            "expires_at": each.expires_at,
        }
        for each in planned
    ]
    if rows:
        await insert_all_once(tx, reminder, rows)


async def plan_anew(tx: Tx, registrations: Sequence[int], *, at: datetime) -> None:
    """Have the reminders of these registrations planned from scratch at a moment to come."""
    await forget(tx, registrations)
    rows = [
        {
            "registration_id": number,
            "kind": kind.value,
            "original": words(_NEVER),
            "starts": words(_NEVER),
            "due_at": at,
            "expires_at": at,
        }
        for number in registrations
        for kind in Kind
    ]
    if rows:
        await insert_all_once(tx, reminder, rows)


async def kinds(tx: Tx, registration: int) -> tuple[Kind, ...]:
    """Return which reminders are planned for a registration."""
    found = await tx.connection.execute(
        sa.select(_c.kind).where(_c.registration_id == registration).order_by(_c.kind)
    )
    return tuple(Kind(kind) for kind in found.scalars())


async def forget(tx: Tx, registrations: Sequence[int]) -> None:
    """Drop the reminders of registrations that have ended."""
    await tx.connection.execute(sa.delete(reminder).where(_c.registration_id.in_(registrations)))


async def manners(tx: Tx, contact_id: str) -> Manners:
    """Return what somebody wants to be told; the usual, if they never said."""
    found = await tx.connection.execute(
        sa.select(courtesy).where(courtesy.c.contact_id == contact_id)
    )
    row = found.one_or_none()
    if row is None:
        return Manners(Choice())
    pushes = tuple(datetime.fromisoformat(at) for at in row.pushes)
    return Manners(Choice(row.remind_day, row.remind_hours), pushes)


async def keep(tx: Tx, contact_id: str, kept: Manners) -> None:
    """Remember what somebody wants to be told and when they were written to."""
    values = {
        "remind_day": kept.choice.day,
        "remind_hours": kept.choice.hours,
        "pushes": [at.isoformat() for at in kept.pushes],
    }
    await upsert(tx, courtesy, {"contact_id": contact_id}, values)


async def replace(tx: Tx, registration: int, kind: Kind, coming: Mapping[Kind, Planned]) -> None:
    """Let the next reminder of this kind take the place of the one that was due."""
    row = sa.and_(_c.registration_id == registration, _c.kind == kind.value)
    following = coming.get(kind)
    if following is None:
        await tx.connection.execute(sa.delete(reminder).where(row))
        return
    await tx.connection.execute(
        sa.update(reminder)
        .where(row)
        .values(
            original=words(following.original),
            starts=words(following.starts),
            due_at=following.due_at,
            expires_at=following.expires_at,
        )
    )
