"""Announcements: drafts, those under way, those that were; their messages stand in the outbox."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from bot.domain.audiences import Audience
from bot.domain.broadcasts import Broadcast, Missing, State
from bot.domain.localized import Localized
from bot.domain.messages import StoredFile
from storage.columns import AnyRow
from storage.schema import broadcast
from storage.store import Tx

_c = broadcast.c
_LIVE = sa.or_(
    _c.state.in_([s.value for s in (State.ASKED, State.WAITING, State.SENDING, State.PAUSED)]),
    sa.and_(_c.state == State.STOPPED.value, _c.finished_at.is_(None)),
)
_SENT = (State.WAITING, State.SENDING, State.PAUSED, State.STOPPED, State.DONE)


def key(number: int, contact_id: str = "") -> str:
    """Return the outbox key of one recipient's message; without a recipient, how all of them begin."""
    return f"b:{number}:{contact_id}"


async def create(tx: Tx, draft: Broadcast) -> Broadcast:
    """Keep a new draft and return it with its number."""
    made = await tx.connection.execute(
        sa.insert(broadcast).values(**_values(draft)).returning(_c.id)
    )
    return replace(draft, number=made.scalar_one())


async def get(tx: Tx, number: int) -> Broadcast | None:
    """Return one; when writing, nobody else changes it meanwhile."""
    found = await tx.connection.execute(tx.locked(sa.select(broadcast).where(_c.id == number)))
    row = found.one_or_none()
    return None if row is None else _broadcast(row)


async def save(tx: Tx, changed: Broadcast) -> None:
    """Keep an announcement as it is now."""
    await tx.connection.execute(
        sa.update(broadcast).where(_c.id == changed.number).values(**_values(changed))
    )


async def drop(tx: Tx, number: int) -> None:
    """Delete a draft."""
    await tx.connection.execute(
        sa.delete(broadcast).where(_c.id == number, _c.state == State.DRAFT.value)
    )


async def live(tx: Tx) -> list[Broadcast]:
    """Return what is under way, about to be, or stopped and not closed yet, the oldest first."""
    found = await tx.connection.execute(sa.select(broadcast).where(_LIVE).order_by(_c.id))
    return [_broadcast(row) for row in found]


async def shown(tx: Tx) -> list[Broadcast]:
    """Return those whose author is still to be told how far they are, the oldest first."""
    found = await tx.connection.execute(
        sa.select(broadcast)
        .where(_c.shown_in.is_not(None), _c.state.in_([s.value for s in _SENT]))
        .order_by(_c.id)
    )
    return [_broadcast(row) for row in found]


async def same_words(tx: Tx, wanted: Broadcast, *, since: datetime) -> datetime | None:
    """Return when the same words last went out since then."""
    found = await tx.connection.execute(
        sa.select(sa.func.max(_c.starts_at)).where(
            _c.fingerprint == wanted.fingerprint,
            _c.id != wanted.number,
            _c.state.in_([state.value for state in _SENT]),
            _c.starts_at >= since,
        )
    )
    return found.scalar_one()


async def sent_by(tx: Tx, author: str, *, since: datetime) -> int:
    """Return how many announcements this person has sent or set on their way since then."""
    found = await tx.connection.execute(
        sa.select(sa.func.count())
        .select_from(broadcast)
        .where(
            _c.author == author,
            _c.state.in_([state.value for state in (*_SENT, State.ASKED)]),
            _c.starts_at >= since,
        )
    )
    return int(found.scalar_one())


async def page(
    tx: Tx, *, author: str, centre: str | None, everything: bool, offset: int, limit: int
) -> list[Broadcast]:
    """Return announcements, the latest first: one's own drafts, and what the centre or all have sent."""
    query = _readable(author, centre=centre, everything=everything)
    found = await tx.connection.execute(query.order_by(_c.id.desc()).offset(offset).limit(limit))
    return [_broadcast(row) for row in found]


async def forget_drafts(tx: Tx, *, before: datetime) -> int:
    """Delete drafts that nobody has gone on with; return how many."""
    gone = await tx.connection.execute(
        sa.delete(broadcast).where(_c.state == State.DRAFT.value, _c.created_at < before)
    )
    return gone.rowcount


def _readable(
    author: str, *, centre: str | None, everything: bool
) -> sa.Select[*tuple[object, ...]]:
    others = _c.state != State.DRAFT.value
    if not everything:
        others = sa.and_(others, _c.centre == centre)
    return sa.select(broadcast).where(sa.or_(_c.author == author, others))


def is_readable(found: Broadcast, *, author: str, centre: str | None, everything: bool) -> bool:
    """Tell whether somebody may look at an announcement, as `page` does."""
    if found.author == author:
        return True
    return found.state is not State.DRAFT and (everything or found.centre == centre)


def _values(one: Broadcast) -> dict[str, object]:
    return {
        "author": one.author,
        "seconded_by": one.seconded_by,
        "centre": one.centre,
        "state": one.state.value,
        "text": dict(one.text),
        "file_kind": one.file.kind if one.file else "",
        "file_id": one.file.file_id if one.file else "",
        "entry_id": one.entry,
        "audience": one.audience.to_json(),
        "missing": one.missing.value,
        "fingerprint": one.fingerprint,
        "planned": one.planned,
        "outcome": dict(one.outcome),
        "cursor": one.cursor,
        "send_at": one.send_at,
        "created_at": one.created_at,
        "starts_at": one.starts_at,
        "expanded_at": one.expanded_at,
        "finished_at": one.finished_at,
        "shown_in": one.shown_in,
    }


def _broadcast(row: AnyRow) -> Broadcast:
    file = StoredFile(row.file_kind, row.file_id) if row.file_id else None
    return Broadcast(
        number=row.id,
        author=row.author,
        state=State(row.state),
        created_at=row.created_at,
        audience=Audience.from_json(row.audience),
        centre=row.centre,
        text=Localized(row.text),
        file=file,
        entry=row.entry_id,
        missing=Missing(row.missing),
        send_at=row.send_at,
        seconded_by=row.seconded_by,
        planned=row.planned,
        cursor=row.cursor,
        outcome=row.outcome,
        starts_at=row.starts_at,
        expanded_at=row.expanded_at,
        finished_at=row.finished_at,
        shown_in=row.shown_in,
    )
