"""Photos and voice messages of contributions: first wanted from Telegram, then kept sealed.

What comes here is re-encoded already; nothing here looks into a picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from bot.domain.contribution_lists import Wanted
from bot.domain.contributions import Media
from storage.columns import AnyRow
from storage.schema import attachment, media_wanted
from storage.store import Tx

_a = attachment.c
_w = media_wanted.c
_SLIM = (_a.id, _a.contribution_id, _a.kind, _a.mime, _a.width, _a.height, _a.released, _a.position)
_KEPT = _a.content_sealed.is_not(None)


async def want(
    tx: Tx, number: int, files: Sequence[tuple[str, str]], *, author: str, now: datetime
) -> None:
    """Remember which files (kind, file id) are to be fetched for a contribution."""
    rows = [
        {
            "contribution_id": number,
            "author_contact": author,
            "kind": kind,
            "file_id_sealed": tx.keyring.seal(file_id.encode()),
            "position": position,
            "attempts": 0,
            "not_before": now,
        }
        for position, (kind, file_id) in enumerate(files)
    ]
    if rows:
        await tx.connection.execute(sa.insert(media_wanted), rows)


async def wanted(tx: Tx, *, now: datetime, limit: int) -> list[Wanted]:
    """Return the files to be fetched now, the longest wanted first."""
    found = await tx.connection.execute(
        sa.select(_w.id, _w.kind, _w.file_id_sealed)
        .where(_w.not_before <= now)
        .order_by(_w.id)
        .limit(limit)
    )
    return [
        Wanted(row.id, row.kind, tx.keyring.unseal(row.file_id_sealed).decode()) for row in found
    ]


async def arrived(
    tx: Tx, wanted_id: int, content: bytes, *, mime: str, width: int = 0, height: int = 0
) -> int | None:
    """Keep a file in place of the wish for it; None if nobody wants it any more."""
    found = await tx.connection.execute(
        sa.delete(media_wanted)
        .where(_w.id == wanted_id)
        .returning(_w.contribution_id, _w.author_contact, _w.kind, _w.position)
    )
    row = found.one_or_none()
    if row is None:
        return None
    values = {
        "contribution_id": row.contribution_id,
        "author_contact": row.author_contact,
        "kind": row.kind,
        "content_sealed": tx.keyring.seal(content),
        "mime": mime,
        "width": width,
        "height": height,
        "released": False,
        "position": row.position,
    }
    added = await tx.connection.execute(sa.insert(attachment).values(values).returning(_a.id))
    return int(added.scalar_one())


async def later(tx: Tx, wanted_id: int, *, not_before: datetime, at_most: int) -> bool:
    """Try again later; False if it has been tried `at_most` times and is given up."""
    again = await tx.connection.execute(
        sa.update(media_wanted)
        .where(_w.id == wanted_id, _w.attempts < at_most - 1)
        .values(attempts=_w.attempts + 1, not_before=not_before)
    )
    if again.rowcount == 0:
        await tx.connection.execute(sa.delete(media_wanted).where(_w.id == wanted_id))
    return again.rowcount > 0


async def of(tx: Tx, number: int, *, released_only: bool = False) -> list[Media]:
    """Return the media of a contribution in order, without their content."""
    which = sa.select(*_SLIM).where(_a.contribution_id == number, _KEPT)
    if released_only:
        which = which.where(_a.released.is_(sa.true()))
    found = await tx.connection.execute(which.order_by(_a.position, _a.id))
    return [_media(row) for row in found]


async def get(tx: Tx, media_id: int) -> Media | None:
    """Return one photo or voice message with its content."""
    found = await tx.connection.execute(
        sa.select(*_SLIM, _a.content_sealed).where(_a.id == media_id, _KEPT)
    )
    row = found.one_or_none()
    return None if row is None else _media(row, content=tx.keyring.unseal(row.content_sealed))


async def replace(tx: Tx, media_id: int, content: bytes) -> None:
    """Put other bytes in place of a photo; the ones before are gone."""
    await tx.connection.execute(
        sa.update(attachment)
        .where(_a.id == media_id)
        .values(content_sealed=tx.keyring.seal(content))
    )


async def release(tx: Tx, media_id: int, *, released: bool) -> None:
    """Let the board show it, or no longer."""
    await tx.connection.execute(
        sa.update(attachment).where(_a.id == media_id).values(released=released)
    )


async def drop_all(tx: Tx, number: int) -> None:
    """Delete all media of a contribution and stop wanting more."""
    await tx.connection.execute(sa.delete(attachment).where(_a.contribution_id == number))
    await tx.connection.execute(sa.delete(media_wanted).where(_w.contribution_id == number))


def _media(row: AnyRow, *, content: bytes = b"") -> Media:
    return Media(
        id=row.id,
        contribution=row.contribution_id,
        kind=row.kind,
        mime=row.mime,
        width=row.width,
        height=row.height,
        released=row.released,
        position=row.position,
        content=content,
    )
