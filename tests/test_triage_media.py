"""The rest of the team's desk: photos and voices, what came on paper, what goes on together, who pauses."""

from __future__ import annotations

from bot.domain.roles import Role
from tests.neighbours import Neighbour, Town
from tests.test_triage import BENCHES, KEYS, brings, opens

LIGHT = "Il faudrait des lampes derrière la gare, c'est trop sombre."


async def test_a_face_is_hidden_by_tapping_its_cell(town: Town) -> None:
    reto = await with_file(town, photo=True)
    await opens(reto)
    assert "📷 1 Foto" in await reto.last()
    await reto.presses("📷")
    assert await reto.last() == "📷 Foto 1 zu Nr. 1: nicht am Anschlagbrett"
    await reto.presses("🔲")
    assert (await reto.last(), len(await reto.buttons())) == ("0 Felder verdeckt", 25)
    await reto.presses("8")
    await reto.presses("9")
    assert await reto.last() == "2 Felder verdeckt"
    await reto.presses("■ 9")
    await reto.presses("👁")
    assert await reto.last() == "Endgültig verdecken? Was darunter ist, geht verloren."
    media = town.archive.services.media
    coordinator = await town.archive.services.residents.meet(reto.id, "de")
    before = await media.show(coordinator, 1)
    await reto.presses("Ja, verdecken")
    assert await reto.last() == "✓ Endgültig verdeckt."
    after = await media.show(coordinator, 1)
    assert (after.content != before.content, after.released) == (True, False)
    await reto.presses("Ans Anschlagbrett")
    assert (await media.show(coordinator, 1)).released


async def test_a_voice_message_is_written_down_and_its_author_confirms(town: Town) -> None:
    reto = await with_file(town, voice=True)
    await opens(reto)
    await reto.presses("🎧")
    assert await reto.last() == "🎧 Sprachnachricht zu Nr. 1"
    await reto.presses("⌨️")
    await reto.says("Il faudrait des bancs.")
    assert (await reto.last()).startswith("✓ Abgeschrieben.")
    assert "Il faudrait des bancs." in await town.alice.last()
    await town.alice.presses("👍")
    await opens(reto)
    assert "Il faudrait des bancs." in await reto.last()


async def test_a_paper_slip_is_entered_with_photo_and_place_whatever_comes_between(
    town: Town,
) -> None:
    reto = town.reto
    await town.join_team(reto, Role.COORDINATOR)
    await reto.says("📋 Ideen")
    await reto.presses("➕")
    await reto.presses("📄")
    await reto.presses("Idee")
    await reto.says(LIGHT)
    assert await reto.last() == f"Idee · auf Papier · Français\n{LIGHT}"
    await reto.sends(photo=True)
    await reto.sends(location={"lat": 47.13, "lon": 7.24})
    await reto.presses("📍 Wo?")
    await reto.says("Bahnhofplatz 4")
    await reto.sends(voice=True)
    assert (await reto.last()).startswith("ℹ️ Hier nehme ich Text, Fotos und Orte.")
    await reto.says("📥 Pendenzen")
    assert await reto.last() == "Was Sie zu erfassen begonnen haben, wartet sieben Tage auf Sie."
    await reto.says("Wann ist die Bibliothek offen?")
    await reto.says("📋 Ideen")
    await reto.presses("➕")
    await reto.presses("▶️")
    assert await reto.last() == (
        f"Idee · auf Papier · Français\n{LIGHT}\n📷 1 Foto\n"
        "📍 Bahnhofplatz 4, und ein Ort auf der Karte"
    )
    await reto.presses("✓ Erfassen")

    assert await reto.last() == "✓ Erfasst als Nr. 1. Sagen Sie der Person diese Nummer."
    await reto.presses("Öffnen")
    assert "Auf Papier gekommen; vom Team erfasst." in await reto.last()
    assert f"Auf Französisch\n{LIGHT}" in await reto.last()


async def test_two_that_are_the_same_go_on_as_one(town: Town) -> None:
    alice, reto = town.alice, town.reto
    await alice.chooses("fr")
    await town.join_team(reto, Role.COORDINATOR)
    await brings(alice, "fr", BENCHES)
    await brings(alice, "fr", LIGHT, similar=True)
    await opens(reto, 2)
    await reto.presses("⋯")
    await reto.presses("🔗")
    await reto.says("Nr. 77")
    assert (await reto.last()).startswith("Unter dieser Nummer finde ich nichts.")
    await reto.says("1")
    assert "→ 💡 Nr. 1" in await reto.last()
    await reto.presses("Ja, zusammenlegen")

    assert await reto.last() == "✓ Nr. 2 geht mit Nr. 1 weiter.\n1 Person erfährt es."
    await reto.presses("‹")
    assert "Gehört zusammen mit: Nr. 2" in await reto.last()


async def test_one_point_gets_a_number_of_its_own(town: Town) -> None:
    alice, reto = town.alice, town.reto
    await alice.chooses("fr")
    await town.join_team(reto, Role.COORDINATOR)
    await brings(alice, "fr", f"{BENCHES} {LIGHT}")
    await opens(reto)
    await reto.presses("⋯")
    await reto.presses("✂️")
    await reto.says(LIGHT)

    assert await reto.last() == "✓ Dieser Punkt von Nr. 1 ist jetzt Nr. 2."
    assert LIGHT in await alice.last()


async def test_somebody_is_asked_to_pause_without_being_known(town: Town) -> None:
    alice, reto = town.alice, town.reto
    await alice.chooses("fr")
    await town.join_team(reto, Role.COORDINATOR)
    await brings(alice, "fr", BENCHES)
    await opens(reto)
    await reto.presses("⋯")
    await reto.presses("✋")
    await reto.presses("eine")
    await reto.says("Beleidigungen am Telefon.")
    await alice.says(KEYS["fr"])
    await alice.presses("💡")
    await alice.says(LIGHT)
    await alice.presses("Continuer")
    await alice.presses("Oui")
    await alice.presses("📨")
    assert "2 décembre 2026" in await alice.last()

    await reto.presses("⋯")
    await reto.presses("Pause aufheben")
    await alice.presses("📨")
    assert "n° 2" in await alice.last()


async def test_what_was_being_typed_is_forgotten_when_another_key_is_pressed(town: Town) -> None:
    alice, reto = town.alice, town.reto
    await alice.chooses("fr")
    await town.join_team(reto, Role.COORDINATOR)
    await brings(alice, "fr", BENCHES)
    await opens(reto)
    await reto.presses("📝")
    await reto.says("🗂 Meine Sachen")
    await reto.says("Wann ist die Bibliothek offen?")
    await opens(reto)
    await reto.presses("📜")
    assert "Bibliothek" not in await reto.last()


async def with_file(town: Town, **file: bool) -> Neighbour:
    """Let Alice bring words with a photo or voice message, fetched already; return the coordinator."""
    alice = town.alice
    await alice.chooses("fr")
    await town.join_team(town.reto, Role.COORDINATOR)
    await alice.says(KEYS["fr"])
    await alice.presses("💡")
    await alice.says("Voilà.")
    await alice.sends(**file)
    for label in ("Continuer", "Oui", "📨"):
        await alice.presses(label)
    await town.app.media.fetch()
    return town.reto
