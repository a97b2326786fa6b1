"""Messages on their way: once per key, in order per contact, emptied at every end, on both engines."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.domain.messages import Attachment, Button, Message
from bot.domain.pacing import Lane
from storage import contacts, outbox, schema
from storage.outbox import OnDoubt
from storage.store import Store, Tx

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


async def _people(store: Store, *telegram_ids: int) -> list[str]:
    async with store.write() as tx:
        return [
            await contacts.meet(tx, telegram_id, kind="person", now=NOON)
            for telegram_id in telegram_ids
        ]


async def _put(
    tx: Tx,
    contact_id: str,
    key: str,
    *,
    lane: Lane = Lane.REPLY,
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
    on_doubt: OnDoubt = "resend",
) -> bool:
    return await outbox.enqueue(
        tx,
        contact_id=contact_id,
        key=key,
        lane=lane,
        message=Message(key),
        kind="test",
        now=NOON,
        not_before=not_before,
        expires_at=expires_at,
        on_doubt=on_doubt,
    )


async def _next(store: Store, *, now: datetime = NOON, **options: Any) -> list[str]:  # noqa: ANN401
    async with store.read() as tx:
        heads = await outbox.heads(tx, now=now, limit=options.pop("limit", 10), **options)
        keys = sa.select(schema.outbox.c.id, schema.outbox.c.key)
        names = {row.id: row.key for row in await tx.connection.execute(keys)}
    return [names[head.id] for head in heads]


async def _claim_next(store: Store) -> outbox.Claimed:
    async with store.write() as tx:
        head = (await outbox.heads(tx, now=NOON, limit=1))[0]
        claimed = await outbox.claim(tx, head.id)
    assert claimed is not None
    return claimed


async def _rows(store: Store) -> list[tuple[str, bool]]:
    async with store.read() as tx:
        found = await tx.connection.execute(
            sa.select(schema.outbox.c.state, schema.outbox.c.payload_sealed).order_by(
                schema.outbox.c.id
            )
        )
        return [(row.state, row.payload_sealed is not None) for row in found]


async def test_a_key_is_sent_once_whoever_enqueues_it_again(store: Store) -> None:
    alice, beat = await _people(store, 1, 2)
    async with store.write() as tx:
        assert await _put(tx, alice, "answer:7")
        assert not await _put(tx, beat, "answer:7")
    assert await _next(store) == ["answer:7"]


async def test_the_message_comes_back_as_it_was_and_lies_sealed(store: Store) -> None:
    (alice,) = await _people(store, 1)
    message = Message(
        "Bonjour <b>Jeanne</b>",
        buttons=((Button("Oui", "q:1"),),),
        attachment=Attachment("a.json", b"\x00\xff"),
    )
    async with store.write() as tx:
        await outbox.enqueue(
            tx, contact_id=alice, key="k", lane=Lane.REPLY, message=message, kind="k", now=NOON
        )
        sealed = await tx.connection.scalar(sa.select(schema.outbox.c.payload_sealed))
    assert sealed is not None
    assert b"Jeanne" not in sealed
    assert (await _claim_next(store)).message == message


async def test_urgent_first_and_one_after_the_other_for_each_contact(store: Store) -> None:
    alice, beat = await _people(store, 1, 2)
    async with store.write() as tx:
        await _put(tx, alice, "a broadcast", lane=Lane.BROADCAST)
        await _put(tx, beat, "b reminder", lane=Lane.REMINDER)
        await _put(tx, alice, "a first")
        await _put(tx, alice, "a second")
    assert await _next(store) == ["a first", "b reminder"]
    assert await _next(store, passing_over={alice}) == ["b reminder"]
    first = await _claim_next(store)
    assert await _next(store) == ["b reminder"]
    async with store.write() as tx:
        await outbox.sent(tx, first.id, message_id=5, now=NOON)
    assert await _next(store) == ["a second", "b reminder"]


async def test_what_is_not_due_yet_neither_leaves_nor_stands_in_the_way(store: Store) -> None:
    (alice,) = await _people(store, 1)
    async with store.write() as tx:
        await _put(tx, alice, "tomorrow", not_before=NOON + MINUTE)
        await _put(tx, alice, "news", lane=Lane.BROADCAST)
    assert await _next(store) == ["news"]
    assert await _next(store, now=NOON + MINUTE) == ["tomorrow"]


async def test_a_message_is_claimed_once(store: Store) -> None:
    (alice,) = await _people(store, 1)
    async with store.write() as tx:
        await _put(tx, alice, "once")
    claimed = await _claim_next(store)
    async with store.write() as tx:
        assert await outbox.claim(tx, claimed.id) is None


async def test_every_end_erases_the_words(store: Store) -> None:
    people = await _people(store, *range(1, 8))
    async with store.write() as tx:
        for number, person in enumerate(people):
            late = NOON if number == 4 else None
            await _put(tx, person, f"campaign:{number}", expires_at=late)
    for _ in range(3):
        claimed = await _claim_next(store)
        async with store.write() as tx:
            match claimed.message.text:
                case "campaign:0":
                    await outbox.sent(tx, claimed.id, message_id=9, now=NOON)
                case "campaign:1":
                    await outbox.ended(tx, claimed.id, "failed", now=NOON, error="Bad")
                case _:
                    await outbox.ended(tx, claimed.id, "unknown", now=NOON)
    async with store.write() as tx:
        assert await outbox.unreachable(tx, people[3], now=NOON) == 1
        assert await outbox.expire(tx, now=NOON) == 1
        assert await outbox.cancel(tx, "campaign:5", now=NOON) == 1
    ends = ["sent", "failed", "unknown", "unreachable", "expired", "cancelled"]
    assert await _rows(store) == [*((end, False) for end in ends), ("queued", True)]
    async with store.read() as tx:
        assert await outbox.counts(tx) == {**dict.fromkeys(ends, 1), "queued": 1}
        assert await outbox.counts(tx, key_prefix="campaign:0") == {"sent": 1}


async def test_what_a_dead_process_left_is_repeated_or_left_unknown(store: Store) -> None:
    alice, beat = await _people(store, 1, 2)
    async with store.write() as tx:
        await _put(tx, alice, "receipt")
        await _put(tx, beat, "poll result", on_doubt="drop")
    for _ in range(2):
        await _claim_next(store)
    async with store.write() as tx:
        assert await outbox.recover(tx, now=NOON) == 2
    assert await _rows(store) == [("queued", True), ("unknown", False)]
    assert (await _claim_next(store)).doubted


async def test_a_try_goes_back_to_its_place_and_counts_if_it_should(store: Store) -> None:
    (alice,) = await _people(store, 1)
    async with store.write() as tx:
        await _put(tx, alice, "first")
        await _put(tx, alice, "second")
    for counted in (True, False):
        claimed = await _claim_next(store)
        async with store.write() as tx:
            await outbox.again(tx, claimed.id, counted=counted, doubted=False, error="Bad Gateway")
    last = await _claim_next(store)
    assert (last.message.text, last.attempts, last.doubted) == ("first", 1, False)


async def test_the_oldest_due_message_is_known_and_old_shells_go(store: Store) -> None:
    alice, beat = await _people(store, 1, 2)
    async with store.write() as tx:
        assert await outbox.oldest_due(tx, now=NOON) is None
        await _put(tx, alice, "late", not_before=NOON - MINUTE)
        await _put(tx, beat, "later", not_before=NOON + MINUTE)
        assert await outbox.oldest_due(tx, now=NOON) == NOON - MINUTE
        await outbox.unreachable(tx, alice, now=NOON)
        assert await outbox.purge(tx, now=NOON + timedelta(days=30)) == 0
        assert await outbox.purge(tx, now=NOON + timedelta(days=31)) == 1
    assert await _rows(store) == [("queued", True)]


async def test_erasing_a_person_takes_their_messages_along(store: Store) -> None:
    alice, beat = await _people(store, 1, 2)
    async with store.write() as tx:
        await _put(tx, alice, "for alice")
        await _put(tx, beat, "for beat")
        await contacts.forget(tx, alice)
    assert await _next(store) == ["for beat"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_queue_is_found_through_its_partial_indexes(store: Store) -> None:
    statements: list[str] = []

    async with store.read() as tx:

        def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
            statements.append(statement)

        sa.event.listen(tx.connection.sync_connection, "before_cursor_execute", note)
        await outbox.heads(tx, now=NOON, limit=10)
        await outbox.oldest_due(tx, now=NOON)
        plans = [
            [
                str(row.detail)
                for row in await tx.connection.exec_driver_sql(
                    f"EXPLAIN QUERY PLAN {statement}", ("x",) * statement.count("?")
                )
            ]
            for statement in statements[:2]
        ]
    assert "ix_outbox_queued" in plans[0][0]
    assert any("ix_outbox_live" in line and "contact_id=?" in line for line in plans[0])
    assert "ix_outbox_live" in plans[1][0]
