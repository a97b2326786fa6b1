"""Which updates have had their effect, which were set aside, and when both are forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa

from storage import schema
from storage.store import Tx, insert_all_once

# Telegram keeps an update for 24 hours; twice that is surely over.
_SEEN_KEPT = timedelta(hours=48)
_ASIDE_KEPT = timedelta(days=7)
_INVITE_KEPT = timedelta(days=30)


async def remember(tx: Tx, update_ids: Iterable[int], now: datetime) -> None:
    """Remember updates that need no effect, so that they are not taken up again."""
    rows = [{"update_id": update_id, "at": now} for update_id in update_ids]
    await insert_all_once(tx, schema.update_seen, rows)


async def recent(tx: Tx, limit: int) -> set[int]:
    """Return the ids of the `limit` youngest updates that had their effect."""
    seen = schema.update_seen
    found = await tx.connection.execute(
        sa.select(seen.c.update_id).order_by(seen.c.update_id.desc()).limit(limit)
    )
    return set(found.scalars())


async def set_aside(tx: Tx, *, update_id: int, raw: bytes, reason: str, now: datetime) -> None:
    """Keep an update that could not be handled, sealed, for whoever looks into it."""
    await tx.connection.execute(
        sa.insert(schema.set_aside).values(
            update_id=update_id, raw_sealed=tx.keyring.seal(raw), reason=reason, at=now
        )
    )


async def aside_count(tx: Tx) -> int:
    """Return how many updates are set aside."""
    found = await tx.connection.execute(sa.select(sa.func.count()).select_from(schema.set_aside))
    return int(found.scalar_one())


async def purge(tx: Tx, now: datetime) -> int:
    """Forget what is past its day and return how many rows that were.

    Updates seen after 48 hours, set aside after 7 days, conversations and what was
    shown last when they expire, invitations 30 days after they were used or ran out.
    """
    seen, aside = schema.update_seen, schema.set_aside
    talks, shown, invite = schema.conversation, schema.answer_context, schema.invite
    gone = 0
    for statement in (
        sa.delete(seen).where(seen.c.at < now - _SEEN_KEPT),
        sa.delete(aside).where(aside.c.at < now - _ASIDE_KEPT),
        sa.delete(talks).where(talks.c.expires_at <= now),
        sa.delete(shown).where(shown.c.expires_at <= now),
        sa.delete(invite).where(
            sa.func.coalesce(invite.c.used_at, invite.c.expires_at) < now - _INVITE_KEPT
        ),
    ):
        gone += (await tx.connection.execute(statement)).rowcount
    return gone
