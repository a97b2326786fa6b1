"""The two doors to the database: `read` looks, `write` changes everything or nothing.

What is written for an update remembers that update in the same transaction. No statement about a
theme lives here.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Self, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.domain.causes import Cause
from bot.domain.errors import RepeatedError
from storage import engines, schema, wiping
from storage.columns import UtcDateTime
from storage.onehop import OneHopConnection
from storage.revisions import check_version, downgrade, migrate, version
from storage.sealing import Keyring

__all__ = [
    "Store",
    "Tx",
    "UtcDateTime",
    "check_version",
    "downgrade",
    "insert_all_once",
    "insert_once",
    "migrate",
    "upsert",
    "version",
]

_Select = TypeVar("_Select", bound="sa.Select[*tuple[Any, ...]]")
_REMEMBER = sa.insert(schema.update_seen)


@dataclass(slots=True)
class Tx:
    """What every storage function needs: the open connection and the key ring.

    `writing` tells which door it came through; `wipe` asks the store to leave no trace of deleted
    rows in its files once this transaction has committed; without `news` nobody is told of it.
    """

    connection: AsyncConnection
    keyring: Keyring
    writing: bool = False
    wipe: bool = False
    news: bool = True

    def locked(self, statement: _Select) -> _Select:
        """Return `statement` so that, when writing, nobody else changes its rows meanwhile.

        PostgreSQL locks the rows; on SQLite the one writer is alone anyway.
        """
        if self.writing and self.connection.dialect.name != "sqlite":
            return statement.with_for_update()
        return statement


class Store:
    """One town's database. `committed`, if set, is called in the loop after every write with news."""

    def __init__(self, url: str, keyring: Keyring, *, clock: Clock) -> None:
        self.keyring = keyring
        self.committed: Callable[[], None] | None = None
        self._clock = clock
        address = engines.database_address(url)
        self._is_sqlite = engines.is_sqlite(address)
        if self._is_sqlite:
            engines.prepare_file(address)
        self._reader = engines.reader(address)
        self._writer = engines.writer(address)
        self._turn = asyncio.Lock()
        self._writing: asyncio.Task[Any] | None = None
        # A process that was killed may have left it to us.
        self._wipe_due = True

    @classmethod
    async def open(cls, url: str, keyring: Keyring, *, clock: Clock) -> Self:
        """Return the store at `url`, which must be migrated already; see `check_version`."""
        return cls(url, keyring, clock=clock)

    async def close(self) -> None:
        """Wait for the write under way, then close every connection."""
        async with self._turn:
            await self._reader.dispose()
            await self._writer.dispose()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Tx]:
        """Look: each statement sees what was last committed when it ran; writing is refused."""
        connection = await self._reader.connect()
        try:
            yield Tx(connection, self.keyring)
        finally:
            await connection.close()

    @asynccontextmanager
    async def write(self, cause: Cause | None = None) -> AsyncIterator[Tx]:
        """Change: one transaction, committed at the end of the block and undone by any exception.

        A `cause` that is not settled yet is remembered first; if it had its effect before, nothing
        happens and RepeatedError says so. On SQLite writers take turns, first come first served.
        """
        if not self._is_sqlite:
            async with self._transaction(cause) as tx:
                yield tx
            return
        if self._writing is not None and self._writing is asyncio.current_task():
            raise RuntimeError("this task is inside a write already and would wait for itself")
        async with self._turn:
            self._writing = asyncio.current_task()
            try:
                async with self._transaction(cause) as tx:
                    yield tx
            finally:
                self._writing = None

    @asynccontextmanager
    async def _transaction(self, cause: Cause | None) -> AsyncIterator[Tx]:
        connection = await self._writer.connect()
        try:
            await connection.begin()
            tx = Tx(connection, self.keyring, writing=True)
            if cause is not None and not cause.settled:
                await self._remember(connection, cause)
            yield tx
        except BaseException:
            await _to_the_end(connection.close())
            raise
        await _to_the_end(self._commit(tx, cause))

    async def _remember(self, connection: AsyncConnection, cause: Cause) -> None:
        row = {"update_id": cause.update_id, "at": self._clock.now()}
        try:
            await connection.execute(_REMEMBER, row)
        except IntegrityError:
            raise RepeatedError from None

    async def _commit(self, tx: Tx, cause: Cause | None) -> None:
        try:
            if self._is_sqlite and tx.wipe:
                await tx.connection.exec_driver_sql(wiping.OWE)
            await tx.connection.commit()
            if cause is not None:
                cause.settled = True
            if self._is_sqlite and (tx.wipe or self._wipe_due):
                await self._wipe(tx.connection)
        finally:
            await tx.connection.close()
        if tx.news and self.committed is not None:
            self.committed()

    async def _wipe(self, connection: AsyncConnection) -> None:
        driver = (await connection.get_raw_connection()).driver_connection
        if isinstance(driver, OneHopConnection):
            self._wipe_due = not await driver.run(wiping.wipe, driver)


async def upsert(
    tx: Tx,
    table: sa.Table,
    key: Mapping[str, object],
    values: Mapping[str, object],
    *,
    only_if: sa.ColumnElement[bool] | None = None,
) -> bool:
    """Insert the row `key | values`, or change it to `values` where `key` exists.

    `only_if` guards the change (not the insert); True if a row was written.
    """
    insert = _insert(tx, table).values({**key, **values})
    if values:
        statement = insert.on_conflict_do_update(
            index_elements=list(key), set_=dict(values), where=only_if
        )
    else:
        statement = insert.on_conflict_do_nothing(index_elements=list(key))
    return (await tx.connection.execute(statement)).rowcount > 0


async def insert_all_once(tx: Tx, table: sa.Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert the rows in one go, except those whose unique values exist already."""
    statement = _insert_or_leave(tx.connection.dialect.name, table)
    await tx.connection.execute(statement, [dict(row) for row in rows])


async def insert_once(tx: Tx, table: sa.Table, values: Mapping[str, object]) -> bool:
    """Insert the row unless one of its unique values exists already; True if it is new."""
    statement = _insert(tx, table).values(dict(values)).on_conflict_do_nothing()
    return (await tx.connection.execute(statement)).rowcount > 0


@lru_cache
def _insert_or_leave(engine: str, table: sa.Table) -> sa.Insert:
    # Kept, because putting a statement together costs more than running it.
    insert = sqlite.insert(table) if engine == "sqlite" else postgresql.insert(table)
    return insert.on_conflict_do_nothing()


def _insert(tx: Tx, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
    # The one place where the engines differ in words: each has its own ON CONFLICT.
    if tx.connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)


async def _to_the_end(work: Coroutine[Any, Any, None]) -> None:
    """Finish `work` even when whoever waits is cancelled: a commit must not be left in doubt."""
    task = asyncio.create_task(work)  # noqa: TID251 - it is awaited right here, whatever happens
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise
