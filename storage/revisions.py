"""Brings a database to the form this program expects, and refuses one from the future.

Revisions are numbered files in `migrations/versions`; the number is all that is compared.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.errors import OperatorError
from storage import engines

if TYPE_CHECKING:
    from alembic.config import Config

_FOLDER = Path(__file__).parent / "migrations"
_ONE_AT_A_TIME = 7_215_380_164  # any number of our own: whoever migrates on PostgreSQL holds it


def head() -> str:
    """Return the newest revision this program knows."""
    return max(file.name[:4] for file in (_FOLDER / "versions").glob("[0-9]*.py"))


async def migrate(url: str) -> None:
    """Bring the database at `url` to the newest revision, all in one transaction."""
    refuse_newer(await version(url))
    # Alembic takes 0.7 s to import, and only migrating needs it.
    from alembic import command  # noqa: PLC0415

    await _rebuild(url, lambda config: command.upgrade(config, "head"))


async def downgrade(url: str, revision: str) -> None:
    """Take the database at `url` back to `revision` (`base` for an empty one)."""
    from alembic import command  # noqa: PLC0415 - as above

    await _rebuild(url, lambda config: command.downgrade(config, revision))


async def version(url: str) -> str | None:
    """Return the revision of the database at `url`; None if it has none yet."""
    address = engines.database_address(url)
    if engines.is_sqlite(address) and not engines.sqlite_file(address).exists():
        return None
    engine = engines.reader(address)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(_recorded)
    except (OSError, SQLAlchemyError) as error:
        raise _unreachable(error) from None
    finally:
        await engine.dispose()


async def check_version(url: str) -> None:
    """Raise an OperatorError unless the database has exactly the form this program expects."""
    found = await version(url)
    refuse_newer(found)
    if found != head():
        raise OperatorError(
            f"The database is at revision {found or 'none'}, this program needs {head()}.",
            remedy="Run `quartierbot migrate`.",
        )


def refuse_newer(found: str | None) -> None:
    """Raise an OperatorError for a revision that a newer program wrote."""
    if found is not None and found > head():
        raise OperatorError(
            f"The database is at revision {found}, this program knows only up to {head()}.",
            remedy="Install the newer program again, or restore the backup made before it.",
        )


def alembic_config(connection: sa.Connection) -> Config:
    """Return Alembic's configuration for an open connection, without any configuration file."""
    from alembic.config import Config  # noqa: PLC0415 - as above

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


async def _rebuild(url: str, step: Callable[[Config], None]) -> None:
    address = engines.database_address(url)
    if engines.is_sqlite(address):
        engines.prepare_file(address)
    engine = engines.rebuilder(address)
    try:
        await _in_one_transaction(engine, step)
    except (OSError, SQLAlchemyError) as error:
        raise _unreachable(error) from error
    finally:
        await engine.dispose()


async def _in_one_transaction(engine: AsyncEngine, step: Callable[[Config], None]) -> None:
    async with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            await connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_ONE_AT_A_TIME)))
        await connection.run_sync(lambda sync: step(alembic_config(sync)))
        if engine.dialect.name == "sqlite":
            broken = (await connection.exec_driver_sql("PRAGMA foreign_key_check")).all()
            if broken:
                raise OperatorError(
                    f"The migration would leave {len(broken)} rows without the row they refer to.",
                    remedy="Nothing was changed; please report it with the two version numbers.",
                )


def _recorded(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
    return None if row is None else str(row[0])


def _unreachable(error: Exception) -> OperatorError:
    return OperatorError(
        f"The database cannot be used ({type(error).__name__}).",
        remedy="Check DATABASE_URL, that the server runs and that this user may write there.",
    )
