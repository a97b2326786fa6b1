"""Who came at rest: a tick for each name while there are names, and numbers for ever."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from bot.domain.attendance import Headcount
from storage.rolls import words
from storage.schema import headcount, presence
from storage.store import Tx, upsert

_FIELDS = ("children", "adults", "absent", "more_children", "more_adults", "volunteers")


async def ticks(tx: Tx, registrations: Sequence[int], original: datetime) -> dict[int, bool]:
    """Return who was ticked on a date, and whether they came."""
    if not registrations:
        return {}
    c = presence.c
    found = await tx.connection.execute(
        sa.select(c.registration_id, c.came).where(
            c.registration_id.in_(registrations), c.original == words(original)
        )
    )
    return {row.registration_id: row.came for row in found}


async def tick(tx: Tx, registration: int, original: datetime, *, came: bool | None) -> None:
    """Tick somebody on a date, or take the tick away."""
    key = {"registration_id": registration, "original": words(original)}
    if came is None:
        await tx.connection.execute(sa.delete(presence).filter_by(**key))
    else:
        await upsert(tx, presence, key, {"came": came})


async def numbers(tx: Tx, entry_id: str, original: datetime) -> Headcount:
    """Return how many came to a date."""
    c = headcount.c
    found = await tx.connection.execute(
        tx.locked(sa.select(headcount).where(c.entry_id == entry_id, c.original == words(original)))
    )
    row = found.one_or_none()
    return Headcount() if row is None else _headcount(row._mapping)  # noqa: SLF001 - its public name


async def count(tx: Tx, entry_id: str, original: datetime, numbers: Headcount) -> None:
    """Keep how many came to a date."""
    key = {"entry_id": entry_id, "original": words(original)}
    await upsert(tx, headcount, key, {name: getattr(numbers, name) for name in _FIELDS})


def _headcount(row: sa.RowMapping) -> Headcount:
    return Headcount(**{name: row[name] for name in _FIELDS})
