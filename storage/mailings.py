"""One message to many in the outbox: put on its way in one go, held back together, let go again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime

import sqlalchemy as sa

from bot.domain.messages import Message
from bot.domain.pacing import Lane
from bot.domain.payloads import to_payload
from storage.columns import literal
from storage.schema import outbox
from storage.store import Tx, insert_all_once

_HELD = datetime(9999, 1, 1, tzinfo=UTC)
"""When a message that is held back is due: never by itself."""

_QUEUED = literal("queued")


async def post(
    tx: Tx, contacts: Iterable[str], message: Message, *, key: str, kind: str, now: datetime
) -> None:
    """Put one message on its way to many behind all else, each once for ever under `key` and contact.

    It is sealed once: the readers of one language all get the same. In doubt it is sent again.
    """
    payload = json.dumps(to_payload(message), ensure_ascii=False).encode()
    row = {
        "lane": int(Lane.BROADCAST),
        "kind": kind,
        "payload_sealed": tx.keyring.seal(payload),
        "state": "queued",
        "not_before": now,
        "attempts": 0,
        "on_doubt": "resend",
        "created_at": now,
    }
    rows = [{**row, "contact_id": contact, "key": f"{key}{contact}"} for contact in contacts]
    if rows:
        await insert_all_once(tx, outbox, rows)


async def hold(tx: Tx, key: str) -> int:
    """Keep back what has not left yet, until `release`; return how many messages that were."""
    return await _move(tx, key, _HELD)


async def release(tx: Tx, key: str, *, now: datetime) -> int:
    """Let go what was kept back; return how many messages that were."""
    return await _move(tx, key, now)


async def _move(tx: Tx, key: str, moment: datetime) -> int:
    named = outbox.c.key.startswith(key, autoescape=True)
    moved = await tx.connection.execute(
        sa.update(outbox).where(outbox.c.state == _QUEUED, named).values(not_before=moment)
    )
    return moved.rowcount
