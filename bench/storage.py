"""What the archive costs: an update remembered for good, and somebody looked up."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from itertools import count
from pathlib import Path
from time import process_time

import aiosqlite

from bench.plan import Plan
from bot.clock import Clock
from bot.domain.causes import Cause
from bot.telegram.ledger import Ledger
from storage import residents
from storage.sealing import Keyring
from storage.store import Store

Work = Callable[[int], Awaitable[object]]


async def costs(folder: Path, plan: Plan) -> dict[str, float]:
    """Return processor microseconds for each, on the prepared database in `folder`."""
    clock, numbers = Clock(), count(1_000_000)
    keyring = Keyring.load(folder / "key")
    store = await Store.open(f"sqlite:///{folder / 'town.db'}", keyring, clock=clock)
    ledger = Ledger(store, clock)

    async def settle(_: int) -> None:
        await ledger.settle(Cause(next(numbers)))

    async def look_up(nth: int) -> None:
        async with store.read() as tx:
            await residents.by_telegram_id(tx, plan.people[nth % plan.residents])

    rows = plan.rows
    try:
        return {
            "remembered": await _cost(settle, rows, at_once=40),
            "remembered_alone": await _cost(settle, rows // 4, at_once=1),
            "looked_up": await _cost(look_up, rows // 2, at_once=4),
            "plain": await _plain(folder / "plain.db", rows // 4),
        }
    finally:
        await store.close()


async def _plain(file: Path, rows: int) -> float:
    """Do it the usual way, to compare: an insert and a commit each, 40 waiting for a lock."""
    async with aiosqlite.connect(file) as connection:
        await connection.execute("PRAGMA journal_mode=WAL")
        await connection.execute("PRAGMA synchronous=FULL")
        await connection.execute(
            "CREATE TABLE IF NOT EXISTS seen (id INTEGER PRIMARY KEY, at TEXT)"
        )
        lock = asyncio.Lock()

        async def insert(_: int) -> None:
            async with lock:
                await connection.execute("INSERT INTO seen (at) VALUES (?)", ("2026-11-25",))
                await connection.commit()

        return await _cost(insert, rows, at_once=40)


async def _cost(work: Work, times: int, *, at_once: int) -> float:
    async def some(turns: Iterator[int]) -> None:
        for nth in turns:
            await work(nth)

    await some(iter(range(5)))
    turns, before = iter(range(times)), process_time()
    async with asyncio.TaskGroup() as group:
        for _ in range(at_once):
            group.create_task(some(turns))
    return (process_time() - before) * 1e6 / times
