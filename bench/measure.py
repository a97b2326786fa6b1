"""One run: everything that is compared takes turns within each pass, so that it meets the same machine."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from bench import broadcasts, pacing, programs, questions, storage, transport
from bench.crowd import Crowd
from bench.far_end import FarEnd, far_end
from bench.foreign import Foreign
from bench.plan import Load, Plan
from bot.editors import SAMPLE

FULL, KNOWN = "full bot", "  without the engine"
BARE_OURS, BARE_DEFAULT = "F bare, our client", "D bare, its client"
BOTS = (FULL, KNOWN, BARE_OURS, BARE_DEFAULT)
CROWD, ALONE = 40, 1
SENDING = (1, 40)
RATE = 28


@dataclass(slots=True)
class Findings:
    """What was found, one value for each pass."""

    loads: dict[tuple[str, int], list[Load]] = field(default_factory=lambda: defaultdict(list))
    engine: list[Mapping[str, float]] = field(default_factory=list)
    starts: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    memory: dict[str, float] = field(default_factory=dict)
    storage: list[Mapping[str, float]] = field(default_factory=list)
    sends: dict[tuple[str, int], list[float]] = field(default_factory=lambda: defaultdict(list))
    paced: pacing.Paced | None = None
    announced: list[broadcasts.Found] = field(default_factory=list)
    foreign: Foreign = field(default_factory=Foreign)


@dataclass(frozen=True, slots=True)
class _Bench:
    """What a run works with."""

    plan: Plan
    folder: Path
    far: FarEnd
    asked: questions.Questions

    def start(self, bot: str) -> AbstractAsyncContextManager[programs.Program]:
        """Start one of BOTS."""
        if bot in {FULL, KNOWN}:
            module = "bot" if bot == FULL else "bench.known"
            return programs.full_bot(self.folder / "town", self.far, module=module)
        client = "ours" if bot == BARE_OURS else "default"
        return programs.bare_bot(client, self.folder, self.far)

    def crowd(self, program: programs.Program) -> Crowd:
        """Put everybody in front of a running bot."""
        return Crowd(self.far, program, people=self.plan.people, questions=self.asked)


async def measure(plan: Plan) -> Findings:
    """Measure everything as `plan` says."""
    found = Findings()
    engine, asked = questions.answered()
    async with _bench(plan, asked) as bench:
        async with AsyncExitStack() as stack:
            crowds = {bot: await _crowd(bench, bot, stack, found) for bot in BOTS}
            for number in range(plan.passes):
                for at_once in (CROWD, ALONE):
                    await _ask(bench, crowds, found, at_once=at_once, first=number)
                found.engine.append(questions.speed(engine, asked, count=plan.engine))
                found.foreign.note()
            found.memory = {bot: crowd.bot.megabytes() for bot, crowd in crowds.items()}
        await _starts(bench, found)
        await _sends(bench, found)
        for _ in range(plan.passes):
            found.storage.append(await storage.costs(bench.folder / "town", plan))
        found.foreign.note()
        for nth, trial in enumerate(plan.announced):
            folder = bench.folder / f"announced-{nth}"
            folder.mkdir()
            found.announced.append(await broadcasts.run(folder, SAMPLE, trial))
        found.paced = await pacing.broadcast(bench.folder / "town", bench.far, plan=plan, rate=RATE)
    return found


@asynccontextmanager
async def _bench(plan: Plan, asked: questions.Questions) -> AsyncIterator[_Bench]:
    with tempfile.TemporaryDirectory(prefix="quartierbot-bench-") as name:
        folder = Path(name)
        (folder / "town").mkdir()
        await programs.prepare(folder / "town", plan.people)
        async with far_end() as far:
            yield _Bench(plan, folder, far, asked)


async def _crowd(bench: _Bench, bot: str, stack: AsyncExitStack, found: Findings) -> Crowd:
    """Start a bot and let everybody ask once, so that it is warm and knows them."""
    crowd = bench.crowd(await stack.enter_async_context(bench.start(bot)))
    await crowd.ask(1, at_once=1)
    found.starts[bot].append(perf_counter() - crowd.bot.started)
    await crowd.ask(bench.plan.residents, at_once=CROWD)
    return crowd


async def _ask(
    bench: _Bench, crowds: Mapping[str, Crowd], found: Findings, *, at_once: int, first: int
) -> None:
    """Let each bot have its turn, another one first in each pass."""
    count = bench.plan.crowd if at_once == CROWD else bench.plan.alone
    for turn in range(len(BOTS)):
        bot = BOTS[(first + turn) % len(BOTS)]
        load = await crowds[bot].ask(count, at_once=at_once)
        found.loads[bot, at_once].append(load)


async def _starts(bench: _Bench, found: Findings) -> None:
    for _ in range(bench.plan.starts - 1):
        for bot in (FULL, BARE_OURS, BARE_DEFAULT):
            async with bench.start(bot) as program:
                await bench.crowd(program).ask(1, at_once=1)
                found.starts[bot].append(perf_counter() - program.started)
        found.foreign.note()


async def _sends(bench: _Bench, found: Findings) -> None:
    async with transport.far_process() as address:
        for _ in range(bench.plan.passes):
            for at_once in SENDING:
                for client in transport.CLIENTS:
                    cost = await transport.cost(
                        client, address, sends=bench.plan.sends, at_once=at_once
                    )
                    found.sends[client, at_once].append(cost)
    found.foreign.note()
