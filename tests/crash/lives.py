"""Lives of the bot, one after the other on the same database: begun in a moment, ended by signal 9."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
Json = dict[str, Any]


@dataclass
class Life:
    """One process; `over` is set once it has ended, `code` then says how."""

    pid: int
    log: Path
    over: asyncio.Event = field(default_factory=asyncio.Event)
    code: int | None = None

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send a signal; nothing happens if it is over already."""
        if not self.over.is_set():
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)


@dataclass
class Lives:
    """Begins lives as forks of the preloaded parent, or as the real command."""

    folder: Path
    parent: asyncio.subprocess.Process
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    begun: list[Life] = field(default_factory=list)
    watchers: set[asyncio.Task[None]] = field(default_factory=set)

    async def fork(
        self, *arguments: str, environment: dict[str, str], death: Json | None = None
    ) -> Life:
        """Begin a life as a fork; `death` says where it ends by itself."""
        log = self.folder / "lives.log"
        order = {
            "arguments": arguments,
            "environment": environment,
            "log": str(log),
            "death": death,
        }
        life = Life(await self._ask(order), log)
        self._watch(life, self._reaped(life))
        return life

    async def command(self, *arguments: str, environment: dict[str, str]) -> Life:
        """Begin a life as an operator would."""
        log = self.folder / "lives.log"
        with log.open("ab") as stream:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", *arguments),
                cwd=self.folder,
                env=environment,
                stdout=stream,
                stderr=stream,
            )
        life = Life(process.pid, log)
        self._watch(life, process.wait())
        return life

    async def close(self) -> None:
        """Kill what still lives, then the parent."""
        for life in self.begun:
            life.kill()
        await asyncio.gather(*self.watchers)
        if self.parent.stdin is not None:
            self.parent.stdin.close()
        await self.parent.wait()

    def _watch(self, life: Life, end: Any) -> None:  # noqa: ANN401 - whatever gives the exit code
        async def watch() -> None:
            life.code = await end
            life.over.set()

        self.begun.append(life)
        self.watchers.add(asyncio.get_running_loop().create_task(watch()))

    async def _reaped(self, life: Life) -> int:
        while _runs(life.pid):  # noqa: ASYNC110 - only its parent is told
            await asyncio.sleep(0.002)
        return await self._ask({"reap": life.pid})

    async def _ask(self, order: Json) -> int:
        """Give the parent an order and return its answer."""
        assert self.parent.stdin is not None
        assert self.parent.stdout is not None
        async with self.turn:
            self.parent.stdin.write(json.dumps(order).encode() + b"\n")
            return int(await self.parent.stdout.readline())


def _runs(pid: int) -> bool:
    """Tell whether a process has not ended yet; until it is reaped it is a shadow, state Z."""
    state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    return state != "Z"


@asynccontextmanager
async def open_lives(folder: Path) -> AsyncIterator[Lives]:
    """Start the preloaded parent; no life is left when the block ends."""
    parent = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.crash.zygote"),
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert parent.stdout is not None
    assert await parent.stdout.readline() == b"ready\n"
    lives = Lives(folder, parent)
    try:
        yield lives
    finally:
        await lives.close()
