"""Whom the team must phone, because no message reaches them, and what about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from storage.schema import registration, roll, to_phone
from storage.store import Tx, insert_once

_c = to_phone.c


@dataclass(frozen=True, slots=True)
class Call:
    """One call to make: about which registration, why, and until when it helps."""

    id: int
    registration: int
    entry_id: str
    kind: str
    at: datetime
    until: datetime | None


_OPEN = (
    sa.select(_c.id, _c.registration_id, roll.c.entry_id, _c.kind, _c.at, _c.until, _c.done_at)
    .join(registration, registration.c.id == _c.registration_id)
    .join(roll, roll.c.id == registration.c.roll_id)
)


async def want(
    tx: Tx, registration_id: int, kind: str, *, cause: str, now: datetime, until: datetime | None
) -> bool:
    """Note that somebody is to be phoned, once for each cause."""
    row = {
        "registration_id": registration_id,
        "kind": kind,
        "cause": cause,
        "at": now,
        "until": until,
    }
    return await insert_once(tx, to_phone, row)


async def waiting(tx: Tx, *, now: datetime) -> list[Call]:
    """Return the calls to make, the most pressing first; what helps no more is left out."""
    found = await tx.connection.execute(
        _OPEN.where(_c.done_at.is_(None), sa.or_(_c.until.is_(None), _c.until > now)).order_by(
            sa.func.coalesce(_c.until, _c.at), _c.id
        )
    )
    return [Call(*row[:-1]) for row in found]


async def done(tx: Tx, number: int, *, by: str, now: datetime) -> None:
    """Note that somebody has been phoned, or that the call need not be made."""
    await tx.connection.execute(
        sa.update(to_phone).where(_c.id == number).values(done_at=now, done_by=by)
    )


async def settled(tx: Tx, registration_id: int, kind: str, *, now: datetime) -> None:
    """Take calls of a kind off the list: what they were about has ended otherwise."""
    await tx.connection.execute(
        sa.update(to_phone)
        .where(_c.registration_id == registration_id, _c.kind == kind, _c.done_at.is_(None))
        .values(done_at=now)
    )
