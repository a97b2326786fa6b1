"""The team's half: what residents bring is read, decided on in both languages, told, and looked at again."""

from __future__ import annotations

import pytest

from bot.domain.roles import Role
from tests.neighbours import Neighbour, Town, press

BENCHES = "Il manque des bancs au bord de la Suze, pour se reposer."
SUZE = {"lat": 47.1402, "lon": 7.2461}
KEYS = {"fr": "💡 Idée ou souci", "de": "💡 Idee oder Anliegen"}
GO_ON = {"fr": "Continuer", "de": "Weiter"}


@pytest.fixture
async def office(town: Town) -> Town:
    """The town with Reto as its coordinator, who reads German, and one idea of Alice's."""
    await town.alice.chooses("fr")
    await town.join_team(town.reto, Role.COORDINATOR)
    await brings(town.alice, "fr", BENCHES)
    return town


async def test_a_plan_is_told_to_author_and_supporter_each_in_their_language(office: Town) -> None:
    alice, beat, reto = office.alice, office.beat, office.reto
    await beat.chooses("de")
    await supports(beat)
    await decides(reto, "geplant")
    await explains(reto, fr="Deux bancs au printemps.", de="Zwei Bänke im Frühling.")
    before = len(await alice.messages()), len(await beat.messages())

    assert await reto.last() == (
        "Nr. 1: geplant, noch nicht mitgeteilt\n"
        f"\n— Français —\n💬 Du nouveau pour votre n° 1\n{BENCHES}\n"
        "C'est prévu.\nDeux bancs au printemps.\n"
        f"\n— Deutsch —\n💬 Neues zu Ihrer Nr. 1\n{BENCHES}\n"
        "Es ist geplant.\nZwei Bänke im Frühling.\n"
        "\nWer es geschrieben hat, erfährt es, in der eigenen Sprache.\n"
        "1 unterstützende Person erfährt es."
    )
    await reto.presses("📣 Jetzt veröffentlichen")

    assert await reto.last() == "✓ Nr. 1 ist veröffentlicht.\n2 Personen erfahren es."
    assert (await alice.last()).endswith("C'est prévu.\nDeux bancs au printemps.")
    assert (await beat.last()).endswith("Es ist geplant.\nZwei Bänke im Frühling.")
    assert (len(await alice.messages()), len(await beat.messages())) == (
        before[0] + 1,
        before[1] + 1,
    )


async def test_a_refusal_without_its_german_reason_cannot_be_published(office: Town) -> None:
    alice, reto = office.alice, office.reto
    await decides(reto, "nicht möglich")
    await reto.presses("✍️ Grund auf Französisch")
    await reto.says("La rive est protégée.")

    missing = "⚠️ Es kann noch nicht veröffentlicht werden. Es fehlt: der Grund auf Deutsch."
    assert (await reto.last()).endswith(missing)
    assert not [label for label in await reto.buttons() if label.startswith("📣")]
    await office.post("updates", press(reto.id, "tr:publish:1"))
    await office.settles()
    assert (await reto.last()).endswith(missing)
    assert "protégée" not in await alice.last()

    await reto.presses("✍️ Grund auf Deutsch")
    await reto.says("Das Ufer ist geschützt.")
    await reto.presses("📣 Jetzt veröffentlichen")
    assert (await alice.last()).endswith("Ce n'est pas possible.\nLa rive est protégée.")


async def test_a_ready_made_reason_says_it_in_both_languages_and_is_changed_at_will(
    office: Town,
) -> None:
    alice, reto = office.alice, office.reto
    await decides(reto, "nicht möglich")
    await reto.presses("📄")
    await reto.presses("Das Budget dieses Jahres")
    assert "Le budget de cette année ne le permet pas." in await reto.last()
    await reto.presses("✓ Grund auf Deutsch")
    await reto.says("Das Budget ist leider schon verteilt.")
    await reto.presses("📄")
    await reto.presses("📌")
    assert "Das Budget ist leider schon verteilt." in await reto.buttons()
    await reto.presses("🗑 Eine")
    await reto.presses("🗑 Das Budget dieses Jahres")
    assert not [label for label in await reto.buttons() if label.startswith("Das Budget dieses")]
    await reto.presses("‹")
    await reto.presses("📣 Jetzt")
    assert "Le budget de cette année ne le permet pas." in await alice.last()


async def test_passing_on_names_to_whom(office: Town) -> None:
    alice, reto = office.alice, office.reto
    await decides(reto, "weitergegeben")
    assert (await reto.last()).endswith(
        "Es fehlt: an wen es weitergeht, der Grund auf Französisch, der Grund auf Deutsch."
    )
    await reto.presses("✍️ An wen, Französisch")
    await reto.says("le service des travaux publics")
    await explains(reto, fr="Il s'occupe des rives.", de="Es ist für die Ufer da.")
    await reto.presses("📣 Jetzt veröffentlichen")

    assert (await alice.last()).endswith(
        "C'est transmis à : le service des travaux publics\nIl s'occupe des rives."
    )


async def test_together_says_who_until_when_and_how_many_hands(office: Town) -> None:
    alice, reto = office.alice, office.reto
    await decides(reto, "wir machen es gemeinsam")
    await reto.presses("✍️ Wer, Französisch")
    await reto.says("le groupe de la Suze")
    await reto.presses("✍️ Bis wann")
    await reto.says("irgendwann")
    assert (await reto.last()).startswith("Darin lese ich keinen kommenden Tag.")
    await reto.says("bis 15. März")
    assert "bis Montag, 15. März 2027" in await reto.last()
    await reto.presses("✓ Bis wann")
    await reto.presses("Freitag, 25. Dezember")
    await reto.presses("✍️ Wie viele")
    await reto.presses("3")
    await reto.presses("📣 Jetzt veröffentlichen")

    assert "le groupe de la Suze, jusqu'au vendredi 25 décembre" in await alice.last()


async def test_not_really_done_comes_back_to_the_team(office: Town) -> None:
    alice, reto = office.alice, office.reto
    await decides(reto, "erledigt")
    await reto.presses("📣 Jetzt veröffentlichen")
    await alice.presses("👎")

    assert (await reto.last()).startswith("🔁 Nr. 1 ist wieder offen")
    await reto.presses("Öffnen")
    assert "Entschieden: in Diskussion. Mitgeteilt: erledigt." in await reto.last()


async def test_what_is_critical_is_for_coordinators_alone(office: Town) -> None:
    reto, samira = office.reto, office.samira
    await office.join_team(samira, Role.ANIMATOR)
    await opens(reto)
    await reto.presses("⋯")
    await reto.presses("🔴")
    assert "🔴 Heikel: nur Koordination" in await reto.last()

    await samira.says("📋 Idées")
    assert await samira.last() == "📋 Idées et soucis\nRien en attente. Bravo !"
    await samira.presses("Toutes les ouvertes")
    assert await samira.last() == "Ouvertes · 0\nRien ici."
    await office.post("updates", press(samira.id, "tr:open:1"))
    await office.settles()
    assert await samira.last() == "Seule l'équipe peut faire cela."


async def test_nobody_else_gets_behind_the_desk(office: Town) -> None:
    alice = office.alice
    for action in ("tr:morning", "tr:open:1", "tr:list:0", "tr:publish:1", "tr:enter", "tr:grid:1"):
        await office.post("updates", press(alice.id, action))
        await office.settles()
        said = await alice.last()
        assert said.startswith(("Seule l'équipe peut faire cela.", "Ce bouton vient d'un ancien"))


async def test_the_page_says_everything_but_who(office: Town) -> None:
    reto = office.reto
    await opens(reto)

    assert await reto.last() == (
        "Nr. 1, Idee · eingegangen am 25. November 2026\n"
        "Auf Französisch\n"
        f"{BENCHES}\n"
        "📍 Ein Ort auf der Karte\n"
        "Von: Name nicht angezeigt; die Antwort kommt an.\n"
        "Stand: vom Team gelesen\n"
        "Noch ist niemand verantwortlich.\n"
        "Antwort fällig bis Mittwoch, 9. Dezember."
    )
    await reto.presses("📜")
    assert "eingegangen" in await reto.last()
    assert (await reto.last()).count("R-") == 1


async def test_responsible_note_promise_and_theme(office: Town) -> None:
    reto, samira = office.reto, office.samira
    await office.join_team(samira, Role.ANIMATOR)
    await opens(reto)
    await reto.presses("👤")
    name = next(label for label in await reto.buttons() if label.startswith("R-"))
    names = [label for label in await reto.buttons() if label.startswith("R-")]
    assert len(names) == 2
    await reto.presses(name)
    assert f"Verantwortlich: {name}" in await reto.last()
    await reto.presses("📝")
    await reto.says("Mit der Gemeinde geredet.")
    assert (await reto.last()).endswith("Notiz: Mit der Gemeinde geredet.")
    await reto.presses("‹")
    await reto.presses("📅")
    await reto.presses("morgen")
    assert "📅 Bescheid versprochen bis Donnerstag, 26. November" in await reto.last()
    await reto.presses("📅")
    await reto.says("bis 3. Dezember")
    assert "📅 Bescheid versprochen bis Donnerstag, 3. Dezember" in await reto.last()
    await reto.presses("🏷")
    await reto.presses("Thema")
    await reto.presses("Grünflächen")
    await reto.presses("‹")
    assert "Auf Französisch · Grünflächen" in await reto.last()
    await reto.presses("‹ Liste")
    await reto.presses("🔎")
    await reto.presses("Thema")
    await reto.presses("Verkehr")
    await reto.presses("Anzeigen")
    assert (await reto.last()).endswith("Hier ist nichts.")
    await reto.presses("🔎")
    await reto.presses("Thema")
    await reto.presses("Grünflächen")
    await reto.presses("Anzeigen")
    assert (await reto.last()).endswith("Offene · 1\nGrünflächen")
    await reto.says("📋 Ideen")
    assert "📅 Versprochen: 1" in await reto.buttons()


async def test_the_list_turns_its_pages_and_is_narrowed_down_in_place(office: Town) -> None:
    alice, reto = office.alice, office.reto
    for place in ("Mâche", "Madretsch", "Boujean", "Vigneules", "gare"):
        await brings(alice, "fr", f"Une fontaine à {place}", similar=True)
    await reto.says("📋 Ideen")
    await reto.presses("🆕 Neu: 6")
    assert (await reto.last(), len(await reto.buttons())) == ("🆕 Neu · 6", 8)
    await reto.presses("Weiter ›")
    assert (await reto.buttons())[0] == "💡 Nr. 6 · Une fontaine à gare"
    await reto.presses("💡 Nr. 6")
    await reto.presses("‹ Liste")
    assert (await reto.last(), len(await reto.buttons())) == ("🆕 Neu · 5", 7)

    await reto.says("📋 Ideen")
    await reto.presses("Alle offenen")
    await reto.presses("🔎")
    await reto.presses("Stand")
    await reto.presses("vom Team gelesen")
    await reto.presses("Anzeigen")
    assert await reto.last() == "Offene · 1\nvom Team gelesen"


async def test_titles_in_both_languages_open_the_board(office: Town) -> None:
    reto = office.reto
    await opens(reto)
    await reto.presses("Ans Anschlagbrett")
    assert (await reto.last()).startswith("ℹ️ Bitte geben Sie ihm zuerst einen Titel")
    await reto.presses("✍️ Titel auf Französisch")
    await reto.says("Des bancs au bord de la Suze")
    assert (await reto.last()).endswith(
        "Schreiben Sie einen kurzen Titel auf Deutsch, ohne Hinweis auf eine Person."
    )
    await reto.says("Bänke an der Schüss")
    await reto.presses("Ans Anschlagbrett")

    assert await reto.last() == "✓ Nr. 1 hängt am Anschlagbrett."
    shown = await office.archive.services.board.one(1)
    assert shown is not None
    assert shown.title == {"fr": "Des bancs au bord de la Suze", "de": "Bänke an der Schüss"}
    await reto.says("📋 Ideen")
    assert "🌐 Übersetzung fehlt: 1" in await reto.buttons()


async def opens(reto: Neighbour, number: int = 1) -> None:
    """Open a contribution from the morning list."""
    await reto.says("📋 Ideen")
    await reto.presses("Alle offenen")
    await reto.presses(f"💡 Nr. {number}")


async def decides(reto: Neighbour, state: str) -> None:
    """Open the first contribution and choose a state."""
    await opens(reto)
    await reto.presses("⚖️")
    await reto.presses(state)


async def explains(reto: Neighbour, *, fr: str, de: str) -> None:
    """Type the reason in both languages."""
    for language, reason in (("Französisch", fr), ("Deutsch", de)):
        await reto.presses(f"✍️ Grund auf {language}")
        await reto.says(reason)


async def brings(who: Neighbour, language: str, text: str, *, similar: bool = False) -> None:
    """Bring an idea, with a place, and ask for an answer."""
    await who.says(KEYS[language])
    await who.presses("💡")
    await who.says(text)
    if not similar:
        await who.sends(location=SUZE)
    await who.presses(GO_ON[language])
    if any(label.startswith("👍") for label in await who.buttons()):
        await who.presses("Non, c'est autre chose")
    await who.presses("Oui")
    await who.presses("📨")


async def supports(beat: Neighbour) -> None:
    """Begin to write the same, and join instead."""
    await beat.says(KEYS["de"])
    await beat.presses("💡")
    await beat.says("Il manque des bancs au bord de la Suze.")
    await beat.sends(location=SUZE)
    await beat.presses(GO_ON["de"])
    await beat.presses("👍")
