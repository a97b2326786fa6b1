"""The audit's rows: appended one behind the other, never changed, read a page at a time."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from datetime import datetime

import sqlalchemy as sa

from bot.domain.audit import START, Entry, Line, Topic, Verdict, mark
from storage.columns import AnyRow
from storage.schema import audit, audit_head
from storage.store import Tx, insert_once

_c, _head = audit.c, audit_head.c
_BATCH = 500
_ONLY = 1


async def append(
    tx: Tx,
    *,
    at: datetime,
    actor: str | None,
    role: str,
    action: str,
    about: str | None = None,
    subject: str = "",
    details: dict[str, str | int | bool] | None = None,
) -> int:
    """Append a line behind the last one and return its number; two at once take turns."""
    await insert_once(tx, audit_head, {"id": _ONLY, "entries": 0, "hash": START})
    held = sa.select(_head.entries, _head.hash).where(_head.id == _ONLY)
    before = (await tx.connection.execute(tx.locked(held))).one()
    number: int = before.entries + 1
    salts = (_salt(actor), _salt(about))
    line = Line(
        at, mark(actor, salts[0]), role, action, mark(about, salts[1]), subject, details or {}
    )
    sealed = line.sealed_to(number, before.hash)
    await tx.connection.execute(
        sa.insert(audit).values(
            id=number,
            at=at,
            actor=actor,
            actor_salt=salts[0],
            actor_mark=line.actor_mark,
            role=role,
            action=action,
            about=about,
            about_salt=salts[1],
            about_mark=line.about_mark,
            subject=subject,
            details=dict(line.details),
            previous_hash=before.hash,
            hash=sealed,
        )
    )
    await tx.connection.execute(
        sa.update(audit_head).where(_head.id == _ONLY).values(entries=number, hash=sealed)
    )
    return number


async def page(tx: Tx, *, topic: Topic | None, offset: int, limit: int) -> list[Entry]:
    """Return lines, the latest first, of one topic or of all."""
    query = sa.select(audit).order_by(_c.id.desc()).offset(offset).limit(limit)
    if topic is not None:
        query = query.where(_c.action.startswith(f"{topic}."))
    return [_entry(row) for row in await tx.connection.execute(query)]


async def count(tx: Tx, *, topic: Topic | None = None) -> int:
    """Return how many lines there are."""
    query = sa.select(sa.func.count(_c.id))
    if topic is not None:
        query = query.where(_c.action.startswith(f"{topic}."))
    many: int = (await tx.connection.execute(query)).scalar_one()
    return many


async def everything(tx: Tx) -> AsyncIterator[Entry]:
    """Yield every line, the oldest first."""
    async for row in _rows(tx):
        yield _entry(row)


async def verify(tx: Tx) -> Verdict:
    """Follow the chain from its beginning; say which line is changed, missing or out of place.

    A line whose person has been erased still holds: their mark stays, only its key is gone.
    """
    previous, number = START, 0
    async for row in _rows(tx):
        number += 1
        if not _holds(row, number, previous):
            return Verdict(number, previous, broken=number)
        previous = row.hash
    head = (await tx.connection.execute(sa.select(audit_head))).one_or_none()
    expected = (head.entries, head.hash) if head else (0, START)
    if expected != (number, previous):
        return Verdict(number, previous, broken=number + 1)
    return Verdict(number, previous)


async def _rows(tx: Tx) -> AsyncIterator[AnyRow]:
    last, found = 0, True
    while found:
        query = sa.select(audit).where(_c.id > last).order_by(_c.id).limit(_BATCH)
        rows = (await tx.connection.execute(query)).all()
        for row in rows:
            yield row
            last = row.id
        found = bool(rows)


def _holds(row: AnyRow, number: int, previous: str) -> bool:
    line = Line(
        row.at, row.actor_mark, row.role, row.action, row.about_mark, row.subject, row.details
    )
    named = [
        (row.actor, row.actor_salt, row.actor_mark),
        (row.about, row.about_salt, row.about_mark),
    ]
    return (
        (row.id, row.previous_hash) == (number, previous)
        and row.hash == line.sealed_to(number, previous)
        and all(mark(who, salt) == known for who, salt, known in named if who is not None)
    )


def _entry(row: AnyRow) -> Entry:
    return Entry(
        row.id,
        row.at,
        row.actor,
        row.role,
        row.action,
        row.about,
        row.subject,
        row.details,
        row.hash,
    )


def _salt(person: str | None) -> str | None:
    return None if person is None else secrets.token_hex(16)
