"""Messages on their way: written with the effect they tell of, claimed one by one, then emptied.

A row goes queued → sending → sent; its other ends are failed, unreachable, expired, cancelled and
unknown (nobody can tell whether it arrived). At every end its sealed words are erased. It decides
nothing about pace or retries and speaks to nobody.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import sqlalchemy as sa

from bot.domain.messages import Message
from bot.domain.pacing import Lane
from bot.domain.payloads import from_payload, to_payload
from storage.columns import literal
from storage.schema import outbox
from storage.store import Tx, insert_once

OnDoubt = Literal["resend", "drop"]
"""What to do when nobody knows whether it arrived: better twice than never, or better not twice."""

End = Literal["sent", "failed", "unreachable", "expired", "cancelled", "unknown"]

KEPT = timedelta(days=30)
"""How long the empty shell of a finished message stays, for counting and against repetition."""

_DOUBT = "doubt"
_QUEUED = literal("queued")
_SENDING = literal("sending")
_LIVE = outbox.c.state.in_([_QUEUED, _SENDING])


@dataclass(frozen=True, slots=True)
class Head:
    """The next message of one contact: nothing of theirs is under way or before it."""

    id: int
    contact_id: str
    lane: Lane
    expired: bool


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that is being sent now; `doubted` if an earlier try may have arrived."""

    id: int
    contact_id: str
    lane: Lane
    kind: str
    message: Message
    attempts: int
    on_doubt: OnDoubt
    doubted: bool


def _heads() -> sa.Select[int, str, int, datetime | None]:
    now = sa.bindparam("now", type_=outbox.c.not_before.type)
    other = outbox.alias("other")
    before = sa.and_(
        other.c.state == _QUEUED,
        other.c.not_before <= now,
        sa.tuple_(other.c.lane, other.c.id) < sa.tuple_(outbox.c.lane, outbox.c.id),
    )
    in_the_way = sa.exists().where(
        other.c.contact_id == outbox.c.contact_id,
        other.c.state.in_([_QUEUED, _SENDING]),
        sa.or_(other.c.state == _SENDING, before),
    )
    return (
        sa.select(outbox.c.id, outbox.c.contact_id, outbox.c.lane, outbox.c.expires_at)
        .where(outbox.c.state == _QUEUED, outbox.c.not_before <= now, ~in_the_way)
        .order_by(outbox.c.lane, outbox.c.id)
        .limit(sa.bindparam("most", type_=sa.Integer()))
    )


# Built once: the postman looks after every commit that brings news.
_ALL_HEADS = _heads()
_HEADS = _ALL_HEADS.where(outbox.c.contact_id.not_in(sa.bindparam("passing_over", expanding=True)))


async def enqueue(  # noqa: PLR0913 - a message on its way is all of this, each by name
    tx: Tx,
    *,
    contact_id: str,
    key: str,
    lane: Lane,
    message: Message,
    kind: str,
    now: datetime,
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
    on_doubt: OnDoubt = "resend",
) -> bool:
    """Put a message on its way once for ever: a `key` known already changes nothing (False).

    Build the key from the cause, e.g. `question:17:answer`. `kind` is a word for statistics.
    """
    payload = json.dumps(to_payload(message), ensure_ascii=False).encode()
    row = {
        "contact_id": contact_id,
        "key": key,
        "lane": int(lane),
        "kind": kind,
        "payload_sealed": tx.keyring.seal(payload),
        "state": "queued",
        "not_before": not_before or now,
        "expires_at": expires_at,
        "attempts": 0,
        "on_doubt": on_doubt,
        "created_at": now,
    }
    return await insert_once(tx, outbox, row)


async def withhold(
    tx: Tx, *, contact_id: str, key: str, kind: str, reason: str, now: datetime, end: End
) -> bool:
    """Put on record that a message was not even written, and why; False if its key is known."""
    row = {
        "contact_id": contact_id,
        "key": key,
        "lane": int(Lane.BROADCAST),
        "kind": kind,
        "state": end,
        "not_before": now,
        "attempts": 0,
        "on_doubt": "drop",
        "error": reason,
        "created_at": now,
        "done_at": now,
    }
    return await insert_once(tx, outbox, row)


async def heads(
    tx: Tx, *, now: datetime, limit: int, passing_over: Collection[str] = ()
) -> list[Head]:
    """Return the due messages that may go next, at most one per contact, the urgent first."""
    asked = {"now": now, "most": limit, "passing_over": sorted(passing_over)}
    return [
        Head(row.id, row.contact_id, Lane(row.lane), bool(row.expires_at and row.expires_at <= now))
        for row in await tx.connection.execute(_HEADS if passing_over else _ALL_HEADS, asked)
    ]


async def claim(tx: Tx, row_id: int) -> Claimed | None:
    """Mark a queued message as being sent and open it; None if it is no longer there to be sent.

    Only call it when it can leave at once: what is `sending` when the process dies is in doubt.
    """
    c = outbox.c
    changed = await tx.connection.execute(
        sa.update(outbox)
        .where(c.id == row_id, c.state == _QUEUED)
        .values(state="sending")
        .returning(c.contact_id, c.lane, c.kind, c.payload_sealed, c.attempts, c.on_doubt, c.error),
    )
    row = changed.one_or_none()
    if row is None or row.payload_sealed is None:
        return None
    return Claimed(
        id=row_id,
        contact_id=row.contact_id,
        lane=Lane(row.lane),
        kind=row.kind,
        message=from_payload(json.loads(tx.keyring.unseal(row.payload_sealed))),
        attempts=row.attempts,
        on_doubt="drop" if row.on_doubt == "drop" else "resend",
        doubted=row.error == _DOUBT,
    )


async def sent(tx: Tx, row_id: int, *, message_id: int, now: datetime) -> None:
    """Note that the message has arrived as `message_id`."""
    await _end(tx, outbox.c.id == row_id, "sent", now=now, message_id=message_id)


async def ended(tx: Tx, row_id: int, end: End, *, now: datetime, error: str | None = None) -> None:
    """Note that the message goes no further; `error` is Telegram's reason, never our text."""
    await _end(tx, outbox.c.id == row_id, end, now=now, error=error)


async def unreachable(tx: Tx, contact_id: str, *, now: datetime) -> int:
    """Give up everything on its way to this contact; return how many messages that were."""
    return await _end(tx, outbox.c.contact_id == contact_id, "unreachable", now=now)


async def cancel(tx: Tx, key_prefix: str, *, now: datetime) -> int:
    """Call back what has not left yet of the messages whose key begins so; return how many."""
    return await _end(
        tx,
        sa.and_(outbox.c.state == _QUEUED, outbox.c.key.startswith(key_prefix, autoescape=True)),
        "cancelled",
        now=now,
    )


async def cancel_lane(tx: Tx, contact_id: str, lane: Lane, *, now: datetime) -> int:
    """Call back what waits in this lane for a contact; return how many messages that were."""
    theirs = sa.and_(outbox.c.contact_id == contact_id, outbox.c.lane == int(lane))
    return await _end(tx, sa.and_(theirs, outbox.c.state == _QUEUED), "cancelled", now=now)


async def expire(tx: Tx, *, now: datetime) -> int:
    """End what has waited until it is of no use any more; return how many messages that were."""
    late = sa.and_(outbox.c.state == _QUEUED, outbox.c.expires_at <= now)
    return await _end(tx, late, "expired", now=now)


async def again(tx: Tx, row_id: int, *, counted: bool, doubted: bool, error: str | None) -> None:
    """Put a message back in its place; `counted` if the try speaks against the message itself."""
    await tx.connection.execute(
        sa.update(outbox)
        .where(outbox.c.id == row_id, outbox.c.state == _SENDING)
        .values(
            state="queued",
            attempts=outbox.c.attempts + int(counted),
            error=_DOUBT if doubted else error,
        ),
    )


async def recover(tx: Tx, *, now: datetime) -> int:
    """After a start, settle what the last process left in doubt; return how many messages.

    Only for the one process that sends: what another is sending would go out twice.
    """
    stuck = outbox.c.state == _SENDING
    again = await tx.connection.execute(
        sa.update(outbox)
        .where(stuck, outbox.c.on_doubt == "resend")
        .values(state="queued", error=_DOUBT)
    )
    return again.rowcount + await _end(tx, stuck, "unknown", now=now)


async def oldest_due(tx: Tx, *, now: datetime) -> datetime | None:
    """Return since when the longest waiting message is due; None if nothing is late."""
    due = sa.select(sa.func.min(outbox.c.not_before)).where(_LIVE, outbox.c.not_before <= now)
    return await tx.connection.scalar(due)


async def counts(tx: Tx, *, key_prefix: str = "") -> dict[str, int]:
    """Return how many messages are in each state, of those whose key begins so."""
    query = sa.select(outbox.c.state, sa.func.count().label("many")).group_by(outbox.c.state)
    if key_prefix:
        query = query.where(outbox.c.key.startswith(key_prefix, autoescape=True))
    return {row.state: row.many for row in await tx.connection.execute(query)}


async def purge(tx: Tx, *, now: datetime) -> int:
    """Delete what ended more than 30 days ago; return how many messages that were."""
    old = await tx.connection.execute(sa.delete(outbox).where(outbox.c.done_at < now - KEPT))
    return old.rowcount


async def _end(
    tx: Tx,
    which: sa.ColumnElement[bool],
    end: End,
    *,
    now: datetime,
    message_id: int | None = None,
    error: str | None = None,
) -> int:
    result = await tx.connection.execute(
        sa.update(outbox)
        .where(which, _LIVE)
        .values(state=end, payload_sealed=None, done_at=now, message_id=message_id, error=error),
    )
    return result.rowcount
