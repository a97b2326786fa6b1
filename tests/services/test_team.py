"""The team's rules where two people act at once, on both engines."""

from __future__ import annotations

import asyncio

import pytest

from bot.clock import Clock
from bot.domain.causes import Cause
from bot.domain.errors import OutdatedError, RefusedError
from bot.domain.residents import Resident
from bot.domain.roles import Role
from bot.services.residents import Residents
from bot.services.team import Team
from storage import staff
from storage.store import Store


async def member(store: Store, clock: Clock, number: int, role: Role) -> Resident:
    person = await Residents(store, clock).meet(number, "fr")
    team = Team(store, clock)
    await team.join(Cause(number), person, await team.invite(role, None))
    return person


async def coordinators(store: Store) -> list[str]:
    async with store.read() as tx:
        team = await staff.everyone(tx)
    return [each.contact_id for each in team if each.role is Role.COORDINATOR]


async def test_two_coordinators_who_leave_at_once_do_not_leave_the_town_alone(
    store: Store, clock: Clock
) -> None:
    one = await member(store, clock, 1, Role.COORDINATOR)
    two = await member(store, clock, 2, Role.COORDINATOR)
    team = Team(store, clock)

    ends = await asyncio.gather(
        team.leave(Cause(11), one), team.leave(Cause(12), two), return_exceptions=True
    )

    assert len([end for end in ends if isinstance(end, RefusedError)]) == 1
    assert len(await coordinators(store)) == 1


async def test_two_coordinators_who_remove_each_other_leave_one(store: Store, clock: Clock) -> None:
    one = await member(store, clock, 1, Role.COORDINATOR)
    two = await member(store, clock, 2, Role.COORDINATOR)
    team = Team(store, clock)

    ends = await asyncio.gather(
        team.remove(Cause(11), one, two.contact_id),
        team.remove(Cause(12), two, one.contact_id),
        return_exceptions=True,
    )

    assert len([end for end in ends if isinstance(end, RefusedError)]) == 1
    assert len(await coordinators(store)) == 1


async def test_nobody_removes_themselves(store: Store, clock: Clock) -> None:
    boss = await member(store, clock, 1, Role.COORDINATOR)

    with pytest.raises(OutdatedError):
        await Team(store, clock).remove(Cause(11), boss, boss.contact_id)

    assert await coordinators(store) == [boss.contact_id]


async def test_a_coordinator_who_tries_an_invitation_stays_one_and_it_stays_good(
    store: Store, clock: Clock
) -> None:
    boss = await member(store, clock, 1, Role.COORDINATOR)
    newcomer = await Residents(store, clock).meet(2, "de")
    team = Team(store, clock)
    payload = await team.invite(Role.ANIMATOR, "mett")

    assert (await team.join(Cause(11), boss, payload)).role is Role.COORDINATOR
    joined = await team.join(Cause(12), newcomer, payload)

    assert (joined.role, joined.centre) == (Role.ANIMATOR, "mett")
    assert await coordinators(store) == [boss.contact_id]
