"""What showing a poll costs with a hundred votes and with a hundred thousand: `python -m bench.polls`."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from statistics import median
from time import process_time
from typing import Final

import sqlalchemy as sa

from bot.clock import Clock
from bot.domain.ballots import Choice
from bot.domain.localized import Localized
from bot.domain.polls import Option, Poll, PollState, Terms
from bot.services.polls import Polls
from storage import ballots, polls, schema
from storage.sealing import Keyring
from storage.store import Store, migrate

FEW: Final = 100
MANY: Final = 100_000
_LOOKS: Final = 400
_ROUNDS: Final = 9
_AT_ONCE: Final = 5_000


async def measured() -> dict[int, float]:
    """Return the microseconds of one look at each poll, as medians of rounds that take turns."""
    with tempfile.TemporaryDirectory() as folder:
        url, clock = f"sqlite:///{Path(folder) / 'polls.db'}", Clock()
        await migrate(url)
        store = await Store.open(url, Keyring.in_memory(), clock=clock)
        held = {votes: await _held(store, clock, votes) for votes in (FEW, MANY)}
        # Votes come one by one in earnest; nobody looks through a journal of 100,000 at once.
        await store.close()
        store = await Store.open(url, Keyring.in_memory(), clock=clock)
        try:
            service = Polls(store, clock)
            rounds: dict[int, list[float]] = {votes: [] for votes in held}
            for _ in range(_ROUNDS):
                for votes, number in held.items():
                    rounds[votes].append(await _look(service, number))
            return {votes: median(costs) for votes, costs in rounds.items()}
        finally:
            await store.close()


async def _look(service: Polls, number: int) -> float:
    begun = process_time()
    for _ in range(_LOOKS):
        await service.shown(number)
    return (process_time() - begun) / _LOOKS * 1e6


async def _held(store: Store, clock: Clock, votes: int) -> int:
    """Keep an open poll with so many ballots, and the tally that goes with them."""
    options = tuple(Option(0, Localized(fr=word, de=word)) for word in ("A", "B", "C"))
    asked = Poll(0, Localized(fr="?", de="?"), options, Terms(named=True), PollState.OPEN)
    async with store.write() as tx:
        number = await polls.add(tx, asked, now=clock.now())
        kept = await polls.get(tx, number)
    picks = [each.id for each in kept.options] if kept else []
    for first in range(0, votes, _AT_ONCE):
        rows = [
            {
                "poll_id": number,
                "voter": f"{voter:064}",
                "choice": Choice((picks[voter % 3],)).to_json(),
            }
            for voter in range(first, min(first + _AT_ONCE, votes))
        ]
        async with store.write() as tx:
            await tx.connection.execute(sa.insert(schema.poll_ballot), rows)
    async with store.write() as tx:
        await ballots.add_up(tx, number, {(pick, "yes"): votes // 3 for pick in picks})
        counted = sa.update(schema.poll).where(schema.poll.c.id == number)
        await tx.connection.execute(counted.values(votes=votes))
    return number


def main() -> None:
    """Measure and print."""
    costs = asyncio.run(measured())
    for votes, cost in costs.items():
        print(f"{votes:>7} votes: {cost:.0f} µs of processor to look")
    print(f"ratio {costs[MANY] / costs[FEW]:.3f}, at most 1.1 wanted")


if __name__ == "__main__":
    main()
