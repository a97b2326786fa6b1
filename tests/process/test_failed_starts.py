"""A start that cannot succeed says in one line what is missing, and exits with an error."""

from __future__ import annotations

import asyncio
import socket
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.editors import SAMPLE
from storage.store import migrate
from tests.formats.town_files import write_town
from tests.process.house import House

Prepare = Callable[[Path], dict[str, Any]]


def nothing(**settings: object) -> Prepare:
    return lambda _folder: settings


def broken_directory(folder: Path) -> dict[str, Any]:
    town = write_town(folder / "broken")
    services = town / "services.yaml"
    services.write_text(services.read_text("utf-8") + "\n  - id: [broken\n", "utf-8")
    return {"DIRECTORY": town}


def newer_database(folder: Path) -> dict[str, Any]:
    file = folder / "newer.db"
    asyncio.run(migrate(f"sqlite:///{file}"))
    with sqlite3.connect(file) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    return {"DATABASE_URL": f"sqlite:///{file}"}


def open_key(folder: Path) -> dict[str, Any]:
    (folder / "open").write_text((folder / "key").read_text())
    (folder / "open").chmod(0o644)
    return {"KEY_FILE": folder / "open"}


@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        (nothing(TOKEN=None), "QUARTIERBOT_TOKEN is not set."),
        (nothing(TOKEN="no token"), "QUARTIERBOT_TOKEN cannot be used."),
        (nothing(TOKEN="42:revoked-token"), "Telegram does not accept the token."),
        (nothing(KEY_FILE=None), "QUARTIERBOT_KEY_FILE is not set."),
        (nothing(KEY_FILE="nowhere"), "The key file nowhere cannot be read"),
        (open_key, "is open to other users."),
        (nothing(DIRECTORY=None), "QUARTIERBOT_DIRECTORY is not set."),
        (nothing(DIRECTORY="nowhere"), "QUARTIERBOT_DIRECTORY is no folder."),
        (broken_directory, "services.yaml"),
        (newer_database, "The database is at revision 9999"),
        (nothing(ALLOW_TEST_CLOCK=None), "QUARTIERBOT_TODAY would move the clock"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
async def test_it_says_what_is_missing(house: House, prepare: Prepare, words: str) -> None:
    settings = await asyncio.to_thread(prepare, house.folder)
    await fails(house, words, **settings)


async def test_the_sample_town_is_served_only_when_asked_for(house: House) -> None:
    await fails(house, "This is the sample town", options=("--no-allow-sample",), DIRECTORY=SAMPLE)


async def test_a_port_that_is_taken_is_named(house: House) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        await fails(house, f"Nothing can be served at 127.0.0.1:{port}.", WEB_PORT=port)


async def fails(
    house: House, words: str, *, options: tuple[str, ...] = (), **settings: object
) -> None:
    """Expect the start to fail with one line that says so and what to do."""
    life = await house.start(*options, **settings)
    async with asyncio.timeout(60):
        code = await life.process.wait()
    complaint = life.said.strip().splitlines()[-1]
    assert code == 1, life.said
    assert complaint.startswith("quartierbot: ")
    assert words in complaint
    assert len(complaint) > len(words) + len("quartierbot: ")
    assert "Traceback" not in life.said
    assert house.wire.counts["getUpdates"] == 0
