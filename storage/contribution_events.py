"""What happened to contributions, in order; written once, never changed except to be published."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from bot.domain.contribution_states import State
from bot.domain.contributions import Event
from bot.domain.localized import Localized
from storage.columns import AnyRow
from storage.schema import contribution_event as table
from storage.store import Tx

_ANSWERS = ("confirmed", "doubted", "transcript_right", "transcript_wrong")


async def add(  # noqa: PLR0913 - an event is all of this, each by name
    tx: Tx,
    number: int,
    kind: str,
    *,
    at: datetime,
    by: str | None,
    old: State | None = None,
    new: State | None = None,
    public_note: Localized | None = None,
    private_note: str = "",
    published: bool = False,
    about: int | None = None,
) -> int:
    """Write down what happened and return the event's number."""
    added = await tx.connection.execute(
        sa.insert(table)
        .values(
            contribution_id=number,
            at=at,
            by_contact=by,
            kind=kind,
            from_state=old.value if old else None,
            to_state=new.value if new else None,
            public_note=public_note or None,
            private_note=private_note or None,
            published=published,
            about=about,
        )
        .returning(table.c.id)
    )
    return int(added.scalar_one())


async def of(
    tx: Tx, numbers: Collection[int], *, published_only: bool = False, limit: int | None = None
) -> list[Event]:
    """Return what happened to these contributions, the oldest first (`limit`: the latest only)."""
    wanted = sa.select(table).where(table.c.contribution_id.in_(numbers))
    if published_only:
        wanted = wanted.where(table.c.published.is_(sa.true()))
    found = await tx.connection.execute(wanted.order_by(table.c.id.desc()).limit(limit))
    return [_event(row) for row in reversed(found.all())]


async def newest(tx: Tx) -> int:
    """Return the number of the latest event; 0 if nothing has happened yet."""
    return await tx.connection.scalar(sa.select(sa.func.max(table.c.id))) or 0


async def after(tx: Tx, event: int, *, limit: int) -> dict[int, int]:
    """Return which contributions something happened to since, by the numbers of these events."""
    found = await tx.connection.execute(
        sa.select(table.c.id, table.c.contribution_id)
        .where(table.c.id > event)
        .order_by(table.c.id)
        .limit(limit)
    )
    return {row.id: row.contribution_id for row in found}


async def get(tx: Tx, event: int) -> Event | None:
    """Return one event."""
    found = await tx.connection.execute(sa.select(table).where(table.c.id == event))
    row = found.one_or_none()
    return None if row is None else _event(row)


async def answered(tx: Tx, number: int, *, about: int, by: str) -> bool:
    """Tell whether this person has answered this event already."""
    found = await tx.connection.execute(
        sa.select(table.c.id).where(
            table.c.contribution_id == number,
            table.c.about == about,
            table.c.by_contact == by,
            table.c.kind.in_(_ANSWERS),
        )
    )
    return found.first() is not None


def _event(row: AnyRow) -> Event:
    return Event(
        id=row.id,
        contribution=row.contribution_id,
        at=row.at,
        kind=row.kind,
        by=row.by_contact,
        old=State(row.from_state) if row.from_state else None,
        new=State(row.to_state) if row.to_state else None,
        public_note=Localized.of(row.public_note),
        private_note=row.private_note or "",
        published=row.published,
        about=row.about,
    )
