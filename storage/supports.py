"""Who says "me too": one support per resident and contribution, and who is to hear of its news."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.domain.residents import Resident
from storage.schema import contribution, resident, support
from storage.store import Tx, insert_once

_c = support.c


@dataclass(frozen=True, slots=True)
class Listener:
    """Somebody a contribution's news concerns; `wants` tells whether they want to hear of it."""

    resident: Resident
    wants: bool


async def join(tx: Tx, number: int, contact_id: str, *, now: datetime, follows: bool) -> bool:
    """Add one support; False if the person supports it already."""
    row = {"contribution_id": number, "contact_id": contact_id, "at": now, "follows": follows}
    return await insert_once(tx, support, row)


async def leave(tx: Tx, number: int, contact_id: str) -> bool:
    """Take the support back; False if there is none."""
    gone = await tx.connection.execute(
        sa.delete(support).where(_c.contribution_id == number, _c.contact_id == contact_id)
    )
    return gone.rowcount > 0


async def is_supporter(tx: Tx, number: int, contact_id: str) -> bool:
    """Tell whether the person supports it."""
    found = await tx.connection.execute(
        sa.select(_c.contact_id).where(_c.contribution_id == number, _c.contact_id == contact_id)
    )
    return found.first() is not None


async def of(tx: Tx, contact_id: str, *, limit: int) -> list[int]:
    """Return the numbers of what the person supports, the latest first."""
    found = await tx.connection.execute(
        sa.select(_c.contribution_id)
        .where(_c.contact_id == contact_id)
        .order_by(_c.at.desc(), _c.contribution_id.desc())
        .limit(limit)
    )
    return list(found.scalars())


async def audience(tx: Tx, number: int) -> list[Listener]:
    """Return author and supporters, each once, by pseudonym."""
    theirs = sa.union_all(
        sa.select(
            contribution.c.author_contact.label("contact"),
            contribution.c.wants_reply.label("wants"),
        ).where(contribution.c.id == number, contribution.c.author_contact.is_not(None)),
        sa.select(_c.contact_id, _c.follows).where(_c.contribution_id == number),
    ).subquery()
    found = await tx.connection.execute(
        sa.select(resident, theirs.c.wants)
        .join(theirs, theirs.c.contact == resident.c.contact_id)
        .order_by(resident.c.contact_id)
    )
    return [Listener(Resident(*row[:-1]), bool(row[-1])) for row in found]


async def unite(tx: Tx, *, source: int, target: int, except_for: str | None) -> None:
    """Let who supports `source` support `target` instead, once; its author supports nothing of theirs."""
    known = sa.select(_c.contact_id).where(_c.contribution_id == target)
    stays_away: list[sa.ColumnElement[bool]] = [_c.contact_id.in_(known)]
    if except_for is not None:
        stays_away.append(_c.contact_id == except_for)
    source_rows = _c.contribution_id == source
    await tx.connection.execute(sa.delete(support).where(source_rows, sa.or_(*stays_away)))
    await tx.connection.execute(
        sa.update(support).where(source_rows).values(contribution_id=target)
    )
