"""Migrations: up, down, up on both engines, equal to the tables, whole or not at all."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.clock import Clock
from bot.domain.errors import OperatorError
from storage import engines, revisions, schema
from storage.sealing import Keyring
from storage.store import Store, check_version, downgrade, migrate, version

ROOT = Path(__file__).parents[2]
DIES_AT_STATEMENT = """
import asyncio, os, signal, sys
import sqlalchemy as sa
from storage.store import migrate

left = int(sys.argv[2])

def count(connection, cursor, statement, *rest):
    global left
    if statement.lstrip().startswith(("CREATE", "INSERT", "UPDATE")):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

sa.event.listen(sa.Engine, "after_cursor_execute", count)
asyncio.run(migrate(sys.argv[1]))
"""


async def _tables(url: str) -> set[str]:
    engine = engines.reader(engines.database_address(url))
    async with engine.connect() as connection:
        names = await connection.run_sync(lambda sync: sa.inspect(sync).get_table_names())
    await engine.dispose()
    return set(names) - {"alembic_version", "sqlite_sequence"}


async def _record(url: str, revision: str) -> None:
    engine = engines.writer(engines.database_address(url))
    async with engine.begin() as connection:
        await connection.execute(sa.text(f"UPDATE alembic_version SET version_num='{revision}'"))  # noqa: S608
    await engine.dispose()


async def test_up_down_up(database_url: str) -> None:
    assert await version(database_url) is None
    await migrate(database_url)
    assert await version(database_url) == revisions.head()
    assert await _tables(database_url) == set(schema.metadata.tables)
    await downgrade(database_url, "base")
    assert await version(database_url) is None
    assert await _tables(database_url) == set()
    await migrate(database_url)
    await migrate(database_url)
    assert await _tables(database_url) == set(schema.metadata.tables)


async def test_the_migrations_make_exactly_the_tables_of_the_schema(store: Store) -> None:
    def differences(connection: sa.Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, schema.metadata))

    async with store.read() as tx:
        assert await tx.connection.run_sync(differences) == []


async def test_both_engines_keep_the_conditions_of_partial_indexes(store: Store) -> None:
    async with store.read() as tx:
        found = await tx.connection.run_sync(lambda sync: sa.inspect(sync).get_indexes("outbox"))
    conditions = {
        index["name"]: str(options[key])
        for index in found
        for options in [index.get("dialect_options", {})]
        for key in options
        if key.endswith("_where")
    }
    assert set(conditions) == {"ix_outbox_live", "ix_outbox_queued", "ix_outbox_done"}
    assert "queued" in conditions["ix_outbox_queued"]
    assert "sending" in conditions["ix_outbox_live"]


async def test_the_number_of_a_revision_is_the_number_of_its_file(store: Store) -> None:
    async with store.read() as tx:
        newest = await tx.connection.run_sync(
            lambda sync: ScriptDirectory.from_config(revisions.alembic_config(sync))
        )
    known = {script.revision: Path(script.path).name for script in newest.walk_revisions()}
    assert newest.get_heads() == [revisions.head()]
    assert all(file.startswith(f"{revision}_") for revision, file in known.items())


async def test_a_database_of_the_future_is_refused_and_left_alone(database_url: str) -> None:
    await migrate(database_url)
    await check_version(database_url)
    await _record(database_url, "9999")
    with pytest.raises(OperatorError, match=r"9999.*Install the newer program"):
        await check_version(database_url)
    with pytest.raises(OperatorError, match="9999"):
        await migrate(database_url)
    assert await version(database_url) == "9999"


async def test_a_database_without_tables_asks_to_be_migrated(database_url: str) -> None:
    with pytest.raises(OperatorError, match=r"revision none.*Run `quartierbot migrate`"):
        await check_version(database_url)


async def test_asking_for_the_version_makes_no_file(tmp_path: Path) -> None:
    assert await version(f"sqlite:///{tmp_path / 'none.db'}") is None
    assert list(tmp_path.iterdir()) == []  # noqa: ASYNC240 - a test may wait for the disk


@pytest.mark.parametrize("statement", [1, 2, 9, 23, 26])
async def test_a_migration_killed_half_way_leaves_what_was_there(
    database_url: str, statement: int
) -> None:
    died = subprocess.run(  # noqa: ASYNC221 - the test has nothing else to do
        [sys.executable, "-c", DIES_AT_STATEMENT, database_url, str(statement)],
        cwd=ROOT,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert died.returncode == -signal.SIGKILL, died.stderr.decode()
    assert await version(database_url) is None
    assert await _tables(database_url) == set()
    await migrate(database_url)
    await check_version(database_url)


@pytest.mark.parametrize(
    "address",
    ["", "mysql://host/town", "sqlite://", "sqlite:///:memory:", "sqlite:///town.db?mode=ro"],
)
async def test_an_address_we_do_not_speak_names_the_remedy(address: str) -> None:
    with pytest.raises(OperatorError, match="DATABASE_URL"):
        await migrate(address)


async def test_an_unreachable_database_names_the_remedy(tmp_path: Path) -> None:
    for address in (f"postgresql://nobody@/town?host={tmp_path}", f"sqlite:///{tmp_path}"):
        with pytest.raises(OperatorError, match="DATABASE_URL"):
            await version(address)


def test_common_addresses_are_mapped_to_our_drivers() -> None:
    for written, spoken in {
        "sqlite:///data/town.db": "sqlite+aiosqlite:///data/town.db",
        "postgres://u:p@host/town": "postgresql+asyncpg://u:p@host/town",
        "postgresql://u@h/t?sslmode=require": "postgresql+asyncpg://u@h/t?ssl=require",
    }.items():
        address = engines.database_address(written)
        assert address.render_as_string(hide_password=False) == spoken


async def test_a_fresh_sqlite_file_is_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "town.db"
    await migrate(f"sqlite:///{file}")
    store = await Store.open(f"sqlite:///{file}", Keyring.in_memory(), clock=Clock())
    async with store.write():
        modes = {path.name: path.stat().st_mode & 0o777 for path in file.parent.iterdir()}
    await store.close()
    assert modes == {"town.db": 0o600, "town.db-wal": 0o600, "town.db-shm": 0o600}


async def test_sqlite_is_set_up_for_safety(tmp_path: Path) -> None:
    await migrate(f"sqlite:///{tmp_path / 'town.db'}")
    store = await Store.open(
        f"sqlite:///{tmp_path / 'town.db'}", Keyring.in_memory(), clock=Clock()
    )
    async with store.write() as tx:
        found = {
            name: (await tx.connection.exec_driver_sql(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    await store.close()
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
