"""Nobody waits for somebody else: 50 residents, and one slow or refused chat among them."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import pytest_asyncio

from tests.front import soon
from tests.neighbours import KEYRING, Town, open_town
from tests.wire import Passage, watched
from web.sandbox import phones
from web.sandbox.app import create_sandbox
from web.sandbox.people import Person

CROWD = range(7001, 7051)
SLOW = CROWD[0]
OTHERS = CROWD[1:]


@dataclass
class Crowd:
    """A small town with 50 residents more; `gate` holds up messages to the slow one while closed."""

    town: Town
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    async def hold(self, passage: Passage) -> None:
        """Let the slow one's messages wait at the gate, and nothing else."""
        if passage.chat == SLOW and passage.when == "arrives":
            await self.gate.wait()

    def say(self, person: int, text: str) -> None:
        """Let somebody write."""
        world = self.town.world
        phones.send(world, world.people[person], world.chats[person], {"text": text})

    def answers(self, person: int) -> int:
        """Count what the bot has said to somebody."""
        return sum(each.from_bot for each in self.town.world.chats[person].history)

    async def all_others_have(self, number: int) -> None:
        """Wait until everybody but the slow one has so many answers, and none has more."""
        await soon(lambda: all(self.answers(person) >= number for person in OTHERS))
        assert [self.answers(person) for person in OTHERS] == [number] * len(OTHERS)


@pytest_asyncio.fixture
async def crowd(village: Path, tmp_path: Path) -> AsyncIterator[Crowd]:
    """The village with 50 residents and the bot running."""
    file, sandbox = tmp_path / "town.db", create_sandbox()
    shutil.copy(village, file)
    wire = watched(sandbox)
    async with open_town(f"sqlite:///{file}", KEYRING, sandbox=sandbox) as town:
        for number in CROWD:
            town.world.add_person(Person(number, "P", language_code="fr"))
        crowd = Crowd(town)
        wire.watching = crowd.hold
        yield crowd
        crowd.gate.set()


async def test_a_slow_chat_delays_none_of_the_others(crowd: Crowd) -> None:
    for person in CROWD:
        crowd.say(person, "/privacy")

    await crowd.all_others_have(1)
    assert crowd.answers(SLOW) == 0
    crowd.gate.set()
    await soon(lambda: crowd.answers(SLOW) == 1)


@pytest.mark.parametrize("fault", [{"kind": "429", "seconds": 1}, {"kind": "500"}], ids=str)
async def test_a_refused_chat_delays_none_of_the_others(
    crowd: Crowd, fault: dict[str, object]
) -> None:
    crowd.gate.set()
    await crowd.town.faults({**fault, "method": "sendMessage", "chat": SLOW})
    for person in CROWD:
        crowd.say(person, "/privacy")

    await crowd.all_others_have(1)
    refused = [call for call in await crowd.town.calls("sendMessage") if call["chat"] == SLOW]
    assert 1 <= len(refused) <= 4
    await crowd.town.faults()
    crowd.say(SLOW, "/privacy")
    await soon(lambda: crowd.answers(SLOW) >= 1)


async def test_who_writes_much_into_a_slow_chat_does_not_hide_the_others(crowd: Crowd) -> None:
    # Telegram hands out a hundred updates from the first that is not confirmed: were the slow
    # person's second text not confirmed before it is answered, the last of these would not arrive.
    for _ in range(3):
        crowd.say(SLOW, "/privacy")
    for _ in range(3):
        for person in OTHERS:
            crowd.say(person, "/privacy")

    await crowd.all_others_have(3)
    assert crowd.answers(SLOW) == 0
    crowd.gate.set()
    await soon(lambda: crowd.answers(SLOW) == 3)
