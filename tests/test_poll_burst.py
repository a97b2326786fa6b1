"""Three hundred vote at once over a bad line: every vote that was answered is counted exactly once."""

from __future__ import annotations

import asyncio
from collections import Counter

from bot.domain.ballots import Choice
from bot.domain.causes import Cause
from bot.domain.localized import Localized
from bot.domain.polls import Option, Poll, Terms
from bot.domain.roles import Role
from storage import ballots, residents
from tests.neighbours import Town, press
from web.sandbox.people import Person

VOTERS = range(8000, 8300)
_OWN = 10_000_000
"""Numbers of updates that Telegram never gives here."""


async def _asked(town: Town) -> Poll:
    """Open a poll of three options as an animator."""
    await town.samira.chooses("fr")
    await town.join_team(town.samira, Role.ANIMATOR)
    async with town.archive.store.read() as tx:
        keeper = await residents.by_telegram_id(tx, town.samira.id)
    assert keeper is not None
    options = [Option(0, Localized(fr=word, de=word)) for word in "ABC"]
    keeping = town.archive.services.poll_keeping
    number = await keeping.draft(
        Cause(_OWN),
        keeper,
        question=Localized(fr="Quoi ?", de="Was?"),
        options=options,
        terms=Terms(),
    )
    return await keeping.open(Cause(_OWN + 1), keeper, number)


def _presses(town: Town, poll: Poll, place: int, who: int) -> None:
    marks = "".join("1" if at == place else "0" for at in range(3))
    town.world.updates.put_raw(press(who, f"po:cast:{poll.number}:{marks}"))


async def test_three_hundred_votes_in_a_burst_count_once_each(small_town: Town) -> None:
    town = small_town
    poll = await _asked(town)
    for number in VOTERS:
        town.world.add_person(Person(number, "P", language_code="de" if number % 2 else "fr"))
        town.world.chats[number].started = True
    await town.faults(
        {"kind": "lost", "method": "editMessageText", "probability": 0.2},
        {"kind": "lost", "method": "answerCallbackQuery", "probability": 0.2},
        {"kind": "lost", "method": "getUpdates", "times": 2},
    )
    for number in VOTERS:  # every third taps twice, and every third changes their mind
        _presses(town, poll, 0, number)
        if number % 3:
            continue
        _presses(town, poll, 0, number)
        _presses(town, poll, 1, number)
    async with asyncio.timeout(60):
        while town.world.updates.count() or town.app.intake.busy:  # noqa: ASYNC110 - two programs
            await asyncio.sleep(0.05)

    changed = sum(number % 3 == 0 for number in VOTERS)
    async with town.archive.store.read() as tx:
        by_hand = Counter(await ballots.recount(tx, poll.number))
        kept = await ballots.tally(tx, poll.number)
    first, second = (Choice((poll.options[place].id,)) for place in (0, 1))
    assert by_hand == {first: len(VOTERS) - changed, second: changed}
    tallied = {slot: amount for slot, amount in kept.items() if amount}
    assert tallied == {(choice.picks[0], "yes"): amount for choice, amount in by_hand.items()}
