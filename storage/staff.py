"""The team: who belongs to it now, and the one-time invitations by which people join it."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from bot.domain.roles import Role, Staff
from storage.columns import AnyRow
from storage.schema import invite as invitation
from storage.schema import staff
from storage.store import Tx

_PRESENT = sa.select(staff.c.contact_id, staff.c.role, staff.c.centre, staff.c.since).where(
    staff.c.until.is_(None)
)
_TEAM = _PRESENT.order_by(staff.c.since, staff.c.id)
_OF = _PRESENT.where(staff.c.contact_id == sa.bindparam("contact"))


async def of(tx: Tx, contact_id: str) -> Staff | None:
    """Return what the person is in the team today, or None."""
    found = await tx.connection.execute(_OF, {"contact": contact_id})
    row = found.first()
    return None if row is None else _staff(row)


async def appoint(tx: Tx, member: Staff, *, invited_by: str | None) -> None:
    """Let the person belong to the team from `member.since` on, in this role alone."""
    await dismiss(tx, member.contact_id, member.since)
    await tx.connection.execute(
        sa.insert(staff).values(
            contact_id=member.contact_id,
            role=member.role.value,
            centre=member.centre,
            since=member.since,
            invited_by=invited_by,
        )
    )


async def dismiss(tx: Tx, contact_id: str, now: datetime) -> None:
    """End the person's membership; nothing happens if there is none."""
    await tx.connection.execute(
        sa.update(staff)
        .where(staff.c.contact_id == contact_id, staff.c.until.is_(None))
        .values(until=now)
    )


async def everyone(tx: Tx) -> list[Staff]:
    """Return today's team, coordinators first, then by the day they joined."""
    found = await tx.connection.execute(_TEAM)
    team = [_staff(row) for row in found]
    return sorted(team, key=lambda member: member.role is not Role.COORDINATOR)


async def held(tx: Tx) -> list[Staff]:
    """Return today's team; nobody else decides who belongs to it until this transaction ends."""
    found = await tx.connection.execute(tx.locked(_TEAM))
    return [_staff(row) for row in found]


async def invite(
    tx: Tx,
    *,
    token_hash: str,
    role: Role,
    centre: str | None,
    now: datetime,
    expires_at: datetime,
) -> None:
    """Remember an invitation by the hash of its token; the token itself is kept nowhere."""
    await tx.connection.execute(
        sa.insert(invitation).values(
            token_hash=token_hash,
            role=role.value,
            centre=centre,
            created_at=now,
            expires_at=expires_at,
        )
    )


async def redeem(
    tx: Tx, *, token_hash: str, contact_id: str, now: datetime
) -> tuple[Role, str | None] | None:
    """Use up an invitation and return role and centre; None if it is unknown, used or too old."""
    found = await tx.connection.execute(
        sa.update(invitation)
        .where(
            invitation.c.token_hash == token_hash,
            invitation.c.used_at.is_(None),
            invitation.c.expires_at > now,
        )
        .values(used_by=contact_id, used_at=now)
        .returning(invitation.c.role, invitation.c.centre)
    )
    row = found.one_or_none()
    return None if row is None else (Role(row.role), row.centre)


def _staff(row: AnyRow) -> Staff:
    return Staff(row.contact_id, Role(row.role), row.centre, row.since)
