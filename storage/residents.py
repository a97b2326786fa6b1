"""Residents by pseudonym: their language, their wishes and when they were last here."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TypedDict, Unpack

import sqlalchemy as sa

from bot.domain.residents import Resident
from storage.columns import AnyRow
from storage.schema import contact, resident, staff
from storage.store import Tx, insert_once

# Built once: every update that arrives asks who wrote it.
_BY_CONTACT = sa.select(resident).where(resident.c.contact_id == sa.bindparam("contact"))
_BY_FINGERPRINT = (
    sa.select(resident)
    .join(contact, contact.c.id == resident.c.contact_id)
    .where(contact.c.fingerprint == sa.bindparam("fingerprint"))
)
_SEEN = (
    sa.update(resident)
    .where(
        resident.c.contact_id == sa.bindparam("contact"),
        resident.c.seen_at < sa.bindparam("yesterday", type_=resident.c.seen_at.type),
    )
    .values(seen_at=sa.bindparam("now"))
)


class Changes(TypedDict, total=False):
    """What may change about a resident."""

    language: str
    language_chosen: bool
    neighbourhood: str | None
    simple: bool
    paused: bool
    reachable: bool
    noticed_version: int


async def find(tx: Tx, contact_id: str) -> Resident | None:
    """Return the resident behind a pseudonym."""
    found = await tx.connection.execute(tx.locked(_BY_CONTACT), {"contact": contact_id})
    return _resident(found.one_or_none())


async def glance(tx: Tx, contact_id: str) -> Resident | None:
    """Return the resident behind a pseudonym as they are now, held for nobody.

    Whoever looks at many people in one transaction must not hold them: others do in another order.
    """
    found = await tx.connection.execute(_BY_CONTACT, {"contact": contact_id})
    return _resident(found.one_or_none())


async def by_telegram_id(tx: Tx, telegram_id: int) -> Resident | None:
    """Return the resident who writes from this chat; one query."""
    fingerprint = tx.keyring.fingerprint(telegram_id)
    found = await tx.connection.execute(_BY_FINGERPRINT, {"fingerprint": fingerprint})
    return _resident(found.one_or_none())


async def welcome(tx: Tx, contact_id: str, *, language: str, now: datetime) -> Resident:
    """Return the resident, newly welcomed in `language` if they were not here before."""
    newcomer = Resident(
        contact_id=contact_id,
        language=language,
        language_chosen=False,
        neighbourhood=None,
        simple=False,
        paused=False,
        reachable=True,
        noticed_version=0,
        created_at=now,
        seen_at=now,
    )
    values = {column.name: getattr(newcomer, column.name) for column in resident.columns}
    if await insert_once(tx, resident, values):
        return newcomer
    found = await tx.connection.execute(_BY_CONTACT, {"contact": contact_id})
    return Resident(*found.one())


async def change(tx: Tx, contact_id: str, **changes: Unpack[Changes]) -> None:
    """Change what a resident chose, e.g. `change(tx, id, language="de", language_chosen=True)`."""
    await tx.connection.execute(
        sa.update(resident).where(resident.c.contact_id == contact_id).values(**changes)
    )


async def seen(tx: Tx, contact_id: str, now: datetime) -> None:
    """Remember that the resident was here; writes at most once a day."""
    await tx.connection.execute(
        _SEEN, {"contact": contact_id, "now": now, "yesterday": now - timedelta(days=1)}
    )


async def retire(tx: Tx, contact_id: str) -> None:
    """Remember that the resident has blocked the bot."""
    await change(tx, contact_id, reachable=False)


async def revive(tx: Tx, contact_id: str) -> None:
    """Remember that the resident can be reached again."""
    await change(tx, contact_id, reachable=True)


async def forgotten_before(tx: Tx, moment: datetime) -> list[str]:
    """Return the residents not heard of since `moment`, except who belongs to the team."""
    team = sa.select(staff.c.contact_id).where(staff.c.until.is_(None))
    found = await tx.connection.execute(
        sa.select(resident.c.contact_id)
        .where(resident.c.seen_at < moment, resident.c.contact_id.not_in(team))
        .order_by(resident.c.seen_at)
    )
    return list(found.scalars())


async def count(tx: Tx) -> int:
    """Return how many residents there are."""
    found = await tx.connection.execute(sa.select(sa.func.count()).select_from(resident))
    return int(found.scalar_one())


def _resident(row: AnyRow | None) -> Resident | None:
    return None if row is None else Resident(*row)
