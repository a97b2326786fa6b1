"""Talking with the bot over several messages: going on, lists, interruptions, groups."""

from __future__ import annotations

from bot.archive import open_archive
from tests.neighbours import KEYRING, Town
from tests.test_things import GROUP, in_group


def head(text: str) -> str:
    """Return the first line, with ordinary spaces."""
    return text.split("\n", maxsplit=1)[0].replace("\u00a0", " ")


async def test_a_conversation_goes_on_about_the_card_and_changes_language_with_the_person(
    town: Town,
) -> None:
    alice = town.alice
    await alice.chooses("fr")
    await alice.says("ludothèque horaire")
    assert head(await alice.last()).startswith("Prochaine ouverture : aujourd'hui, mercredi 25")

    await alice.says("et le samedi ?")
    assert head(await alice.last()) == "Samedi 28 novembre : 10 h – 12 h"

    await alice.says("u was choschtet das?")
    price, offer = await alice.sees()
    assert head(price) == "Preis: 40 Franken pro Jahr"
    assert offer == "Soll ich Ihnen immer auf Deutsch schreiben?"

    await alice.says("Fundbüro")
    await alice.says("Telefonnummer?")
    assert head((await alice.sees())[0]).startswith("Kontakt: +41 32 000 01 62")


async def test_where_brings_the_place_on_the_map(town: Town) -> None:
    beat = town.beat
    await beat.chooses("de")
    await beat.says("Ludothek")
    await beat.says("Und wo ist das?")

    assert head((await beat.sees())[0]) == (
        "InfoQuartier Champagne-Gurzelen, Altstadionweg 8, 2502 Biel"
    )
    assert (await beat.messages())[-1]["venue"]["title"] == "InfoQuartier Champagne-Gurzelen"


async def test_after_a_quarter_of_an_hour_a_new_conversation_begins(town: Town) -> None:
    alice = town.alice
    await alice.chooses("fr")
    await alice.says("ludothèque horaire")

    await town.passes(minutes=16)
    await alice.says("combien ça coûte ?")

    assert "40 francs" not in await alice.last()


async def test_a_restart_does_not_interrupt_a_conversation(town: Town) -> None:
    alice = town.alice
    await alice.chooses("fr")
    await alice.says("ludothèque horaire")

    async with open_archive(town.app.settings, KEYRING) as restarted:
        resident = await restarted.services.residents.meet(alice.id, "fr")
        assert restarted.services.contexts.of(resident).shown == ("svc-ludothek",)


async def test_whoever_taps_a_suggestion_goes_on_about_it(town: Town) -> None:
    beat = town.beat
    await beat.chooses("de")
    await beat.says("tauchkurs")
    assert head(await beat.last()) == "Meinten Sie eines davon?"
    await beat.presses("Deutschkurse")

    await beat.says("und was kostet das?")

    assert head(await beat.last()) == "Preis: 6 Franken pro Lektion"


async def test_a_group_has_no_memory(town: Town) -> None:
    alice = town.alice
    await alice.says("@quartierbot_demo_bot ludothèque horaire", chat=GROUP)
    await alice.says("@quartierbot_demo_bot et le prix ?", chat=GROUP)

    assert "40 francs" not in str(await in_group(town, alice))


async def test_what_is_on_is_a_list_that_opens_and_closes_in_place(town: Town) -> None:
    alice = town.alice
    await alice.chooses("fr")
    await alice.says("qu'est-ce qu'il y a mercredi pour un enfant de 8 ans ?")
    listed = (await alice.last()).replace("\u00a0", " ")
    count = len(await alice.messages())

    assert listed.split("\n")[:2] == [
        "Mercredi 25 novembre · 8 ans",
        "• Mercredi des enfants, 14 h – 17 h, InfoQuartier Champagne-Gurzelen",
    ]
    await alice.presses("Mercredi des enfants")
    assert (await alice.last()).startswith("Aujourd'hui, mercredi 25 novembre")
    await alice.presses("‹ Retour à la liste")
    assert (await alice.last()).replace("\u00a0", " ") == listed
    assert len(await alice.messages()) == count


async def test_a_long_list_has_pages(town: Town) -> None:
    beat = town.beat
    await beat.chooses("de")
    await beat.says("was läuft diese Woche für Erwachsene?")
    first = await beat.last()
    assert "1 bis 6 von " in first

    await beat.presses("Weiter ›")
    second = await beat.last()
    assert "7 bis 12 von " in second
    assert not set(first.split("\n")[1:-1]) & set(second.split("\n")[1:-1])
    await beat.presses("‹ Zurück")
    assert await beat.last() == first


async def test_a_list_is_narrowed_by_saying_more(town: Town) -> None:
    beat = town.beat
    await beat.chooses("de")
    await beat.says("was läuft nächste Woche für Senioren?")
    await beat.says("und in Bözingen?")

    assert head(await beat.last()) == (
        "Von Montag, 30. November, bis Sonntag, 6. Dezember · ältere Menschen · Bözingen"
    )
    await beat.says("u gratis?")
    assert head(await beat.last()).endswith("Bözingen · kostenlos")


async def test_an_empty_list_says_so_and_what_comes_next(town: Town) -> None:
    alice = town.alice
    await alice.chooses("fr")
    await alice.says("qu'est-ce qu'il y a dimanche pour les enfants ?")

    said = (await alice.last()).split("\n")
    assert said[:3] == [
        "Dimanche 29 novembre · enfants",
        "Je ne trouve rien.",
        "La prochaine possibilité :",
    ]
    assert (await alice.buttons())[-1] == "Oui, demander à l'équipe"


async def test_the_place_in_ones_own_neighbourhood_comes_first(town: Town) -> None:
    alice = town.alice
    await alice.chooses("fr")
    await alice.presses("Boujean")
    await alice.says("où est l'infoquartier ?")

    assert "Rue de l'Ancienne-Forge 22" in " ".join(await alice.sees()) or (
        "Boujean" in (await alice.buttons())[0]
    )


async def test_near_me_means_my_neighbourhood(town: Town) -> None:
    beat = town.beat
    await beat.chooses("de")
    await beat.presses("Bözingen")
    await beat.says("was läuft diese Woche in meiner Nähe?")

    assert head(await beat.last()).endswith("· zuerst das Nächste bei Bözingen")
    assert "Bözingen" in (await beat.last()).splitlines()[1]
