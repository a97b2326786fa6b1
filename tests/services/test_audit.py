"""The audit: every line sealed to the one before, true after an erasure, false after a forgery."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from bot.clock import Clock
from bot.domain.errors import NotAllowedError
from bot.domain.residents import Resident
from bot.domain.roles import Role, Staff
from bot.services.audit import ON_PAGE, Audit, record
from storage import audit as rows
from storage import contacts, privacy, residents, schema, staff
from storage.store import Store

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


async def member(store: Store, number: int, role: Role) -> tuple[Resident, Staff]:
    """Return somebody of the team."""
    async with store.write() as tx:
        contact = await contacts.meet(tx, number, kind="person", now=NOON)
        person = await residents.welcome(tx, contact, language="fr", now=NOON)
        appointed = Staff(contact, role, None, NOON)
        await staff.appoint(tx, appointed, invited_by=None)
    return person, appointed


async def acts(store: Store, by: Staff, about: str, times: int) -> None:
    """Write so many lines."""
    for number in range(times):
        async with store.write() as tx:
            await record(tx, "team.removed", now=NOON, by=by, about=about, subject=str(number))


async def test_a_line_that_is_changed_taken_out_or_cut_off_is_found(
    store: Store, clock: Clock
) -> None:
    _, reto = await member(store, 1, Role.COORDINATOR)
    _, other = await member(store, 2, Role.ANIMATOR)
    await acts(store, reto, other.contact_id, 5)
    audit, table = Audit(store, clock), schema.audit
    assert (await audit.verify()).broken is None

    async def after(statement: sa.Update | sa.Delete) -> int | None:
        """Return what is found once somebody has tampered, and undo it."""
        async with store.write() as tx:
            await tx.connection.execute(statement)
            broken = (await rows.verify(tx)).broken
            await tx.connection.rollback()
        return broken

    change, third = sa.update(table), table.c.id == 3
    assert await after(change.where(third).values(subject="another")) == 3
    assert await after(change.where(third).values(details={"n": 1})) == 3
    assert await after(change.where(third).values(role="")) == 3
    assert await after(change.where(third).values(actor=other.contact_id)) == 3
    assert await after(change.where(third).values(about=reto.contact_id)) == 3
    assert await after(sa.delete(table).where(third)) == 3
    assert await after(sa.delete(table).where(table.c.id == 5)) == 5
    assert await after(sa.delete(table)) == 1
    assert (await audit.verify()).entries == 5


async def test_an_erased_person_leaves_a_chain_that_holds_and_no_name(
    store: Store, clock: Clock
) -> None:
    _, reto = await member(store, 1, Role.COORDINATOR)
    _, other = await member(store, 2, Role.ANIMATOR)
    await acts(store, reto, other.contact_id, 2)
    audit = Audit(store, clock)
    before = await audit.verify()
    for person in (other.contact_id, reto.contact_id):
        async with store.write() as tx:
            await privacy.erase(tx, person, NOON)
    assert await audit.verify() == before
    lines = [entry async for entry in audit.everything()]
    assert [(line.actor, line.about, line.role) for line in lines] == [
        (None, None, "coordinator")
    ] * 2
    async with store.read() as tx:
        rows = (await tx.connection.execute(sa.select(schema.audit))).all()
    assert reto.contact_id not in repr(rows)
    assert [row.actor_salt for row in rows] == [None, None]


async def test_lines_written_at_once_stand_one_behind_the_other(store: Store, clock: Clock) -> None:
    _, reto = await member(store, 1, Role.COORDINATOR)
    await asyncio.gather(*(acts(store, reto, reto.contact_id, 3) for _ in range(4)))
    verdict = await Audit(store, clock).verify()
    assert (verdict.entries, verdict.broken) == (12, None)


async def test_an_act_that_is_undone_is_not_in_it(store: Store, clock: Clock) -> None:
    _, reto = await member(store, 1, Role.COORDINATOR)
    async with store.write() as tx:
        await record(tx, "data.exported", now=NOON, by=reto)
        await tx.connection.rollback()
    assert (await Audit(store, clock).verify()).entries == 0


async def test_coordinators_read_it_by_page_and_topic(store: Store, clock: Clock) -> None:
    boss, reto = await member(store, 1, Role.COORDINATOR)
    samira, _ = await member(store, 2, Role.ANIMATOR)
    await acts(store, reto, samira.contact_id, ON_PAGE + 1)
    async with store.write() as tx:
        await record(tx, "data.erased", now=NOON)
    audit = Audit(store, clock)
    lines, many = await audit.page(boss, 0, None)
    assert (len(lines), many, lines[0].action) == (ON_PAGE, ON_PAGE + 2, "data.erased")
    lines, many = await audit.page(boss, 1, "team")
    assert ([line.subject for line in lines], many) == (["0"], ON_PAGE + 1)
    with pytest.raises(NotAllowedError):
        await audit.page(samira, 0, None)
