"""Opens connections: which driver a database address means and how each connection is set up.

It runs no statement of ours beyond the settings of a fresh connection.
"""

from __future__ import annotations

import json
import os
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.domain.errors import OperatorError
from storage import onehop

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=10000",
    "secure_delete=ON",
    # Rewriting the file needs room of its own, and no copy of it may lie in a folder for all.
    "temp_store=MEMORY",
)
_to_json = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))


def database_address(url: str) -> URL:
    """Return the address with the driver we speak; refuse what we cannot speak."""
    try:
        address = make_url(url)
    except ArgumentError:
        address = URL.create("unknown")
    driver = _DRIVERS.get(address.drivername)
    if driver is None or (driver.startswith("sqlite") and not _is_file(address)):
        raise OperatorError(
            "The database address is not one we know.",
            remedy="Write sqlite:///FILE or postgresql://USER@HOST/NAME in DATABASE_URL.",
        )
    address = address.set(drivername=driver)
    if "sslmode" in address.query:  # what everybody writes; asyncpg calls it ssl
        query = {
            ("ssl" if key == "sslmode" else key): value for key, value in address.query.items()
        }
        address = address.set(query=query)
    return address


def is_sqlite(address: URL) -> bool:
    """Tell whether the database is one file."""
    return address.get_backend_name() == "sqlite"


def sqlite_file(address: URL) -> Path:
    """Return the file of an SQLite database."""
    return Path(address.database or "")


def prepare_file(address: URL) -> None:
    """Make the folder and the empty file of an SQLite database, for its owner's eyes only."""
    file = sqlite_file(address)
    file.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))


def reader(address: URL) -> AsyncEngine:
    """Return the engine that only looks: no transactions, and a write through it is refused."""
    if is_sqlite(address):
        # Nothing begins a transaction here; saying AUTOCOMMIT would cost two trips to the thread.
        return _sqlite(address, *_PRAGMAS, "query_only=ON", pool_size=4)
    return _postgres(address, read_only="on").execution_options(isolation_level="AUTOCOMMIT")


def writer(address: URL) -> AsyncEngine:
    """Return the engine that writes; on SQLite it is one connection that begins as the writer."""
    if not is_sqlite(address):
        return _postgres(address, read_only="off")
    engine = _sqlite(address, *_PRAGMAS, pool_size=1)
    event.listen(engine.sync_engine, "begin", _begin_immediate)
    return engine


def rebuilder(address: URL) -> AsyncEngine:
    """Return the engine for migrations.

    Rebuilding a table on SQLite drops the old one; with foreign keys on, that would carry the rows
    that refer to it away. The migration checks them before it commits instead.
    """
    if not is_sqlite(address):
        return _postgres(address, read_only="off")
    engine = _sqlite(address, *_PRAGMAS, "foreign_keys=OFF", pool_size=1)
    event.listen(engine.sync_engine, "begin", _begin_immediate)
    return engine


def _is_file(address: URL) -> bool:
    return bool(address.database) and address.database != ":memory:" and not address.query


def _sqlite(address: URL, *pragmas: str, pool_size: int) -> AsyncEngine:
    engine = create_async_engine(
        address,
        connect_args={"async_creator_fn": onehop.connect},
        pool_size=pool_size,
        max_overflow=0,
        json_serializer=_to_json,
    )

    def set_up(connection: Any, _record: object) -> None:  # noqa: ANN401 - SQLAlchemy's adapter
        # None: Python's own driver must not open transactions behind our back.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    event.listen(engine.sync_engine, "connect", set_up)
    return engine


def _postgres(address: URL, *, read_only: str) -> AsyncEngine:
    return create_async_engine(
        address,
        connect_args={"server_settings": {"default_transaction_read_only": read_only}},
        pool_size=5,
        max_overflow=5,
        pool_pre_ping=True,
        json_serializer=_to_json,
    )


def _begin_immediate(connection: sa.Connection) -> None:
    driver = connection.connection.driver_connection
    if isinstance(driver, onehop.OneHopConnection):
        driver.begin_immediate()
