"""Copies a running SQLite database to a file and brings such a file back.

A restored backup must not bring back who asked to be erased in the meantime.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.engine import URL

from bot.clock import Clock
from bot.domain.errors import OperatorError
from storage import engines, privacy, revisions
from storage.schema import erasure
from storage.sealing import Keyring
from storage.store import Store, upsert

_ERASURES = "SELECT fingerprint, at FROM erasure"


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: who was erased again, and where the database from before lies."""

    erased_again: int
    before: Path | None


async def backup(url: str, path: Path) -> None:
    """Write a checked copy of the database to `path`; the bot may go on writing meanwhile."""
    database = _file(engines.database_address(url), tool="pg_dump")
    await asyncio.to_thread(_copy_running, database, path)


async def restore(path: Path, url: str) -> Restored:
    """Put the backup at `path` in the place of the database and erase who has been erased since.

    Refuses a backup that is damaged or from a newer program, and a database in use. The database
    from before stays beside the new one as `….before-restore`.
    """
    database = _file(engines.database_address(url), tool="pg_restore")
    await asyncio.to_thread(_check, path)
    with _alone(database) as erasures:
        draft = database.with_name(f"{database.name}.restoring")
        try:
            _copy(path, draft)
            erased_again = await _erase_again(f"sqlite:///{draft}", erasures)
            return Restored(erased_again, _swap(draft, database))
        finally:
            draft.unlink(missing_ok=True)


def _file(address: URL, *, tool: str) -> Path:
    if not engines.is_sqlite(address):
        raise OperatorError(
            "This command copies SQLite files; the database is PostgreSQL.",
            remedy=f"Use its own tool: {tool}.",
        )
    return engines.sqlite_file(address)


def _copy_running(database: Path, path: Path) -> None:
    if not database.exists():
        raise OperatorError(f"There is no database at {database}.", remedy="Check DATABASE_URL.")
    draft = path.with_name(f"{path.name}.part")
    _fresh(draft)
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(draft)) as target:
        # In one step: a reader holds up no writer here, and in several it would begin anew with
        # every row that is written.
        source.backup(target)
        # One file, without the log beside it that a copy of the mode would bring along.
        target.execute("PRAGMA journal_mode=DELETE")
    _check(draft)
    _settle(draft)
    draft.replace(path)


def _check(path: Path) -> None:
    """Raise an OperatorError unless `path` is a sound database that this program understands."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            sound = database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            found = database.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error:
        sound, found = False, None
    if not sound or found is None:
        raise OperatorError(
            f"{path} is no backup of this bot, or it is damaged.",
            remedy="Nothing was changed; choose another backup.",
        )
    revisions.refuse_newer(str(found[0]))


@contextmanager
def _alone(database: Path) -> Iterator[dict[str, datetime]]:
    """Keep everybody else out of the present database; yield its erasures."""
    if not database.exists():
        database.parent.mkdir(parents=True, exist_ok=True)
        yield {}
        return
    with closing(sqlite3.connect(database, timeout=0, isolation_level=None)) as connection:
        try:
            # SQLite leaves this mode only when nobody else has the file open.
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.execute("BEGIN EXCLUSIVE")
            rows = connection.execute(_ERASURES).fetchall()
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise OperatorError(
                    "The database is in use.", remedy="Stop the bot, then restore again."
                ) from None
            rows = []
        except sqlite3.DatabaseError:
            rows = []  # damaged, which may be why a backup is wanted
        yield {print_: datetime.fromisoformat(at).replace(tzinfo=UTC) for print_, at in rows}


async def _erase_again(url: str, erasures: dict[str, datetime]) -> int:
    await revisions.migrate(url)
    # Nothing is unsealed here, so the key of the database is not needed.
    store = await Store.open(url, Keyring.in_memory(), clock=Clock())
    try:
        async with store.write() as tx:
            for fingerprint, at in erasures.items():
                await upsert(tx, erasure, {"fingerprint": fingerprint}, {"at": at})
            return await privacy.replay_erasures(tx)
    finally:
        await store.close()


def _swap(draft: Path, database: Path) -> Path | None:
    _settle(draft)
    before = database.with_name(f"{database.name}.before-restore")
    existed = database.exists()
    if existed:
        database.replace(before)
    for log in ("-wal", "-shm"):
        database.with_name(database.name + log).unlink(missing_ok=True)
    draft.replace(database)
    return before if existed else None


def _copy(path: Path, draft: Path) -> None:
    _fresh(draft)
    shutil.copyfile(path, draft)


def _fresh(draft: Path) -> None:
    """Make an empty file that only its owner can read."""
    draft.parent.mkdir(parents=True, exist_ok=True)
    draft.unlink(missing_ok=True)
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _settle(file: Path) -> None:
    """Wait until the disk has it."""
    with file.open("rb") as handle:
        os.fsync(handle.fileno())
