"""What the town says about itself: seeded from its file, edited in the chat, the edit wins."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

import sqlalchemy as sa

from storage.schema import town_setting as table
from storage.store import Tx, upsert

Source = Literal["file", "chat"]


async def settings(tx: Tx) -> dict[str, object]:
    """Return all that the town says about itself, by key."""
    found = await tx.connection.execute(sa.select(table.c.key, table.c.value))
    return {row.key: row.value for row in found}


async def put(tx: Tx, key: str, value: object, *, source: Source, now: datetime) -> None:
    """Set one value, whoever set it before."""
    await upsert(tx, table, {"key": key}, {"value": value, "source": source, "updated_at": now})


async def seed(tx: Tx, values: Mapping[str, object], now: datetime) -> None:
    """Set the values of the town's file, but leave what somebody edited in the chat."""
    for key, value in values.items():
        await upsert(
            tx,
            table,
            {"key": key},
            {"value": value, "source": "file", "updated_at": now},
            only_if=table.c.source == "file",
        )
