"""Contributions at rest: one row each, read as a whole and saved as a whole.

What follows from other columns is written here with them, so that lists find it by an index.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.contribution_states import Decision, Helpers, State, board_column
from bot.domain.contributions import (
    Contribution,
    Kind,
    NameLevel,
    Origin,
    Point,
    Priority,
    untranslated,
)
from bot.domain.geography import cell
from bot.domain.localized import Localized
from storage.columns import AnyRow
from storage.schema import contribution as table
from storage.schema import contribution_link, support
from storage.store import Tx, insert_once

SUPPORTS = (
    sa.select(sa.func.count())
    .where(support.c.contribution_id == table.c.id)
    .correlate(table)
    .scalar_subquery()
    + table.c.supports_apart
).label("supports")
"""How many people support a contribution, whoever they are."""

EVERYTHING = sa.select(table, SUPPORTS)
_BY_NUMBER = sa.select(table).where(table.c.id == sa.bindparam("number"))
_COUNT = sa.select(SUPPORTS).where(table.c.id == sa.bindparam("number"))


async def add(tx: Tx, new: Contribution, *, tracking_hash: str | None = None) -> int:
    """Keep a new contribution and return its number; `new.number` is not looked at."""
    values = {
        **_values(new),
        "author_contact": new.author,
        "entered_by": new.entered_by,
        "created_at": new.created_at,
        "split_from": new.split_from,
        "tracking_hash": tracking_hash,
        "supports_apart": 0,
    }
    added = await tx.connection.execute(sa.insert(table).values(values).returning(table.c.id))
    return int(added.scalar_one())


async def get(tx: Tx, number: int) -> Contribution | None:
    """Return the contribution; when writing, nobody else decides on it meanwhile."""
    found = await tx.connection.execute(tx.locked(_BY_NUMBER), {"number": number})
    row = found.one_or_none()
    if row is None:
        return None
    supports = await tx.connection.scalar(_COUNT, {"number": number})
    return contribution_of(row, supports=supports)


async def save(tx: Tx, changed: Contribution) -> None:
    """Keep what has changed; who brought it, when and how never changes here."""
    await tx.connection.execute(
        sa.update(table).where(table.c.id == changed.number).values(_values(changed))
    )


async def by_code(tx: Tx, tracking_hash: str) -> Contribution | None:
    """Return the unlinkable contribution of this tracking code."""
    found = await tx.connection.execute(
        sa.select(table.c.id).where(table.c.tracking_hash == tracking_hash)
    )
    number = found.scalar_one_or_none()
    return None if number is None else await get(tx, number)


async def several(tx: Tx, numbers: Collection[int]) -> list[Contribution]:
    """Return these contributions in the order in which they are named; the unknown are left out."""
    if not numbers:
        return []
    found = await tx.connection.execute(EVERYTHING.where(table.c.id.in_(numbers)))
    known = {row.id: contribution_of(row, supports=row.supports) for row in found}
    return [known[number] for number in numbers if number in known]


async def below(tx: Tx, number: int | None, *, limit: int) -> list[int]:
    """Return the numbers before this one, the highest first; from the end if it is None."""
    wanted = sa.select(table.c.id).order_by(table.c.id.desc()).limit(limit)
    if number is not None:
        wanted = wanted.where(table.c.id < number)
    return list((await tx.connection.execute(wanted)).scalars())


async def by_author(tx: Tx, contact_id: str, *, limit: int) -> list[Contribution]:
    """Return what the person has brought, the youngest first."""
    found = await tx.connection.execute(
        EVERYTHING.where(table.c.author_contact == contact_id)
        .order_by(table.c.id.desc())
        .limit(limit)
    )
    return listed(found.all())


async def count_since(tx: Tx, contact_id: str, since: datetime) -> int:
    """Return how many contributions the person has brought since then."""
    found = await tx.connection.execute(
        sa.select(sa.func.count())
        .select_from(table)
        .where(table.c.author_contact == contact_id, table.c.created_at >= since)
    )
    return int(found.scalar_one())


async def same_text(tx: Tx, contact_id: str, text: str, since: datetime) -> int | None:
    """Return the number under which the person brought just this since then, if nothing ended it."""
    found = await tx.connection.execute(
        sa.select(table.c.id)
        .where(
            table.c.author_contact == contact_id,
            table.c.created_at >= since,
            table.c.text == text,
            table.c.state != State.WITHDRAWN.value,
        )
        .order_by(table.c.id)
        .limit(1)
    )
    return found.scalar_one_or_none()


async def remind(tx: Tx, number: int, now: datetime) -> None:
    """Note that the responsible person has been reminded."""
    await tx.connection.execute(
        sa.update(table).where(table.c.id == number).values(reminded_at=now)
    )


async def link(tx: Tx, a: int, b: int) -> bool:
    """Link two contributions that belong together; False if they were linked."""
    return await insert_once(
        tx, contribution_link, {"contribution_id": min(a, b), "other_id": max(a, b)}
    )


async def unlink(tx: Tx, a: int, b: int) -> bool:
    """Take a link away; False if there was none."""
    c = contribution_link.c
    gone = await tx.connection.execute(
        sa.delete(contribution_link).where(c.contribution_id == min(a, b), c.other_id == max(a, b))
    )
    return gone.rowcount > 0


async def related(tx: Tx, number: int) -> list[Contribution]:
    """Return what is linked with it, was merged into it or split from it, and where it went itself."""
    c = contribution_link.c
    found = await tx.connection.execute(
        sa.union(
            sa.select(c.other_id).where(c.contribution_id == number),
            sa.select(c.contribution_id).where(c.other_id == number),
            sa.select(table.c.id).where(
                sa.or_(table.c.merged_into == number, table.c.split_from == number)
            ),
        )
    )
    return await several(tx, sorted(found.scalars()))


def listed(rows: Sequence[AnyRow]) -> list[Contribution]:
    """Return the contributions of rows that carry their supports."""
    return [contribution_of(row, supports=row.supports) for row in rows]


def contribution_of(row: AnyRow, *, supports: int | None) -> Contribution:
    """Return what a row of the table says."""
    return Contribution(
        number=row.id,
        kind=Kind(row.kind),
        state=State(row.state),
        published_state=State(row.published_state),
        language=row.language,
        text=row.text,
        created_at=row.created_at,
        level=NameLevel(row.level),
        origin=Origin(row.origin),
        wants_reply=row.wants_reply,
        title=Localized.of(row.title),
        summary=Localized.of(row.summary),
        category=row.category,
        neighbourhood=row.neighbourhood,
        point=_point(row.lat, row.lon),
        near=_point(row.near_lat, row.near_lon),
        address=row.address or "",
        author=row.author_contact,
        entered_by=row.entered_by,
        due_at=row.due_at,
        promised_at=row.promised_at,
        assignee=row.assignee_contact,
        priority=Priority(row.priority),
        urgent=row.urgent,
        critical=row.critical,
        reviewed_at=row.reviewed_at,
        public=row.public,
        shown_at=row.shown_at,
        reason=Localized.of(row.reason),
        passed_to=Localized.of(row.passed_to),
        helpers=Helpers(Localized.of(row.helpers_who), row.helpers_until, row.helpers_wanted),
        told=_decision(row.told),
        supports=supports or 0,
        merged_into=row.merged_into,
        split_from=row.split_from,
        closed_at=row.closed_at,
        first_answer_at=row.first_answer_at,
    )


def _values(c: Contribution) -> dict[str, Any]:
    return {
        "kind": c.kind.value,
        "state": c.state.value,
        "published_state": c.published_state.value,
        "language": c.language,
        "text": c.text,
        "title": c.title or None,
        "summary": c.summary or None,
        "category": c.category,
        "neighbourhood": c.neighbourhood,
        "lat": c.point.lat if c.point else None,
        "lon": c.point.lon if c.point else None,
        "near_lat": c.near.lat if c.near else None,
        "near_lon": c.near.lon if c.near else None,
        "address": c.address or None,
        "level": c.level.value,
        "wants_reply": c.wants_reply,
        "origin": c.origin.value,
        "assignee_contact": c.assignee,
        "priority": int(c.priority),
        "urgent": c.urgent,
        "critical": c.critical,
        "public": c.public,
        **_said(c),
        **_derived(c),
        "merged_into": c.merged_into,
        "due_at": c.due_at,
        "promised_at": c.promised_at,
        "reviewed_at": c.reviewed_at,
        "shown_at": c.shown_at,
        "first_answer_at": c.first_answer_at,
        "closed_at": c.closed_at,
    }


def _said(c: Contribution) -> dict[str, Any]:
    return {
        "reason": c.reason or None,
        "passed_to": c.passed_to or None,
        "helpers_who": c.helpers.who or None,
        "helpers_until": c.helpers.until,
        "helpers_wanted": c.helpers.wanted,
        "told": _document(c.told),
    }


def _derived(c: Contribution) -> dict[str, Any]:
    column = board_column(c.published_state) if c.public else None
    unanswered = c.due_at if c.first_answer_at is None else None
    return {
        "board_column": column.value if column else None,
        "cell": cell(c.near) if c.near else None,
        "expected_at": None if c.closed_at else c.promised_at or unanswered,
        "untold": c.untold and not c.final,
        "translated": not untranslated(c),
    }


def _point(lat: float | None, lon: float | None) -> Point | None:
    return None if lat is None or lon is None else Point(lat, lon)


def _document(told: Decision | None) -> dict[str, Any] | None:
    if told is None:
        return None
    until = told.helpers.until
    return {
        "state": told.state.value,
        "reason": told.reason,
        "passed_to": told.passed_to,
        "who": told.helpers.who,
        "until": until.isoformat() if until else None,
        "wanted": told.helpers.wanted,
    }


def _decision(told: dict[str, Any] | None) -> Decision | None:
    if told is None:
        return None
    until = date.fromisoformat(told["until"]) if told["until"] else None
    return Decision(
        State(told["state"]),
        Localized.of(told["reason"]),
        Localized.of(told["passed_to"]),
        Helpers(Localized.of(told["who"]), until, told["wanted"]),
    )
