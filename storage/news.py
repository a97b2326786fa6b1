"""What has come to the agenda, and who is still to be told of it or of the week."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict
from datetime import UTC, date, datetime

import sqlalchemy as sa

from bot.domain.news import Item, Reader
from bot.domain.subscriptions import About, Subscription
from storage.schema import news_item, news_reader, resident, subscription
from storage.store import Tx, insert_all_once, upsert

_i, _n, _r, _s = news_item.c, news_reader.c, resident.c, subscription.c
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


async def came(tx: Tx, entry_ids: Collection[str], *, now: datetime) -> int:
    """Note the activities that nobody knew yet; return how many those are.

    What a town has at first is news to nobody.
    """
    found = await tx.connection.execute(sa.select(_i.entry_id))
    known = set(found.scalars())
    at = now if known else _LONG_AGO
    fresh = sorted(set(entry_ids) - known)
    if fresh:
        await insert_all_once(tx, news_item, [{"entry_id": each, "at": at} for each in fresh])
    return len(fresh)


async def items(tx: Tx, *, since: datetime, before: datetime) -> list[Item]:
    """Return what came in a span, the first first."""
    found = await tx.connection.execute(
        sa.select(news_item).where(_i.at >= since, _i.at < before).order_by(_i.id)
    )
    return [Item(row.id, row.entry_id, row.at) for row in found]


async def to_tell(
    tx: Tx, wishes: Iterable[Subscription], *, last: int, today: date, limit: int
) -> list[str]:
    """Return who wishes one of these, may be written to and was told neither that nor today."""
    query = sa.select(_s.contact_id).where(
        sa.or_(*(sa.and_(_s.kind == each.about.value, _s.value == each.value) for each in wishes)),
        _r.paused.is_(False),
        _r.reachable.is_(True),
        sa.or_(
            _n.contact_id.is_(None),
            sa.and_(_n.through < last, _n.told_on != today.isoformat()),
        ),
    )
    found = await tx.connection.execute(_with_reader(query).distinct().limit(limit))
    return sorted(found.scalars())


async def without_digest(tx: Tx, week: date, *, limit: int) -> list[str]:
    """Return who wants a digest, may be written to and has not had the one of this week."""
    query = sa.select(_s.contact_id).where(
        _s.kind == About.DIGEST.value,
        _r.paused.is_(False),
        _r.reachable.is_(True),
        sa.or_(_n.contact_id.is_(None), _n.digest_for != week.isoformat()),
    )
    found = await tx.connection.execute(_with_reader(query).limit(limit))
    return sorted(found.scalars())


async def reader(tx: Tx, contact_id: str) -> Reader:
    """Return how far somebody has been told; when writing, nobody else changes it meanwhile."""
    found = await tx.connection.execute(
        tx.locked(sa.select(news_reader).where(_n.contact_id == contact_id))
    )
    row = found.one_or_none()
    return Reader() if row is None else Reader(row.through, row.told_on, row.digest_for)


async def keep(tx: Tx, contact_id: str, known: Reader) -> None:
    """Remember how far somebody has been told."""
    await upsert(tx, news_reader, {"contact_id": contact_id}, asdict(known))


async def wished(tx: Tx, contact_id: str) -> dict[Subscription, datetime]:
    """Return what somebody wants to hear of, and since when."""
    found = await tx.connection.execute(
        sa.select(_s.kind, _s.value, _s.at).where(_s.contact_id == contact_id)
    )
    return {Subscription(About(row.kind), row.value): row.at for row in found}


def _with_reader(query: sa.Select[str]) -> sa.Select[str]:
    joined = subscription.join(resident, _r.contact_id == _s.contact_id).outerjoin(
        news_reader, _n.contact_id == _s.contact_id
    )
    return query.select_from(joined)
