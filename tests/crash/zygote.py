"""A preloaded parent: everything is imported once, each life of the bot is a fork of it.

Orders come in as JSON lines: `{"arguments", "environment", "log", "death"}` begins a life and
answers with its process id, `{"reap": pid}` waits for its end and answers with how it ended.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import sys
import tempfile
import threading
import traceback
from pathlib import Path
from typing import Any

from bot.archive import open_archive
from bot.settings import Settings
from storage.sealing import Keyring
from tests.crash import chores, deaths
from tests.formats.town_files import write_town

Json = dict[str, Any]


def _preload() -> None:
    # Only what has no threads and no loop yet may be in a process that forks.
    from alembic import command  # noqa: F401, PLC0415 - as the whole function: for its side effect
    from uvicorn.lifespan import on  # noqa: F401, PLC0415
    from uvicorn.loops import asyncio  # noqa: F401, PLC0415
    from uvicorn.protocols.http import h11_impl  # noqa: F401, PLC0415

    from bot import __main__, serving_town  # noqa: F401, PLC0415


async def _warm_up() -> None:
    """Read once what every life would read anew: catalogues, word lists, patterns."""
    with tempfile.TemporaryDirectory() as folder:
        file, key = Path(folder) / "town.db", Keyring.in_memory()
        async with open_archive(Settings(database_url=f"sqlite:///{file}"), key) as archive:
            await archive.services.directory.import_folder(write_town(Path(folder) / "town"))


def _live(order: Json) -> None:
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.environ.clear()
    os.environ.update(order["environment"])
    if order["death"]:
        deaths.await_death(**order["death"])
    sys.argv = ["quartierbot", *order["arguments"]]
    chores.do()


def _fork(order: Json) -> int:
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        _live(order)
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:  # noqa: BLE001 - nothing of the parent's may run in the child
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _serve() -> None:
    for line in sys.stdin:
        order: Json = json.loads(line)
        if "reap" in order:
            _, status = os.waitpid(order["reap"], 0)
            answer = os.waitstatus_to_exitcode(status)
        else:
            answer = _fork(order)
        print(answer, flush=True)  # noqa: T201 - the answer to the order


if __name__ == "__main__":
    _preload()
    asyncio.run(_warm_up())
    assert threading.active_count() == 1
    gc.freeze()
    print("ready", flush=True)  # noqa: T201 - whoever started us waits for it
    _serve()
