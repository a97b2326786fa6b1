"""Hostile updates at the reception: every one is accepted, none does harm, the next one is served."""

from __future__ import annotations

import asyncio
import json
import os
import random
import tracemalloc
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from pathlib import Path

import pytest
import pytest_asyncio

from tests.front import open_front
from tests.fuzz.corpus import (
    MALLORY,
    TEXTS,
    WRONG,
    Json,
    broken,
    broken_at,
    forged,
    missing_at,
    paths,
    sound,
    verbs,
)
from tests.fuzz.watch import Siege, logged
from tests.neighbours import Town

SEED = int(os.environ.get("QUARTIERBOT_TEST_SEED", "1"))
SIDE_BY_SIDE = 25
MANY = 10_000
MEGABYTE = 2**20


@pytest_asyncio.fixture
async def siege(village: Path, tmp_path: Path) -> AsyncIterator[Siege]:
    """A reception with a team and an open question, its log in memory."""
    with logged() as log:
        async with open_front(village, tmp_path) as front:
            opened = Siege(front, log)
            await opened.prepare()
            yield opened


async def _throw(siege: Siege, updates: Sequence[Json]) -> None:
    for start in range(0, len(updates), SIDE_BY_SIDE):
        async with asyncio.TaskGroup() as group:
            for update in updates[start : start + SIDE_BY_SIDE]:
                group.create_task(siege.throw(update))


def some(updates: list[Json], number: int) -> list[Json]:
    """Return a few, always the same."""
    return random.Random(1).sample(updates, number)


def test_the_corpus_is_large_and_knows_every_button() -> None:
    assert len(forged()) >= 500
    assert len(broken()) >= 1000
    assert {"oq:send:", "team:remove:", "delete:yes", "card:"} <= set(verbs())


@pytest.mark.fuzz
async def test_what_is_forged_is_refused_kindly(siege: Siege) -> None:
    await _throw(siege, some(forged(), 300))
    await siege.survived()
    assert siege.stumbles() == {}


@pytest.mark.fuzz
async def test_what_is_broken_is_set_aside(siege: Siege) -> None:
    await _throw(siege, some(broken(), 300))
    await siege.survived()


@pytest.mark.fuzz
async def test_what_is_hostile_in_the_queue_does_not_keep_the_others_waiting(
    small_town: Town,
) -> None:
    town = small_town
    for number, update in enumerate(some(forged() + broken(), 120), 8000):
        words = json.dumps(update).replace(str(MALLORY), str(number))  # each in a chat of their own
        with suppress(UnicodeEncodeError):  # the sandbox has no way to say half a character
            json.dumps(update, ensure_ascii=False).encode()
            await town.post("updates", json.loads(words))
    await town.alice.says("/privacy")
    assert len(await town.alice.sees()) == 1
    assert town.world.updates.count() == 0


@pytest.mark.fuzz
@pytest.mark.heavy
async def test_the_whole_corpus_does_no_harm(siege: Siege) -> None:
    await _throw(siege, forged())
    assert siege.stumbles() == {}
    await _throw(siege, broken())
    await siege.survived()


@pytest.mark.fuzz
@pytest.mark.heavy
async def test_many_mutations_do_no_harm_and_fill_no_memory(siege: Siege) -> None:
    dice = random.Random(SEED)
    await _throw(siege, [_mutated(dice) for _ in range(MANY // 10)])
    siege.log.truncate(0)
    tracemalloc.start()
    used, _ = tracemalloc.get_traced_memory()
    for _ in range(9):
        await _throw(siege, [_mutated(dice) for _ in range(MANY // 10)])
        siege.log.seek(siege.log.truncate(0))
    grown = tracemalloc.get_traced_memory()[0] - used
    tracemalloc.stop()
    await siege.survived()
    assert siege.thrown == MANY
    assert grown < 30 * MEGABYTE


def _mutated(dice: random.Random) -> Json:
    """Return a sound update with one to four places broken."""
    update = dice.choice(sound())
    for _ in range(dice.randint(1, 4)):
        places = list(paths(update))
        if not places:
            break
        place = dice.choice(places)
        if dice.random() < 0.2:
            update = missing_at(update, place)
        else:
            update = broken_at(update, place, dice.choice(WRONG + TEXTS))
    return update
