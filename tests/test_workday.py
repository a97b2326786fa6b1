"""A member's day in the chat: what takes place today, who waits, and the way to everything else."""

from __future__ import annotations

from bot.domain.causes import Cause
from bot.domain.occurrences import OccurrenceKey
from bot.domain.registrations import Origin, Party, Who
from bot.domain.roles import Role
from tests.neighbours import Town, press

MICE = OccurrenceKey.stamped("act-souris-vertes", "2612021000")


async def mice_are_full(town: Town) -> None:
    """Let the team enter thirteen families for the twelve places of a Wednesday."""
    services = town.archive.services
    staff = await services.residents.meet(town.reto.id, "de")
    assert MICE is not None
    for number in range(13):
        await services.counter.enter(
            Cause(700_000 + number),
            staff,
            MICE,
            party=Party(adults=1, children=1, ages=(24,)),
            who=Who(f"Famille {number}", "032 000 11 22"),
            origin=Origin.PHONE,
        )


async def test_the_day_of_an_animator(town: Town) -> None:
    alice, reto, samira = town.alice, town.reto, town.samira
    await town.join_team(reto, Role.COORDINATOR)
    await town.join_team(samira, Role.ANIMATOR, "mett")
    await samira.says("👥 Équipe")
    await samira.presses("🙋 Qui attend")
    assert "Personne n'attend en ce moment" in await samira.last()
    await mice_are_full(town)
    await alice.chooses("fr")
    await alice.says("Où acheter un dirigeable ?")
    await alice.presses("Non, demander à l'équipe")
    await town.passes(days=7)

    await samira.says("👥 Équipe")
    await samira.presses("📆 Aujourd'hui")
    assert (await samira.last()).startswith("mercredi 2 décembre\n")
    assert "10 h Les souris vertes" in await samira.last()
    assert "complet · 1 en attente" in await samira.last()
    assert len(await samira.last()) <= 300
    await samira.presses("✓ Les souris vertes")
    assert "12 places prises sur 12" in await samira.last()

    await samira.says("👥 Équipe")
    await samira.presses("🙋 Qui attend")
    assert "1 question sans réponse" in await samira.last()
    assert "1 inscription en liste d'attente" in await samira.last()
    await samira.presses("📒 Voir les listes")
    await samira.presses("‹ Équipe")
    await samira.presses("🗓 Activités")
    assert "Vos activités" in await samira.last()


async def test_the_day_is_nobody_elses(town: Town) -> None:
    await town.beat.chooses("de")
    for action in ("day:today", "day:waiting"):
        await town.post("updates", press(town.beat.id, action))
        await town.settles()
        assert await town.beat.last() == "Das kann nur das Team."


async def test_the_menu_leads_everywhere(town: Town) -> None:
    await town.join_team(town.reto, Role.COORDINATOR)
    for label, shown in (
        ("📆 Heute", "Mittwoch, 25. November"),
        ("🗳 Meine Umfragen", "Umfrage"),
        ("☕ Anlässe", "Anlässe"),
        ("📒 Listen", "📒 Listen"),
    ):
        await town.reto.says("👥 Team")
        await town.reto.presses(label)
        assert shown in await town.reto.last()
