"""Politeness is answered in kind; emergencies in plain words get the number at once."""

from __future__ import annotations

import pytest

from tests.neighbours import Town


async def test_politeness_is_answered_in_kind(town: Town) -> None:
    alice, beat = town.alice, town.beat
    await alice.chooses("fr")
    await beat.chooses("de")

    await alice.says("Bonjour !")
    assert await alice.sees() == ["Bonjour ! Écrivez-moi votre question, comme vous la diriez."]
    await alice.says("merci bcp")
    assert await alice.sees() == ["Avec plaisir !"]
    await beat.says("merci vilmal")
    assert await beat.sees() == ["Gern geschehen!"]
    await beat.says("Tschüss")
    assert await beat.sees() == ["Auf Wiedersehen, alles Gute!"]


async def test_the_bot_says_that_it_is_a_program(town: Town) -> None:
    beat = town.beat
    await beat.chooses("de")

    await beat.says("Bist du ein Mensch?")

    assert (await beat.last()).startswith("Ich bin ein Computerprogramm, kein Mensch.")


async def test_a_newcomer_who_greets_is_welcomed(town: Town) -> None:
    alice = town.alice

    await alice.says("bonjour")

    welcome, languages = await alice.sees()
    assert welcome.startswith("Bienvenue !")
    assert languages.startswith("Bonjour !")


async def test_a_greeting_before_a_question_is_no_small_talk(town: Town) -> None:
    alice = town.alice
    await alice.chooses("fr")

    await alice.says("bonjour, où emprunter des jouets ?")

    assert "Ludothèque" in (await alice.sees())[0]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("ma maison brûle", "118"),
        ("es brennt in der Küche", "118"),
        ("es brönnt bi üs", "118"),
        ("je ne peux plus me lever", "144"),
        ("je saigne beaucoup", "144"),
        ("meine Mutter atmet nicht mehr", "144"),
        ("i cha nümm ufstah, bi umgheit", "144"),
    ],
)
async def test_an_emergency_in_plain_words_gets_the_number_first(
    town: Town, words: str, number: str
) -> None:
    await town.alice.chooses("fr")

    await town.alice.says(words)

    said = (await town.alice.sees())[0]
    assert f"{number} " in said.splitlines()[2]


async def test_wanting_to_sign_up_asks_for_what_and_after_a_card_says_how(town: Town) -> None:
    alice = town.alice
    await alice.chooses("fr")

    await alice.says("je veux m'inscrire")
    assert (await alice.last()).startswith("Vous inscrire à quoi ?")
    assert "Demander à l'équipe" in await alice.buttons()
    await alice.presses("Au programme ces deux prochaines semaines")
    assert "1 à 6 sur " in await alice.last()

    await alice.says("je m'inscris au yoga")
    said = await alice.last()
    assert said.startswith("Inscription dans ce chat ou à l'accueil.")
    assert "Demander à l'équipe de m'inscrire" in await alice.buttons()
    await alice.says("je veux m'inscrire")
    assert (await alice.last()).startswith("Inscription dans ce chat ou à l'accueil.")


async def test_whoever_wants_to_help_is_told_how_to_begin(town: Town) -> None:
    beat = town.beat
    await beat.chooses("de")

    await beat.says("freiwillig")

    assert "Freiwilligenbörse" in await beat.last()
    assert "Das Team bitten, mich anzumelden" in await beat.buttons()
