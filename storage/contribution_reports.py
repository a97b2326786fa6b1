"""Contributions for exports and statistics: read in portions, so that memory does not grow with them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime

import sqlalchemy as sa

from bot.domain.contribution_lists import Fact, Filters
from bot.domain.contribution_states import State
from bot.domain.contributions import Contribution, Kind, Origin
from storage.columns import AnyRow
from storage.contribution_lists import conditions_of
from storage.contributions import EVERYTHING, SUPPORTS, listed
from storage.schema import contribution as table
from storage.store import Tx

PORTION = 500


async def count(tx: Tx, filters: Filters, *, now: datetime) -> int:
    """Return how many contributions an export will hold."""
    found = await tx.connection.execute(
        sa.select(sa.func.count()).select_from(table).where(*conditions_of(filters, now=now))
    )
    return int(found.scalar_one())


async def export(tx: Tx, filters: Filters, *, now: datetime) -> AsyncIterator[list[Contribution]]:
    """Yield the contributions that pass the filters by number, `PORTION` at a time."""
    conditions = conditions_of(filters, now=now)
    last = 0
    while True:
        found = await tx.connection.execute(
            EVERYTHING.where(*conditions, table.c.id > last).order_by(table.c.id).limit(PORTION)
        )
        portion = listed(found.all())
        if not portion:
            return
        yield portion
        last = portion[-1].number


async def facts(tx: Tx) -> AsyncIterator[list[Fact]]:
    """Yield every contribution as statistics see it, `PORTION` at a time; no words, no person."""
    c = table.c
    slim = sa.select(
        c.id,
        c.kind,
        c.state,
        c.language,
        c.category,
        c.neighbourhood,
        c.origin,
        c.created_at,
        c.due_at,
        c.first_answer_at,
        c.closed_at,
        c.public,
        SUPPORTS,
    )
    last = 0
    while True:
        found = await tx.connection.execute(slim.where(c.id > last).order_by(c.id).limit(PORTION))
        portion = [_fact(row) for row in found]
        if not portion:
            return
        yield portion
        last = portion[-1].number


async def answered_since(tx: Tx, since: datetime) -> list[Fact]:
    """Return the facts of what has been answered for the first time since then."""
    found = await tx.connection.execute(
        sa.select(table, SUPPORTS).where(table.c.first_answer_at >= since)
    )
    return [_fact(row) for row in found]


def _fact(row: AnyRow) -> Fact:
    return Fact(
        number=row.id,
        kind=Kind(row.kind),
        state=State(row.state),
        language=row.language,
        category=row.category,
        neighbourhood=row.neighbourhood,
        origin=Origin(row.origin),
        created_at=row.created_at,
        due_at=row.due_at,
        first_answer_at=row.first_answer_at,
        closed_at=row.closed_at,
        public=row.public,
        supports=row.supports or 0,
    )
