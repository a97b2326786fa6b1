"""Ballots, the tally kept beside them, who took part, and what was counted in the room."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

import sqlalchemy as sa

from bot.domain.ballots import Choice, Slot
from bot.domain.residents import Resident
from bot.domain.tallies import Room, Tally
from storage.schema import (
    poll,
    poll_ballot,
    poll_key,
    poll_room,
    poll_tally,
    poll_turnout,
    resident,
)
from storage.store import Tx, insert_once, upsert

_b, _t, _r = poll_ballot.c, poll_tally.c, poll_room.c


async def make_key(tx: Tx, number: int) -> None:
    """Give a poll the key under which its voters are hidden; one that it has stays."""
    sealed = tx.keyring.seal(secrets.token_bytes(32))
    await insert_once(tx, poll_key, {"poll_id": number, "key_sealed": sealed})


async def destroy_key(tx: Tx, number: int) -> None:
    """Make it impossible to tell whose ballot is whose."""
    await tx.connection.execute(sa.delete(poll_key).where(poll_key.c.poll_id == number))


async def voter(tx: Tx, number: int, contact_id: str) -> str:
    """Return what stands for somebody on the ballots of one poll; "" once its key is destroyed."""
    found = await tx.connection.execute(
        sa.select(poll_key.c.key_sealed).where(poll_key.c.poll_id == number)
    )
    sealed = found.scalar_one_or_none()
    if sealed is None:
        return ""
    return hmac.new(tx.keyring.unseal(sealed), contact_id.encode(), sha256).hexdigest()


async def get(tx: Tx, number: int, who: str) -> Choice | None:
    """Return the ballot of a voter as `voter` names them."""
    found = await tx.connection.execute(
        sa.select(_b.choice).where(_b.poll_id == number, _b.voter == who)
    )
    kept = found.scalar_one_or_none()
    return None if kept is None else Choice.from_json(kept)


async def put(
    tx: Tx,
    number: int,
    who: str,
    choice: Choice,
    *,
    contact_id: str | None = None,
    name: str | None = None,
) -> None:
    """Keep a ballot in place of the voter's earlier one; only named polls know contact and name."""
    values: dict[str, object] = {"choice": choice.to_json(), "contact_id": contact_id}
    if name is not None:
        values["name_sealed"] = tx.keyring.seal(name.encode())
    await upsert(tx, poll_ballot, {"poll_id": number, "voter": who}, values)


async def names(tx: Tx, number: int) -> list[tuple[str, Choice]]:
    """Return the ballots of a named poll with the names their voters gave, in no telling order."""
    found = await tx.connection.execute(
        sa.select(_b.name_sealed, _b.choice).where(
            _b.poll_id == number, _b.name_sealed.is_not(None)
        )
    )
    shown = [
        (tx.keyring.unseal(name).decode(), Choice.from_json(kept))
        for name, kept in found
        if name is not None
    ]
    return sorted(shown, key=lambda each: each[0].casefold())


async def forget_names(tx: Tx, before: datetime) -> int:
    """Forget who voted in named polls that were closed before a moment; return how many."""
    over = sa.select(poll.c.id).where(poll.c.closed_at < before)
    forgotten = await tx.connection.execute(
        sa.update(poll_ballot)
        .where(_b.name_sealed.is_not(None), _b.poll_id.in_(over))
        .values(name_sealed=None, contact_id=None)
    )
    return forgotten.rowcount


async def add_up(tx: Tx, number: int, changes: Mapping[Slot, int]) -> None:
    """Change the kept tally; called in the transaction that keeps the ballot."""
    for (option, what), amount in changes.items():
        key = {"poll_id": number, "option_id": option, "what": what}
        if not await insert_once(tx, poll_tally, {**key, "amount": amount}):
            row = (_t.poll_id == number, _t.option_id == option, _t.what == what)
            await tx.connection.execute(
                sa.update(poll_tally).where(*row).values(amount=_t.amount + amount)
            )


async def tally(tx: Tx, number: int) -> Tally:
    """Return the kept tally."""
    found = await tx.connection.execute(
        sa.select(_t.option_id, _t.what, _t.amount).where(_t.poll_id == number)
    )
    return {(option, what): amount for option, what, amount in found}


async def recount(tx: Tx, number: int) -> list[Choice]:
    """Return every ballot: for a count by hand, beside the kept tally."""
    found = await tx.connection.execute(sa.select(_b.choice).where(_b.poll_id == number))
    return [Choice.from_json(kept) for kept in found.scalars()]


async def took_part(tx: Tx, number: int, contact_id: str) -> None:
    """Note that somebody has voted; neither when nor what."""
    await insert_once(tx, poll_turnout, {"poll_id": number, "contact_id": contact_id})


async def has_voted(tx: Tx, number: int, contact_id: str) -> bool:
    """Tell whether somebody took part; unknown once results are on their way."""
    who = (poll_turnout.c.poll_id == number, poll_turnout.c.contact_id == contact_id)
    found = await tx.connection.execute(sa.select(poll_turnout.c.contact_id).where(*who))
    return found.first() is not None


async def voters(tx: Tx, number: int, *, limit: int) -> list[Resident]:
    """Return some of those who took part, in the order of their pseudonyms."""
    found = await tx.connection.execute(
        sa.select(resident)
        .join(poll_turnout, poll_turnout.c.contact_id == resident.c.contact_id)
        .where(poll_turnout.c.poll_id == number)
        .order_by(resident.c.contact_id)
        .limit(limit)
    )
    return [Resident(*row) for row in found]


async def forget_turnout(tx: Tx, number: int, contact_ids: list[str]) -> None:
    """Forget that these people took part."""
    theirs = (poll_turnout.c.poll_id == number, poll_turnout.c.contact_id.in_(contact_ids))
    await tx.connection.execute(sa.delete(poll_turnout).where(*theirs))


async def forget_all_turnout(tx: Tx, number: int) -> None:
    """Forget everybody who took part: the result is on its way."""
    await tx.connection.execute(sa.delete(poll_turnout).where(poll_turnout.c.poll_id == number))


async def set_room(
    tx: Tx, number: int, source: str, amounts: Mapping[int, int], *, by: str
) -> None:
    """Keep what was counted in the room, in place of what this source said before."""
    await tx.connection.execute(
        sa.delete(poll_room).where(_r.poll_id == number, _r.source == source)
    )
    for option, amount in amounts.items():
        key = {"poll_id": number, "source": source, "option_id": option}
        await upsert(tx, poll_room, key, {"amount": amount, "counted_by": by})


async def room(tx: Tx, number: int) -> Room:
    """Return what was counted in the room by source."""
    found = await tx.connection.execute(
        sa.select(_r.source, _r.option_id, _r.amount)
        .where(_r.poll_id == number)
        .order_by(_r.source, _r.option_id)
    )
    counted: dict[str, dict[int, int]] = {}
    for source, option, amount in found:
        counted.setdefault(source, {})[option] = amount
    return counted
