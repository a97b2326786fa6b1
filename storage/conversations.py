"""Dialogues under way: one row per chat and person, sealed, gone when they expire."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.conversations import Conversation
from storage.schema import conversation as table
from storage.store import Tx, upsert

_HERE = (table.c.chat_contact == sa.bindparam("chat")) & (
    table.c.person_contact == sa.bindparam("person")
)
_GET = sa.select(table.c.flow, table.c.step, table.c.data_sealed).where(
    _HERE, table.c.expires_at > sa.bindparam("now")
)
_BENEATH = "beneath:"
"""The key under which what waits beneath is sealed with the rest; no dialogue has one like it."""

_DROP = sa.delete(table).where(_HERE)


async def get(tx: Tx, *, chat: str, person: str, now: datetime) -> Conversation | None:
    """Return where the person stands in this chat; None if nowhere or too long ago."""
    found = await tx.connection.execute(
        tx.locked(_GET), {"chat": chat, "person": person, "now": now}
    )
    row = found.one_or_none()
    if row is None:
        return None
    return _opened(row.flow, row.step, json.loads(tx.keyring.unseal(row.data_sealed)))


async def put(
    tx: Tx, conversation: Conversation, *, chat: str, person: str, expires_at: datetime
) -> None:
    """Remember where the person stands, in place of where they stood before."""
    data = json.dumps(_folded(conversation), ensure_ascii=False).encode()
    await upsert(
        tx,
        table,
        {"chat_contact": chat, "person_contact": person},
        {
            "flow": conversation.flow,
            "step": conversation.step,
            "data_sealed": tx.keyring.seal(data),
            "expires_at": expires_at,
        },
    )


async def drop(tx: Tx, *, chat: str, person: str) -> None:
    """Forget where the person stood in this chat."""
    await tx.connection.execute(_DROP, {"chat": chat, "person": person})


def _folded(conversation: Conversation) -> dict[str, Any]:
    data, beneath = dict(conversation.data), conversation.beneath
    if beneath is not None:
        data[_BENEATH] = [beneath.flow, beneath.step, _folded(beneath)]
    return data


def _opened(flow: str, step: str, data: dict[str, Any]) -> Conversation:
    beneath = data.pop(_BENEATH, None)
    return Conversation(flow, step, data, _opened(*beneath) if beneath else None)
