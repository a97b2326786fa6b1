"""Things that have moved on since a button was shown or a text was asked for."""

from __future__ import annotations

from itertools import count

from bot.domain.causes import Cause
from bot.domain.residents import Resident
from bot.domain.roles import Role
from bot.services.questions import Questions
from storage import conversations
from tests.neighbours import Neighbour, Town, press

UPDATES = count(2**40)
"""The numbers of updates that never were."""


async def who(town: Town, neighbour: Neighbour) -> Resident:
    """Return the resident behind a phone."""
    return await town.archive.services.residents.meet(neighbour.id, "fr")


async def pass_on(town: Town, neighbour: Neighbour, text: str) -> int:
    """Give a question to the team."""
    resident = await who(town, neighbour)
    number = await service(town).pass_on(Cause(next(UPDATES)), resident, text)
    await town.settles()
    return number


def service(town: Town) -> Questions:
    """Return the use cases about open questions."""
    return town.archive.services.questions


async def forges(town: Town, neighbour: Neighbour, action: str) -> None:
    """Press a button that may be old or may never have been."""
    await town.post("updates", press(neighbour.id, action))
    await town.settles()


async def in_dialogue(town: Town, neighbour: Neighbour) -> bool:
    """Tell whether the next text belongs to something begun."""
    person = (await who(town, neighbour)).contact_id
    async with town.archive.store.read() as tx:
        now = town.archive.clock.now()
        return await conversations.get(tx, chat=person, person=person, now=now) is not None


async def test_an_answer_to_a_question_taken_back_ends_the_dialogue(town: Town) -> None:
    alice, reto = town.alice, town.reto
    await alice.chooses("fr")
    await town.join_team(reto, Role.COORDINATOR)
    number = await pass_on(town, alice, "où jouer au curling ?")
    await forges(town, reto, f"oq:answer:{number}")
    await service(town).take_back(Cause(next(UPDATES)), await who(town, alice), number)

    await reto.says("In der Halle.")

    assert str(number) in (await reto.sees())[0]
    assert not await in_dialogue(town, reto)


async def test_somebody_removed_while_answering_writes_as_a_resident_again(town: Town) -> None:
    alice, reto, samira = town.alice, town.reto, town.samira
    await alice.chooses("fr")
    await town.join_team(reto, Role.COORDINATOR)
    await town.join_team(samira, Role.ANIMATOR)
    number = await pass_on(town, alice, "où jouer au curling ?")
    await forges(town, samira, f"oq:answer:{number}")
    animator = (await who(town, samira)).contact_id
    await town.archive.services.team.remove(Cause(next(UPDATES)), await who(town, reto), animator)

    await samira.says("À la halle.")
    assert await samira.sees() == ["Seule l'équipe peut faire cela."]
    await samira.says("où apprendre le français ?")

    assert "Seule l'équipe peut faire cela." not in await samira.sees()


async def test_sending_an_answer_ends_its_dialogue_with_it(any_town: Town) -> None:
    town, alice, reto = any_town, any_town.alice, any_town.reto
    await alice.chooses("fr")
    await town.join_team(reto, Role.COORDINATOR)
    number = await pass_on(town, alice, "où jouer au curling ?")
    await forges(town, reto, f"oq:answer:{number}")
    await reto.says("In der Halle.")

    await forges(town, reto, f"oq:send:{number}")

    assert "In der Halle." in await alice.last()
    assert not await in_dialogue(town, reto)


async def test_a_button_of_another_question_takes_no_answer_along(town: Town) -> None:
    alice, reto = town.alice, town.reto
    await alice.chooses("fr")
    await town.join_team(reto, Role.COORDINATOR)
    first = await pass_on(town, alice, "où jouer au curling ?")
    second = await pass_on(town, alice, "où voir un éléphant ?")
    await forges(town, reto, f"oq:answer:{second}")
    await reto.says("Im Zoo.")

    for stale in (f"oq:in:{first}:de", f"oq:in:{first}", f"oq:tick:{first}", "oq:list:"):
        await forges(town, reto, stale)
        assert "gehört zu einer älteren Nachricht" in await reto.last()

    await forges(town, reto, f"oq:send:{second}")
    assert "Im Zoo." in await alice.last()


async def test_a_page_of_the_inbox_that_emptied_meanwhile_shows_what_still_waits(
    town: Town,
) -> None:
    alice, reto = town.alice, town.reto
    await alice.chooses("fr")
    await town.join_team(reto, Role.COORDINATOR)
    for game in ("curling", "polo", "pétanque"):
        await pass_on(town, alice, f"où jouer au {game} ?")

    await forges(town, reto, "oq:list:7")

    assert await reto.last() == "📥 3 Fragen warten auf eine Antwort"


async def test_a_long_question_is_shown_as_it_was_kept(town: Town) -> None:
    alice, reto = town.alice, town.reto
    await alice.chooses("fr")
    await town.join_team(reto, Role.COORDINATOR)
    number = await pass_on(town, alice, "où jouer au curling " + "très " * 40 + "bien ?")
    await forges(town, reto, f"oq:answer:{number}")
    await reto.says("In der Halle.")
    await forges(town, reto, f"oq:send:{number}")

    await forges(town, reto, f"oq:faq:{number}")

    entries = town.archive.services.asking.directory.entries
    kept = [entry for entry in entries.values() if "curling" in entry.title.get("fr", "")]
    assert [entry.title["fr"].endswith("…") for entry in kept] == [True]
    assert kept[0].title["fr"] in await reto.last()
