"""Who wants to hear of what: one row for each wish, gone as soon as it is taken back."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from bot.domain.subscriptions import PURPOSE, About, Subscription
from storage.schema import consent, subscription
from storage.store import Tx, insert_once

_c = subscription.c


async def of(tx: Tx, contact_id: str) -> frozenset[Subscription]:
    """Return everything the person wants to hear of."""
    found = await tx.connection.execute(
        sa.select(_c.kind, _c.value).where(_c.contact_id == contact_id)
    )
    return frozenset(Subscription(About(row.kind), row.value) for row in found)


async def add(tx: Tx, contact_id: str, wish: Subscription, *, now: datetime) -> bool:
    """Note a wish; False if it is known."""
    row = {"contact_id": contact_id, "kind": wish.about.value, "value": wish.value, "at": now}
    return await insert_once(tx, subscription, row)


async def drop(tx: Tx, contact_id: str, wish: Subscription) -> bool:
    """Take a wish back; False if there is none."""
    gone = await tx.connection.execute(
        sa.delete(subscription).where(
            _c.contact_id == contact_id, _c.kind == wish.about.value, _c.value == wish.value
        )
    )
    return gone.rowcount > 0


async def drop_all(tx: Tx, contact_id: str) -> int:
    """Take every wish back; return how many there were."""
    gone = await tx.connection.execute(sa.delete(subscription).where(_c.contact_id == contact_id))
    return gone.rowcount


async def answered(tx: Tx, contact_id: str) -> bool:
    """Tell whether the person has ever said yes or no to being written to."""
    found = await tx.connection.execute(
        sa.select(consent.c.id)
        .where(consent.c.contact_id == contact_id, consent.c.purpose == PURPOSE)
        .limit(1)
    )
    return found.first() is not None
