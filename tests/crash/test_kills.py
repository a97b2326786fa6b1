"""Kill -9 at every named point and at random ones: nothing accepted is lost, nothing is done twice."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from bot.archive import open_archive
from bot.domain.roles import Role
from bot.settings import Settings
from storage.sealing import Keyring
from tests.crash.lives import Life, Lives, open_lives
from tests.crash.points import NAMED, Point, at_random
from tests.crash.street import RETO, Street, is_answered
from tests.front import soon
from tests.neighbours import WEDNESDAY
from tests.process.house import House, open_house
from tests.wire import Passage
from web.sandbox import phones

SEED = int(os.environ.get("QUARTIERBOT_TEST_SEED", "1"))
READY = 5.0
LONGEST = 6.0
"""Seconds after which a life ends anyway, should it never come to its point."""


@dataclass
class Trial:
    """One bot on one database through many lives."""

    house: House
    lives: Lives
    street: Street
    kills: int = 0
    reached: Counter[str] = field(default_factory=Counter)
    recoveries: list[float] = field(default_factory=list)

    async def begin(self, point: Point | None = None) -> Life:
        """Begin a life and wait until it asks for updates, or until it is over."""
        environment = self.house.environment()
        polls, begun = self.house.wire.counts["getUpdates"], time.monotonic()
        if point is not None and point.command:
            life = await self.lives.command("run", environment=environment)
        else:
            death = point.death if point else None
            life = await self.lives.fork("run", environment=environment, death=death)
        if point is not None and point.after is not None and not point.signalled:
            asyncio.get_running_loop().call_later(point.after, life.kill)
        await soon(lambda: life.over.is_set() or self.house.wire.counts["getUpdates"] > polls)
        if not life.over.is_set() and not (point and point.command):
            self.recoveries.append(time.monotonic() - begun)
        return life

    async def die_at(self, point: Point) -> None:
        """Live until `point` is reached, while somebody asks a question."""
        self.house.world.faults.replace({"rules": _slow(point)})
        self.street.think_of_a_question()
        life = await self.begin(point)
        if point.method:
            self.house.wire.watching = _killer(life, point)
        if point.signalled and point.after is not None:
            await asyncio.sleep(point.after)
            life.kill(signal.SIGTERM)
            await asyncio.sleep(0.02)
            life.kill()
        if point.locked:
            await self._die_locked(life, point.locked)
        with suppress(TimeoutError):
            async with asyncio.timeout(LONGEST):
                await life.over.wait()
                self.reached[point.name] += 1
        life.kill()
        await life.over.wait()
        self.house.wire.watching = None
        assert life.code == -signal.SIGKILL, life.log.read_text()[-2000:]
        self.kills += 1

    async def _die_locked(self, life: Life, seconds: float) -> None:
        """Hold the database from the next press on, and kill who waits for it."""
        held = sqlite3.connect(self.house.folder / "town.db", isolation_level=None)
        pressed = asyncio.Event()

        def hold() -> None:
            if not held.in_transaction:
                held.execute("BEGIN IMMEDIATE")
                pressed.set()

        self.street.before_press = hold
        with suppress(TimeoutError):
            async with asyncio.timeout(LONGEST):
                await pressed.wait()
                await asyncio.sleep(seconds)
        life.kill()
        await life.over.wait()
        self.street.before_press = None
        held.close()

    async def live_happily(self) -> None:
        """Let everybody finish in a last life, then stop it as an operator would."""
        self.house.world.faults.replace({"rules": []})
        life = await self.begin()
        async with asyncio.timeout(300):
            await self.street.to_ask.join()
        await soon(self._quiet, seconds=300)
        life.kill(signal.SIGTERM)
        await life.over.wait()
        assert life.code == 0

    def _quiet(self) -> bool:
        waiting = self.rows("SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending')")
        asked = {number for (number,) in self.rows("SELECT id FROM open_question")}
        return (
            waiting == [(0,)]
            and not self.house.world.updates.count()
            and self.street.answered >= set(filter(is_answered, asked))
        )

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Look into the database from outside."""
        with sqlite3.connect(self.house.folder / "town.db") as database:
            found = database.execute(query).fetchall()
        database.close()
        return found


def _slow(point: Point) -> list[dict[str, object]]:
    if not point.slow:
        return []
    return [{"kind": "slow", "method": point.method, "seconds": point.slow}]


def _killer(life: Life, point: Point) -> Callable[[Passage], Awaitable[None]]:
    async def watch(passage: Passage) -> None:
        if (passage.method, passage.when) != (point.method, point.when):
            return
        if point.has_updates and not (passage.updates or passage.offset):
            return
        life.kill()

    return watch


async def survive(folder: Path, points: Sequence[Point]) -> Trial:
    """Go through all `points` on one database, then check what is left."""
    async with open_house(folder) as house, open_lives(folder) as lives:
        street = Street(house)
        trial = Trial(house, lives, street)
        await _appoint_reto(trial)
        doings = (street.ask_all(), street.ask_all(), street.ask_all(), street.answer_some())
        people = [asyncio.create_task(doing) for doing in doings]
        try:
            for point in points:
                await trial.die_at(point)
            await trial.live_happily()
        finally:
            for person in people:
                person.cancel()
            street.close()
        check(trial)
    return trial


async def _appoint_reto(trial: Trial) -> None:
    folder = trial.house.folder
    settings = Settings(database_url=f"sqlite:///{folder / 'town.db'}", today=WEDNESDAY)
    async with open_archive(settings, Keyring.load(folder / "key")) as archive:
        payload = await archive.services.team.invite(Role.COORDINATOR, None)
    world = trial.house.world
    phones.start(world, world.people[RETO], payload)
    life = await trial.begin()
    await soon(lambda: bool(trial.house.told(RETO)))
    life.kill(signal.SIGTERM)
    await life.over.wait()


def check(trial: Trial) -> None:
    """Compare what people did with what the database holds and what they saw."""
    asked = trial.street.asked
    assert trial.rows("PRAGMA integrity_check") == [("ok",)]
    assert trial.rows("PRAGMA foreign_key_check") == []
    stored = Counter(text for (text,) in trial.rows("SELECT text FROM open_question"))
    assert stored == Counter(list(asked)), "an accepted question is lost or doubled"
    assert trial.rows("SELECT DISTINCT state FROM outbox") == [("sent",)]

    kinds = Counter(str(key).split(":")[2] for (key,) in trial.rows("SELECT key FROM outbox"))
    answered = trial.rows("SELECT count(*) FROM open_question WHERE state = 'answered'")
    assert kinds["new"] == len(asked)
    assert kinds["receipt"] == trial.street.presses
    assert answered == [(kinds["answer"],)]
    assert max(Counter(_consents(trial)).values()) == 1, "an effect is doubled"

    seen = _sightings(trial)
    firsts = Counter(first for _, first, _ in seen)
    assert firsts["✓"] == kinds["receipt"]
    assert firsts["💬"] == kinds["answer"]
    repeats = sum(times - 1 for times in seen.values())
    assert repeats <= trial.kills, "more than one message repeated per crash"
    remembered = len(trial.rows("SELECT update_id FROM update_seen"))
    assert remembered >= kinds["receipt"] + kinds["answer"], "would be done again"
    assert trial.house.world.updates.count() == 0
    print(_figures(trial, repeats))  # noqa: T201 - shown with -s and when something fails


def _consents(trial: Trial) -> list[tuple[Any, ...]]:
    return trial.rows("SELECT contact_id, purpose, version FROM consent")


def _sightings(trial: Trial) -> Counter[tuple[int, str, str]]:
    """Count how often each notice, receipt and answer was seen: whose phone, first sign, text.

    A notice changes in place once it is opened, so some are not seen here.
    """
    seen: Counter[tuple[int, str, str]] = Counter()
    for person in {RETO, *trial.street.asked.values()}:
        for text in trial.house.told(person):
            if text.startswith(("💬 Antwort des Teams", "✓ Das Team hat", "📥 Neue Frage")):
                seen[person, text[0], text] += 1
    return seen


def _figures(trial: Trial, repeats: int) -> str:
    slowest = max(trial.recoveries)
    mean = sum(trial.recoveries) / len(trial.recoveries)
    return (
        f"{trial.kills} kills (seed {SEED}), {sum(trial.reached.values())} at their point;"
        f" {len(trial.street.asked)} questions, 0 lost, 0 doubled; {repeats} messages repeated;"
        f" ready after {mean:.2f} s in the mean, {slowest:.2f} s at most"
    )


@pytest.mark.crash
async def test_a_few_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    dice = random.Random(SEED)
    moments = [at_random(dice.uniform(0.0, 1.5))]
    trial = await survive(tmp_path, [*NAMED[:12], *moments])
    assert trial.kills == 13
    assert sum(trial.reached.values()) >= 8


@pytest.mark.crash
@pytest.mark.heavy
async def test_a_hundred_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    dice = random.Random(SEED)
    trial = await survive(tmp_path, list(_hundred(dice)))
    assert trial.kills >= 100
    assert set(trial.reached) >= {point.name for point in NAMED}
    assert median(trial.recoveries) <= READY


def _hundred(dice: random.Random) -> Iterator[Point]:
    """Return each named point four times, 50 random moments and five of the real command, mixed."""
    moments = (at_random(dice.uniform(0.0, 2.0)) for _ in range(50))
    commands = (at_random(dice.uniform(1.0, 6.0), command=True) for _ in range(5))
    points = list(chain(NAMED * 4, moments, commands))
    dice.shuffle(points)
    return iter(points)
