"""The reception by itself: updates are handed over one by one, replies reach the sandbox unpaced."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from pydantic import SecretStr
from telegram import Bot

from bot.archive import Archive, open_archive
from bot.domain.pacing import Limits
from bot.settings import Settings
from bot.telegram.client import AiohttpRequest
from bot.telegram.desk import Desk
from bot.telegram.ledger import Ledger
from bot.telegram.pacing import Pace
from bot.telegram.reception import PATIENCE, Reception, Tools
from bot.telegram.replies import Replies
from handlers import desk
from storage import updates
from tests.formats.town_files import write_town
from tests.neighbours import KEYRING, WEDNESDAY, Town, open_town
from tests.sandbox.server import running
from web.sandbox.app import DEMO_TOKEN, create_sandbox
from web.sandbox.world import World

UNPACED = Limits(rate=10**6, chat=10**6, burst=10**6, group=10**6)
Json = dict[str, Any]


@dataclass
class Front:
    """A reception over a real database, with the sandbox to speak to."""

    file: Path
    world: World
    archive: Archive
    reception: Reception
    next_id: int = 1000

    async def receive(self, raw: Json) -> bool:
        """Hand over one raw update, numbered unless it is; return whether it was accepted."""
        self.next_id += 1
        raw.setdefault("update_id", self.next_id)
        accepted: list[bool] = []
        await self.reception.receive(raw, lambda: accepted.append(True))
        return bool(accepted)

    async def set_aside(self) -> int:
        """Return how many updates could not be handled and were kept."""
        async with self.archive.store.read() as tx:
            return await updates.aside_count(tx)

    def told(self, person: int) -> list[str]:
        """Return what the bot has said to a person, oldest first."""
        bot = self.world.bot.id
        said = (message.json for message in self.world.chats[person].history)
        return [str(each.get("text", "")) for each in said if each["from"]["id"] == bot]

    def meets(self, person: int) -> None:
        """Let a person have pressed Start, so that the sandbox takes messages for them."""
        self.world.chats[person].started = True


@pytest.fixture(scope="session")
def village(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with a town of three entries: quick to open, where the answer does not matter."""
    folder = tmp_path_factory.mktemp("village")
    with ThreadPoolExecutor(1) as pool:  # whatever loop the tests are in
        pool.submit(asyncio.run, _found(folder)).result()
    return folder / "village.db"


@pytest_asyncio.fixture
async def small_town(village: Path, tmp_path: Path) -> AsyncIterator[Town]:
    """The village with the bot running as in earnest, and room for many messages a second."""
    file = tmp_path / "town.db"
    shutil.copy(village, file)
    async with open_town(f"sqlite:///{file}", KEYRING) as town:
        yield town


async def _found(folder: Path) -> None:
    settings = Settings(database_url=f"sqlite:///{folder / 'village.db'}", today=WEDNESDAY)
    async with open_archive(settings, KEYRING) as archive:
        await archive.services.directory.import_folder(write_town(folder / "files"))


@asynccontextmanager
async def open_front(
    village: Path, folder: Path, *, at: Desk | None = None, patience: float = PATIENCE
) -> AsyncIterator[Front]:
    """Open a reception on a copy of a prepared town, with our front desk or another one."""
    file, sandbox = folder / "front.db", create_sandbox()
    shutil.copy(village, file)
    settings = Settings(
        token=SecretStr(DEMO_TOKEN), database_url=f"sqlite:///{file}", today=WEDNESDAY
    )
    async with running(sandbox) as address, open_archive(settings, KEYRING) as archive:
        bot = Bot(DEMO_TOKEN, base_url=f"{address}/bot", request=AiohttpRequest())
        replies = Replies(bot, Pace(limits=UNPACED), archive.services.residents)
        ledger = Ledger(archive.store, archive.clock)
        tools = Tools(archive.services, archive.store, archive.clock, at or desk(), ledger, replies)
        async with bot:
            reception = Reception(bot, tools, patience=patience)
            yield Front(file, sandbox.state.world, archive, reception)


def text_from(person: int, text: object, **more: object) -> Json:
    """Return the raw update of a private message; what begins with / is a command."""
    if isinstance(text, str) and text.startswith("/"):
        command = {"type": "bot_command", "offset": 0, "length": len(text.split()[0])}
        more = {"entities": [command], **more}
    return {
        "message": {
            "message_id": 1,
            "date": 1_764_000_000,
            "chat": {"id": person, "type": "private", "first_name": "P"},
            "from": {"id": person, "is_bot": False, "first_name": "P", "language_code": "fr"},
            "text": text,
            **more,
        }
    }


async def soon(condition: Any, *, seconds: float = 60.0) -> None:  # noqa: ANN401 - a question
    """Wait until `condition()` holds; nobody announces it."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - there is no event to wait for
            await asyncio.sleep(0.005)
