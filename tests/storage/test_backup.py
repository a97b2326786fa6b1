"""Backups: taken while the bot runs, refused when damaged, and nobody erased comes back."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.domain.errors import OperatorError
from storage import contacts, privacy, town
from storage.backup import Restored, backup, restore
from storage.sealing import Keyring
from storage.store import Store, migrate

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'data' / 'town.db'}"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "backups" / "town.backup"


@asynccontextmanager
async def running(url: str, keyring: Keyring) -> AsyncIterator[Store]:
    await migrate(url)
    store = await Store.open(url, keyring, clock=Clock())
    try:
        yield store
    finally:
        await store.close()


async def _name(store: Store, name: str) -> None:
    async with store.write() as tx:
        await town.put(tx, "name", name, source="chat", now=NOON)


async def _named(store: Store) -> object:
    async with store.read() as tx:
        return (await town.settings(tx))["name"]


async def test_a_backup_is_taken_while_the_bot_writes(
    url: str, copy: Path, keyring: Keyring
) -> None:
    async with running(url, keyring) as store:
        await _name(store, "Biel")
        await asyncio.gather(backup(url, copy), *(_name(store, f"{n}") for n in range(50)))
        await backup(url, copy)
    assert [file.name for file in copy.parent.iterdir()] == ["town.backup"]
    assert copy.stat().st_mode & 0o777 == 0o600  # noqa: ASYNC240
    async with running(f"sqlite:///{copy}", keyring) as store:
        assert await _named(store) == "49"


async def test_a_restore_brings_back_what_was_and_keeps_what_is(
    url: str, copy: Path, keyring: Keyring, tmp_path: Path
) -> None:
    async with running(url, keyring) as store:
        await _name(store, "before")
        await backup(url, copy)
        await _name(store, "after")
    done = await restore(copy, url)
    assert done == Restored(0, tmp_path / "data" / "town.db.before-restore")
    async with running(url, keyring) as store:
        assert await _named(store) == "before"
    async with running(f"sqlite:///{done.before}", keyring) as store:
        assert await _named(store) == "after"


async def test_who_was_erased_since_the_backup_stays_erased(
    url: str, copy: Path, keyring: Keyring, tmp_path: Path
) -> None:
    async with running(url, keyring) as store:
        async with store.write() as tx:
            ada = await contacts.meet(tx, 7, kind="person", now=NOON)
            ben = await contacts.meet(tx, 8, kind="person", now=NOON)
        await backup(url, copy)
        async with store.write() as tx:
            await privacy.erase(tx, ada, NOON + DAY)
    assert (await restore(copy, url)).erased_again == 1
    async with running(url, keyring) as store, store.read() as tx:
        assert await contacts.find(tx, 7) is None
        assert await contacts.find(tx, 8) == ben
    assert ada.encode() not in (tmp_path / "data" / "town.db").read_bytes()
    # And the erasure is remembered, should an older backup ever be restored over this one.
    assert (await restore(copy, url)).erased_again == 1


async def test_a_restore_works_where_the_database_is_lost_or_damaged(
    url: str, copy: Path, keyring: Keyring, tmp_path: Path
) -> None:
    async with running(url, keyring) as store:
        await _name(store, "Biel")
        await backup(url, copy)
    database = tmp_path / "data" / "town.db"
    database.unlink()
    assert await restore(copy, url) == Restored(0, None)
    database.write_bytes(b"no database at all" * 1000)
    await restore(copy, url)
    async with running(url, keyring) as store:
        assert await _named(store) == "Biel"


async def test_a_running_bot_is_not_restored_under_its_feet(
    url: str, copy: Path, keyring: Keyring, tmp_path: Path
) -> None:
    async with running(url, keyring) as store:
        await _name(store, "Biel")
        await backup(url, copy)
        with pytest.raises(OperatorError, match=r"in use\. Stop the bot"):
            await restore(copy, url)
        await _name(store, "Bienne")
        assert await _named(store) == "Bienne"
    assert [file.name for file in (tmp_path / "data").iterdir()] == ["town.db"]


async def test_a_damaged_foreign_or_future_backup_changes_nothing(
    url: str, copy: Path, keyring: Keyring, tmp_path: Path
) -> None:
    async with running(url, keyring) as store:
        await _name(store, "Biel")
        await backup(url, copy)
    sound = copy.read_bytes()  # noqa: ASYNC240
    for damaged in (b"", b"not a database", sound[: len(sound) // 2], sound[:4096] + b"x" * 9000):
        copy.write_bytes(damaged)  # noqa: ASYNC240
        with pytest.raises(OperatorError, match="Nothing was changed"):
            await restore(copy, url)
    copy.write_bytes(sound)  # noqa: ASYNC240
    with closing(sqlite3.connect(copy)) as database, database:
        database.execute("UPDATE alembic_version SET version_num='9999'")
    with pytest.raises(OperatorError, match="9999"):
        await restore(copy, url)
    with pytest.raises(OperatorError, match="no backup"):
        await restore(tmp_path / "nowhere", url)
    assert [file.name for file in (tmp_path / "data").iterdir()] == ["town.db"]
    async with running(url, keyring) as store:
        assert await _named(store) == "Biel"


async def test_postgresql_is_pointed_to_its_own_tools(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="pg_dump"):
        await backup("postgresql://host/town", tmp_path / "x")
    with pytest.raises(OperatorError, match="pg_restore"):
        await restore(tmp_path / "x", "postgresql://host/town")
    with pytest.raises(OperatorError, match="no database"):
        await backup(f"sqlite:///{tmp_path / 'none.db'}", tmp_path / "x")
