"""Nobody waits for somebody else: 50 residents, and one slow, refused or failing chat among them."""

from __future__ import annotations

import pytest

from tests.front import soon
from tests.neighbours import Town
from web.sandbox import phones
from web.sandbox.people import Person

CROWD = range(7001, 7051)
SLOW = CROWD[0]
OTHERS = CROWD[1:]


@pytest.fixture
def crowd(small_town: Town) -> Town:
    """A small town with 50 residents more."""
    for number in CROWD:
        small_town.world.add_person(Person(number, "P", language_code="fr"))
    return small_town


def say(town: Town, person: int, text: str) -> None:
    world = town.world
    phones.send(world, world.people[person], world.chats[person], {"text": text})


def answers(town: Town, person: int) -> int:
    bot = town.world.bot.id
    return sum(each.json["from"]["id"] == bot for each in town.world.chats[person].history)


def answered(town: Town, *, times: int = 1) -> list[int]:
    return [person for person in CROWD if answers(town, person) >= times]


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "slow", "seconds": 3},
        {"kind": "429", "seconds": 3, "times": 1},
        {"kind": "500", "times": 2},
    ],
    ids=["slow", "429", "500"],
)
async def test_one_chat_in_trouble_delays_none_of_the_others(
    crowd: Town, fault: dict[str, object]
) -> None:
    await crowd.faults({**fault, "method": "sendMessage", "chat": SLOW})
    for person in CROWD:
        say(crowd, person, "/privacy")

    await soon(lambda: len(answered(crowd)) >= len(OTHERS))
    late = [call for call in await crowd.calls("sendMessage") if call["chat"] == SLOW]
    assert all(call.get("fault") in {"429", "500"} for call in late)
    await soon(lambda: answers(crowd, SLOW) >= 1)
    assert [answers(crowd, person) for person in OTHERS] == [1] * len(OTHERS)


async def test_a_person_with_much_to_say_in_a_slow_chat_does_not_hide_the_others(
    crowd: Town,
) -> None:
    # Telegram hands out a hundred updates from the first that is not confirmed: were the slow
    # person's second text not confirmed before it is answered, the last of these would not arrive.
    await crowd.faults({"kind": "slow", "chat": SLOW, "seconds": 4, "times": 1})
    for _ in range(3):
        say(crowd, SLOW, "/privacy")
    for _ in range(3):
        for person in OTHERS:
            say(crowd, person, "/privacy")

    await soon(lambda: answered(crowd, times=3) == list(OTHERS))
    assert answers(crowd, SLOW) == 0
    await soon(lambda: answers(crowd, SLOW) == 3)
