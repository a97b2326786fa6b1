"""What one message costs our HTTP client and the library's own; the far end is a process of its own.

Only the client's processor time is counted; read the ratio, milliseconds depend on the machine.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram import Bot
from telegram.request import BaseRequest, HTTPXRequest

from bench.far_end import TOKEN, far_end
from bench.programs import ROOT
from bot.telegram.client import AiohttpRequest

CLIENTS: dict[str, type[BaseRequest]] = {"ours": AiohttpRequest, "default": HTTPXRequest}


async def cost(client: str, address: str, *, sends: int, at_once: int) -> float:
    """Return the client's processor milliseconds per message."""
    async with CLIENTS[client]() as request:
        bot = Bot(TOKEN, base_url=f"{address}/bot", request=request)

        async def send_some(number: int) -> None:
            for _ in range(number):
                await bot.send_message(1001, "Bonjour")

        await send_some(20)
        before = time.process_time()
        async with asyncio.TaskGroup() as group:
            for _ in range(at_once):
                group.create_task(send_some(sends // at_once))
        return (time.process_time() - before) * 1000 / (sends // at_once * at_once)


@asynccontextmanager
async def far_process() -> AsyncIterator[str]:
    """Run a far end whose work is not counted as ours; yield its address."""
    command = (sys.executable, "-m", "bench.transport")
    far = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    try:
        assert far.stdout is not None
        yield (await far.stdout.readline()).decode().strip()
    finally:
        far.kill()
        await far.wait()


async def _serve() -> None:
    async with far_end() as far:
        print(far.address, flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve())
