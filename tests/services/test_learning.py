"""Learning from many people, and from none of them in particular, on both engines."""

from __future__ import annotations

from datetime import date, timedelta

import pytest_asyncio

from bot.clock import Clock
from bot.domain.causes import Cause
from bot.domain.localized import Localized
from bot.domain.residents import Resident
from bot.domain.taps import PER_DAY
from bot.services.asking import Asking
from bot.services.directory import DirectoryService
from bot.services.learning import Learning
from bot.services.residents import Residents
from bot.words import engine, guidance
from storage import learning
from storage.store import Store

QUESTION = "atelier de poterie"
BY_THE_LAKE = "Atelier de poterie du lac"
IN_THE_CENTRE = "Atelier de poterie du centre"


@pytest_asyncio.fixture
async def asking(store: Store, clock: Clock) -> Asking:
    """A town that offers the same thing twice."""
    service = DirectoryService(store, clock)
    async with store.write() as tx:
        for title in (IN_THE_CENTRE, BY_THE_LAKE):
            question, answer = Localized(fr=title), Localized(fr="Le mardi soir.")
            await service.add_faq(tx, question=question, answer=answer)
    return Asking(
        await service.changed(),
        clock,
        learn=engine,
        guidance=guidance(),
    )


async def crowd(store: Store, clock: Clock, size: int) -> list[Resident]:
    """People who live here."""
    people = Residents(store, clock)
    return [await people.meet(number, "fr") for number in range(1, size + 1)]


def offered(asking: Asking) -> list[str]:
    """Return what is offered for the question, in order."""
    return [card.entry.title["fr"] for card in asking.nearest(QUESTION)]


async def test_what_people_choose_day_after_day_comes_first(
    store: Store, clock: Clock, asking: Asking
) -> None:
    service = Learning(store, clock, asking=asking)
    first, second = offered(asking)
    topic, entry_id = asking.topic(QUESTION), asking.nearest(QUESTION)[1].entry.id
    assert topic is not None

    causes = iter(range(1, 1000))
    people = await crowd(store, clock, 4)
    for _ in range(5):
        for who in [*people, *people]:
            await service.chose(Cause(next(causes)), who, topic, entry_id=entry_id)
        clock.offset += timedelta(days=1)

    assert offered(asking) == [second, first]
    async with store.read() as tx:
        counted = await learning.choices(tx)
    assert {n for entries in counted.values() for n in entries.values()} == {20}


async def test_a_crowd_in_one_day_counts_five(store: Store, clock: Clock, asking: Asking) -> None:
    service = Learning(store, clock, asking=asking)
    topic, entry_id = asking.topic(QUESTION), asking.nearest(QUESTION)[1].entry.id
    assert topic is not None

    for number, who in enumerate(await crowd(store, clock, PER_DAY + 3)):
        await service.chose(Cause(number + 1), who, topic, entry_id=entry_id)

    async with store.read() as tx:
        counted = await learning.choices(tx)
    assert {n for entries in counted.values() for n in entries.values()} == {PER_DAY}


async def test_one_person_asking_all_day_counts_once_until_tomorrow(
    store: Store, clock: Clock, asking: Asking
) -> None:
    service = Learning(store, clock, asking=asking)
    (alice,) = await crowd(store, clock, 1)
    topic = asking.topic(QUESTION)
    assert topic is not None

    for _ in range(5):
        service.missed(alice, topic)
    clock.offset += timedelta(days=1)
    service.missed(alice, topic)
    async with store.write() as tx:
        await service.save(tx)
        await service.save(tx)

    async with store.read() as tx:
        counted = await learning.missed(tx, first=date.min, last=date.max)
    assert set(counted.values()) == {2}


async def test_nothing_is_counted_of_distress(asking: Asking) -> None:
    assert asking.topic("mon copain me tape") is None
    assert asking.topic("i ha kes Dach überem Chopf") is None
