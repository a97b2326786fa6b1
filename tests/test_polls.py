"""An animator asks from a phone, neighbours answer in two languages, one result comes back."""

from __future__ import annotations

import pytest

from bot.domain.roles import Role
from tests.neighbours import Neighbour, Town, press

POLLS = {"fr": "📊 Sondages", "de": "📊 Umfragen"}


@pytest.fixture
async def centre(town: Town) -> Town:
    """The town with Samira as an animator who reads French."""
    await town.samira.chooses("fr")
    await town.join_team(town.samira, Role.ANIMATOR)
    return town


async def drafts(who: Neighbour, kind: str, question: str, options: str = "") -> None:
    await who.says(POLLS["fr"])
    await who.presses("🗳 Sondages de l'équipe")
    await who.presses("➕ Nouveau sondage")
    await who.presses(kind)
    await who.says(question)
    if options:
        await who.says(options)


async def test_two_typed_messages_make_a_poll_in_both_languages(centre: Town) -> None:
    samira, alice, beat = centre.samira, centre.alice, centre.beat
    await drafts(
        samira,
        "Une seule réponse",
        "Que cuisinons-nous ? / Was kochen wir?",
        "Soupe / Suppe\n2. Raclette / Raclette",
    )
    assert await samira.last() == (
        "Brouillon d'un sondage, personne ne le voit encore\n"
        "\n— Français —\nQue cuisinons-nous ?\n• Soupe\n• Raclette\n"
        "\n— Deutsch —\nWas kochen wir?\n• Suppe\n• Raclette\n"
        "\nVous le fermez à la main."
    )
    await samira.presses("🔒 Secret")
    await samira.presses("▶️ Ouvrir maintenant")
    assert (await samira.last()).startswith(
        "🗳 Ouvert : Que cuisinons-nous ?\n0 personne a voté ici."
    )

    await alice.chooses("fr")
    await beat.chooses("de")
    await alice.says(POLLS["fr"])
    await alice.presses("Que cuisinons-nous ?")
    assert await alice.last() == (
        "📊 Que cuisinons-nous ?\n👤 Avec noms : l'équipe voit qui choisit quoi."
        "\n\n▱▱▱▱▱▱▱▱ 0 Soupe\n▱▱▱▱▱▱▱▱ 0 Raclette\n0 voix"
    )
    await alice.presses("Soupe")
    assert (await alice.last()).startswith("Sous quel nom votez-vous ?")
    await alice.says("Alice")
    assert "✓ Votre voix compte : Soupe" in await alice.last()

    await beat.says(POLLS["de"])
    await beat.presses("Was kochen wir?")
    await beat.presses("Suppe")
    await beat.says("Beat")
    await beat.presses("Raclette")
    assert "✓ Ihre Stimme zählt: Raclette" in await beat.last()
    assert "▰▰▰▰▰▰▰▰ 1 Suppe\n▰▰▰▰▰▰▰▰ 1 Raclette\n2 Stimmen" in await beat.last()

    await samira.presses("✋ Mains levées")
    await samira.says("sept et trois")
    assert await samira.last() == "☝️ Il me faut 2 nombres, par exemple : 7 3 2"
    await samira.says("7 3")
    assert "▰▰▰▰▰▰▰▰ 8 Soupe · dont à main levée : 7" in await samira.last()
    await samira.presses("👤 Qui a choisi quoi")
    assert await samira.last() == "Qui a choisi quoi\nAlice: Soupe\nBeat: Raclette"
    await samira.presses("‹ Retour")
    await samira.presses("⏹ Clore")
    await samira.presses("⏹ Clore maintenant")
    await centre.archive.services.poll_keeping.due()
    await centre.settles()
    assert (await beat.last()).startswith(
        "📊 Die Umfrage ist geschlossen. Danke fürs Mitmachen!\n\nWas kochen wir?\n"
        "▰▰▰▰▰▰▰▰ 8 Suppe · davon mit der Hand: 7"
    )
    assert "Que cuisinons-nous ?" in await alice.last()
    await alice.presses("Revoir le résultat")
    assert "Ce sondage est clos." in await alice.last()


async def test_a_missing_language_warns_and_a_secret_poll_keeps_still(centre: Town) -> None:
    samira, alice = centre.samira, centre.alice
    await drafts(samira, "Plusieurs réponses", "Que faire samedi ?")
    await samira.presses("Plus tard")
    await samira.says("Balade\nLoto\nCinéma")
    await samira.presses("▶️ Ouvrir maintenant")
    assert await samira.last() == ("⚠️ L'allemand manque. Qui lit l'allemand verrait du français.")
    await samira.presses("✍️ L'ajouter maintenant")
    await samira.says("Was machen wir am Samstag?\nSpaziergang\nLotto")
    assert (await samira.last()).startswith("☝️ Il me faut 4 lignes, j'en ai reçu 3.")
    await samira.says("Was machen wir am Samstag?\nSpaziergang\nLotto\nKino")
    assert "• Kino" in await samira.last()
    await samira.presses("➕ Ajouter des réponses : non")
    await samira.presses("▶️ Ouvrir maintenant")

    await alice.starts("p1")
    await alice.presses("Français")
    await alice.says(POLLS["fr"])
    await alice.presses("Que faire samedi ?")
    await alice.presses("☑️ Voter")
    assert (await alice.last()).endswith("☝️ Touchez d'abord au moins une réponse, s'il vous plaît.")
    await alice.presses("Balade")
    await alice.presses("Cinéma")
    await alice.presses("☑️ Voter")
    shown = await alice.last()
    assert "✓ Votre voix compte : Balade, Cinéma" in shown
    assert shown.endswith("les voix s'affichent quand assez de gens ont voté : 5 au moins.")
    await alice.presses("➕ Une autre réponse")
    await alice.says("balade")
    assert (await alice.last()).endswith("☝️ Cette réponse y est déjà.")
    await alice.presses("➕ Une autre réponse")
    await alice.says("Pétanque")
    await samira.presses("🔄 Où on en est")
    await samira.presses("💡 Proposés (1)")
    await samira.presses("✓ Pétanque")
    await alice.presses("🔄 Où on en est")
    assert "Pétanque" in await alice.buttons()


async def test_a_budget_a_ranking_and_a_date_are_tapped_together(centre: Town) -> None:
    samira, alice = centre.samira, centre.alice
    await alice.chooses("fr")
    await drafts(
        samira,
        "Partager un budget",
        "Pour quoi ? / Wofür?",
        "Banc / Bank = 3'000\nArbres / Bäume: 6000.–",
    )
    await samira.presses("CHF 5000")
    await samira.presses("Chaque personne choisit librement")
    await samira.presses("▶️ Ouvrir maintenant")
    await drafts(samira, "Un classement", "Thème ? / Thema?", "A / A\nB / B\nC / C")
    await samira.presses("▶️ Ouvrir maintenant")
    await drafts(samira, "Trouver une date", "Quand ? / Wann?", "4.12. 19:00\nun de ces jours")
    assert (await samira.last()).startswith(
        "☝️ Je n'arrive pas à lire cette ligne : un de ces jours"
    )
    await samira.says("4.12. 19:00\n6.12. 10h")
    await samira.presses("▶️ Ouvrir maintenant")

    await alice.says(POLLS["fr"])
    await alice.presses("Pour quoi ?")
    await alice.presses("Banc")
    await alice.presses("Arbres")
    await alice.presses("☑️ Voter (CHF 9000 sur 5000)")
    assert (await alice.last()).endswith(
        "☝️ Cela dépasse l'enveloppe. Enlevez quelque chose, s'il vous plaît."
    )
    await alice.presses("✓ Arbres")
    await alice.presses("☑️ Voter (CHF 3000 sur 5000)")
    assert "✓ Votre voix compte : Banc (CHF 3000)" in await alice.last()

    await alice.presses("‹ Tous les sondages")
    await alice.presses("Thème ?")
    await alice.presses("C")
    await alice.presses("A")
    assert "1. C" in await alice.buttons()
    await alice.presses("☑️ Voter")
    assert "✓ Votre voix compte : C, A" in await alice.last()

    await alice.presses("‹ Tous les sondages")
    await alice.presses("Quand ?")
    await alice.presses("ven. 4 déc.")
    await alice.presses("dim. 6 déc.")
    await alice.presses("✓ dim. 6 déc.")
    await alice.presses("☑️ Voter")
    chosen = "✓ Votre voix compte : ven. 4 déc., 19 h, (dim. 6 déc., 10 h)"
    assert chosen in await alice.last()


async def test_nobody_else_holds_a_poll(centre: Town) -> None:
    samira, alice = centre.samira, centre.alice
    await alice.chooses("fr")
    await samira.says(POLLS["fr"])
    await samira.presses("🗳 Sondages de l'équipe")
    await samira.presses("➕ Nouveau sondage")
    await samira.presses("📋 C'était comment ?")
    for action in ("pk:open:1", "pk:closed_now:1", "pk:gone:1", "pk:room:1:hands", "pk:list:0"):
        await centre.post("updates", press(alice.id, action))
        await centre.settles()
        assert await alice.last() == "Seule l'équipe peut faire cela."
    for action in ("po:cast:1:1000", "po:cast:1", "po:mark:1", "po:mark:1:0:99", "po:see:x"):
        await centre.post("updates", press(alice.id, action))
        await centre.settles()
        assert (await alice.last()).startswith("Ce bouton vient d'un ancien message")
