"""Polls as they are kept: question, terms, options, state, and what of them may be seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.disclosure import Disclosure, Snapshot
from bot.domain.localized import Localized
from bot.domain.polls import Option, Poll, PollState, Standing, Terms
from storage.columns import AnyRow, literal
from storage.schema import poll, poll_option
from storage.store import Tx

_p, _o = poll.c, poll_option.c
_COLUMNS = (
    *(_p.id, _p.question, _p.terms, _p.state, _p.centre, _p.created_by),
    *(_p.opens_at, _p.closes_at, _p.closed_at, _p.votes),
)


async def add(tx: Tx, draft: Poll, *, now: datetime) -> int:
    """Keep a new poll with its options; return its number."""
    made = await tx.connection.execute(
        sa.insert(poll)
        .values(**_values(draft), created_at=now, votes=0, told=False)
        .returning(_p.id)
    )
    number = int(made.scalar_one())
    for option in draft.options:
        await add_option(tx, number, option)
    return number


async def save(tx: Tx, changed: Poll) -> None:
    """Keep question, terms and moments of a poll as they now are; options have their own ways."""
    await tx.connection.execute(
        sa.update(poll).where(_p.id == changed.number).values(**_values(changed))
    )


async def drop(tx: Tx, number: int) -> None:
    """Forget a poll and all that belongs to it."""
    await tx.connection.execute(sa.delete(poll).where(_p.id == number))


async def add_option(tx: Tx, number: int, option: Option) -> int:
    """Add an option at the end; its own `id` is not kept, a new one is returned."""
    made = await tx.connection.execute(
        sa.insert(poll_option)
        .values(
            poll_id=number,
            text=dict(option.text),
            cost=option.cost,
            starts=option.starts.isoformat() if option.starts else None,
            standing=option.standing.value,
        )
        .returning(_o.id)
    )
    return int(made.scalar_one())


async def settle_option(
    tx: Tx, number: int, option: int, *, standing: Standing, text: Localized | None = None
) -> bool:
    """Offer or refuse an option, perhaps in better words; False if the poll has none such."""
    values: dict[str, object] = {"standing": standing.value}
    if text is not None:
        values["text"] = dict(text)
    changed = await tx.connection.execute(
        sa.update(poll_option).where(_o.id == option, _o.poll_id == number).values(**values)
    )
    return changed.rowcount > 0


async def drop_option(tx: Tx, number: int, option: int) -> bool:
    """Take an option away; False if the poll has none such."""
    gone = await tx.connection.execute(
        sa.delete(poll_option).where(_o.id == option, _o.poll_id == number)
    )
    return gone.rowcount > 0


async def get(tx: Tx, number: int) -> Poll | None:
    """Return a poll with its options; in a writing transaction it is locked for what follows."""
    query = sa.select(*_COLUMNS).where(_p.id == number)
    if tx.writing:
        query = query.with_for_update()
    found = (await tx.connection.execute(query)).one_or_none()
    if found is None:
        return None
    return _poll(found, (await _options(tx, [number])).get(number, ()))


async def latest(
    tx: Tx, *, states: Sequence[PollState], centre: str | None, limit: int, offset: int = 0
) -> list[Poll]:
    """Return polls in some states, the newest first; of one centre and of the whole town, or of all."""
    query = sa.select(*_COLUMNS).where(_p.state.in_([each.value for each in states]))
    if centre is not None:
        query = query.where(sa.or_(_p.centre == centre, _p.centre.is_(None)))
    rows = await tx.connection.execute(query.order_by(_p.id.desc()).limit(limit).offset(offset))
    return await _whole(tx, rows.all())


async def running(tx: Tx, *, limit: int) -> list[Poll]:
    """Return the polls that are open, the newest first."""
    rows = await tx.connection.execute(
        sa.select(*_COLUMNS).where(_p.state == literal("open")).order_by(_p.id.desc()).limit(limit)
    )
    return await _whole(tx, rows.all())


async def of_session(tx: Tx, session: int) -> list[Poll]:
    """Return the polls held at a gathering, the first one first."""
    held = _p.terms["session"].as_integer() == session
    rows = await tx.connection.execute(sa.select(*_COLUMNS).where(held).order_by(_p.id))
    return await _whole(tx, rows.all())


async def to_open(tx: Tx, now: datetime) -> list[int]:
    """Return the numbers of drafts whose moment to open has come."""
    due = (_p.state == literal("draft"), _p.opens_at.is_not(None), _p.opens_at <= now)
    found = await tx.connection.execute(sa.select(_p.id).where(*due).order_by(_p.id))
    return list(found.scalars())


async def to_close(tx: Tx, now: datetime) -> list[int]:
    """Return the numbers of open polls whose time is over."""
    due = (_p.state == literal("open"), _p.closes_at <= now)
    found = await tx.connection.execute(sa.select(_p.id).where(*due).order_by(_p.id))
    return list(found.scalars())


async def untold(tx: Tx) -> list[int]:
    """Return the numbers of closed polls whose result has not reached everybody's outbox yet."""
    due = (_p.state == literal("closed"), sa.text("told = false"))
    found = await tx.connection.execute(sa.select(_p.id).where(*due).order_by(_p.id))
    return list(found.scalars())


async def told(tx: Tx, number: int) -> None:
    """Note that the result is on its way to everybody who took part."""
    await tx.connection.execute(sa.update(poll).where(_p.id == number).values(told=True))


async def count_vote(tx: Tx, number: int) -> int:
    """Count one more ballot and return how many there are now."""
    counted = await tx.connection.execute(
        sa.update(poll).where(_p.id == number).values(votes=_p.votes + 1).returning(_p.votes)
    )
    return int(counted.scalar_one())


async def disclosure(tx: Tx, number: int) -> Disclosure:
    """Return what may be seen of a secret poll, and what is seen next."""
    found = await tx.connection.execute(sa.select(_p.shown, _p.candidate).where(_p.id == number))
    shown, candidate = found.one()
    return Disclosure(_snapshot(shown), _snapshot(candidate))


async def disclose(tx: Tx, number: int, seen: Disclosure) -> None:
    """Keep what may be seen from now on."""
    values = {
        "shown": seen.shown.to_json() if seen.shown else None,
        "candidate": seen.candidate.to_json() if seen.candidate else None,
    }
    await tx.connection.execute(sa.update(poll).where(_p.id == number).values(**values))


def _values(kept: Poll) -> dict[str, Any]:
    return {
        "question": dict(kept.question),
        "terms": kept.terms.to_json(),
        "state": kept.state.value,
        "centre": kept.centre,
        "created_by": kept.created_by,
        "opens_at": kept.opens_at,
        "closes_at": kept.closes_at,
        "closed_at": kept.closed_at,
    } | ({"opened_at": kept.opens_at} if kept.state is PollState.OPEN else {})


async def _whole(tx: Tx, rows: Sequence[AnyRow]) -> list[Poll]:
    options = await _options(tx, [row.id for row in rows])
    return [_poll(row, options.get(row.id, ())) for row in rows]


async def _options(tx: Tx, numbers: Sequence[int]) -> Mapping[int, tuple[Option, ...]]:
    found = await tx.connection.execute(
        sa.select(_o.poll_id, _o.id, _o.text, _o.cost, _o.starts, _o.standing)
        .where(_o.poll_id.in_(numbers))
        .order_by(_o.poll_id, _o.id)
    )
    by_poll: dict[int, list[Option]] = {}
    for number, option, text, cost, starts, standing in found:
        moment = datetime.fromisoformat(starts) if starts else None
        each = Option(option, Localized(text or {}), cost, moment, Standing(standing))
        by_poll.setdefault(number, []).append(each)
    return {number: tuple(each) for number, each in by_poll.items()}


def _poll(row: AnyRow, options: tuple[Option, ...]) -> Poll:
    return Poll(
        number=row.id,
        question=Localized(row.question or {}),
        options=options,
        terms=Terms.from_json(row.terms),
        state=PollState(row.state),
        centre=row.centre,
        created_by=row.created_by,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        closed_at=row.closed_at,
        votes=row.votes,
    )


def _snapshot(kept: Mapping[str, Any] | None) -> Snapshot | None:
    return Snapshot.from_json(kept) if kept else None
