"""The town of the tests: the real bot, wired as in earnest, and people with phones in the sandbox.

Only Telegram's far end (the sandbox, over real HTTP) and the clock are replaced; nobody waits between two
messages.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from pydantic import SecretStr
from starlette.applications import Starlette

from bot.app import App
from bot.archive import Archive, open_archive
from bot.domain.pacing import Limits
from bot.domain.roles import Role
from bot.editors import SAMPLE
from bot.settings import Settings
from storage import outbox
from storage.sealing import Keyring
from tests.sandbox.oracle import check_request
from tests.sandbox.server import running
from tests.serving import House
from web.sandbox.app import DEMO_TOKEN, create_sandbox
from web.sandbox.world import World

WEDNESDAY = datetime(2026, 11, 25, 10, 0)  # noqa: DTZ001 - the town's own wall time
_PATIENCE = 20.0

HURRIED = Limits(rate=1000, chat=1000, burst=1000, group=60_000)
"""Stories do not wait a second between two messages; the pace has tests of its own."""

Json = dict[str, Any]


@dataclass
class Neighbour:
    """A person with a phone: says, presses, and sees what the bot answered since."""

    town: Town
    id: int
    name: str
    seen: int = 0

    async def starts(self, payload: str | None = None) -> None:
        """Open the bot, perhaps by a link."""
        await self._does("start", {"payload": payload} if payload else {})

    async def says(self, text: str, *, chat: int | None = None) -> None:
        """Write to the bot, or into a group."""
        await self._does("send", {"chat": chat or self.id, "text": text})

    async def sends(self, **what: object) -> None:
        """Send a photo, a voice message, a place: `photo=True`."""
        await self._does("send", {"chat": self.id, **what})

    async def presses(self, label: str) -> None:
        """Press the newest button that reads (or begins with) `label`."""
        message, button = await self._button(label)
        await self._does("press", {"chat": self.id, "message_id": message, "data": button["data"]})

    async def corrects(self, old: str, new: str) -> None:
        """Edit a message of one's own on the phone."""
        message = next(m for m in await self.messages() if m["mine"] and m["text"] == old)
        await self._does("edit", {"chat": self.id, "message_id": message["id"], "text": new})

    async def presses_twice(self, label: str) -> None:
        """Press a button twice before anything can answer."""
        message, button = await self._button(label)
        press = {"chat": self.id, "message_id": message, "data": button["data"]}
        posts = [self.town.post(f"phones/{self.id}/press", press) for _ in range(2)]
        await asyncio.gather(*posts)
        await self.town.settles()

    async def blocks(self, *, blocked: bool = True) -> None:
        """Block the bot, or let it in again."""
        await self._does("block", {"blocked": blocked})

    async def chooses(self, language: str) -> None:
        """Open the bot and choose a language, as every newcomer does."""
        await self.starts()
        await self.presses({"fr": "Français", "de": "Deutsch"}[language])

    async def sees(self) -> list[str]:
        """Return what the bot has said since the person last did something."""
        return [m["text"] for m in (await self.messages()) if m["id"] > self.seen and not m["mine"]]

    async def last(self) -> str:
        """Return the newest message of the bot as it reads now."""
        return str([m["text"] for m in await self.messages() if not m["mine"]][-1])

    async def buttons(self) -> list[str]:
        """Return the buttons under the newest message that has any."""
        for message in reversed(await self.messages()):
            if message.get("inline"):
                return [button["text"] for row in message["inline"] for button in row]
        return []

    async def keys(self) -> list[str]:
        """Return the words on the fixed keyboard."""
        shown = (await self._phone())["keyboard"]
        return [key["text"] for row in shown["keyboard"] for key in row] if shown else []

    async def messages(self) -> list[Json]:
        """Return the whole chat, oldest first."""
        shown: list[Json] = (await self._phone())["messages"]
        return shown

    async def _phone(self) -> Json:
        shown: Json = plain_spaces(await self.town.get(f"phones/{self.id}/chats/{self.id}"))
        return shown

    async def _button(self, label: str) -> tuple[int, Json]:
        for message in reversed(await self.messages()):
            for row in message.get("inline") or ():
                for button in row:
                    if button["text"].startswith(label):
                        return message["id"], button
        raise AssertionError(
            f"{self.name} sees no button «{label}»; there are: {await self.buttons()}"
        )

    async def _does(self, what: str, body: Json) -> None:
        shown = await self.messages()
        self.seen = shown[-1]["id"] if shown else 0
        await self.town.post(f"phones/{self.id}/{what}", body)
        await self.town.settles()


@dataclass
class Town:
    """The sandbox, the bot and everybody in it."""

    address: str
    world: World
    app: App
    archive: Archive
    http: aiohttp.ClientSession
    house: House
    people: list[Neighbour] = field(default_factory=list)

    @property
    def alice(self) -> Neighbour:
        """Alice Favre, whose phone speaks French."""
        return self.person(1001, "Alice")

    @property
    def beat(self) -> Neighbour:
        """Beat Gerber, whose phone speaks German."""
        return self.person(1002, "Beat")

    @property
    def samira(self) -> Neighbour:
        """Samira Kaya, who becomes an animator when a test invites her."""
        return self.person(2001, "Samira")

    @property
    def reto(self) -> Neighbour:
        """Reto Moser, who becomes a coordinator when a test invites him."""
        return self.person(3001, "Reto")

    def person(self, person_id: int, name: str) -> Neighbour:
        """Return one and the same neighbour each time."""
        known = next((each for each in self.people if each.id == person_id), None)
        if known is None:
            known = Neighbour(self, person_id, name)
            self.people.append(known)
        return known

    async def newcomer(self, name: str, language: str) -> Neighbour:
        """Let somebody new move in, with a phone in their language."""
        who = await self.post("people", {"first_name": name, "language_code": language})
        return self.person(int(who["id"]), name)

    async def join_team(self, who: Neighbour, role: Role, centre: str | None = None) -> None:
        """Have somebody open an invitation to the team."""
        await who.starts(await self.archive.services.team.invite(role, centre))

    async def restarts(self) -> None:
        """Stop the bot as SIGTERM would, and start it anew on the same database."""
        offset = self.archive.clock.offset
        await self.house.close()
        self.archive, self.app = await self.house.open()
        self.archive.clock.offset = offset

    async def passes(self, **time: float) -> None:
        """Let time go by for the bot and for the sandbox."""
        self.archive.clock.offset += timedelta(**time)
        await self.post("clock", {"advance_seconds": timedelta(**time).total_seconds()})

    async def settles(self) -> None:
        """Wait until nothing is on its way any more in either direction."""
        async with asyncio.timeout(_PATIENCE):
            while await self._busy():  # noqa: ASYNC110 - two programs have no event in common
                await asyncio.sleep(0.004)

    async def get(self, path: str) -> Json:
        """Read from the sandbox."""
        async with self.http.get(f"{self.address}/sandbox/{path}") as answer:
            assert answer.status == 200, await answer.text()
            found: Json = await answer.json()
            return found

    async def post(self, path: str, body: Json) -> Json:
        """Write to the sandbox."""
        async with self.http.post(f"{self.address}/sandbox/{path}", json=body) as answer:
            found: Json = await answer.json()
            assert answer.status == 200, found
            return found

    async def calls(self, method: str | None = None) -> list[Json]:
        """Return the requests that the bot made, each checked against the Bot API's facts."""
        made: list[Json] = (await self.get("calls?since=0"))["calls"]
        for call in made:
            check_request(call["method"], call["params"])
        return [call for call in made if method in {None, call["method"]}]

    async def faults(self, *rules: Json, limits: bool = False) -> None:
        """Make the sandbox misbehave."""
        await self.post("faults", {"rules": list(rules), "limits": limits})

    async def _busy(self) -> bool:
        if self.world.updates.count() or self.app.intake.busy:
            return True
        async with self.archive.store.read() as tx:
            states = await outbox.counts(tx)
        return bool(states.get("queued") or states.get("sending"))


@asynccontextmanager
async def open_town(
    database_url: str,
    keyring: Keyring,
    *,
    now: datetime = WEDNESDAY,
    limits: Limits | None = None,
    sandbox: Starlette | None = None,
) -> AsyncIterator[Town]:
    """Run sandbox and bot on a database that holds the sample town; it is `now` when it begins."""
    sandbox = sandbox or create_sandbox()
    async with running(sandbox) as address, aiohttp.ClientSession() as http:
        settings = Settings(
            token=SecretStr(DEMO_TOKEN),
            api_url=address,
            database_url=database_url,
            web_port=0,
            today=now,
        )
        house, world = House(settings, keyring, limits or HURRIED), sandbox.state.world
        try:
            archive, app = await house.open()
            yield await _at(now, Town(address, world, app, archive, http, house))
        finally:
            await house.close()


async def _at(now: datetime, town: Town) -> Town:
    await town.post("clock", {"now": now.isoformat()})
    return town


def plain_spaces(shown: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return what is shown with ordinary spaces: stories are typed on ordinary keyboards."""
    if isinstance(shown, str):
        return shown.replace("\u00a0", " ")
    if isinstance(shown, list):
        return [plain_spaces(each) for each in shown]
    if isinstance(shown, dict):
        return {key: plain_spaces(value) for key, value in shown.items()}
    return shown


def press(person: int, action: str) -> Json:
    """Return the update of a forged or remembered press."""
    return {
        "callback_query": {
            "id": "77",
            "from": {"id": person, "is_bot": False, "first_name": "Mallory"},
            "chat_instance": "1",
            "data": action,
            "message": {"message_id": 1, "date": 0, "chat": {"id": person, "type": "private"}},
        }
    }


KEYRING = Keyring.in_memory()
"""One key for all test towns, so that a prepared database can be copied."""


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file that already holds the sample town."""
    file = tmp_path_factory.mktemp("prepared") / "town.db"
    asyncio.run(_prepare(f"sqlite:///{file}"))
    return file


@pytest_asyncio.fixture
async def town(prepared: Path, tmp_path: Path) -> AsyncIterator[Town]:
    """The sample town with the bot running, on SQLite."""
    file = tmp_path / "town.db"
    shutil.copy(prepared, file)
    async with open_town(f"sqlite:///{file}", KEYRING) as opened:
        yield opened


@pytest_asyncio.fixture
async def any_town(database_url: str) -> AsyncIterator[Town]:
    """The sample town with the bot running, once on each engine."""
    await _prepare(database_url)
    async with open_town(database_url, KEYRING) as opened:
        yield opened


async def _prepare(url: str) -> None:
    settings = Settings(database_url=url, today=WEDNESDAY)
    async with open_archive(settings, KEYRING) as archive:
        await archive.services.directory.import_folder(SAMPLE)
