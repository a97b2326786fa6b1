"""What was asked and not found: meanings and counts for the coordinators, nobody's words."""

from __future__ import annotations

from datetime import date

from bot.domain.roles import Role
from storage import learning
from tests.neighbours import Neighbour, Town

RINK = "où jouer au curling ?"


async def missed(town: Town) -> dict[tuple[str, str], int]:
    """Return all that was counted."""
    async with town.archive.store.read() as tx:
        return await learning.missed(tx, first=date.min, last=date.max)


async def chooses_the_second(who: Neighbour, question: str) -> None:
    """Ask, say that the answer was not what was meant if there was one, and choose another."""
    await who.says(question)
    if "Ce n'est pas ça" in await who.buttons():
        await who.presses("Ce n'est pas ça")
    await who.presses((await who.buttons())[1])


async def crowd(town: Town, size: int, language: str) -> list[Neighbour]:
    """Let people move in who have chosen their language."""
    people = [await town.newcomer(f"N{n}{language}", language) for n in range(size)]
    for who in people:
        await who.chooses(language)
    return people


async def test_coordinators_read_what_was_asked_in_vain_and_how_often(town: Town) -> None:
    reto, samira = town.reto, town.samira
    await town.join_team(reto, Role.COORDINATOR)
    await town.join_team(samira, Role.ANIMATOR)
    for who in await crowd(town, 3, "fr"):
        await who.says("qwxyz vrtplk")
    (german,) = await crowd(town, 1, "de")
    await german.says("qwxyz vrtplk")
    await german.says("qwxyz vrtplk")

    await reto.says("👥 Team")
    await reto.presses("📊 Gefragt und nicht gefunden")

    heading, day, _, line, _, note = (await reto.last()).split("\n")
    assert (heading, day) == ("Gefragt und nicht gefunden", "Woche ab 23. November 2026")
    assert line.startswith("• andere Wörter: ")
    assert sum((await missed(town)).values()) == 4
    assert note == "«wenige»: weniger als 3 Mal. Worte und Namen werden nicht behalten."
    await reto.presses("‹")
    assert "Nichts in dieser Woche." in await reto.last()
    await samira.says("👥 Équipe")
    assert not [label for label in await samira.buttons() if "📊" in label]


async def test_a_small_count_is_told_as_few(town: Town) -> None:
    reto = town.reto
    await town.join_team(reto, Role.COORDINATOR)
    await town.beat.chooses("de")
    await town.beat.says(RINK)

    await reto.says("👥 Team")
    await reto.presses("📊")

    assert "wenige" in await reto.last()
    assert "curling ?" not in await reto.last()


async def test_what_is_found_by_a_tap_was_not_asked_in_vain_and_counts_as_chosen(
    town: Town,
) -> None:
    alice = town.alice
    await alice.chooses("fr")

    await chooses_the_second(alice, "cours de langue")

    assert sum((await missed(town)).values()) == 0
    async with town.archive.store.read() as tx:
        chosen = await learning.choices(tx)
    assert chosen
    assert {n for entries in chosen.values() for n in entries.values()} == {1}


async def test_one_person_cannot_push_an_entry(town: Town) -> None:
    alice = town.alice
    await alice.chooses("fr")
    for _ in range(4):
        await chooses_the_second(alice, "cours de langue")

    async with town.archive.store.read() as tx:
        chosen = await learning.choices(tx)
    assert {n for entries in chosen.values() for n in entries.values()} == {1}
