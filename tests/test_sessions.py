"""A k'fé from a phone: the code on the wall, ideas, a vote, the next topic, minutes for everybody."""

from __future__ import annotations

import re

from bot.domain.roles import Role
from tests.neighbours import Neighbour, Town

POLLS = "📊 Sondages"


async def begins(who: Neighbour) -> str:
    """Begin a session under its usual name and return its code."""
    await who.says(POLLS)
    await who.presses("☕ Rencontres")
    await who.presses("☕ Commencer une rencontre")
    await who.presses("K'fé des habitant·es")
    found = re.search(r"Code : (\d{3} \d{3})", await who.last())
    assert found is not None
    return found[1]


async def test_a_kfe_from_the_first_idea_to_the_minutes(town: Town) -> None:
    alice, beat, samira = town.alice, town.beat, town.samira
    await samira.chooses("fr")
    await town.join_team(samira, Role.ANIMATOR)
    code = await begins(samira)
    await alice.chooses("fr")
    await beat.chooses("de")
    await alice.starts("k" + code.replace(" ", ""))
    assert (await alice.last()).startswith("☕ K'fé des habitant·es\nÉcrivez vos idées ici")
    await beat.says(code)
    assert (await beat.last()).startswith("☕ Quartierkafi\nSchreiben Sie Ihre Ideen hier")

    await alice.says("Des bancs au bord de la Suze")
    assert await alice.last() == "💡 Merci ! Une autre idée ? Écrivez-la simplement."
    await beat.says("Bänke an der Schüss")
    await beat.says("Ein Grillplatz")
    await samira.presses("🔄 Actualiser")
    assert (await samira.last()).endswith("2 personnes sont là.\nIdées : 3 en attente, 0 au mur.")
    await samira.presses("💡 Idées (3)")
    await samira.presses("✓ 1")
    await samira.presses("🔗 1")
    await samira.presses("Des bancs au bord de la Suze")
    await samira.presses("✓ 1")
    await samira.presses("‹ Retour")
    await samira.presses("✍️ De la salle")
    await samira.says("Un four à pain")
    await samira.presses("🗒 Mur")
    assert await samira.last() == (
        "🗒 Au mur\n• Des bancs au bord de la Suze\n   + Bänke an der Schüss\n"
        "• Ein Grillplatz\n• Un four à pain"
    )

    await samira.presses("Ein Grillplatz")
    await samira.presses("🌍 Traduire")
    await samira.says("Une place de grillades")
    assert await samira.last() == "🗒 Ein Grillplatz\n(Une place de grillades)"
    await samira.presses("‹ Le mur")
    await samira.presses("‹ Retour")
    await samira.presses("🗳 Voter")
    await samira.presses("Une carte chacun")
    await samira.presses("▶️ Ouvrir maintenant")
    await samira.presses("Ouvrir quand même")
    await beat.presses("🗳 Jetzt abstimmen")
    await beat.presses("Ein Grillplatz")
    assert "✓ Ihre Stimme zählt: Ein Grillplatz" in await beat.last()
    await samira.presses("✋ Mains levées")
    await samira.says("4 6 1")

    await goes_on(samira, beat)
    await agrees_and_ends(samira)

    assert await beat.last() == (
        "📝 Quartierkafi, Mittwoch, 25. November 2026\n30 Personen waren da.\n"
        "\nIdeen\n• Des bancs au bord de la Suze\n   + Bänke an der Schüss\n"
        "• Ein Grillplatz\n• Un four à pain\n"
        "\nQuartierkafi\n▰▰▰▰▰▰▰▰ 6 Ein Grillplatz · davon mit der Hand: 6\n"
        "▰▰▰▰▰▱▱▱ 4 Des bancs au bord de la Suze · davon mit der Hand: 4\n"
        "▰▱▱▱▱▱▱▱ 1 Un four à pain · davon mit der Hand: 1\n"
        "Mit den Stimmen liegt vorne: Ein Grillplatz\n"
        "Damit niemand errät, wer wie gestimmt hat, erscheinen die Stimmen erst, "
        "wenn genug Leute abgestimmt haben: mindestens 5.\n"
        "\nWer macht was bis wann\n• Demander à la ville · Samira · 15.12."
    )
    await beat.says("Noch eine Idee")
    assert (await beat.last()).startswith("Dieser Anlass ist vorbei")
    await brings_to_the_board(samira)


async def brings_to_the_board(samira: Neighbour) -> None:
    """Put what hangs on the wall on the board once the session is over."""
    await samira.says(POLLS)
    await samira.presses("☕ Rencontres")
    await samira.presses("K'fé des habitant·es")
    await samira.presses("🗒 Mur")
    await samira.presses("📌 Toutes au tableau (3)")
    assert (await samira.last()).startswith("📌 3 cartes sont au tableau : n° 1, n° 2, n° 3.")
    await samira.presses("‹ Le mur")
    assert "• Ein Grillplatz 📌 2" in await samira.last()


async def goes_on(samira: Neighbour, beat: Neighbour) -> None:
    """Let the next topic begin, for ten minutes."""
    await samira.says(POLLS)
    await samira.presses("☕ Rencontres")
    await samira.presses("☕ K'fé des habitant·es")
    await samira.presses("➡️ Thème suivant")
    await samira.says("La fête d'été / Das Sommerfest")
    assert (await beat.last()).startswith("➡️ Nächstes Thema\nThema: Das Sommerfest")
    assert "Tour 2 : La fête d'été" in await samira.last()
    await samira.presses("⏱ Temps")
    await samira.presses("10 minutes")
    assert "Le tour finit à 10 h 10." in await samira.last()


async def agrees_and_ends(samira: Neighbour) -> None:
    """Count the room, note who does what, and end it."""
    await samira.presses("👥 Compter")
    await samira.says("30 personnes")
    await samira.presses("✅ Qui fait quoi")
    await samira.says("Demander à la ville / Samira / 15.12.")
    await samira.presses("‹ Retour")
    await samira.presses("🏁 Terminer")
    await samira.presses("🏁 Terminer maintenant")
