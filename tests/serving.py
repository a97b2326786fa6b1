"""The bot as in earnest, beside a test: started, stopped, and started anew on the same database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

from bot.app import App
from bot.archive import Archive, open_archive
from bot.domain.pacing import Limits
from bot.settings import Settings
from storage.sealing import Keyring


@dataclass
class House:
    """The bot itself, which can be stopped and started while its town goes on."""

    settings: Settings
    keyring: Keyring
    limits: Limits | None = None
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def open(self) -> tuple[Archive, App]:
        """Open the database and start the bot on it."""
        archive = await self.stack.enter_async_context(open_archive(self.settings, self.keyring))
        return archive, await self.stack.enter_async_context(
            serving(self.settings, archive, self.limits)
        )

    async def close(self) -> None:
        """Stop the bot and close the database."""
        await self.stack.aclose()


@asynccontextmanager
async def serving(
    settings: Settings, archive: Archive, limits: Limits | None = None
) -> AsyncIterator[App]:
    """Run the bot beside the test, and stop it as SIGTERM would."""
    app, stop = App(settings, archive, limits=limits), asyncio.Event()
    async with asyncio.TaskGroup() as group:
        running_app = group.create_task(app.run(stop))
        waiting = group.create_task(app.ready.wait())
        await asyncio.wait({running_app, waiting}, return_when=asyncio.FIRST_COMPLETED)
        try:
            yield app
        finally:
            waiting.cancel()
            stop.set()
