"""Who of the team wants the list of what waits each morning, and when they had it last."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from storage.schema import morning_wish as table
from storage.store import Tx, upsert


async def wish(tx: Tx, contact_id: str) -> None:
    """Send it to this person from the next morning on."""
    await upsert(tx, table, {"contact_id": contact_id}, {"last_on": None})


async def drop(tx: Tx, contact_id: str) -> None:
    """Send it to this person no longer."""
    await tx.connection.execute(sa.delete(table).where(table.c.contact_id == contact_id))


async def wished(tx: Tx, contact_id: str) -> bool:
    """Tell whether the person wants it."""
    found = sa.select(table.c.contact_id).where(table.c.contact_id == contact_id)
    return await tx.connection.scalar(found) is not None


async def without(tx: Tx, today: date) -> list[str]:
    """Return who wants it and has not had it today."""
    unsent = sa.or_(table.c.last_on.is_(None), table.c.last_on < today)
    found = await tx.connection.execute(
        sa.select(table.c.contact_id).where(unsent).order_by(table.c.contact_id)
    )
    return list(found.scalars())


async def sent(tx: Tx, contact_id: str, today: date) -> None:
    """Note that the person has had it today."""
    await tx.connection.execute(
        sa.update(table).where(table.c.contact_id == contact_id).values(last_on=today)
    )
