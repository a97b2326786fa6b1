"""Contacts: one pseudonym per chat, no Telegram id in the open, groups that move keep their name."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.domain.conversations import Conversation
from storage import contacts, conversations, residents, schema
from storage.store import Store

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
GROUP, SUPERGROUP = -4_077_123, -(2**52)


@pytest.mark.parametrize("number", [1, 2**32, 2**52, -1, -(2**52)])
async def test_a_chat_gets_one_random_name_and_is_found_by_it(store: Store, number: int) -> None:
    async with store.write() as tx:
        assert await contacts.find(tx, number) is None
        name = await contacts.meet(tx, number, kind="person", now=NOON)
        assert await contacts.meet(tx, number, kind="person", now=NOON) == name
    async with store.read() as tx:
        assert await contacts.find(tx, number) == name
        assert await contacts.telegram_id(tx, name) == number
        row = (await tx.connection.execute(sa.select(schema.contact))).one()
    assert name.startswith("R-")
    assert str(abs(number)).encode() not in row.telegram_sealed or number in {1, -1}


async def test_people_who_meet_at_the_same_moment_get_one_name_each(store: Store) -> None:
    async def meet(number: int) -> str:
        async with store.write() as tx:
            return await contacts.meet(tx, number, kind="person", now=NOON)

    names = await asyncio.gather(*(meet(number % 5) for number in range(30)))
    assert len(set(names)) == 5
    assert names[:5] == names[5:10]


async def test_a_forgotten_contact_is_gone_and_met_anew(store: Store) -> None:
    async with store.write() as tx:
        before = await contacts.meet(tx, 7, kind="person", now=NOON)
        await contacts.forget(tx, before)
        assert await contacts.find(tx, 7) is None
        assert await contacts.telegram_id(tx, before) is None
        assert await contacts.meet(tx, 7, kind="person", now=NOON) != before


async def test_a_group_that_moves_keeps_its_name(store: Store) -> None:
    async with store.write() as tx:
        group = await contacts.meet(tx, GROUP, kind="group", now=NOON)
        await contacts.follow(tx, old=GROUP, new=SUPERGROUP)
        await contacts.follow(tx, old=GROUP, new=SUPERGROUP)
        assert group.startswith("G-")
        assert await contacts.find(tx, SUPERGROUP) == group
        assert await contacts.find(tx, GROUP) is None
        assert await contacts.telegram_id(tx, group) == SUPERGROUP


async def test_what_a_group_did_under_its_new_id_joins_the_old_name(store: Store) -> None:
    async with store.write() as tx:
        person = await contacts.meet(tx, 7, kind="person", now=NOON)
        group = await contacts.meet(tx, GROUP, kind="group", now=NOON)
        newer = await contacts.meet(tx, SUPERGROUP, kind="group", now=NOON)
        for name, language in ((group, "de"), (newer, "fr")):
            await residents.welcome(tx, name, language=language, now=NOON)
        await conversations.put(
            tx, Conversation("ask", "1"), chat=newer, person=person, expires_at=NOON
        )
        await tx.connection.execute(
            sa.insert(schema.consent).values(
                contact_id=newer, purpose="x", version=1, language="fr", granted=True, at=NOON
            )
        )
        await contacts.follow(tx, old=GROUP, new=SUPERGROUP)
        await contacts.follow(tx, old=GROUP, new=SUPERGROUP)
        assert await contacts.find(tx, SUPERGROUP) == group
        resident = await residents.find(tx, group)
        consents = await tx.connection.execute(sa.select(schema.consent.c.contact_id))
        assert consents.scalars().all() == [group]
        assert await residents.count(tx) == 1
    assert resident is not None
    assert resident.language == "de"


async def test_a_move_between_strangers_changes_nothing(store: Store) -> None:
    async with store.write() as tx:
        await contacts.follow(tx, old=GROUP, new=SUPERGROUP)
        assert await contacts.find(tx, SUPERGROUP) is None


async def test_a_resident_is_found_by_who_writes(store: Store) -> None:
    async with store.write() as tx:
        name = await contacts.meet(tx, 2**52, kind="person", now=NOON)
        assert await residents.by_telegram_id(tx, 2**52) is None
        welcomed = await residents.welcome(tx, name, language="fr", now=NOON)
        again = await residents.welcome(tx, name, language="de", now=NOON + timedelta(days=1))
        assert again == welcomed
    async with store.read() as tx:
        assert await residents.by_telegram_id(tx, 2**52) == welcomed
        assert await residents.find(tx, name) == welcomed
        assert await residents.by_telegram_id(tx, 1) is None


async def test_a_resident_changes_language_neighbourhood_and_reach(store: Store) -> None:
    async with store.write() as tx:
        name = await contacts.meet(tx, 7, kind="person", now=NOON)
        await residents.welcome(tx, name, language="fr", now=NOON)
        await residents.change(tx, name, language="de", language_chosen=True, neighbourhood="mett")
        await residents.retire(tx, name)
        resident = await residents.find(tx, name)
        assert resident is not None
        assert (resident.language, resident.language_chosen) == ("de", True)
        assert (resident.neighbourhood, resident.reachable) == ("mett", False)
        await residents.revive(tx, name)
        resident = await residents.find(tx, name)
    assert resident is not None
    assert resident.reachable


async def test_being_seen_is_written_once_a_day(store: Store) -> None:
    async def seen_at(after: timedelta) -> datetime:
        async with store.write() as tx:
            await residents.seen(tx, name, NOON + after)
            resident = await residents.find(tx, name)
        assert resident is not None
        return resident.seen_at

    async with store.write() as tx:
        name = await contacts.meet(tx, 7, kind="person", now=NOON)
        await residents.welcome(tx, name, language="fr", now=NOON)
    assert await seen_at(timedelta(hours=23)) == NOON
    assert await seen_at(timedelta(hours=25)) == NOON + timedelta(hours=25)
