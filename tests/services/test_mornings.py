"""What waits, told each working morning to whoever wants it; on both engines."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.clock import Clock
from bot.domain.errors import NotAllowedError
from bot.domain.roles import Role
from storage import staff
from storage.store import Store
from tests.contributing import House

ADA, CLARA, DORA = 101, 103, 104


@pytest.fixture
def house(store: Store, clock: Clock) -> House:
    return House(store, clock)


async def test_it_comes_once_each_working_morning_and_only_to_whoever_wants_it(
    house: House,
) -> None:
    ada, clara = await house.resident(ADA), await house.member(CLARA, Role.COORDINATOR)
    await house.member(DORA, Role.ANIMATOR)
    await house.sent(ada)
    assert await house.mornings.send_due() == 0
    with pytest.raises(NotAllowedError):
        await house.mornings.wish(house.cause(), ada, wanted=True)

    await house.mornings.wish(house.cause(), clara, wanted=True)
    assert await house.mornings.wished(clara)
    sent: list[str] = []
    for _ in range(24 * 6):  # from Wednesday at ten to Tuesday at nine
        sent += [f"{house.clock.local():%a %H}"] * await house.mornings.send_due()
        house.clock.offset += timedelta(hours=1)
    assert sent == ["Wed 10", "Thu 08", "Fri 08", "Mon 08", "Tue 08"]
    assert {note.to for note in await house.outbox("c:morning:")} == {clara.contact_id}

    await house.mornings.wish(house.cause(), clara, wanted=False)
    assert await house.mornings.send_due() == 0


async def test_nothing_waiting_and_no_team_any_more_means_no_message(house: House) -> None:
    clara, dora = [await house.member(n, Role.COORDINATOR) for n in (CLARA, DORA)]
    await house.mornings.wish(house.cause(), clara, wanted=True)
    assert await house.mornings.send_due() == 0
    await house.mornings.wish(house.cause(), dora, wanted=True)
    await house.sent(await house.resident(ADA))
    async with house.store.write() as tx:
        await staff.dismiss(tx, dora.contact_id, house.clock.now())
    assert await house.mornings.send_due() == 0
    assert not await house.mornings.wished(dora)
