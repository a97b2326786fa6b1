"""Open questions: asked by residents, waiting for the team, answered once."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from bot.domain.localized import Localized
from bot.domain.questions import OpenQuestion, QuestionState
from storage.columns import AnyRow, literal
from storage.schema import open_question as table
from storage.store import Tx

_OPEN = table.c.state == literal(QuestionState.OPEN.value)


async def ask(
    tx: Tx, *, contact_id: str, language: str, text: str, now: datetime, urgent: bool = False
) -> int:
    """Pass a question to the team and return its number."""
    asked = await tx.connection.execute(
        sa.insert(table)
        .values(
            contact_id=contact_id,
            language=language,
            text=text,
            state=QuestionState.OPEN.value,
            asked_at=now,
            urgent=urgent,
        )
        .returning(table.c.id)
    )
    return int(asked.scalar_one())


async def get(tx: Tx, number: int) -> OpenQuestion | None:
    """Return the question with this number; when writing, nobody else decides on it meanwhile."""
    found = await tx.connection.execute(tx.locked(sa.select(table).where(table.c.id == number)))
    row = found.one_or_none()
    return None if row is None else _question(row)


async def waiting(tx: Tx, *, limit: int, offset: int = 0) -> list[OpenQuestion]:
    """Return the questions that wait for an answer: the urgent ones, then the oldest first."""
    order = (table.c.urgent.desc(), table.c.id)
    found = await tx.connection.execute(
        sa.select(table).where(_OPEN).order_by(*order).limit(limit).offset(offset)
    )
    return [_question(row) for row in found]


async def count_waiting(tx: Tx) -> int:
    """Return how many questions wait for an answer."""
    found = await tx.connection.execute(sa.select(sa.func.count()).select_from(table).where(_OPEN))
    return int(found.scalar_one())


async def same_text(tx: Tx, contact_id: str, text: str, since: datetime) -> int | None:
    """Return the number under which the person asked just this since then, and still waits."""
    found = await tx.connection.execute(
        sa.select(table.c.id)
        .where(
            table.c.contact_id == contact_id,
            table.c.text == text,
            table.c.asked_at >= since,
            _OPEN,
        )
        .order_by(table.c.id)
        .limit(1)
    )
    return found.scalar_one_or_none()


async def count_since(tx: Tx, contact_id: str, since: datetime) -> int:
    """Return how many questions the person has asked since then, whatever became of them."""
    found = await tx.connection.execute(
        sa.select(sa.func.count())
        .select_from(table)
        .where(table.c.contact_id == contact_id, table.c.asked_at >= since)
    )
    return int(found.scalar_one())


async def of(tx: Tx, contact_id: str, *, limit: int) -> list[OpenQuestion]:
    """Return what the person asked, the youngest first."""
    found = await tx.connection.execute(
        sa.select(table)
        .where(table.c.contact_id == contact_id)
        .order_by(table.c.id.desc())
        .limit(limit)
    )
    return [_question(row) for row in found]


async def with_answer(tx: Tx, question: OpenQuestion) -> list[OpenQuestion]:
    """Return all questions that were answered together with this one, itself included."""
    if question.group is None:
        return [question]
    found = await tx.connection.execute(
        tx.locked(sa.select(table).where(table.c.answer_group == question.group))
    )
    return sorted((_question(row) for row in found), key=lambda each: each.number)


async def answer(
    tx: Tx, number: int, *, answer: Localized | None, by: str, now: datetime, group: int
) -> bool:
    """Answer the question; False if it no longer waits.

    Without an `answer` of its own an entry of the directory was sent; see `attach`. `group` is the
    number of the first question that gets this very answer.
    """
    return await _close(
        tx,
        number,
        {
            "state": QuestionState.ANSWERED.value,
            "answer": answer,
            "answered_by": by,
            "answered_at": now,
            "answer_group": group,
        },
    )


async def attach(tx: Tx, number: int, entry_id: str | None) -> None:
    """Remember the directory entry that the answer has become, or that it is none any more."""
    await tx.connection.execute(
        sa.update(table).where(table.c.id == number).values(entry_id=entry_id)
    )


async def withdraw(tx: Tx, number: int, now: datetime) -> bool:
    """Close the question without an answer and erase its words; False if it no longer waits."""
    return await _close(
        tx, number, {"state": QuestionState.WITHDRAWN.value, "text": "", "answered_at": now}
    )


async def withdraw_all_of(tx: Tx, contact_id: str, now: datetime) -> None:
    """Close all that the person still waits for."""
    await tx.connection.execute(
        sa.update(table)
        .where(table.c.contact_id == contact_id, _OPEN)
        .values(state=QuestionState.WITHDRAWN.value, text="", answered_at=now)
    )


async def _close(tx: Tx, number: int, values: dict[str, object]) -> bool:
    closed = await tx.connection.execute(
        sa.update(table).where(table.c.id == number, _OPEN).values(values)
    )
    return closed.rowcount > 0


def _question(row: AnyRow) -> OpenQuestion:
    return OpenQuestion(
        number=row.id,
        contact_id=row.contact_id,
        language=row.language,
        text=row.text,
        state=QuestionState(row.state),
        asked_at=row.asked_at,
        answered_at=row.answered_at,
        answered_by=row.answered_by,
        answer=row.answer,
        entry_id=row.entry_id,
        group=row.answer_group,
        urgent=row.urgent,
    )
