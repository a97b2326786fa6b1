"""A postman in a process of his own, for a test that kills him: `postman.py DATABASE KEY API`."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from telegram import Bot

from bot.clock import Clock
from bot.domain.pacing import Limits
from bot.metrics import Metrics
from bot.telegram.client import AiohttpRequest
from bot.telegram.delivery import Delivery
from bot.telegram.pacing import Pace
from storage.sealing import Keyring
from storage.store import Store
from tests.telegram.far_end import TOKEN

CONCURRENCY = 4


async def _deliver(database: str, key: Path, api: str) -> None:
    clock = Clock()
    store = await Store.open(database, Keyring.load(key), clock=clock)
    request = AiohttpRequest()
    async with request:
        bot = Bot(TOKEN, base_url=api, request=request, get_updates_request=request)
        pace = Pace(limits=Limits(rate=2000, chat=2000))
        delivery = Delivery(
            store, bot, pace=pace, clock=clock, metrics=Metrics(), concurrency=CONCURRENCY
        )
        await delivery.run(asyncio.Event())


if __name__ == "__main__":
    asyncio.run(_deliver(sys.argv[1], Path(sys.argv[2]), sys.argv[3]))
