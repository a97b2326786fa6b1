"""The queue's indexes are really used: a state written as a literal, never as a parameter."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from storage import residents
from storage.columns import literal
from storage.schema import contact, open_question, outbox, registration, reminder, roll
from storage.store import Store, Tx

NOON = datetime(2026, 11, 25, 11, tzinfo=UTC)
QUEUED = (
    sa.select(outbox.c.id)
    .where(outbox.c.state == literal("queued"))
    .order_by(outbox.c.lane, outbox.c.id)
)
LIVE = sa.select(outbox.c.id).where(
    outbox.c.contact_id == "R-7K3F9QXP", outbox.c.state.in_([literal("queued"), literal("sending")])
)
DONE = sa.select(outbox.c.id).where(outbox.c.done_at.is_not(None)).order_by(outbox.c.done_at)
WAITING = (
    sa.select(open_question.c.id)
    .where(open_question.c.state == literal("open"))
    .order_by(open_question.c.id)
)
WHO_WRITES = sa.select(contact.c.id).where(contact.c.fingerprint == "ab")

DUE = (
    sa.select(reminder.c.registration_id)
    .where(reminder.c.due_at <= NOON)
    .order_by(reminder.c.due_at, reminder.c.registration_id)
)
OFFERED = sa.select(registration.c.id).where(
    registration.c.state == literal("offered"), registration.c.offered_until <= NOON
)
QUEUES = sa.select(roll.c.id).where(roll.c.waiting > sa.literal_column("0"))


async def plan(tx: Tx, statement: sa.Select[int] | sa.Select[str]) -> str:
    """Return how the engine would run the statement on a large table."""
    postgres = tx.connection.dialect.name == "postgresql"
    if postgres:  # its planner would read an empty table from end to end
        await tx.connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    compiled = statement.compile(
        dialect=tx.connection.dialect, compile_kwargs={"literal_binds": True}
    )
    prefix = "EXPLAIN " if postgres else "EXPLAIN QUERY PLAN "
    rows = (await tx.connection.exec_driver_sql(prefix + str(compiled))).all()
    return " ".join(str(row) for row in rows)


def _listen(tx: Tx) -> list[str]:
    """Return a list that fills with the statements as they reach the database."""
    asked: list[str] = []
    connection = tx.connection.sync_connection
    sa.event.listen(connection, "before_cursor_execute", lambda *told: asked.append(told[2]))
    return asked


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        (QUEUED, "ix_outbox_queued"),
        (LIVE, "ix_outbox_live"),
        (DONE, "ix_outbox_done"),
        (WAITING, "ix_open_question_state"),
        (WHO_WRITES, "contact_fingerprint"),
        (DUE, "ix_reminder_due"),
        (OFFERED, "ix_registration_offered"),
        (QUEUES, "ix_roll_queues"),
    ],
)
async def test_a_question_asked_all_day_has_its_index(
    store: Store, statement: sa.Select[int], index: str
) -> None:
    async with store.write() as tx:
        found = await plan(tx, statement)
    assert index in found or "sqlite_autoindex_contact_2" in found
    assert "TEMP B-TREE" not in found


async def test_a_state_is_written_into_the_statement(store: Store) -> None:
    async with store.read() as tx:
        asked = _listen(tx)
        await tx.connection.execute(QUEUED)
    assert "state = 'queued'" in asked[0]


async def test_who_writes_is_found_by_one_query(store: Store) -> None:
    async with store.read() as tx:
        asked = _listen(tx)
        assert await residents.by_telegram_id(tx, 7) is None
    assert len(asked) == 1
