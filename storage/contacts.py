"""The one table that knows Telegram ids: sealed, found by keyed hash, named by pseudonym."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import sqlalchemy as sa

from bot.domain.residents import new_pseudonym
from storage import schema
from storage.schema import contact
from storage.store import Tx, insert_once

ContactKind = Literal["person", "group"]

BY_FINGERPRINT = sa.select(contact.c.id).where(contact.c.fingerprint == sa.bindparam("fingerprint"))
_SEALED = sa.select(contact.c.telegram_sealed).where(contact.c.id == sa.bindparam("contact_id"))
_FORGET = sa.delete(contact).where(contact.c.id == sa.bindparam("contact_id"))


async def find(tx: Tx, telegram_id: int) -> str | None:
    """Return the pseudonym of a Telegram chat, or None if we never met."""
    found = await tx.connection.execute(
        BY_FINGERPRINT, {"fingerprint": tx.keyring.fingerprint(telegram_id)}
    )
    return found.scalar_one_or_none()


async def meet(tx: Tx, telegram_id: int, *, kind: ContactKind, now: datetime) -> str:
    """Return the pseudonym of a Telegram chat, giving it one at the first meeting."""
    known = await find(tx, telegram_id)
    while known is None:
        await insert_once(tx, contact, _row(tx, telegram_id, kind=kind, now=now))
        # Not ours if somebody else met them in the meantime; nobody's if the name was taken.
        known = await find(tx, telegram_id)
    return known


async def telegram_id(tx: Tx, contact_id: str) -> int | None:
    """Return the Telegram id behind a pseudonym, for the moment of sending only."""
    found = await tx.connection.execute(_SEALED, {"contact_id": contact_id})
    sealed = found.scalar_one_or_none()
    return None if sealed is None else int(tx.keyring.unseal(sealed))


async def try_key(tx: Tx) -> None:
    """Raise OperatorError if this key ring did not seal what is here; an empty table fits any."""
    found = await tx.connection.execute(sa.select(contact.c.telegram_sealed).limit(1))
    sealed = found.scalar_one_or_none()
    if sealed is not None:
        tx.keyring.unseal(sealed)


async def follow(tx: Tx, *, old: int, new: int) -> None:
    """Let the contact of chat `old` be chat `new`: Telegram gave a group another id.

    Telegram says so twice, in either order, and the group may have written under its new id before;
    what it did there then joins the older contact.
    """
    kept, newer = await find(tx, old), await find(tx, new)
    if kept is None:
        return
    if newer is not None:
        await _join(tx, kept=kept, newer=newer)
    address = {
        "telegram_sealed": tx.keyring.seal(str(new).encode()),
        "fingerprint": tx.keyring.fingerprint(new),
    }
    await tx.connection.execute(sa.update(contact).where(contact.c.id == kept).values(address))


async def forget(tx: Tx, contact_id: str) -> None:
    """Delete the contact; the database carries out what each column says about an erasure."""
    tx.wipe = True
    await tx.connection.execute(_FORGET, {"contact_id": contact_id})


async def _join(tx: Tx, *, kept: str, newer: str) -> None:
    for table in schema.metadata.sorted_tables:
        for column in schema.contact_columns(table):
            # A row named by its contact exists once per contact: the older one's counts.
            if not column.primary_key:
                await tx.connection.execute(
                    sa.update(table).where(column == newer).values({column: kept})
                )
    await forget(tx, newer)


def _row(tx: Tx, telegram_id: int, *, kind: ContactKind, now: datetime) -> dict[str, object]:
    name = new_pseudonym()
    return {
        "id": name if kind == "person" else f"G-{name[2:]}",
        "kind": kind,
        "telegram_sealed": tx.keyring.seal(str(telegram_id).encode()),
        "fingerprint": tx.keyring.fingerprint(telegram_id),
        "created_at": now,
    }
