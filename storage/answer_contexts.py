"""What was shown last to each person: one sealed row, gone when it expires."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from storage.schema import answer_context as table
from storage.schema import contact
from storage.store import Tx, upsert


@dataclass(frozen=True, slots=True)
class Row:
    """Whose it is, what was kept (JSON values), and until when."""

    contact_id: str
    data: Mapping[str, Any]
    expires_at: datetime


async def live(tx: Tx, now: datetime) -> list[Row]:
    """Return all that has not expired."""
    found = await tx.connection.execute(sa.select(table).where(table.c.expires_at > now))
    return [
        Row(row.contact_id, json.loads(tx.keyring.unseal(row.data_sealed)), row.expires_at)
        for row in found
    ]


async def put(tx: Tx, rows: Iterable[Row]) -> None:
    """Keep `rows`, in place of what was kept before; people erased meanwhile are left out."""
    wanted = {row.contact_id: row for row in rows}
    if not wanted:
        return
    found = await tx.connection.execute(
        tx.locked(sa.select(contact.c.id).where(contact.c.id.in_(sorted(wanted))))
    )
    for contact_id in found.scalars():
        row = wanted[contact_id]
        data = json.dumps(dict(row.data), ensure_ascii=False).encode()
        await upsert(
            tx,
            table,
            {"contact_id": contact_id},
            {"data_sealed": tx.keyring.seal(data), "expires_at": row.expires_at},
        )
