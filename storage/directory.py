"""The directory at rest: entries with their source, places, neighbourhoods and holidays.

Entries are retired, never deleted, so that what refers to them keeps its meaning. What a document
must look like is judged before it comes here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from bot.domain.directory import DateChange, Directory, Entry, Kind
from bot.domain.documents import KINDS, Document, Published, directory_of
from bot.domain.imports import Held, ImportPlan
from storage import occurrences
from storage.schema import entry, holiday, neighbourhood, place
from storage.store import Tx, upsert

_NOTE = "note"


async def load(tx: Tx) -> Directory:
    """Return all that the town publishes at this moment, with the dates changed in the chat."""
    directory = directory_of(await published(tx))
    changes = await occurrences.everything(tx)
    entries = {
        key: changed(each, changes[key]) if key in changes else each
        for key, each in directory.entries.items()
    }
    return replace(directory, entries=entries)


def changed(each: Entry, changes: tuple[DateChange, ...]) -> Entry:
    """Return an activity with what the team changed about its dates."""
    if each.schedule is None:
        return each
    return replace(each, schedule=replace(each.schedule, changes=changes))


async def published(tx: Tx) -> Published:
    """Return every document that is not retired, by one statement: all belong together."""
    rows: dict[str, list[tuple[str, Document]]] = {}
    for row in await tx.connection.execute(_EVERYTHING):
        rows.setdefault(row.section, []).append((row.id, row.document))
    return Published(
        entries={key: (kind, document) for kind in KINDS for key, document in rows.get(kind, ())},
        places=dict(rows.get("place", ())),
        neighbourhoods=dict(rows.get("neighbourhood", ())),
        school_holidays=tuple(document for _, document in rows.get("school", ())),
        public_holidays=tuple(document for _, document in rows.get("public", ())),
        holidays_note="".join(str(document["text"]) for _, document in rows.get(_NOTE, ())),
    )


async def held(tx: Tx) -> dict[str, Held]:
    """Return every entry with its source, also the retired ones; locked when writing."""
    columns = [entry.c[name] for name in _HELD]
    statement = tx.locked(sa.select(*columns).order_by(entry.c.position, entry.c.id))
    found = await tx.connection.execute(statement)
    return {row.id: Held(**row._mapping) for row in found}  # noqa: SLF001 - SQLAlchemy's public name


async def apply(tx: Tx, plan: ImportPlan, new: Published, *, now: datetime) -> None:
    """Carry out an import that `plan_import` decided on."""
    for row in plan.rows:
        await _put(tx, row, now=now)
    if plan.surroundings:
        await _replace(tx, neighbourhood, _numbered(new.neighbourhoods.items()))
        await _replace(tx, place, _numbered(new.places.items()))
        await _replace(tx, holiday, _holidays(new))


async def save_entry(
    tx: Tx, entry_id: str, *, kind: Kind, document: Document, now: datetime
) -> None:
    """Keep what somebody wrote in the chat; the files do not overwrite it in silence."""
    known = await find(tx, entry_id)
    if known is None:
        last = await tx.connection.scalar(sa.select(sa.func.max(entry.c.position)))
        row = Held(entry_id, kind, (last or 0) + 1, document, source="chat", edited_at=now)
    else:
        row = Held(
            entry_id,
            kind,
            known.position,
            document,
            source=known.source,
            file_hash=known.file_hash,
            edited_at=now,
        )
    await _put(tx, row, now=now)


async def find(tx: Tx, entry_id: str) -> Held | None:
    """Return one entry with its source, also a retired one; locked when writing."""
    columns = [entry.c[name] for name in _HELD]
    statement = tx.locked(sa.select(*columns).where(entry.c.id == entry_id))
    row = (await tx.connection.execute(statement)).one_or_none()
    return Held(**row._mapping) if row else None  # noqa: SLF001 - SQLAlchemy's public name


async def retire(tx: Tx, entry_id: str, *, now: datetime) -> bool:
    """Take an entry out of the directory; an import of unchanged files leaves it out."""
    return await _set_retired(tx, entry_id, retired_at=now, now=now)


async def revive(tx: Tx, entry_id: str, *, now: datetime) -> bool:
    """Put a retired entry back."""
    return await _set_retired(tx, entry_id, retired_at=None, now=now)


_HELD = tuple(Held.__dataclass_fields__)


def _section(
    table: sa.Table, name: sa.ColumnElement[str], *conditions: sa.ColumnElement[bool]
) -> sa.Select[tuple[str, str, int, Document]]:
    columns = (name.label("section"), table.c.id, table.c.position, table.c.document)
    return sa.select(*columns).where(*conditions)


def _everything() -> sa.Select[tuple[str, str, Document]]:
    parts = sa.union_all(
        _section(entry, entry.c.kind, entry.c.retired_at.is_(None)),
        _section(place, sa.literal("place")),
        _section(neighbourhood, sa.literal("neighbourhood")),
        _section(holiday, holiday.c.kind),
    ).subquery()
    columns = parts.c
    return sa.select(columns.section, columns.id, columns.document).order_by(
        columns.position, columns.id
    )


_EVERYTHING = _everything()


async def _put(tx: Tx, row: Held, *, now: datetime) -> None:
    values = {name: getattr(row, name) for name in _HELD if name != "id"}
    await upsert(tx, entry, {"id": row.id}, {**values, "updated_at": now})


async def _set_retired(
    tx: Tx, entry_id: str, *, retired_at: datetime | None, now: datetime
) -> bool:
    wanted = entry.c.retired_at.is_not(None) if retired_at is None else entry.c.retired_at.is_(None)
    statement = sa.update(entry).where(entry.c.id == entry_id, wanted)
    values = {"retired_at": retired_at, "edited_at": now, "updated_at": now}
    return (await tx.connection.execute(statement.values(values))).rowcount > 0


async def _replace(tx: Tx, table: sa.Table, rows: list[dict[str, object]]) -> None:
    await tx.connection.execute(sa.delete(table))
    if rows:
        await tx.connection.execute(sa.insert(table), rows)


def _numbered(documents: Iterable[tuple[str, Document]]) -> list[dict[str, object]]:
    return [
        {"id": key, "position": position, "document": dict(document)}
        for position, (key, document) in enumerate(documents)
    ]


def _holidays(new: Published) -> list[dict[str, object]]:
    note: list[tuple[str, Document]] = (
        [(_NOTE, {"text": new.holidays_note})] if new.holidays_note else []
    )
    kinds: Mapping[str, list[tuple[str, Document]]] = {
        "school": [(document["id"], document) for document in new.school_holidays],
        "public": [(document["date"], document) for document in new.public_holidays],
        _NOTE: note,
    }
    return [
        {"kind": kind, **row} for kind, documents in kinds.items() for row in _numbered(documents)
    ]
