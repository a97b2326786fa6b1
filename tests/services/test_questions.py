"""Open questions where words must not outlive the wish to take them back, on both engines."""

from __future__ import annotations

import pytest_asyncio

from bot.clock import Clock
from bot.domain.causes import Cause
from bot.domain.localized import Localized
from bot.domain.questions import Kept
from bot.domain.residents import Resident
from bot.domain.roles import Role
from bot.services.directory import DirectoryService
from bot.services.questions import Questions
from bot.services.residents import Residents
from bot.services.team import Team
from bot.services.town import TownSettings
from storage import outbox, privacy
from storage.store import Store


@pytest_asyncio.fixture
async def boss(store: Store, clock: Clock) -> Resident:
    """The town's coordinator."""
    person = await Residents(store, clock).meet(1, "de")
    team = Team(store, clock)
    await team.join(Cause(1), person, await team.invite(Role.COORDINATOR, None))
    return person


async def states(store: Store, prefix: str) -> dict[str, int]:
    """Return how many messages are in each state."""
    async with store.read() as tx:
        return await outbox.counts(tx, key_prefix=prefix)


async def test_who_takes_a_question_back_leaves_no_notice_of_it_on_its_way(
    store: Store, clock: Clock, boss: Resident
) -> None:
    service = _questions(store, clock)
    alice = await Residents(store, clock).meet(2, "fr")
    first = await service.pass_on(Cause(11), alice, "où jouer au curling ?")
    second = await service.pass_on(Cause(12), alice, "où voir un éléphant ?")
    assert await states(store, f"oq:{first}:new:") == {"queued": 1}

    await service.take_back(Cause(13), alice, first)

    assert await states(store, f"oq:{first}:new:") == {"cancelled": 1}
    assert await states(store, f"oq:{second}:new:") == {"queued": 1}
    waiting, _ = await service.inbox(boss, 0)
    assert [question.number for question in waiting] == [second]


async def test_words_of_somebody_erased_are_not_kept_with_the_others(
    store: Store, clock: Clock, boss: Resident
) -> None:
    service, people = _questions(store, clock), Residents(store, clock)
    alice, beat = await people.meet(2, "fr"), await people.meet(3, "fr")
    first = await service.pass_on(Cause(11), alice, "où jouer au curling ?")
    second = await service.pass_on(Cause(12), beat, "le curling, c'est où ?")
    answer = Localized(fr="À la halle.")
    await service.answer(Cause(13), boss, [first, second], answer=answer)
    async with store.write() as tx:
        await privacy.erase(tx, beat.contact_id, clock.now())

    assert await service.keep(Cause(14), boss, first) == Kept("où jouer au curling ?")

    directory = DirectoryService(store, clock)
    (entry,) = (await directory.changed()).entries.values()
    assert entry.questions == {"fr": ("où jouer au curling ?",)}


async def test_a_coordinator_who_is_away_leaves_the_news_to_the_others(
    store: Store, clock: Clock, boss: Resident
) -> None:
    service, people, team = _questions(store, clock), Residents(store, clock), Team(store, clock)
    samira, alice = await people.meet(2, "fr"), await people.meet(3, "fr")
    await team.join(Cause(2), samira, await team.invite(Role.ANIMATOR, None))

    async def told(update: int) -> list[str]:
        number = await service.pass_on(Cause(update), alice, f"question {update}")
        each = (boss.contact_id, samira.contact_id)
        return [who for who in each if await states(store, f"oq:{number}:new:{who}")]

    assert await told(11) == [boss.contact_id]
    await people.pause(Cause(12), boss, paused=True)
    assert await told(13) == [samira.contact_id]
    await people.reachable(Cause(14), 2, reachable=False)
    assert await told(15) == [boss.contact_id, samira.contact_id]


def _questions(store: Store, clock: Clock) -> Questions:
    directory, town = DirectoryService(store, clock), TownSettings(store, clock)
    return Questions(store, clock, directory=directory, town=town)
