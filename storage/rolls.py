"""Lists at rest: one row each, whose counters every decision about a place is taken on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.domain.registrations import Roll
from storage.columns import AnyRow, literal
from storage.schema import freed, registration, roll
from storage.store import Tx, insert_once, upsert

_c = roll.c
_FORM = "%Y-%m-%dT%H:%M"
_BY_ID = sa.select(roll).where(_c.id == sa.bindparam("number"))
_BY_NAME = sa.select(roll).where(
    _c.entry_id == sa.bindparam("entry_id"), _c.name == sa.bindparam("name")
)
_FREED_KEPT = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class NewRoll:
    """What a list begins with."""

    entry_id: str
    name: str
    original: datetime
    starts: datetime
    ends: datetime
    starts_at: datetime
    ends_at: datetime
    capacity: int | None


async def hold(tx: Tx, new: NewRoll) -> Roll:
    """Return the list, made if there was none; until the end of `tx` nobody else decides on it."""
    key = {"entry_id": new.entry_id, "name": new.name}
    found = await tx.connection.execute(tx.locked(_BY_NAME), key)
    row = found.one_or_none()
    if row is None:
        counters = {"taken": 0, "waiting": 0, "arrivals": 0, "called_off": False}
        await insert_once(tx, roll, {**key, **_dated(new), **counters})
        row = (await tx.connection.execute(tx.locked(_BY_NAME), key)).one()
    elif row.capacity != new.capacity:
        await tx.connection.execute(
            sa.update(roll).where(_c.id == row.id).values(capacity=new.capacity)
        )
        row = (await tx.connection.execute(tx.locked(_BY_NAME), key)).one()
    return roll_of(row)


async def get(tx: Tx, number: int) -> Roll | None:
    """Return a list; when writing, nobody else decides on it meanwhile."""
    found = await tx.connection.execute(tx.locked(_BY_ID), {"number": number})
    row = found.one_or_none()
    return None if row is None else roll_of(row)


async def keep_still(tx: Tx, numbers: Sequence[int]) -> None:
    """Let nobody else decide on these lists until the end of `tx`."""
    await tx.connection.execute(
        tx.locked(sa.select(_c.id).where(_c.id.in_(numbers)).order_by(_c.id))
    )


async def named(tx: Tx, entry_id: str, name: str) -> Roll | None:
    """Return the list of that name; when writing, nobody else decides on it meanwhile."""
    found = await tx.connection.execute(tx.locked(_BY_NAME), {"entry_id": entry_id, "name": name})
    row = found.one_or_none()
    return None if row is None else roll_of(row)


async def all_named(tx: Tx, names: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Roll]:
    """Return the lists of these entries and names, as far as there are any yet."""
    wanted = sorted(set(names))
    if not wanted:
        return {}
    found = await tx.connection.execute(
        sa.select(roll).where(sa.tuple_(_c.entry_id, _c.name).in_(wanted))
    )
    return {(row.entry_id, row.name): roll_of(row) for row in found}


async def count(
    tx: Tx, roll_id: int, *, taken: int = 0, waiting: int = 0, arrivals: int = 0
) -> None:
    """Add to the counters of a list that is held."""
    await tx.connection.execute(
        sa.update(roll)
        .where(_c.id == roll_id)
        .values(
            taken=_c.taken + taken,
            waiting=_c.waiting + waiting,
            arrivals=_c.arrivals + arrivals,
        )
    )


async def recount(tx: Tx, roll_id: int) -> None:
    """Count the places and the waiting anew, after rows have gone without asking."""
    r = registration.c
    here = r.roll_id == roll_id
    taken = sa.case((r.state == "registered", r.places), else_=r.held)
    live = r.state.in_(["registered", "offered"])
    sums = sa.select(sa.func.coalesce(sa.func.sum(taken), 0)).where(here, live).scalar_subquery()
    queue = sa.select(sa.func.count()).where(here, r.state.in_(["waiting", "offered"]))
    await tx.connection.execute(
        sa.update(roll).where(_c.id == roll_id).values(taken=sums, waiting=queue.scalar_subquery())
    )


async def date(tx: Tx, roll_id: int, new: NewRoll) -> None:
    """Give a list another name, dates or capacity."""
    await tx.connection.execute(
        sa.update(roll).where(_c.id == roll_id).values(name=new.name, **_dated(new))
    )


async def call_off(tx: Tx, roll_id: int, *, called_off: bool) -> None:
    """Note that nothing takes place, or that it does after all."""
    await tx.connection.execute(
        sa.update(roll).where(_c.id == roll_id).values(called_off=called_off)
    )


async def begun_with(tx: Tx, entry_id: str, prefix: str) -> list[Roll]:
    """Return the lists of an entry whose name begins so, by name; when writing they are held."""
    found = await tx.connection.execute(
        tx.locked(
            sa.select(roll)
            .where(_c.entry_id == entry_id, _c.name.startswith(prefix, autoescape=True))
            .order_by(_c.starts_at, _c.id)
        )
    )
    return [roll_of(row) for row in found]


async def queueing(tx: Tx, *, now: datetime) -> list[int]:
    """Return the lists on which somebody waits and that are not over."""
    found = await tx.connection.execute(
        sa.select(_c.id)
        .where(_c.waiting > sa.literal_column("0"), _c.ends_at > now, _c.called_off.is_(False))
        .order_by(_c.starts_at, _c.id)
    )
    return list(found.scalars())


async def of_entry(tx: Tx, entry_id: str, *, since: datetime) -> list[Roll]:
    """Return the lists of an entry that are not over."""
    found = await tx.connection.execute(
        sa.select(roll)
        .where(_c.entry_id == entry_id, _c.ends_at > since)
        .order_by(_c.starts_at, _c.id)
    )
    return [roll_of(row) for row in found]


async def coming(tx: Tx, *, since: datetime, limit: int, offset: int = 0) -> list[Roll]:
    """Return the lists of all entries that are not over and have somebody on them, the next first."""
    live = registration.c.state.in_([literal("registered"), literal("waiting"), literal("offered")])
    somebody = sa.exists().where(registration.c.roll_id == _c.id, live)
    found = await tx.connection.execute(
        sa.select(roll)
        .where(_c.ends_at > since, somebody)
        .order_by(_c.starts_at, _c.id)
        .limit(limit)
        .offset(offset)
    )
    return [roll_of(row) for row in found]


async def count_freed(tx: Tx, entry_id: str, day: str, places: int) -> None:
    """Count places that went to somebody who had waited."""
    key = {"entry_id": entry_id, "day": day}
    before = await tx.connection.scalar(
        sa.select(freed.c.places).where(freed.c.entry_id == entry_id, freed.c.day == day)
    )
    await upsert(tx, freed, key, {"places": (before or 0) + places})


async def freed_since(tx: Tx, entry_id: str, day: str) -> int:
    """Return how many places went to somebody who had waited, since that day."""
    total = await tx.connection.scalar(
        sa.select(sa.func.sum(freed.c.places)).where(
            freed.c.entry_id == entry_id, freed.c.day >= day
        )
    )
    return int(total or 0)


async def forget(tx: Tx, *, before: datetime) -> int:
    """Delete the lists that ended before then, with all who were on them; return how many.

    Where somebody still waits for the next cycle, the list stays for a year.
    """
    goes_on = sa.or_(_c.name.startswith("cycle:"), _c.name.startswith("season:"))
    waits = sa.and_(goes_on, _c.waiting > 0, _c.ends_at >= before - _FREED_KEPT)
    gone = await tx.connection.execute(sa.delete(roll).where(_c.ends_at < before, ~waits))
    oldest = (before - _FREED_KEPT).strftime("%Y-%m-%d")
    await tx.connection.execute(sa.delete(freed).where(freed.c.day < oldest))
    tx.wipe = tx.wipe or gone.rowcount > 0
    return gone.rowcount


def roll_of(row: AnyRow) -> Roll:
    """Return what a row of the table says."""
    return Roll(
        row.id,
        row.entry_id,
        row.name,
        read(row.original),
        read(row.starts),
        read(row.ends),
        row.capacity,
        row.taken,
        row.waiting,
        row.arrivals,
        row.called_off,
    )


def words(local: datetime) -> str:
    """Return a local moment as it is kept."""
    return local.strftime(_FORM)


def read(kept: str) -> datetime:
    """Return the local moment that `words` wrote."""
    return datetime.strptime(kept, _FORM)  # noqa: DTZ007 - wall time


def _dated(new: NewRoll) -> dict[str, object]:
    return {
        "original": words(new.original),
        "starts": words(new.starts),
        "ends": words(new.ends),
        "starts_at": new.starts_at,
        "ends_at": new.ends_at,
        "capacity": new.capacity,
    }
