"""How evenly messages to many people leave: as fast as allowed, and never faster."""

from __future__ import annotations

import asyncio
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from telegram import Bot

from bench.far_end import TOKEN, FarEnd
from bench.plan import Plan
from bot.clock import Clock
from bot.domain.messages import Message
from bot.domain.pacing import Lane
from bot.metrics import Metrics
from bot.telegram.client import AiohttpRequest
from bot.telegram.delivery import Delivery
from bot.telegram.pacing import Pace
from storage import contacts, outbox
from storage.sealing import Keyring
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Paced:
    """Messages per second over the whole time, and the most in any one second."""

    rate: float
    most: int


async def broadcast(folder: Path, far: FarEnd, *, plan: Plan, rate: int) -> Paced:
    """Send one message to so many people through outbox and postman; return how they arrived."""
    clock, people = Clock(), plan.people[: plan.paced]
    keyring = Keyring.load(folder / "key")
    store = await Store.open(f"sqlite:///{folder / 'town.db'}", keyring, clock=clock)
    try:
        await _owe(store, clock, people)
        async with AiohttpRequest() as request:
            bot = Bot(TOKEN, base_url=f"{far.address}/bot", request=request)
            postman = Delivery(store, bot, pace=Pace(rate), clock=clock, metrics=Metrics())
            return _judged(await _arrivals(postman, far, people))
    finally:
        await store.close()


async def _owe(store: Store, clock: Clock, people: Sequence[int]) -> None:
    now = clock.now()
    async with store.write() as tx:
        for person in people:
            await outbox.enqueue(
                tx,
                contact_id=await contacts.meet(tx, person, kind="person", now=now),
                key=f"bench:{now.timestamp()}:{person}",
                lane=Lane.BROADCAST,
                message=Message("Bonjour"),
                kind="bench",
                now=now,
            )


async def _arrivals(postman: Delivery, far: FarEnd, people: Sequence[int]) -> list[float]:
    stop, first = asyncio.Event(), len(far.arrivals)
    expected = [far.answer_in(person) for person in people]
    async with asyncio.TaskGroup() as group:
        group.create_task(postman.run(stop))
        await asyncio.wait(expected)
        stop.set()
    return far.arrivals[first:]


def _judged(arrivals: list[float]) -> Paced:
    most = max(bisect_left(arrivals, since + 1.0) - nth for nth, since in enumerate(arrivals))
    return Paced((len(arrivals) - 1) / (arrivals[-1] - arrivals[0]), most)
