"""Kill -9 while people are erased and while a directory is imported: never anything in between."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.clock import Clock
from bot.domain.messages import Message
from bot.domain.pacing import Lane
from storage import contacts, outbox, privacy, questions, residents
from storage.sealing import Keyring
from storage.store import Store, migrate
from tests.crash.lives import Lives, open_lives
from tests.formats.town_files import write_town

SEED = int(os.environ.get("QUARTIERBOT_TEST_SEED", "1"))


@dataclass(frozen=True)
class Place:
    """Where a life dies; it may come to its end before if the place is not `sure` to be reached."""

    words: str
    when: str
    milliseconds: float = 0.0
    nth: int = 1
    sure: bool = True

    @property
    def death(self) -> dict[str, Any]:
        """Return the order to die there."""
        return {key: value for key, value in asdict(self).items() if key != "sure"}


ERASING = (
    Place("DELETE FROM contact", "before"),
    Place("DELETE FROM contact", "committing"),
    Place("DELETE FROM contact", "committing", milliseconds=3.0, sure=False),
    Place("DELETE FROM contact", "committed"),
)
IMPORTING = tuple(
    Place("INSERT INTO entry", when) for when in ("before", "committing", "committed")
)
_CHANGE = "^(INSERT|UPDATE|DELETE)"


@dataclass
class Archive:
    """A database, the key to it, and the lives that work on it."""

    folder: Path
    lives: Lives

    @property
    def file(self) -> Path:
        """The database."""
        return self.folder / "town.db"

    @property
    def url(self) -> str:
        """The address of the database."""
        return f"sqlite:///{self.file}"

    async def live(self, *arguments: str, place: Place | None = None) -> None:
        """Let a life do its work, or die at a place of it."""
        environment = {
            "QUARTIERBOT_DATABASE_URL": self.url,
            "QUARTIERBOT_KEY_FILE": str(self.folder / "key"),
        }
        death = place.death if place else None
        life = await self.lives.fork(*arguments, environment=environment, death=death)
        await life.over.wait()
        ends = {-signal.SIGKILL} if place else {0}
        assert life.code in (ends if place is None or place.sure else ends | {0})

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Look into the database from outside."""
        with sqlite3.connect(self.file) as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            found = database.execute(query).fetchall()
        database.close()
        return found

    def traces(self, words: str) -> list[str]:
        """Return the files in which these words can be read."""
        files = self.folder.glob("town.db*")
        return sorted(file.name for file in files if words.encode() in file.read_bytes())


@pytest_asyncio.fixture
async def archive(tmp_path: Path) -> AsyncIterator[Archive]:
    """An empty, migrated database."""
    Keyring.create(tmp_path / "key")
    async with open_lives(tmp_path) as lives:
        opened = Archive(tmp_path, lives)
        await migrate(opened.url)
        yield opened


async def _somebody(archive: Archive, number: int) -> str:
    """Let somebody ask who wants to be forgotten by now; return their words."""
    clock, words = Clock(), f"Geheimnis-{number}-{'x' * (number % 40 * 50)}-Ende"
    store = await Store.open(archive.url, Keyring.load(archive.folder / "key"), clock=clock)
    now = clock.now()
    async with store.write() as tx:
        who = await contacts.meet(tx, 5000 + number, kind="person", now=now)
        await residents.welcome(tx, who, language="de", now=now)
        await questions.ask(tx, contact_id=who, language="de", text=words, now=now)
        message = Message(words)
        await outbox.enqueue(
            tx,
            contact_id=who,
            key=f"key:{number}",
            lane=Lane.REPLY,
            message=message,
            kind="k",
            now=now,
        )
        past = now - timedelta(minutes=1)
        await privacy.request_deletion(tx, who, now=past, due_at=past)
    await store.close()
    return words


async def _erase_through(archive: Archive, places: Sequence[Place]) -> None:
    for number, place in enumerate(places):
        words = await _somebody(archive, number)
        await archive.live("erase", place=place)
        left = archive.rows("SELECT count(*) FROM contact")
        asked = archive.rows("SELECT count(*) FROM open_question WHERE text != ''")
        assert left == asked, "half a person is left"
        await archive.live("erase")
        assert archive.rows("SELECT * FROM contact") == []
        assert archive.rows("SELECT * FROM deletion") == []
        assert archive.traces(words) == []
    assert archive.rows("SELECT count(*) FROM erasure") == [(len(places),)]


async def _import_through(archive: Archive, places: Sequence[Place]) -> None:
    one = write_town(archive.folder / "one")
    other = write_town(
        archive.folder / "other", file="services.yaml", old="Wir helfen.", new="Wir helfen gern."
    )
    faq = (one / "faq.yaml").read_text("utf-8").replace("faq-what", "faq-why")
    (other / "faq.yaml").write_text(faq.replace("svc-desk", "act-cafe"), "utf-8")
    services = (other / "services.yaml").read_text("utf-8")
    (other / "services.yaml").write_text(services.replace("faq-what", "faq-why"), "utf-8")
    await archive.live("directory", "import", str(one))
    states = [_published(archive)]
    await archive.live("directory", "import", str(other))
    states.append(_published(archive))
    assert states[0] != states[1]
    for number, place in enumerate(places):
        folder = (one, other)[number % 2]
        await archive.live("directory", "import", str(folder), place=place)
        assert _published(archive) in states, "a directory between two versions"
        await archive.live("directory", "import", str(folder))
        assert _published(archive) == states[number % 2]


def _published(archive: Archive) -> list[tuple[Any, ...]]:
    return archive.rows("SELECT id, document FROM entry WHERE retired_at IS NULL ORDER BY id")


@pytest.mark.crash
async def test_a_few_kills_leave_nobody_half_erased(archive: Archive) -> None:
    await _erase_through(archive, ERASING)


@pytest.mark.crash
async def test_a_few_kills_leave_no_directory_between_two_versions(archive: Archive) -> None:
    await _import_through(archive, IMPORTING)


@pytest.mark.crash
@pytest.mark.heavy
async def test_many_kills_leave_nobody_half_erased(archive: Archive) -> None:
    dice = random.Random(SEED)
    while_wiping = [
        Place("DELETE FROM contact", "committing", milliseconds=dice.uniform(0.1, 20), sure=False)
        for _ in range(12)
    ]
    await _erase_through(archive, [*ERASING, *while_wiping])


@pytest.mark.crash
@pytest.mark.heavy
async def test_many_kills_leave_no_directory_between_two_versions(archive: Archive) -> None:
    each_change = [Place(_CHANGE, "before", nth=number, sure=False) for number in range(1, 10)]
    await _import_through(archive, [*IMPORTING, *each_change])
