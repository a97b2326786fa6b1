"""What the town teaches, in counts: meanings asked about in vain, and entries chosen from lists.

No row knows a person, a text or a time of day.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa

from storage.schema import chosen, unanswered
from storage.store import Tx, insert_once

Missed = Mapping[tuple[str, str], int]
"""How often, by concept and language."""


async def count(tx: Tx, day: date, missed: Missed) -> None:
    """Add to the counts of a day; what is taken back never leads below zero."""
    table = unanswered
    for (concept, language), more in missed.items():
        key = {"day": day, "concept": concept, "language": language}
        if more > 0 and await insert_once(tx, table, {**key, "times": more}):
            continue
        row = (table.c.day == day, table.c.concept == concept, table.c.language == language)
        after = table.c.times + more
        change = sa.update(table).where(*row).values(times=sa.case((after < 0, 0), else_=after))
        await tx.connection.execute(change)


async def missed(tx: Tx, *, first: date, last: date) -> dict[tuple[str, str], int]:
    """Return the counts from `first` to `last`, by concept and language."""
    table = unanswered
    times = sa.func.sum(table.c.times)
    found = await tx.connection.execute(
        sa.select(table.c.concept, table.c.language, times.label("times"))
        .where(table.c.day.between(first, last))
        .group_by(table.c.concept, table.c.language)
        .having(times > 0)
    )
    return {(row.concept, row.language): int(row.times) for row in found}


async def purge(tx: Tx, *, before: date) -> None:
    """Forget the counts of days before `before`."""
    await tx.connection.execute(sa.delete(unanswered).where(unanswered.c.day < before))


async def choose(tx: Tx, concept: str, entry_id: str, *, day: date, at_most: int) -> bool:
    """Count one choice of an entry; False if it was chosen `at_most` times that day already."""
    table = chosen
    key = {"concept": concept, "entry_id": entry_id}
    if await insert_once(tx, table, {**key, "times": 1, "day": day, "today": 1}):
        return True
    row = (table.c.concept == concept, table.c.entry_id == entry_id)
    same_day = table.c.day == day
    counted = await tx.connection.execute(
        sa.update(table)
        .where(*row, sa.or_(sa.not_(same_day), table.c.today < at_most))
        .values(
            times=table.c.times + 1,
            today=sa.case((same_day, table.c.today + 1), else_=1),
            day=day,
        )
    )
    return counted.rowcount > 0


async def choices(tx: Tx) -> dict[str, dict[str, int]]:
    """Return how often each entry was chosen, by concept."""
    found: dict[str, dict[str, int]] = {}
    for row in await tx.connection.execute(sa.select(chosen)):
        found.setdefault(row.concept, {})[row.entry_id] = row.times
    return found
