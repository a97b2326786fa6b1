"""A person's rights over their data: see all of it, have it erased, agree and take it back.

It knows no table by heart: what belongs to whom stands in the schema, so a new theme that declares
its columns is covered the day it arrives.
"""

from __future__ import annotations

import base64
import json
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from storage import contacts, contribution_erasure, questions, registration_erasure, schema
from storage.columns import AnyRow
from storage.schema import consent, contact, deletion, erasure, metadata, set_aside
from storage.sealing import Keyring
from storage.store import Tx, upsert


async def everything_about(tx: Tx, contact_id: str) -> dict[str, list[dict[str, Any]]]:
    """Return every row about a person by table, as JSON values, sealed columns opened.

    Left out of a row are other people in it and the words of others: whoever answered a question
    sees that they did, not what was asked.
    """
    about: dict[str, list[dict[str, Any]]] = {}
    for table in metadata.sorted_tables:
        theirs = _naming(table, contact_id)
        if theirs is not None:
            rows = await tx.connection.execute(sa.select(table).where(theirs))
            shown = [_shown(tx.keyring, table, row, contact_id) for row in rows]
            if shown:
                about[table.name] = shown
    aside = [json.loads(raw) for _, raw in await _set_aside_of(tx, contact_id) if raw]
    return about | ({set_aside.name: aside} if aside else {})


async def erase(tx: Tx, contact_id: str, now: datetime) -> None:
    """Erase a person: their words, their rows, every mention, and the traces in the files.

    What stays is the day and a keyed hash, so that a restored backup can erase them again.
    """
    await drop_set_aside(tx, contact_id)
    await _erase_rows(tx, contact_id, now)


async def replay_erasures(tx: Tx) -> int:
    """Erase again, in a restored database, who had been erased since; return how many.

    Who came back after the erasure stays. Updates set aside are dropped as well: whose they are
    cannot be told once the contact is gone.
    """
    found = await tx.connection.execute(
        sa.select(contact.c.id, erasure.c.at)
        .join(erasure, erasure.c.fingerprint == contact.c.fingerprint)
        .where(contact.c.created_at <= erasure.c.at)
    )
    erased = found.all()
    for contact_id, erased_at in erased:
        await _erase_rows(tx, contact_id, erased_at)
    if erased:
        await tx.connection.execute(sa.delete(set_aside))
    return len(erased)


async def request_deletion(tx: Tx, contact_id: str, *, now: datetime, due_at: datetime) -> None:
    """Remember that the person wants to be erased at `due_at`."""
    await upsert(tx, deletion, {"contact_id": contact_id}, {"requested_at": now, "due_at": due_at})


async def cancel_deletion(tx: Tx, contact_id: str) -> bool:
    """Take the wish back; False if there is none (any more)."""
    cancelled = await tx.connection.execute(
        sa.delete(deletion).where(deletion.c.contact_id == contact_id)
    )
    return cancelled.rowcount > 0


async def due_deletions(tx: Tx, now: datetime) -> list[str]:
    """Return who is to be erased by now."""
    found = await tx.connection.execute(
        sa.select(deletion.c.contact_id).where(deletion.c.due_at <= now).order_by(deletion.c.due_at)
    )
    return list(found.scalars())


async def record_consent(
    tx: Tx,
    contact_id: str,
    *,
    purpose: str,
    version: int,
    language: str,
    granted: bool,
    now: datetime,
) -> None:
    """Keep on record what the person agreed to, or that they took it back."""
    await tx.connection.execute(
        sa.insert(consent).values(
            contact_id=contact_id,
            purpose=purpose,
            version=version,
            language=language,
            granted=granted,
            at=now,
        )
    )


async def drop_set_aside(tx: Tx, contact_id: str) -> None:
    """Drop the updates set aside that carry the person's Telegram id."""
    theirs = [row_id for row_id, _ in await _set_aside_of(tx, contact_id)]
    await tx.connection.execute(sa.delete(set_aside).where(set_aside.c.id.in_(theirs)))


async def _set_aside_of(tx: Tx, contact_id: str) -> list[tuple[int, bytes]]:
    """Return the updates set aside that carry the person's Telegram id, opened."""
    number = await contacts.telegram_id(tx, contact_id)
    if number is None:
        return []
    rows = await tx.connection.execute(sa.select(set_aside.c.id, set_aside.c.raw_sealed))
    opened = [(row.id, tx.keyring.unseal(row.raw_sealed)) for row in rows]
    return [(row_id, raw) for row_id, raw in opened if str(number).encode() in raw]


async def _erase_rows(tx: Tx, contact_id: str, now: datetime) -> None:
    await questions.withdraw_all_of(tx, contact_id, now)
    await contribution_erasure.leave(tx, contact_id)
    await registration_erasure.leave(tx, contact_id)
    for table in metadata.sorted_tables:
        await _blank_words(tx, table, contact_id)
    found = await tx.connection.execute(
        sa.select(contact.c.fingerprint).where(contact.c.id == contact_id)
    )
    fingerprint = found.scalar_one_or_none()
    if fingerprint is not None:
        await upsert(tx, erasure, {"fingerprint": fingerprint}, {"at": now})
    await contacts.forget(tx, contact_id)


async def _blank_words(tx: Tx, table: sa.Table, contact_id: str) -> None:
    """Overwrite the person's words in rows that outlive them."""
    for column in table.columns:
        owner = table.columns.get(column.info.get("words_of", ""))
        if owner is not None and owner.info["on_erase"] == "set_null":
            nothing = None if column.nullable else (b"" if "sealed" in column.info else "")
            await tx.connection.execute(
                sa.update(table).where(owner == contact_id).values({column: nothing})
            )


def _naming(table: sa.Table, contact_id: str) -> sa.ColumnElement[bool] | None:
    """Return the condition for a row that names the person, None if the table names nobody."""
    columns = [contact.c.id] if table is contact else schema.contact_columns(table)
    return sa.or_(*(column == contact_id for column in columns)) if columns else None


def _shown(keyring: Keyring, table: sa.Table, row: AnyRow, contact_id: str) -> dict[str, Any]:
    values = row._mapping  # noqa: SLF001 - SQLAlchemy's public name for it
    shown: dict[str, Any] = {}
    for column in table.columns:
        value = values[column]
        owner = column.info.get("words_of")
        others_words = owner is not None and values[table.c[owner]] != contact_id
        other_person = "on_erase" in column.info and value not in {None, contact_id}
        if not others_words and not other_person:
            shown[column.name] = (
                _opened(keyring, value) if "sealed" in column.info else _json(value)
            )
    return shown


def _opened(keyring: Keyring, sealed: bytes | None) -> object:
    """Return sealed JSON as its values, any other text as it is, a photo or a voice in base64."""
    if sealed is None:
        return None
    plain = keyring.unseal(sealed)
    try:
        return json.loads(plain)
    except ValueError:
        return _text(plain)


def _text(plain: bytes) -> str:
    try:
        return plain.decode()
    except UnicodeDecodeError:
        return base64.b64encode(plain).decode("ascii")


def _json(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
