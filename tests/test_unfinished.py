"""What was begun is not lost because its author, who is of the team, does something else in between."""

from __future__ import annotations

from bot.domain.roles import Role
from tests.neighbours import Town
from tests.test_triage import BENCHES, brings, opens


async def test_a_note_in_between_leaves_ones_own_idea_alone(town: Town) -> None:
    alice, reto = town.alice, town.reto
    await alice.chooses("fr")
    await town.join_team(reto, Role.COORDINATOR)
    await brings(alice, "fr", BENCHES)
    await reto.says("💡 Idee oder Anliegen")
    await reto.presses("💡 Eine Idee")
    await reto.says("Ein Quartierfest im Mai")
    await opens(reto)
    await reto.presses("📝")
    await reto.says("Mit der Gemeinde geredet.")
    assert (await reto.last()).endswith("Notiz: Mit der Gemeinde geredet.")

    await reto.says("💡 Idee oder Anliegen")
    assert await reto.last() == "Sie haben etwas begonnen:\nEin Quartierfest im Mai"
    await reto.presses("▶️")
    await reto.says("Mit Musik.")
    for label in ("Weiter", "Ja", "📨"):
        await reto.presses(label)
    assert any("✓ Ihre Idee ist angekommen, Nr. 2." in m["text"] for m in await reto.messages())


async def test_a_slip_and_an_idea_wait_side_by_side(town: Town) -> None:
    reto = town.reto
    await town.join_team(reto, Role.COORDINATOR)
    await reto.says("💡 Idee oder Anliegen")
    await reto.presses("💡 Eine Idee")
    await reto.says("Ein Quartierfest im Mai")
    await reto.says("📋 Ideen")
    await reto.presses("➕")
    await reto.presses("🙋 Am Schalter")
    await reto.presses("Wunsch")
    await reto.says("Mehr Bänke")
    await reto.says("💡 Idee oder Anliegen")
    assert (await reto.last()).endswith("Ein Quartierfest im Mai")
    await reto.presses("▶️")
    await reto.presses("Abbrechen")
    assert await reto.last() == "✓ Verworfen. Nichts wurde gesendet."

    await town.restarts()
    await reto.says("📋 Ideen")
    await reto.presses("➕")
    assert await reto.last() == "Sie haben etwas zu erfassen begonnen:\nMehr Bänke"
    await reto.presses("▶️")
    await reto.presses("✓ Erfassen")
    assert "Erfasst als Nr. 1" in await reto.last()
    assert await town.archive.services.dialogues.current(await _contact(town)) is None


async def _contact(town: Town) -> str:
    return (await town.archive.services.residents.meet(town.reto.id, "de")).contact_id
