"""Who has been asked to pause, until when and why; people without a limit have no row."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from bot.domain.contributions import Limit
from storage.schema import sender_limit as table
from storage.store import Tx, upsert


async def put(tx: Tx, contact_id: str, limit: Limit, *, by: str, now: datetime) -> None:
    """Let the person bring nothing for a while, in place of any limit before."""
    values = {"since": now, "until": limit.until, "limited_by": by, "reason": limit.reason}
    await upsert(tx, table, {"contact_id": contact_id}, values)


async def lift(tx: Tx, contact_id: str) -> bool:
    """Let the person bring things again; False if there was no limit."""
    gone = await tx.connection.execute(sa.delete(table).where(table.c.contact_id == contact_id))
    return gone.rowcount > 0


async def of(tx: Tx, contact_id: str, now: datetime) -> Limit | None:
    """Return the limit that holds for the person now."""
    found = await tx.connection.execute(
        sa.select(table.c.until, table.c.reason).where(
            table.c.contact_id == contact_id,
            sa.or_(table.c.until.is_(None), table.c.until > now),
        )
    )
    row = found.one_or_none()
    return None if row is None else Limit(row.until, row.reason)
