"""A postman who is killed in the middle of his round loses nothing and repeats next to nothing."""

from __future__ import annotations

import asyncio
import random
import sys
from collections import Counter
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.domain.messages import Message
from bot.domain.pacing import Lane
from storage import contacts, outbox
from storage.sealing import Keyring
from storage.store import Store, migrate
from tests.telegram.far_end import FarEnd, slow
from tests.telegram.postman import CONCURRENCY

CHATS, EACH = range(1, 21), 5
KILLS = 3


async def _fill(store: Store, clock: Clock) -> None:
    async with store.write() as tx:
        for number in range(EACH):
            for chat in CHATS:
                contact = await contacts.meet(tx, chat, kind="person", now=clock.now())
                await outbox.enqueue(
                    tx,
                    contact_id=contact,
                    key=f"{chat}:{number}",
                    lane=Lane.REPLY,
                    message=Message(f"{chat}:{number}"),
                    kind="test",
                    now=clock.now(),
                )


async def _arrivals(far: FarEnd, number: int) -> None:
    async with asyncio.timeout(30):
        while len(far.arrived) < number:  # noqa: ASYNC110 - it looks from outside
            await asyncio.sleep(0.002)


async def _everything_sent(store: Store) -> None:
    async with asyncio.timeout(30):
        while True:
            async with store.read() as tx:
                if await outbox.counts(tx) == {"sent": len(CHATS) * EACH}:
                    return
            await asyncio.sleep(0.05)


@pytest.mark.crash
async def test_kill_minus_nine_loses_nothing_and_repeats_only_what_was_on_the_wire(
    database_url: str, tmp_path: Path, clock: Clock, far: FarEnd
) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")  # noqa: T201 - shown when it fails
    dice = random.Random(seed)
    keyring = Keyring.create(tmp_path / "key")
    await migrate(database_url)
    store = await Store.open(database_url, keyring, clock=clock)
    await _fill(store, clock)
    far.everybody = slow(0.02)
    command = ["-m", "tests.telegram.postman", database_url, str(tmp_path / "key"), far.base_url]
    for _ in range(KILLS):
        postman = await asyncio.create_subprocess_exec(sys.executable, *command)
        await _arrivals(far, len(far.arrived) + dice.randrange(5, 20))
        await asyncio.sleep(dice.random() / 50)
        postman.kill()
        await postman.wait()
    postman = await asyncio.create_subprocess_exec(sys.executable, *command)
    await _everything_sent(store)
    postman.kill()
    await postman.wait()
    await store.close()

    times = Counter(far.texts())
    assert set(times) == {f"{chat}:{number}" for chat in CHATS for number in range(EACH)}
    assert times.total() - len(times) <= KILLS * CONCURRENCY
    for chat in CHATS:
        assert list(dict.fromkeys(far.texts(chat))) == [f"{chat}:{n}" for n in range(EACH)]
