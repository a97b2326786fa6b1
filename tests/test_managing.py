"""An animator creates an activity, moves it to another day and cancels a date, by taps in the chat."""

from __future__ import annotations

from base64 import b64encode

from bot.domain.roles import Role
from tests.formats.test_ical_import import FOREIGN
from tests.neighbours import Neighbour, Town


async def fills_in(samira: Neighbour) -> None:
    """Fill in a new activity up to its preview."""
    await samira.presses("＋ Nouvelle activité")
    for words in ("Les petits chats", "Die kleinen Katzen", "Peindre et chanter."):
        await samira.says(words)
    await samira.presses("En français seulement")
    for label in ("Tout-petits", "Familles", "InfoQuartier Mâche", "Chaque semaine"):
        await samira.presses(label)
    await samira.says("bientôt")
    assert (await samira.last()).startswith("Je n'ai pas compris.")
    await samira.says("2 décembre")
    for label in ("Pas pendant les vacances", "10 h – 11 h"):
        await samira.presses(label)
    await samira.says("6-48 mois")
    await samira.says("12")
    for words in (
        "Les petits chats\nPeindre et chanter.\nDie kleinen Katzen",
        "Rythme : chaque mercredi, sauf pendant les vacances scolaires",
        "• mercredi 2 décembre, 10 h – 11 h\n• mercredi 9 décembre, 10 h – 11 h",
        "12 places, inscription dans ce chat",
    ):
        assert words in await samira.last()


async def test_the_green_mice_from_the_first_word_to_a_cancelled_date(town: Town) -> None:
    samira, alice, beat = town.samira, town.alice, town.beat
    await samira.chooses("fr")
    await town.join_team(samira, Role.ANIMATOR, "mett")
    await samira.says("🗓 Agenda")
    await samira.presses("✏️ Gérer les activités")
    await fills_in(samira)

    await samira.says("🗂 Mes affaires")  # she looks at something else first
    assert (await samira.last()) == "Votre activité attend, rien n'est perdu."
    await samira.presses("▶️ Continuer")
    await samira.presses("✓ Publier")
    assert (await samira.last()).startswith("✓ Les petits chats est dans l'agenda.")

    await samira.presses("‹ Toutes les activités")
    await samira.presses("Suite ›")
    await samira.presses("Les petits chats")
    await samira.presses("🔁 Autre jour")
    await samira.says("7.12.2026")
    await samira.presses("Jeudi")
    await samira.presses("Mêmes heures")
    assert "• mercredi 2 décembre, 10 h – 11 h\n• jeudi 10 décembre" in await samira.last()
    await samira.presses("✓ Enregistrer")

    await samira.presses("Voir comme le public")
    await samira.presses("✏️ Modifier")
    await samira.presses("🎤 Un invité vient")
    await samira.says("la ludothèque")
    await samira.says("die Ludothek")
    assert "• mercredi 2 décembre, 10 h – 11 h · 🎤 la ludothèque" in await samira.last()
    await samira.presses("✓ Enregistrer")
    await samira.presses("Voir comme le public")
    assert "Invité : la ludothèque" in await samira.last()
    await samira.presses("✏️ Modifier")
    await samira.presses("✕ Annuler cette date")
    await samira.says("Le chauffage est en panne.")
    await samira.says("Die Heizung ist ausgefallen.")
    await samira.presses("Oui, annuler et avertir")
    assert (await samira.last()).startswith("✓ Annulé.")

    await beat.chooses("de")
    await beat.says("Wann sind die kleinen Katzen?")  # the answers know it, too
    assert "10. Dezember" in "".join(await beat.sees())
    await alice.chooses("fr")
    card = next(
        each.id
        for each in town.archive.services.agenda.activities()
        if each.title.get("fr") == "Les petits chats"
    )
    await alice.starts(f"a{card}_2612021000")
    assert "✕ Annulé.\nLe chauffage est en panne." in await alice.last()


async def test_what_belongs_to_another_centre_is_not_offered(town: Town) -> None:
    samira, alice = town.samira, town.alice
    await samira.chooses("de")
    await town.join_team(samira, Role.ANIMATOR, "mett")
    await alice.chooses("fr")
    await alice.says("🗓 Agenda")
    assert "✏️ Gérer les activités" not in await alice.buttons()
    await samira.starts("aact-kfe-madretsch")
    assert "✏️ Ändern" not in await samira.buttons()
    await samira.starts("aact-kfe-mett")
    assert "✏️ Ändern" in await samira.buttons()


async def test_a_calendar_sent_as_a_file_is_shown_before_it_is_published(town: Town) -> None:
    samira, alice = town.samira, town.alice
    await samira.chooses("de")
    await town.join_team(samira, Role.ANIMATOR, "mett")
    await samira.says("🗓 Agenda")
    await samira.presses("✏️ Aktivitäten verwalten")
    await samira.presses("📥 Kalender übernehmen")
    await samira.says("Hier ist er!")
    assert (await samira.last()).startswith("Das kann ich nicht als Kalender lesen.")
    await samira.sends(document={"base64": b64encode(FOREIGN).decode(), "name": "k.ics"})
    told = await samira.last()
    assert "3 Aktivitäten in diesem Kalender:" in told
    assert "Yoga du jeudi\nDo 26.11. 18.30 Uhr · Fr 11.12. 18 Uhr · Do 17.12. 18.30 Uhr" in told
    await samira.presses("✓ Alle veröffentlichen")
    assert (await samira.last()).startswith("✓ 3 Aktivitäten stehen in der Agenda.")
    await alice.chooses("fr")
    await alice.says("Quand a lieu le yoga du jeudi ?")
    assert "Yoga du jeudi" in "".join(await alice.sees())
