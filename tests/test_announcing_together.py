"""Announcements that lead on: to signing up, to a poll, and to those who are on a list."""

from __future__ import annotations

from bot.domain.roles import Role
from tests.neighbours import Town
from tests.test_broadcasts import goes_out, subscribed
from tests.test_registering import family


async def test_a_button_to_sign_up_for_those_on_the_list(town: Town) -> None:
    alice, samira = town.alice, town.samira
    await subscribed(alice, "fr")
    await alice.says("souris vertes")
    for label in ("✍️ S'inscrire", "mercredi 2 décembre", "1", "2 ans", "1", "Je préfère"):
        await alice.presses(label)
    await alice.presses("✓ M'inscrire")
    await family(town, 2)  # has not agreed to be written to
    await town.join_team(samira, Role.ANIMATOR, "mett")
    for label in ("👥 Équipe", "📢 Annonces", "➕ Nouvelle"):
        await (samira.says if label.startswith("👥") else samira.presses)(label)
    await samira.says("Il reste des places mercredi prochain.")
    await samira.says("Am nächsten Mittwoch hat es noch Platz.")
    await samira.presses("🔗 Bouton")
    await samira.says("souris vertes")
    await samira.presses("✍️ S'inscrire")
    assert "Bouton : ✍️ S'inscrire : Les souris vertes" in await samira.last()
    await samira.presses("👥 Pour qui")
    await samira.presses("Inscrits : Les souris")
    assert any(label.startswith("✅ Inscrits : Les souris") for label in await samira.buttons())
    await samira.presses("‹ Retour")
    await samira.presses("👁 Aperçu")
    assert "Envoyer à 1 personne ?" in await samira.last()
    await samira.presses("📢 Envoyer")
    await goes_out(town)
    assert "Il reste des places" in await alice.last()
    await alice.presses("✍️ S'inscrire : Les souris vertes")
    assert (await alice.last()).endswith("Quelle date vous convient ?")
    assert any("Il reste des places" in each["text"] for each in await alice.messages())


async def test_a_poll_is_announced_from_its_page(town: Town) -> None:
    beat, reto = town.beat, town.reto
    await subscribed(beat, "de")
    await reto.chooses("de")
    await town.join_team(reto, Role.COORDINATOR)
    await reto.says("👥 Team")
    for label in ("🗳 Meine Umfragen", "➕ Neue Umfrage", "Eine Antwort"):
        await reto.presses(label)
    await reto.says("Que cuisinons-nous ? / Was kochen wir?")
    await reto.says("Soupe / Suppe\nRaclette / Raclette")
    await reto.presses("▶️ Jetzt öffnen")
    await reto.presses("📢 Mitteilung machen")
    await reto.says("Wir kochen zusammen. Stimmen Sie ab!")
    await reto.says("Nous cuisinons ensemble. Votez !")
    assert "Knopf: 🗳 Abstimmen" in await reto.last()
    await reto.presses("👁 Vorschau")
    await reto.presses("📢 Senden")
    await goes_out(town)
    await beat.presses("🗳 Abstimmen")
    assert "Was kochen wir?" in await beat.last()
    await beat.presses("Suppe")
    assert "✓ Ihre Stimme zählt: Suppe" in await beat.last()
