"""Gatherings as they are kept: sessions, who is there, ideas, and what was agreed."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from bot.domain.localized import Localized
from bot.domain.residents import Resident
from bot.domain.sessions import Idea, IdeaState, Session, Task
from storage.columns import AnyRow
from storage.schema import (
    gathering,
    gathering_idea,
    gathering_member,
    gathering_task,
    resident,
)
from storage.store import Tx, insert_once

_g, _i, _m, _t = gathering.c, gathering_idea.c, gathering_member.c, gathering_task.c
_IDEA = (
    _i.id,
    _i.text,
    _i.language,
    _i.state,
    _i.round,
    _i.joined,
    _i.contribution,
    _i.source,
    _i.translation,
)


async def begin(tx: Tx, new: Session) -> int:
    """Keep a new session and return its number."""
    made = await tx.connection.execute(
        sa.insert(gathering).values(**_values(new), started_at=new.started_at).returning(_g.id)
    )
    return int(made.scalar_one())


async def save(tx: Tx, changed: Session) -> None:
    """Keep a session as it now is."""
    await tx.connection.execute(
        sa.update(gathering).where(_g.id == changed.number).values(**_values(changed))
    )


async def get(tx: Tx, number: int) -> Session | None:
    """Return a session; in a writing transaction it is locked for what follows."""
    query = sa.select(gathering).where(_g.id == number)
    if tx.writing:
        query = query.with_for_update()
    row = (await tx.connection.execute(query)).one_or_none()
    return None if row is None else _session(row)


async def by_code(tx: Tx, code: str) -> Session | None:
    """Return the latest session of that code which nobody has ended."""
    query = sa.select(gathering).where(_g.code == code, sa.text("ended_at IS NULL"))
    row = (await tx.connection.execute(query.order_by(_g.id.desc()).limit(1))).one_or_none()
    return None if row is None else _session(row)


async def latest(tx: Tx, *, centre: str | None, limit: int) -> list[Session]:
    """Return sessions, the newest first; of one centre and of the town, or of all."""
    query = sa.select(gathering)
    if centre is not None:
        query = query.where(sa.or_(_g.centre == centre, _g.centre.is_(None)))
    rows = await tx.connection.execute(query.order_by(_g.id.desc()).limit(limit))
    return [_session(row) for row in rows]


async def join(tx: Tx, number: int, contact_id: str) -> bool:
    """Let somebody be there; False if they are already."""
    return await insert_once(tx, gathering_member, {"session_id": number, "contact_id": contact_id})


async def joined(tx: Tx, contact_id: str) -> list[int]:
    """Return the sessions somebody has joined."""
    found = await tx.connection.execute(sa.select(_m.session_id).where(_m.contact_id == contact_id))
    return list(found.scalars())


async def count_members(tx: Tx, number: int) -> int:
    """Return how many have joined with their phone."""
    found = await tx.connection.execute(
        sa.select(sa.func.count()).select_from(gathering_member).where(_m.session_id == number)
    )
    return int(found.scalar_one())


async def members(tx: Tx, number: int) -> list[Resident]:
    """Return who has joined, in the order of their pseudonyms."""
    found = await tx.connection.execute(
        sa.select(resident)
        .join(gathering_member, _m.contact_id == resident.c.contact_id)
        .where(_m.session_id == number)
        .order_by(resident.c.contact_id)
    )
    return [Resident(*row) for row in found]


async def forget_members(tx: Tx, number: int) -> None:
    """Forget who was there."""
    await tx.connection.execute(sa.delete(gathering_member).where(_m.session_id == number))
    await tx.connection.execute(
        sa.update(gathering_idea).where(_i.session_id == number).values(author_contact=None)
    )


async def add_idea(tx: Tx, number: int, idea: Idea, *, author: str | None) -> int:
    """Keep an idea and return its number."""
    made = await tx.connection.execute(
        sa.insert(gathering_idea)
        .values(
            session_id=number,
            author_contact=author,
            text=idea.text,
            language=idea.language,
            state=idea.state.value,
            round=idea.round,
            source=idea.source,
            translation=idea.translation,
        )
        .returning(_i.id)
    )
    return int(made.scalar_one())


async def count_ideas_of(tx: Tx, number: int, author: str) -> int:
    """Return how many ideas somebody has sent to a session."""
    theirs = (_i.session_id == number, _i.author_contact == author)
    found = await tx.connection.execute(
        sa.select(sa.func.count()).select_from(gathering_idea).where(*theirs)
    )
    return int(found.scalar_one())


async def ideas(tx: Tx, number: int) -> tuple[Idea, ...]:
    """Return the ideas of a session in the order in which they came."""
    found = await tx.connection.execute(
        sa.select(*_IDEA).where(_i.session_id == number).order_by(_i.id)
    )
    return tuple(_idea(row) for row in found)


async def idea(tx: Tx, number: int, idea_number: int) -> Idea | None:
    """Return one idea of a session."""
    query = sa.select(*_IDEA).where(_i.session_id == number, _i.id == idea_number)
    row = (await tx.connection.execute(query)).one_or_none()
    return None if row is None else _idea(row)


async def put_idea(tx: Tx, changed: Idea) -> None:
    """Keep an idea as it now is; what stood on its card goes with it to another card."""
    await tx.connection.execute(
        sa.update(gathering_idea)
        .where(_i.id == changed.number)
        .values(
            text=changed.text,
            state=changed.state.value,
            joined=changed.joined,
            contribution=changed.contribution,
            translation=changed.translation,
        )
    )
    if changed.joined is not None:
        await tx.connection.execute(
            sa.update(gathering_idea)
            .where(_i.joined == changed.number)
            .values(joined=changed.joined)
        )


async def add_task(tx: Tx, number: int, task: Task) -> int:
    """Keep who does what by when."""
    made = await tx.connection.execute(
        sa.insert(gathering_task)
        .values(session_id=number, text=task.text, who=task.who, due=task.due)
        .returning(_t.id)
    )
    return int(made.scalar_one())


async def tasks(tx: Tx, number: int) -> tuple[Task, ...]:
    """Return what was agreed, in the order in which it was noted."""
    found = await tx.connection.execute(
        sa.select(_t.id, _t.text, _t.who, _t.due).where(_t.session_id == number).order_by(_t.id)
    )
    return tuple(Task(*row) for row in found)


async def drop_task(tx: Tx, number: int, task: int) -> bool:
    """Take back what was noted; False if there is none such."""
    gone = await tx.connection.execute(
        sa.delete(gathering_task).where(_t.id == task, _t.session_id == number)
    )
    return gone.rowcount > 0


async def over(tx: Tx, started_before: datetime) -> list[int]:
    """Return the numbers of sessions that nobody ended although they began so long ago."""
    query = sa.select(_g.id).where(sa.text("ended_at IS NULL"), _g.started_at < started_before)
    return list((await tx.connection.execute(query)).scalars())


def _values(kept: Session) -> dict[str, object]:
    return {
        "title": dict(kept.title),
        "code": kept.code,
        "centre": kept.centre,
        "topic": dict(kept.topic),
        "round": kept.round,
        "room": kept.room,
        "ends_at": kept.ends_at,
        "ended_at": kept.ended_at,
        "created_by": kept.created_by,
    }


def _session(row: AnyRow) -> Session:
    return Session(
        number=row.id,
        title=Localized(row.title or {}),
        code=row.code,
        centre=row.centre,
        started_at=row.started_at,
        topic=Localized(row.topic or {}),
        round=row.round,
        ends_at=row.ends_at,
        ended_at=row.ended_at,
        created_by=row.created_by,
        room=row.room,
    )


def _idea(row: AnyRow) -> Idea:
    return Idea(
        number=row.id,
        text=row.text,
        language=row.language,
        state=IdeaState(row.state),
        round=row.round,
        joined=row.joined,
        contribution=row.contribution,
        source=row.source,
        translation=row.translation,
    )
