"""How contributions outlive the people in them: what was public stays without them, all else goes."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from bot.domain.contributions import Kind
from storage.schema import attachment, contribution, contribution_event, support
from storage.store import Tx

_c = contribution.c


async def leave(tx: Tx, contact_id: str) -> None:
    """Prepare the erasure of a person: their unpublished contributions go, the public ones let go.

    Of a public one the team's wording, the rounded place and the released photos stay, and the team's
    notes about it go. Their supports count on without a name.
    """
    theirs = _c.author_contact == contact_id
    await tx.connection.execute(sa.delete(contribution).where(theirs, _c.public.is_(sa.false())))
    kept = sa.select(_c.id).where(theirs)
    await _drop_notes(tx, kept)
    await tx.connection.execute(
        sa.delete(attachment).where(
            attachment.c.author_contact == contact_id, attachment.c.released.is_(sa.false())
        )
    )
    await tx.connection.execute(
        sa.update(attachment)
        .where(attachment.c.author_contact == contact_id)
        .values(author_contact=None)
    )
    await _count_on(
        tx,
        sa.select(support.c.contribution_id).where(support.c.contact_id == contact_id),
        each=sa.literal(1),
    )


async def forget_closed(tx: Tx, *, before: datetime, concerns_before: datetime) -> int:
    """Cut what closed long ago from its people: author, own words, exact place; return how many."""
    old = sa.and_(
        sa.or_(
            _c.closed_at < before,
            sa.and_(_c.closed_at < concerns_before, _c.kind == Kind.CONCERN.value),
        ),
        sa.or_(_c.text != "", _c.author_contact.is_not(None), _c.lat.is_not(None)),
    )
    found = await tx.connection.execute(sa.select(_c.id).where(_c.closed_at.is_not(None), old))
    numbers = list(found.scalars())
    if not numbers:
        return 0
    which = sa.select(_c.id).where(_c.id.in_(numbers))
    await _drop_notes(tx, which)
    await tx.connection.execute(
        sa.delete(attachment).where(
            attachment.c.contribution_id.in_(numbers), attachment.c.released.is_(sa.false())
        )
    )
    await tx.connection.execute(
        sa.update(attachment)
        .where(attachment.c.contribution_id.in_(numbers))
        .values(author_contact=None)
    )
    supporters = sa.select(sa.func.count()).where(support.c.contribution_id == _c.id)
    await _count_on(tx, which, each=supporters.scalar_subquery())
    await tx.connection.execute(sa.delete(support).where(support.c.contribution_id.in_(numbers)))
    await tx.connection.execute(
        sa.update(contribution)
        .where(_c.id.in_(numbers))
        .values(text="", author_contact=None, lat=None, lon=None, address=None)
    )
    tx.wipe = True
    return len(numbers)


async def _drop_notes(tx: Tx, numbers: sa.Select[int]) -> None:
    events = contribution_event.c
    await tx.connection.execute(
        sa.update(contribution_event)
        .where(events.contribution_id.in_(numbers), events.private_note.is_not(None))
        .values(private_note=None)
    )


async def drop_notes_of(tx: Tx, number: int) -> None:
    """Delete what the team wrote to itself about one contribution."""
    await _drop_notes(tx, sa.select(_c.id).where(_c.id == number))


async def _count_on(tx: Tx, numbers: sa.Select[int], *, each: sa.ColumnElement[int]) -> None:
    await tx.connection.execute(
        sa.update(contribution)
        .where(_c.id.in_(numbers))
        .values(supports_apart=_c.supports_apart + each)
    )
