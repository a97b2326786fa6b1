"""Starts what is measured as programs of their own: our bot by its real command line, bare bots beside."""

from __future__ import annotations

import asyncio
import os
import platform
import shutil
import sys
import time
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import socket
from time import perf_counter

import psutil

from bench.far_end import TOKEN, FarEnd
from bench.plan import language_of
from bot.archive import open_archive
from bot.editors import SAMPLE
from bot.services.privacy import NOTICE_VERSION
from bot.settings import Settings
from storage import contacts, residents
from storage.sealing import Keyring

ROOT = Path(__file__).resolve().parents[1]
SECRET = "a-webhook-secret-of-the-bench"  # noqa: S105 - guards nothing
_PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Program:
    """A running bot: where it takes updates and what it has used so far."""

    port: int
    process: psutil.Process
    started: float

    def cpu(self) -> float:
        """Processor seconds used since it began, all threads together."""
        if platform.system() == "Linux":
            # What clock_getcpuclockid(3) returns: the process's own clock, in nanoseconds.
            return time.clock_gettime((~self.process.pid << 3) | 2)
        times = self.process.cpu_times()
        return float(times.user + times.system)

    def megabytes(self) -> float:
        """Memory it holds."""
        return float(self.process.memory_info().rss) / 1e6


async def prepare(folder: Path, people: Iterable[int]) -> None:
    """Make key and database of a town that holds the sample and knows all `people`."""
    settings = Settings(database_url=_database(folder))
    async with open_archive(settings, Keyring.create(folder / "key")) as archive:
        await archive.services.directory.import_folder(SAMPLE)
        now = archive.clock.now()
        async with archive.store.write() as tx:
            for person in people:
                who = await contacts.meet(tx, person, kind="person", now=now)
                await residents.welcome(tx, who, language=language_of(person), now=now)
                await residents.change(tx, who, noticed_version=NOTICE_VERSION)


@asynccontextmanager
async def full_bot(model: Path, far: FarEnd, *, module: str = "bot") -> AsyncIterator[Program]:
    """Run `quartierbot run` on a copy of the prepared town."""
    port = _free_port()
    folder = model.with_name(f"{model.name}-{port}")
    shutil.copytree(model, folder)
    settings = {
        "TOKEN": TOKEN,
        "API_URL": far.address,
        "DATABASE_URL": _database(folder),
        "KEY_FILE": str(folder / "key"),
        "DIRECTORY": str(SAMPLE),
        "WEB_PORT": str(port),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "WEBHOOK_SECRET": SECRET,
        "RATE": "1000",
        "LOG_LEVEL": "WARNING",
    }
    environment = {f"QUARTIERBOT_{name}": value for name, value in settings.items()}
    command = ("-m", module, "run", "--allow-sample")
    async with _running(command, far, port=port, folder=folder, environment=environment) as bot:
        yield bot


@asynccontextmanager
async def bare_bot(client: str, folder: Path, far: FarEnd) -> AsyncIterator[Program]:
    """Run the echo bot with the `default` client or with `ours`."""
    port = _free_port()
    command = ("-m", "bench.echo", client, far.address, str(port))
    async with _running(command, far, port=port, folder=folder, environment={}) as bot:
        yield bot


@asynccontextmanager
async def _running(
    command: Sequence[str],
    far: FarEnd,
    *,
    port: int,
    folder: Path,
    environment: dict[str, str],
) -> AsyncIterator[Program]:
    ready, started = far.webhook(), perf_counter()
    inherited = {n: v for n, v in os.environ.items() if not n.startswith("QUARTIERBOT_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *command,
        cwd=folder,  # away from the tree, where an .env of somebody's own may lie
        env={**inherited, **environment, "PYTHONPATH": str(ROOT)},
    )
    try:
        async with asyncio.timeout(_PATIENCE):
            await ready
        yield Program(port, psutil.Process(process.pid), started)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


def _database(folder: Path) -> str:
    return f"sqlite:///{folder / 'town.db'}"


def _free_port() -> int:
    with socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
