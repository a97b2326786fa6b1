"""The lists of contributions: the team's inbox, the board, what lies near a draft.

Each costs the same whether there are five hundred or ten thousand: an index gives the order, and
nothing is counted further than anybody reads.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.contribution_lists import MOST_COUNTED, BoardFilters, Filters, InboxPage
from bot.domain.contribution_states import Column, State
from bot.domain.contributions import Contribution, Kind, Point
from bot.domain.geography import cells_around
from storage.contribution_tables import UNTOLD, UNTRANSLATED
from storage.contributions import EVERYTHING, listed, several
from storage.schema import contribution as table
from storage.store import Tx

_Condition = sa.ColumnElement[bool]
_OPEN = table.c.closed_at.is_(None)
_ON_BOARD = table.c.board_column.is_not(None)

AT_THE_SPOT, IN_A_SQUARE, IN_A_NEIGHBOURHOOD, ANYWHERE = 12, 3, 20, 20
"""How many of the youngest are compared with a draft: of its square, of each around, of its quarter, of all."""

_REMINDED_AT_ONCE = 200


async def inbox(
    tx: Tx, filters: Filters, *, now: datetime, limit: int, offset: int = 0
) -> InboxPage:
    """Return one page of what the team has to look at, the urgent first, then the oldest."""
    conditions = conditions_of(filters, now=now)
    page = EVERYTHING.where(*conditions).order_by(*_order(filters)).limit(limit).offset(offset)
    found = await tx.connection.execute(page)
    counted = sa.select(sa.literal(1)).select_from(table).where(*conditions).limit(MOST_COUNTED + 1)
    total = await tx.connection.scalar(sa.select(sa.func.count()).select_from(counted.subquery()))
    return InboxPage(
        listed(found.all()), min(total or 0, MOST_COUNTED), (total or 0) > MOST_COUNTED
    )


def conditions_of(filters: Filters, *, now: datetime) -> list[_Condition]:
    """Return what a row must be to pass the filters."""
    c = table.c
    wanted: list[tuple[bool, _Condition]] = [
        (filters.open_only or filters.overdue or filters.promised, _OPEN),
        (bool(filters.states), c.state.in_([state.value for state in filters.states])),
        (filters.kind is not None, c.kind == (filters.kind or "")),
        (filters.category is not None, c.category == filters.category),
        (filters.neighbourhood is not None, c.neighbourhood == filters.neighbourhood),
        (filters.assignee is not None, c.assignee_contact == filters.assignee),
        (filters.unassigned, c.assignee_contact.is_(None)),
        (filters.urgent, c.urgent.is_(sa.true())),
        (filters.overdue, c.expected_at < now),
        (filters.promised, c.promised_at.is_not(None)),
        (filters.untold, _in_words(UNTOLD)),
        (filters.untranslated, _in_words(UNTRANSLATED)),
        (filters.origin is not None, c.origin == (filters.origin or "")),
        (filters.since is not None, c.created_at >= (filters.since or now)),
        (filters.until is not None, c.created_at < (filters.until or now)),
        (not filters.coordinator, c.critical.is_(sa.false())),
    ]
    return [condition for is_wanted, condition in wanted if is_wanted]


async def board(
    tx: Tx, filters: BoardFilters, *, limit: int, before: tuple[datetime, int] | None = None
) -> list[Contribution]:
    """Return what the board shows, the latest news first, from behind `before` (moment, number) on."""
    c = table.c
    conditions = [_ON_BOARD, *_on_the_board(filters)]
    if before is not None:
        moment, number = before
        last = sa.tuple_(sa.literal(moment, c.shown_at.type), sa.literal(number))
        conditions.append(sa.tuple_(c.shown_at, c.id) < last)
    found = await tx.connection.execute(
        EVERYTHING.where(*conditions).order_by(c.shown_at.desc(), c.id.desc()).limit(limit)
    )
    return listed(found.all())


async def board_counts(tx: Tx) -> dict[Column, int]:
    """Return how many contributions stand under each heading of the board."""
    found = await tx.connection.execute(
        sa.select(table.c.board_column, sa.func.count().label("many"))
        .where(_ON_BOARD)
        .group_by(table.c.board_column)
    )
    return {Column(row.board_column): row.many for row in found}


async def candidates(
    tx: Tx,
    *,
    point: Point | None,
    neighbourhood: str | None,
    since: datetime,
    nominated: Collection[int] = (),
) -> list[Contribution]:
    """Return what a draft is to be compared with: nominated, near, in the same quarter, or just young.

    Open ones and those closed after `since`; never the team's own observations.
    """
    alive = sa.and_(
        sa.or_(_OPEN, table.c.closed_at >= since),
        table.c.state.not_in([State.WITHDRAWN.value, State.MERGED.value]),
        table.c.kind != Kind.OBSERVATION.value,
        table.c.critical.is_(sa.false()),
    )
    parts = [_youngest(alive, limit=ANYWHERE)]
    if nominated:
        parts.append(_youngest(sa.and_(alive, table.c.id.in_(nominated)), limit=len(nominated)))
    if neighbourhood is not None:
        there = table.c.neighbourhood == neighbourhood
        parts.append(_youngest(sa.and_(alive, there), limit=IN_A_NEIGHBOURHOOD))
    if point is not None:
        parts += [
            _youngest(
                sa.and_(alive, table.c.cell == name), limit=IN_A_SQUARE if place else AT_THE_SPOT
            )
            for place, name in enumerate(cells_around(point))
        ]
    found = await tx.connection.execute(sa.union(*parts))
    return await several(tx, sorted(found.scalars(), reverse=True))


async def to_remind(tx: Tx, *, before: datetime, again_before: datetime) -> list[Contribution]:
    """Return what is due before then and whose responsible person has not heard of it since."""
    c = table.c
    unheard = sa.or_(c.reminded_at.is_(None), c.reminded_at < again_before)
    found = await tx.connection.execute(
        EVERYTHING.where(_OPEN, c.expected_at < before, unheard)
        .order_by(c.expected_at, c.id)
        .limit(_REMINDED_AT_ONCE)
    )
    return listed(found.all())


def _order(filters: Filters) -> Sequence[sa.ColumnElement[Any]]:
    c = table.c
    if filters.overdue:
        return (c.expected_at, c.id)
    if filters.promised:
        return (c.promised_at, c.id)
    if filters.untold or filters.untranslated:
        return (c.id,)
    return (c.urgent.desc(), c.priority.desc(), c.id)


def _on_the_board(filters: BoardFilters) -> list[_Condition]:
    c = table.c
    wanted = (
        (c.board_column, filters.column.value if filters.column else None),
        (c.kind, filters.kind.value if filters.kind else None),
        (c.category, filters.category),
        (c.neighbourhood, filters.neighbourhood),
    )
    return [column == value for column, value in wanted if value is not None]


def _youngest(which: _Condition, *, limit: int) -> sa.Select[int]:
    inner = sa.select(table.c.id).where(which).order_by(table.c.id.desc()).limit(limit).subquery()
    return sa.select(inner.c.id)


def _in_words(condition: str) -> _Condition:
    """Return the condition of a partial index in its own words, or the index is not used."""
    return sa.and_(sa.text(condition))
