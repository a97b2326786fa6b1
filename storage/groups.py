"""Invitations to groups, who belongs to them, and the secret links to one's own calendar; hashes only."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from storage.schema import calendar_link, group_invite, group_member
from storage.store import Tx, insert_once, upsert


async def invite(
    tx: Tx, entry_id: str, *, token_hash: str, by: str, expires_at: datetime, uses: int
) -> None:
    """Remember an invitation by the hash of its token."""
    await tx.connection.execute(
        sa.insert(group_invite).values(
            token_hash=token_hash,
            entry_id=entry_id,
            created_by=by,
            expires_at=expires_at,
            uses=uses,
        )
    )


async def redeem(tx: Tx, token_hash: str, contact_id: str, *, now: datetime) -> str | None:
    """Let somebody belong to the group of an invitation and return its entry; None if it holds no more."""
    c = group_invite.c
    found = await tx.connection.execute(
        tx.locked(sa.select(group_invite).where(c.token_hash == token_hash, c.expires_at > now))
    )
    row = found.one_or_none()
    if row is None:
        return None
    if await belongs(tx, row.entry_id, contact_id):
        return str(row.entry_id)
    if row.uses < 1:
        return None
    await tx.connection.execute(
        sa.update(group_invite).where(c.token_hash == token_hash).values(uses=c.uses - 1)
    )
    member = {"entry_id": row.entry_id, "contact_id": contact_id, "since": now}
    await insert_once(tx, group_member, member)
    return str(row.entry_id)


async def belongs(tx: Tx, entry_id: str, contact_id: str) -> bool:
    """Return whether somebody has been invited to a group."""
    c = group_member.c
    found = await tx.connection.execute(
        sa.select(c.entry_id).where(c.entry_id == entry_id, c.contact_id == contact_id)
    )
    return found.first() is not None


async def purge(tx: Tx, *, now: datetime) -> None:
    """Forget the invitations that hold no more."""
    await tx.connection.execute(sa.delete(group_invite).where(group_invite.c.expires_at < now))


async def link_calendar(tx: Tx, contact_id: str, *, token_hash: str, now: datetime) -> None:
    """Let this be the only link to somebody's own calendar."""
    values = {"token_hash": token_hash, "created_at": now}
    await upsert(tx, calendar_link, {"contact_id": contact_id}, values)


async def unlink_calendar(tx: Tx, contact_id: str) -> None:
    """Let no link lead to somebody's own calendar."""
    await tx.connection.execute(
        sa.delete(calendar_link).where(calendar_link.c.contact_id == contact_id)
    )


async def of_calendar(tx: Tx, token_hash: str) -> str | None:
    """Return whose calendar a link leads to."""
    found = await tx.connection.execute(
        sa.select(calendar_link.c.contact_id).where(calendar_link.c.token_hash == token_hash)
    )
    return found.scalar_one_or_none()
