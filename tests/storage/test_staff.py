"""The team: one role at a time, one use per invitation, nobody forgotten who works here."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from bot.domain.roles import Role, Staff
from storage import contacts, residents, staff
from storage.store import Store, Tx

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


async def _person(tx: Tx, number: int) -> str:
    return await contacts.meet(tx, number, kind="person", now=NOON)


async def test_a_person_has_one_role_until_they_leave(store: Store) -> None:
    async with store.write() as tx:
        ada, bea = await _person(tx, 1), await _person(tx, 2)
        assert await staff.of(tx, ada) is None
        animator = Staff(ada, Role.ANIMATOR, "mett", NOON)
        await staff.appoint(tx, animator, invited_by=None)
        assert await staff.of(tx, ada) == animator
        coordinator = Staff(ada, Role.COORDINATOR, None, NOON + DAY)
        await staff.appoint(tx, coordinator, invited_by=bea)
        await staff.appoint(tx, Staff(bea, Role.ANIMATOR, None, NOON), invited_by=ada)
        assert await staff.of(tx, ada) == coordinator
        assert [member.contact_id for member in await staff.everyone(tx)] == [ada, bea]
        await staff.dismiss(tx, ada, NOON + 2 * DAY)
        await staff.dismiss(tx, ada, NOON + 3 * DAY)
        assert await staff.of(tx, ada) is None
        assert [member.contact_id for member in await staff.everyone(tx)] == [bea]


async def test_an_invitation_works_once_within_its_day(store: Store) -> None:
    async with store.write() as tx:
        ada = await _person(tx, 1)
        for token in ("one", "old"):
            await staff.invite(
                tx,
                token_hash=token,
                role=Role.ANIMATOR,
                centre="mett",
                now=NOON,
                expires_at=NOON + DAY,
            )
        late = await staff.redeem(tx, token_hash="old", contact_id=ada, now=NOON + DAY)
        unknown = await staff.redeem(tx, token_hash="none", contact_id=ada, now=NOON)
        first = await staff.redeem(tx, token_hash="one", contact_id=ada, now=NOON)
        second = await staff.redeem(tx, token_hash="one", contact_id=ada, now=NOON)
    assert (late, unknown, first, second) == (None, None, (Role.ANIMATOR, "mett"), None)


async def test_of_ten_people_with_one_link_one_gets_in(store: Store) -> None:
    async with store.write() as tx:
        people = [await _person(tx, number) for number in range(10)]
        await staff.invite(
            tx,
            token_hash="one",
            role=Role.COORDINATOR,
            centre=None,
            now=NOON,
            expires_at=NOON + DAY,
        )

    async def redeem(person: str) -> object:
        async with store.write() as tx:
            return await staff.redeem(tx, token_hash="one", contact_id=person, now=NOON)

    outcomes = await asyncio.gather(*(redeem(person) for person in people))
    assert sorted(outcomes, key=str) == [(Role.COORDINATOR, None)] + [None] * 9


async def test_who_is_long_gone_is_forgotten_unless_they_work_here(store: Store) -> None:
    async with store.write() as tx:
        people = [await _person(tx, number) for number in range(3)]
        for days, person in enumerate(people):
            await residents.welcome(tx, person, language="fr", now=NOON + days * DAY)
        await staff.appoint(tx, Staff(people[0], Role.ANIMATOR, None, NOON), invited_by=None)
        assert await residents.forgotten_before(tx, NOON + 2 * DAY) == [people[1]]
        await staff.dismiss(tx, people[0], NOON)
        assert await residents.forgotten_before(tx, NOON + 2 * DAY) == people[:2]
        assert await residents.count(tx) == 3
