"""Registrations at rest: who is on which list, in the order of arrival; names and phones are sealed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.domain.registrations import (
    LIVE,
    Origin,
    Party,
    Registration,
    State,
    Who,
)
from storage.columns import AnyRow, literal
from storage.schema import registration as table
from storage.schema import roll
from storage.store import Tx

_c = table.c
_LIVE = _c.state.in_([literal(state.value) for state in LIVE])
_QUEUED = _c.state.in_([literal("waiting"), literal("offered")])
_BY_NUMBER = sa.select(table).where(_c.id == sa.bindparam("number"))
_ON_ROLL = (
    sa.select(table).where(_c.roll_id == sa.bindparam("roll_id"), _LIVE).order_by(_c.arrived, _c.id)
)
_QUEUE = (
    sa.select(table)
    .where(_c.roll_id == sa.bindparam("roll_id"), _QUEUED)
    .order_by(_c.arrived, _c.id)
)


@dataclass(frozen=True, slots=True)
class Entered:
    """That a member of the team entered somebody, and how it came."""

    by: str
    origin: Origin


async def add(  # noqa: PLR0913 - a registration is all of this, each by name
    tx: Tx,
    *,
    roll_id: int,
    contact_id: str | None,
    state: State,
    party: Party,
    places: int,
    arrived: int,
    language: str,
    who: Who,
    now: datetime,
    entered: Entered | None = None,
) -> int:
    """Keep a new registration and return its number; `entered` if the team did it for somebody."""
    values = {
        "roll_id": roll_id,
        "contact_id": contact_id,
        "entered_by": entered.by if entered else None,
        "state": state.value,
        "origin": (entered.origin if entered else Origin.BOT).value,
        **_party(party),
        "places": places,
        "held": 0,
        "arrived": arrived,
        "language": language,
        **_who(tx, who),
        "offer": 0,
        "created_at": now,
    }
    added = await tx.connection.execute(sa.insert(table).values(values).returning(_c.id))
    return int(added.scalar_one())


async def get(tx: Tx, number: int) -> Registration | None:
    """Return a registration as it stands; hold its list first to decide on it."""
    found = await tx.connection.execute(_BY_NUMBER, {"number": number})
    row = found.one_or_none()
    return None if row is None else _registration(tx, row)


async def roll_id(tx: Tx, number: int) -> int | None:
    """Return on which list a registration is."""
    found = await tx.connection.execute(sa.select(_c.roll_id).where(_c.id == number))
    return found.scalar_one_or_none()


async def known(tx: Tx, roll: int, contact_id: str) -> int | None:
    """Return the number of the person's live registration on a list."""
    found = await tx.connection.execute(
        sa.select(_c.id).where(_c.roll_id == roll, _c.contact_id == contact_id, _LIVE)
    )
    return found.scalar_one_or_none()


async def change(
    tx: Tx,
    number: int,
    state: State,
    *,
    held: int = 0,
    offer: int | None = None,
    offered_until: datetime | None = None,
    ended_at: datetime | None = None,
) -> None:
    """Let a registration stand otherwise."""
    values: dict[str, object] = {
        "state": state.value,
        "held": held,
        "offered_until": offered_until,
        "ended_at": ended_at,
    }
    if offer is not None:
        values["offer"] = offer
    await tx.connection.execute(sa.update(table).where(_c.id == number).values(values))


async def blank(tx: Tx, number: int) -> None:
    """Erase the name and the phone number of a registration that has ended."""
    await tx.connection.execute(
        sa.update(table).where(_c.id == number).values(name_sealed=None, phone_sealed=None)
    )


async def wish(tx: Tx, number: int, place: str | None) -> None:
    """Note where somebody who waits would rather go."""
    await tx.connection.execute(sa.update(table).where(_c.id == number).values(wish=place))


async def on_roll(tx: Tx, roll: int) -> list[Registration]:
    """Return who is on a list now, in the order of arrival."""
    found = await tx.connection.execute(_ON_ROLL, {"roll_id": roll})
    return [_registration(tx, row) for row in found]


async def queue(tx: Tx, roll: int) -> list[Registration]:
    """Return who waits on a list or has an offer, in the order of arrival."""
    found = await tx.connection.execute(_QUEUE, {"roll_id": roll})
    return [_registration(tx, row) for row in found]


async def places_before(tx: Tx, roll_ids: Sequence[int]) -> list[int]:
    """Return the places of each party that waits on these lists, or has an offer that keeps none."""
    found = await tx.connection.execute(
        sa.select(_c.places).where(_c.roll_id.in_(roll_ids), _QUEUED, _c.held == 0)
    )
    return list(found.scalars())


async def called_off(tx: Tx, roll: int) -> list[Registration]:
    """Return who was registered or waited when the date was called off."""
    found = await tx.connection.execute(
        sa.select(table)
        .where(_c.roll_id == roll, _c.state == State.CALLED_OFF.value)
        .order_by(_c.arrived, _c.id)
    )
    return [_registration(tx, row) for row in found]


async def joined_again(tx: Tx, registration: Registration) -> bool:
    """Return whether the person has registered anew on the same list."""
    if registration.contact_id is None:
        return False
    return await known(tx, registration.roll_id, registration.contact_id) is not None


async def position(tx: Tx, registration: Registration) -> int:
    """Return the position of somebody who waits: 1 is next."""
    before = await tx.connection.scalar(
        sa.select(sa.func.count()).where(
            _c.roll_id == registration.roll_id, _QUEUED, _c.arrived < registration.arrived
        )
    )
    return int(before or 0) + 1


async def of(tx: Tx, contact_id: str, *, since: datetime, limit: int) -> list[Registration]:
    """Return the person's live registrations for what is not over, the next first."""
    found = await tx.connection.execute(
        sa.select(table)
        .join(roll, roll.c.id == _c.roll_id)
        .where(_c.contact_id == contact_id, _LIVE, roll.c.ends_at > since)
        .order_by(roll.c.starts_at, _c.id)
        .limit(limit)
    )
    return [_registration(tx, row) for row in found]


async def run_out(tx: Tx, *, now: datetime, limit: int) -> list[int]:
    """Return the offers that have run out."""
    found = await tx.connection.execute(
        sa.select(_c.id)
        .where(_c.state == literal("offered"), _c.offered_until <= now)
        .order_by(_c.offered_until, _c.id)
        .limit(limit)
    )
    return list(found.scalars())


async def waits_elsewhere(tx: Tx, roll_ids: Sequence[int]) -> list[Registration]:
    """Return who waits on any of these lists, list by list in the order of arrival."""
    found = await tx.connection.execute(
        sa.select(table)
        .where(_c.roll_id.in_(roll_ids), _c.state == literal("waiting"))
        .order_by(_c.roll_id, _c.arrived)
    )
    return [_registration(tx, row) for row in found]


async def move(tx: Tx, number: int, *, to: int, arrived: int) -> None:
    """Put somebody who waits on another list."""
    await tx.connection.execute(
        sa.update(table).where(_c.id == number).values(roll_id=to, arrived=arrived)
    )


async def rolls_of(tx: Tx, contact_id: str) -> list[int]:
    """Return the lists on which the person is or was."""
    found = await tx.connection.execute(
        sa.select(_c.roll_id).where(_c.contact_id == contact_id).distinct().order_by(_c.roll_id)
    )
    return list(found.scalars())


async def erase(tx: Tx, contact_id: str) -> None:
    """Delete everything the person registered for."""
    await tx.connection.execute(sa.delete(table).where(_c.contact_id == contact_id))


def _party(party: Party) -> dict[str, object]:
    return {"adults": party.adults, "children": party.children, "ages": list(party.ages)}


def _who(tx: Tx, who: Who) -> dict[str, object]:
    return {
        "name_sealed": tx.keyring.seal(who.name.encode()) if who.name else None,
        "phone_sealed": tx.keyring.seal(who.phone.encode()) if who.phone else None,
    }


def _registration(tx: Tx, row: AnyRow) -> Registration:
    return Registration(
        number=row.id,
        roll_id=row.roll_id,
        contact_id=row.contact_id,
        state=State(row.state),
        origin=Origin(row.origin),
        party=Party(row.adults, row.children, tuple(row.ages)),
        places=row.places,
        held=row.held,
        arrived=row.arrived,
        created_at=row.created_at,
        language=row.language,
        offer=row.offer,
        offered_until=row.offered_until,
        wish=row.wish,
        who=Who(_open(tx, row.name_sealed), _open(tx, row.phone_sealed)),
    )


def _open(tx: Tx, sealed: bytes | None) -> str:
    return tx.keyring.unseal(sealed).decode() if sealed else ""
