"""What the team changed about single dates: one row for each date that is not as the rule has it."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from bot.domain.directory import ChangeKind, DateChange
from storage.columns import AnyRow
from storage.schema import occurrence_change as table
from storage.store import Tx, upsert


async def everything(tx: Tx) -> dict[str, tuple[DateChange, ...]]:
    """Return the changes of all activities, by activity and date."""
    found: dict[str, list[DateChange]] = {}
    statement = sa.select(table).order_by(table.c.entry_id, table.c.original_start)
    for row in await tx.connection.execute(statement):
        found.setdefault(row.entry_id, []).append(_change(row))
    return {entry_id: tuple(changes) for entry_id, changes in found.items()}


async def of(tx: Tx, entry_id: str) -> tuple[DateChange, ...]:
    """Return the changes of one activity by date; when writing, nobody else changes them."""
    statement = (
        sa.select(table).where(table.c.entry_id == entry_id).order_by(table.c.original_start)
    )
    return tuple(_change(row) for row in await tx.connection.execute(tx.locked(statement)))


async def put(tx: Tx, entry_id: str, change: DateChange, *, by: str | None, now: datetime) -> None:
    """Keep a change in place of the one this date had."""
    values = {
        "kind": change.kind,
        "new_start": _words(change.starts),
        "new_end": _words(change.ends),
        "place": change.place,
        "note": change.note,
        "by_contact": by,
        "at": now,
    }
    key = {"entry_id": entry_id, "original_start": _words(change.original)}
    known = sa.select(table.c.version).filter_by(**key)
    version = await tx.connection.scalar(tx.locked(known))
    await upsert(tx, table, key, {**values, "version": (version or 0) + 1})


async def purge(tx: Tx, *, before: datetime) -> None:
    """Forget the changes of dates that lay before `before` (local wall time) and still do."""
    last = sa.func.coalesce(table.c.new_start, table.c.original_start)
    statement = sa.delete(table).where(
        last < _words(before), table.c.original_start < _words(before)
    )
    await tx.connection.execute(statement)


def _words(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="minutes")


def _change(row: AnyRow) -> DateChange:
    kind: ChangeKind = row.kind
    return DateChange(
        original=datetime.fromisoformat(row.original_start),
        kind=kind,
        starts=datetime.fromisoformat(row.new_start) if row.new_start else None,
        ends=datetime.fromisoformat(row.new_end) if row.new_end else None,
        place=row.place,
        note=row.note,
        version=row.version,
    )
