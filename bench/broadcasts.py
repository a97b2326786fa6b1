"""An announcement to many over a bad line, with the bot killed on the way: who got it, how often, how fast."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from bisect import bisect_left
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from time import perf_counter

from bench.bad_line import FIRST, BadLine, Trial
from bot.archive import open_archive
from bot.clock import Clock
from bot.domain.audiences import Audience
from bot.domain.broadcasts import Broadcast, State
from bot.domain.localized import Localized
from bot.domain.roles import Role, Staff
from bot.domain.subscriptions import EVERYTHING
from bot.services.privacy import NOTICE_VERSION
from bot.serving import WebServer
from bot.settings import Settings
from storage import broadcasts, contacts, outbox, residents, staff, subscriptions, town
from storage.sealing import Keyring
from storage.store import Store, Tx
from web.sandbox import phones
from web.sandbox.app import DEMO_TOKEN, create_sandbox
from web.sandbox.people import Person
from web.sandbox.world import World

ROOT = Path(__file__).resolve().parents[1]
AUTHOR, ASKING = 10_001, range(11_001, 11_021)
WORDS = "Quartierfest am Samstag"
QUESTION = "Wo ist die Ludothek?"
_PATIENCE = 60.0


@dataclass(slots=True)
class Found:
    """What came of it."""

    people: int = 0
    missed: int = 0
    repeated: int = 0
    ambiguous: int = 0
    on_the_wire: int = 0
    most: int = 0
    closest: float = 0.0
    seconds: float = 0.0
    uncertain: int = 0
    kills: int = 0
    rate: int = 0
    idle: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nobody was missed, nothing repeated without need, and no limit overstepped."""
        repeats = self.repeated <= self.ambiguous + self.on_the_wire
        return not self.missed and repeats and self.most <= self.rate and self.closest >= 1.0

    def wait(self, waits: list[float], share: float) -> float:
        """Milliseconds within which this share of the questions was answered."""
        return 1000 * sorted(waits)[min(len(waits) - 1, int(share * len(waits)))] if waits else 0.0


async def run(folder: Path, town_files: Path, trial: Trial) -> Found:
    """Send one announcement as `trial` says, in an empty `folder`, and return what came of it."""
    line, sandbox = BadLine(trial), create_sandbox()
    world: World = sandbox.state.world
    world.faults = line
    people = range(FIRST, FIRST + trial.people)
    for person in (AUTHOR, *ASKING, *people):
        world.add_person(Person(person, "P", language_code="de"))
        world.chats[person].started = True
    away = set(random.Random(trial.seed).sample(people, int(trial.people * trial.blocked)))
    for person in away:
        world.chats[person].blocked = True
    server = WebServer(sandbox, host="127.0.0.1", port=0)
    bot = _Bot(folder, town_files, f"http://127.0.0.1:{await server.start()}", trial, line)
    try:
        await bot.prepare(people)
        found = await _through(bot, world, trial)
    finally:
        await bot.stop()
        await server.stop()
    return await _judged(found, bot, world, set(people) - away)


@dataclass(slots=True)
class _Bot:
    """The real command on its own folder, begun and killed as often as it takes."""

    folder: Path
    town_files: Path
    api: str
    trial: Trial
    line: BadLine
    number: int = 0
    process: asyncio.subprocess.Process | None = None

    @asynccontextmanager
    async def store(self) -> AsyncIterator[Store]:
        """Open its database beside it, without anything that would keep the line waiting."""
        keyring = Keyring.load(self.folder / "key")
        opened = await Store.open(self.database, keyring, clock=Clock())
        try:
            yield opened
        finally:
            await opened.close()

    @property
    def database(self) -> str:
        """Its database."""
        return f"sqlite:///{self.folder / 'town.db'}"

    async def prepare(self, people: range) -> None:
        """Let everybody subscribe, and a draft wait for its moment."""
        keyring, settings = (
            Keyring.create(self.folder / "key"),
            Settings(database_url=self.database),
        )
        async with open_archive(settings, keyring) as archive:
            await archive.services.directory.import_folder(self.town_files)
            now = archive.clock.now()
            async with archive.store.write() as tx:
                for person in (*ASKING, *people):
                    who = await _moves_in(tx, person, now)
                    if person in people:
                        await subscriptions.add(tx, who, EVERYTHING, now=now)
                author = await _moves_in(tx, AUTHOR, now)
                coordinates = Staff(author, Role.COORDINATOR, None, now)
                await staff.appoint(tx, coordinates, invited_by=None)
                text, state = Localized(de=WORDS, fr=WORDS), State.DRAFT
                draft = Broadcast(0, author, state, now, Audience(), text=text, shown_in=1)
                self.number = (await broadcasts.create(tx, draft)).number
                never = {"from": "00:00", "to": "00:00"}
                await town.put(tx, "quiet_hours", never, source="chat", now=now)

    async def send(self) -> None:
        """Let the announcement go now."""
        now = Clock().now()
        async with self.store() as store, store.write() as tx:
            draft = await broadcasts.get(tx, self.number)
            assert draft is not None
            await broadcasts.save(tx, replace(draft, state=State.WAITING, starts_at=now))

    async def over(self) -> bool:
        """Tell whether it has come to its end."""
        async with self.store() as store, store.read() as tx:
            found = await broadcasts.get(tx, self.number)
        return found is not None and found.finished_at is not None

    async def outcome(self) -> dict[str, int]:
        """Return how its messages ended."""
        async with self.store() as store, store.read() as tx:
            return await outbox.counts(tx, key_prefix=broadcasts.key(self.number))

    async def start(self) -> None:
        """Begin a life, and wait until it asks for updates."""
        self.line.polled.clear()
        ours = {
            "TOKEN": DEMO_TOKEN,
            "API_URL": self.api,
            "DATABASE_URL": self.database,
            "DIRECTORY": str(self.town_files),
            "KEY_FILE": str(self.folder / "key"),
            "WEB_PORT": "0",
            "RATE": str(self.trial.rate),
            "LOG_LEVEL": "ERROR",
        }
        kept = {n: v for n, v in os.environ.items() if not n.startswith("QUARTIERBOT_")}
        named = {f"QUARTIERBOT_{name}": value for name, value in ours.items()}
        self.process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run", "--allow-sample"),
            cwd=self.folder,
            env={**kept, **named, "PYTHONPATH": str(ROOT)},
        )
        async with asyncio.timeout(_PATIENCE):
            await self.line.polled.wait()

    async def stop(self, number: int = signal.SIGTERM) -> None:
        """End the life, politely or not."""
        if self.process is not None and self.process.returncode is None:
            self.process.send_signal(number)
            await self.process.wait()


async def _moves_in(tx: Tx, person: int, now: datetime) -> str:
    who = await contacts.meet(tx, person, kind="person", now=now)
    await residents.welcome(tx, who, language="de", now=now)
    await residents.change(tx, who, noticed_version=NOTICE_VERSION)
    return who


async def _through(bot: _Bot, world: World, trial: Trial) -> Found:
    found = Found(people=trial.people, rate=trial.rate)
    await bot.start()
    await _asks(bot, world, [], many=len(ASKING), pause=0.0)
    await _asks(bot, world, found.idle, many=trial.idle_questions, pause=trial.questions_every / 3)
    await bot.send()
    began = perf_counter()
    asking = asyncio.create_task(_asks(bot, world, found.busy, pause=trial.questions_every))
    try:
        for nth in range(1, trial.kills + 1):
            await _reached(bot.line, trial.people * nth // (trial.kills + 1))
            await bot.stop(signal.SIGKILL)
            found.kills += 1
            found.on_the_wire += await _on_the_wire(bot)
            await bot.start()
        while not await bot.over():  # noqa: ASYNC110 - it looks from outside
            await asyncio.sleep(0.5)
    finally:
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
    found.seconds = perf_counter() - began
    return found


async def _asks(
    bot: _Bot, world: World, waits: list[float], *, pause: float, many: int = 10**6
) -> None:
    """Let one resident after the other ask; what a kill falls into is not counted."""
    for nth in range(many):
        person, process = ASKING[nth % len(ASKING)], bot.process
        up = bot.line.polled.is_set()
        answer = asyncio.get_running_loop().create_future()
        bot.line.answered[person] = answer
        asked = perf_counter()
        phones.send(world, world.people[person], world.chats[person], {"text": QUESTION})
        await asyncio.wait([answer], timeout=_PATIENCE)
        lives = process is bot.process and process is not None and process.returncode is None
        if up and lives:
            waits.append(perf_counter() - asked)
        await asyncio.sleep(pause)


async def _on_the_wire(bot: _Bot) -> int:
    """Return how many messages were under way when it was killed."""
    return (await bot.outcome()).get("sending", 0)


async def _reached(line: BadLine, people: int) -> None:
    while len(line.to) < people:  # noqa: ASYNC110 - it looks from outside
        await asyncio.sleep(0.02)


async def _judged(found: Found, bot: _Bot, world: World, reachable: set[int]) -> Found:
    times = Counter(
        {
            person: sum(WORDS in str(m.json.get("text")) for m in world.chats[person].history)
            for person in reachable
        }
    )
    sent = bot.line.sent
    found.missed = sum(not times[person] for person in reachable)
    found.repeated = sum(max(0, many - 1) for many in times.values())
    found.ambiguous = bot.line.lost
    found.most = max(bisect_left(sent, since + 1.0) - nth for nth, since in enumerate(sent))
    gaps = [b - a for moments in bot.line.to.values() for a, b in pairwise(moments)]
    found.closest = min(gaps, default=1.0)
    found.uncertain = (await bot.outcome()).get("unknown", 0)
    return found
