"""Roles: by one-time links, checked at every press, left and removed at once."""

from __future__ import annotations

from bot.domain.roles import Role
from tests.neighbours import Town, press

GONE = "Cette invitation n'est plus valable. Demandez-en une nouvelle : elle sert une seule fois, pendant 24 heures."


async def test_an_invitation_makes_one_person_part_of_the_team(any_town: Town) -> None:
    town, samira, alice = any_town, any_town.samira, any_town.alice
    payload = await town.archive.services.team.invite(Role.ANIMATOR, "mett")

    await samira.starts(payload)
    welcome, languages = await samira.sees()
    assert welcome.startswith(
        "Bienvenue dans l'équipe !\nVous faites partie de l'animation (InfoQuartier Mâche)."
    )
    assert languages.startswith("Bonjour ! Quelle langue préférez-vous ?")
    assert (await samira.keys())[-2:] == ["📥 À traiter", "👥 Équipe"]

    await alice.starts(payload)
    assert await alice.sees() == [GONE]


async def test_an_invitation_ends_after_a_day(town: Town) -> None:
    payload = await town.archive.services.team.invite(Role.COORDINATOR, None)
    await town.passes(hours=25)

    await town.alice.starts(payload)

    assert await town.alice.sees() == [GONE]


async def test_guessing_is_answered_alike_and_ends_soon(town: Town) -> None:
    alice = town.alice
    for guess in range(20):
        await alice.starts(f"s-{guess:022}")
        assert await alice.sees() == [GONE]

    right = await town.archive.services.team.invite(Role.COORDINATOR, None)
    await alice.starts(right)

    assert (await alice.last()).startswith("Vous nous avez beaucoup écrit aujourd'hui.")


async def test_a_coordinator_invites_an_animator_from_the_phone(town: Town) -> None:
    reto, samira = town.reto, town.samira
    await town.join_team(reto, Role.COORDINATOR)

    await reto.says("👥 Team")
    await reto.presses("➕ Zur Animation")
    await reto.presses("InfoQuartier Mett")
    link = (await reto.last()).splitlines()[-1]
    assert link.startswith("https://t.me/quartierbot_demo_bot?start=s-")

    await samira.starts(link.split("start=")[1])
    assert "InfoQuartier Mâche" in (await samira.sees())[0]
    assert (await reto.last()).startswith("👥 Jemand hat eine Einladung benutzt")


async def test_a_removed_animator_keeps_only_dead_buttons(town: Town) -> None:
    reto, samira, alice = town.reto, town.samira, town.alice
    await town.join_team(reto, Role.COORDINATOR)
    await town.join_team(samira, Role.ANIMATOR)
    await samira.says("👥 Équipe")
    await samira.says("📥 À traiter")

    await reto.says("👥 Team")
    await reto.presses(next(label for label in await reto.buttons() if "entfernen" in label))
    await reto.presses("Ja,")

    await samira.says("📥 À traiter")
    assert await samira.sees() == ["Seule l'équipe peut faire cela."]
    await alice.says("👥 Équipe")
    assert (await alice.sees())[0] == "Seule l'équipe peut faire cela."


async def test_an_animator_cannot_do_what_coordinators_do(town: Town) -> None:
    reto, samira = town.reto, town.samira
    await town.join_team(reto, Role.COORDINATOR)
    await town.join_team(samira, Role.ANIMATOR)
    everyone = await town.archive.services.team.everyone(
        await town.archive.services.residents.meet(reto.id, "de")
    )
    boss = everyone[0].contact_id

    for action in (f"team:removed:{boss}", "team:invite:coordinator", "team:centre:mett"):
        await town.post("updates", press(samira.id, action))
        await town.settles()
        assert await samira.last() == "Seule la coordination peut faire cela. Adressez-vous à elle."


async def test_the_last_coordinator_cannot_leave_the_town_alone(town: Town) -> None:
    reto = town.reto
    await town.join_team(reto, Role.COORDINATOR)

    await reto.says("👥 Team")
    await reto.presses("Das Team verlassen")
    await reto.presses("Ja, verlassen")

    assert await reto.last() == (
        "Sie sind die letzte Person in der Koordination. Laden Sie zuerst jemand anderen ein."
    )
