"""An aiosqlite connection that visits its thread once per statement instead of four times.

SQLAlchemy asks a cursor to open, execute, fetch and close; done one by one, each of them is a trip
to the thread and back, which costs more than the query. A transaction begins on the trip of its
first statement.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from typing import Any, Self

import aiosqlite


class OneHopCursor:
    """Executes a statement and brings all its rows along in the same trip."""

    __slots__ = ("_connection", "_rows", "arraysize", "description", "lastrowid", "rowcount")

    def __init__(self, connection: OneHopConnection) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, statement: str, parameters: Any = ()) -> None:  # noqa: ANN401 - DBAPI
        """Run one statement and keep its rows."""
        await self._connection.run(self._run, sqlite3.Cursor.execute, statement, parameters)

    async def executemany(self, statement: str, parameters: Sequence[Any]) -> None:
        """Run one statement for many rows of parameters."""
        await self._connection.run(self._run, sqlite3.Cursor.executemany, statement, parameters)

    async def fetchall(self) -> list[Any]:
        """Return the rows that the statement brought along."""
        return self._rows

    async def close(self) -> None:
        """Do nothing: the real cursor was closed in its thread."""

    def _run(self, execute: Callable[..., sqlite3.Cursor], statement: str, parameters: Any) -> None:  # noqa: ANN401 - DBAPI
        self._connection.begin_if_due()
        cursor = self._connection.raw.cursor()
        try:
            execute(cursor, statement, parameters)
            self.description = cursor.description
            self._rows = cursor.fetchall() if cursor.description else []
            self.rowcount = cursor.rowcount
            self.lastrowid = cursor.lastrowid
        finally:
            cursor.close()


class OneHopConnection(aiosqlite.Connection):
    """The connection SQLAlchemy gets; it also knows when a rollback has nothing to undo."""

    _begin_due = False
    _left_behind = False
    _opened: sqlite3.Connection | None = None
    _stopped: asyncio.Future[None] | None = None

    def __init__(self, database: str, **options: Any) -> None:  # noqa: ANN401 - passed to sqlite3
        super().__init__(lambda: self._open(database, options), 64)

    @property
    def raw(self) -> sqlite3.Connection:
        """Return the connection itself; only its own thread may use it."""
        return self._conn

    def cursor(self) -> OneHopCursor:  # type: ignore[override]
        """Return a cursor without visiting the thread."""
        return OneHopCursor(self)

    async def run(self, work: Callable[..., Any], *arguments: Any) -> Any:  # noqa: ANN401 - any work
        """Do `work` in the connection's thread.

        Somebody who stops waiting leaves work behind that still runs; the next rollback must then
        visit the thread whatever the connection looks like now.
        """
        self._left_behind, before = True, self._left_behind
        result = await self._execute(work, *arguments)  # type: ignore[no-untyped-call]
        self._left_behind = before
        return result

    def stop(self) -> asyncio.Future[None] | None:
        """Let the thread end once it has done what it was given, with the database closed."""
        self._tx.put_nowait((None, self._close_opened))
        self._stopped = super().stop()
        return self._stopped

    def _open(self, database: str, options: dict[str, Any]) -> sqlite3.Connection:
        self._opened = sqlite3.connect(database, **options)
        return self._opened

    def _close_opened(self) -> None:
        # Whoever was cancelled while the thread opened the file never learns that it was opened.
        if self._opened is not None:
            self._opened.close()

    async def _connect(self) -> Self:
        try:
            await super()._connect()
        except BaseException:
            # The thread still reports its end to this loop, which must not be closed by then.
            if self._stopped is not None:
                await self._stopped
            raise
        return self

    def begin_immediate(self) -> None:
        """Let the next statement begin a transaction as the one writer of the file."""
        self._begin_due = True

    def begin_if_due(self) -> None:
        """Begin the transaction, waiting for another process that writes; in the thread only."""
        if self._begin_due:
            self.raw.execute("BEGIN IMMEDIATE")
            self._begin_due = False

    async def commit(self) -> None:
        """Keep what was done; free when nothing was."""
        if not self._begin_due:
            await super().commit()
        self._begin_due = False

    async def rollback(self) -> None:
        """Undo what is open; free when nothing is."""
        if self._left_behind or self.raw.in_transaction:
            await super().rollback()
            self._left_behind = False
        self._begin_due = False


def connect(database: str, **options: Any) -> OneHopConnection:  # noqa: ANN401 - passed to sqlite3
    """Return an unopened connection, as SQLAlchemy's `async_creator_fn` wants it."""
    connection = OneHopConnection(database, **options)
    # A process that must end is not held up by an idle database thread.
    connection._thread.daemon = True  # noqa: SLF001 - aiosqlite offers no other way
    return connection
