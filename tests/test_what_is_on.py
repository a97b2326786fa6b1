"""Lists of what is on, in the chat: whom they suit, page by page, and what a new question drops."""

from __future__ import annotations

from tests.neighbours import Town


async def test_a_list_suits_the_child_and_is_narrowed_by_what_follows(town: Town) -> None:
    alice = town.alice
    await alice.chooses("fr")

    await alice.says("que faire avec mon petit-fils de 8 ans mercredi")
    said = await alice.last()
    assert said.splitlines()[0].endswith("· 8 ans")
    assert "Mercredi des enfants" in said
    assert "rèche" not in said

    await alice.says("il y a quoi la semaine prochaine pour les enfants ?")
    assert "enfants" in (await alice.last()).splitlines()[0]
    await alice.presses("Suite ›")
    assert "7 à " in await alice.last()
    await alice.presses("‹ Avant")
    assert "1 à 6 sur " in await alice.last()
    await alice.says("8 ans")
    assert "8 ans" in (await alice.last()).splitlines()[0]

    await alice.says("qu'est-ce qu'il y a samedi ?")
    assert "8 ans" not in (await alice.last()).splitlines()[0]


async def test_what_is_nearest_asks_where_one_is_and_a_subject_is_turned_too(town: Town) -> None:
    beat = town.beat
    await beat.chooses("de")

    await beat.says("was läuft nächste Woche in meiner Nähe?")
    assert "Wo sind Sie? Schreiben Sie das Quartier" in await beat.last()
    await beat.says("Mett")
    assert "Mett" in (await beat.last()).splitlines()[0]

    await beat.says("was gibt es nächste Woche mit Spiel?")
    await beat.presses("Weiter ›")
    assert "7 bis " in await beat.last()
