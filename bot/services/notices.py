"""Messages to people who are not waiting: queued with the change that causes them, sent by the postman."""

from __future__ import annotations

from datetime import datetime

from bot.domain.messages import Message
from bot.domain.pacing import Lane
from storage import outbox
from storage.store import Tx


async def queue(
    tx: Tx, contact_id: str, message: Message, *, key: str, now: datetime, lane: Lane = Lane.REPLY
) -> None:
    """Queue `message` for a contact; the same `key` never sends twice."""
    kind = key.split(":", 1)[0]
    await outbox.enqueue(
        tx, contact_id=contact_id, key=key, lane=lane, message=message, kind=kind, now=now
    )
