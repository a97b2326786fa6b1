"""What was shown last waits in memory and in one sealed row; whoever is erased leaves none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from bot.answers.answer import Context
from bot.clock import Clock
from bot.domain.residents import Resident
from bot.services.contexts import KEPT, Contexts
from storage import contacts, privacy, residents, schema, updates
from storage.store import Store

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
SHOWN = Context("fr", ("svc-ludothek",))


async def met(store: Store, number: int = 7123456789) -> Resident:
    async with store.write() as tx:
        contact = await contacts.meet(tx, number, kind="person", now=NOON)
        return await residents.welcome(tx, contact, language="fr", now=NOON)


async def rows(store: Store) -> int:
    async with store.read() as tx:
        found = await tx.connection.execute(sa.select(schema.answer_context.c.contact_id))
        return len(found.all())


async def test_it_is_found_again_after_a_restart_and_gone_after_minutes(store: Store) -> None:
    clock = Clock()
    resident = await met(store)
    before = Contexts(store, clock)
    before.keep(resident, SHOWN)
    async with store.write() as tx:
        await before.save(tx)
    after = Contexts(store, clock)
    await after.load()
    assert after.of(resident) == SHOWN
    clock.offset += KEPT + timedelta(seconds=1)
    assert after.of(resident) == Context("fr")
    async with store.write() as tx:
        assert await updates.purge(tx, clock.now()) == 1
    assert await rows(store) == 0


async def test_a_person_erased_meanwhile_is_left_out(store: Store) -> None:
    contexts = Contexts(store, Clock())
    resident = await met(store)
    contexts.keep(resident, SHOWN)
    async with store.write() as tx:
        await privacy.erase(tx, resident.contact_id, NOON)
        await contexts.save(tx)
    assert await rows(store) == 0


async def test_whoever_changes_their_language_is_answered_in_it(store: Store) -> None:
    contexts = Contexts(store, Clock())
    resident = await met(store)
    contexts.keep(resident, SHOWN)
    async with store.write() as tx:
        await residents.change(tx, resident.contact_id, language="de")
        changed = await residents.find(tx, resident.contact_id)
    assert changed
    assert contexts.of(changed) == Context("de", ("svc-ludothek",))


async def test_the_row_shows_nothing_to_who_reads_the_file(store: Store) -> None:
    contexts = Contexts(store, Clock())
    contexts.keep(await met(store), SHOWN)
    async with store.write() as tx:
        await contexts.save(tx)
        found = await tx.connection.execute(sa.select(schema.answer_context.c.data_sealed))
        assert b"ludothek" not in found.scalar_one()
