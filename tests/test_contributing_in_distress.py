"""Somebody writes a concern that is a cry for help: the numbers come first, the message is theirs to send."""

from __future__ import annotations

from bot.domain.contribution_lists import Filters
from bot.domain.roles import Role
from tests.neighbours import Neighbour, Town

CRY = "Mon mari me frappe souvent, je ne sais plus quoi faire."


async def test_the_help_lines_come_before_anything_is_sent(town: Town) -> None:
    alice, reto, samira = town.alice, town.reto, town.samira
    await town.join_team(reto, Role.COORDINATOR)
    await town.join_team(samira, Role.ANIMATOR)
    unheard = await samira.messages()
    await begins(alice)
    await alice.says(CRY)

    assert "117" in await alice.last()
    assert (await alice.last()).endswith(
        "Vous pouvez quand même l'envoyer. Seule la coordination le lit, mais pas jour et nuit."
    )
    assert await alice.buttons() == ["Continuer avec mon message ›", "Ne rien envoyer"]
    await alice.presses("Continuer avec")
    await alice.says("Merci de me rappeler.")
    assert "117" not in await alice.last()  # once is enough
    await alice.presses("Continuer")
    await alice.presses("Oui")
    await alice.presses("📨")

    assert "Dans l'équipe, seule la coordination le lit." in await alice.last()
    assert "🔴 Vielleicht ein Notfall. Nur die Koordination erfährt davon." in await reto.last()
    assert await samira.messages() == unheard
    services = town.archive.services
    animator = await services.residents.meet(samira.id, "fr")
    assert not (await services.triage.inbox(animator, Filters())).items
    await reto.presses("Öffnen")
    assert "🔴 Heikel: nur Koordination" in await reto.last()
    assert not [label for label in await reto.buttons() if "Anschlagbrett" in label]


async def test_nothing_of_it_reaches_anybody_if_nothing_is_sent(town: Town) -> None:
    alice, reto = town.alice, town.reto
    await town.join_team(reto, Role.COORDINATOR)
    unheard = await reto.messages()
    await begins(alice)
    await alice.says(CRY)
    await alice.presses("Ne rien envoyer")

    assert await alice.last() == "✓ Abandonné. Rien n'a été envoyé."
    assert await reto.messages() == unheard


async def test_words_changed_later_to_a_cry_for_help_are_the_coordinators_alone(town: Town) -> None:
    alice, reto = town.alice, town.reto
    await town.join_team(reto, Role.COORDINATOR)
    await begins(alice)
    await alice.says("Je voudrais parler à quelqu'un.")
    for label in ("Continuer", "Oui", "📨", "Où en est"):
        await alice.presses(label)
    await alice.presses("✏️")
    await alice.says(CRY)

    assert any("117" in said for said in await alice.sees())
    coordinator = await town.archive.services.residents.meet(reto.id, "de")
    assert (await town.archive.services.triage.look(coordinator, 1)).critical


async def begins(alice: Neighbour) -> None:
    """Begin to write a concern."""
    await alice.chooses("fr")
    await alice.says("💡 Idée ou souci")
    await alice.presses("⚠️ Un souci")
