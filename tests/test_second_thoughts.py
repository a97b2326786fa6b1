"""Changing one's mind twice about being deleted."""

from __future__ import annotations

from tests.neighbours import Town


async def test_cancelling_a_second_deletion_stops_the_first_one_too(town: Town) -> None:
    alice = town.alice
    await alice.chooses("fr")
    await alice.says("/delete")
    await alice.presses("Oui, tout effacer")

    await alice.says("/delete")
    await alice.presses("Annuler")

    assert await alice.last() == "✓ Rien n'est effacé."
    await town.passes(minutes=11)
    assert await town.archive.services.privacy.delete_due() == 0
