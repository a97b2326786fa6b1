"""The real command in a process of its own, with the sandbox at its far end: started, read, stopped."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from storage.sealing import Keyring
from tests.formats.town_files import write_town
from tests.front import soon
from tests.sandbox.server import running
from tests.wire import Wire, watched
from web.sandbox import phones
from web.sandbox.app import DEMO_TOKEN, create_sandbox
from web.sandbox.people import Person
from web.sandbox.world import World

ROOT = Path(__file__).resolve().parents[2]
READY = 60.0
"""Seconds a start may take on a machine that does much else."""


def free_port() -> int:
    """Return a port nobody listens on at the moment."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass
class Life:
    """One run of the command."""

    process: asyncio.subprocess.Process
    log: Path
    port: int

    @property
    def said(self) -> str:
        """What it has written so far, on either stream."""
        return self.log.read_text("utf-8", "replace")

    async def stop(self) -> int:
        """Ask it to stop and return its exit code."""
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(30):
            return await self.process.wait()

    async def get(self, path: str) -> tuple[int, str]:
        """Read one of its pages."""
        address = f"http://127.0.0.1:{self.port}{path}"
        async with aiohttp.ClientSession() as http, http.get(address) as answer:
            return answer.status, await answer.text()


@dataclass
class House:
    """A folder with a key and a database, the sandbox, and the people in it."""

    folder: Path
    address: str
    world: World
    wire: Wire
    lives: list[Life] = field(default_factory=list)

    def environment(self, **settings: object) -> dict[str, str]:
        """Return the environment of a sound start, changed by `settings` (None takes one away)."""
        ours = {
            "TOKEN": DEMO_TOKEN,
            "API_URL": self.address,
            "DATABASE_URL": f"sqlite:///{self.folder / 'town.db'}",
            "DIRECTORY": self.folder / "town",
            "KEY_FILE": self.folder / "key",
            "WEB_PORT": 0,
            "TODAY": "2026-11-25T10:00",
            "ALLOW_TEST_CLOCK": 1,
        }
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
        outside = {name: str(settings.pop(name)) for name in ("LANG", "TZ") if name in settings}
        named = {f"QUARTIERBOT_{k}": str(v) for k, v in (ours | settings).items() if v is not None}
        return kept | outside | named | {"PYTHONPATH": str(ROOT)}

    async def start(self, *options: str, **settings: object) -> Life:
        """Start `quartierbot run` and return at once."""
        port = int(str(settings.setdefault("WEB_PORT", free_port())))
        log = self.folder / f"life-{len(self.lives)}.log"
        with log.open("wb") as stream:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "run", *(options or ("--allow-sample",))),
                cwd=self.folder,
                env=self.environment(**settings),
                stdout=stream,
                stderr=stream,
            )
        self.lives.append(Life(process, log, port))
        return self.lives[-1]

    async def ready(self, life: Life, *, polls: int) -> Life:
        """Wait until updates have been asked for so many times in all."""
        await soon(
            lambda: self.wire.counts["getUpdates"] >= polls or life.process.returncode is not None,
            seconds=READY,
        )
        assert life.process.returncode is None, life.said
        return life

    async def polling(self, **settings: object) -> Life:
        """Start the bot and wait until it asks for updates."""
        polls = self.wire.counts["getUpdates"] + 1
        return await self.ready(await self.start(**settings), polls=polls)

    def newcomer(self, number: int, language: str = "fr") -> int:
        """Let somebody move in; return their id."""
        self.world.add_person(Person(number, "P", language_code=language))
        return number

    def says(self, person: int, text: str) -> None:
        """Let somebody write to the bot."""
        world = self.world
        phones.send(world, world.people[person], world.chats[person], {"text": text})

    def told(self, person: int) -> list[str]:
        """Return what the bot has said to somebody, oldest first."""
        history = self.world.chats[person].history
        return [str(m.json.get("text", "")) for m in history if m.from_bot]

    async def hears(self, person: int, *, times: int = 1) -> list[str]:
        """Wait until the bot has said so much to somebody, and return it."""
        await soon(lambda: len(self.told(person)) >= times)
        return self.told(person)


@asynccontextmanager
async def open_house(folder: Path) -> AsyncIterator[House]:
    """Open a house with a very small town in `folder`; whatever runs at the end is killed."""
    Keyring.create(folder / "key")
    write_town(folder / "town")
    sandbox = create_sandbox()
    wire = watched(sandbox)
    async with running(sandbox) as address:
        house = House(folder, address, sandbox.state.world, wire)
        try:
            yield house
        finally:
            for life in house.lives:
                if life.process.returncode is None:
                    life.process.kill()
                    await life.process.wait()
