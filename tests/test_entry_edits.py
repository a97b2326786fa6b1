"""The directory mended in the chat: found, changed, tried, taken out and put back, by the team alone."""

from __future__ import annotations

from bot.domain.roles import Role
from tests.neighbours import Town, press


async def test_a_new_answer_is_added_tried_and_found(town: Town) -> None:
    samira, alice, beat = town.samira, town.alice, town.beat
    await town.join_team(samira, Role.ANIMATOR, "mett")
    await samira.presses("Français")
    await alice.chooses("fr")
    await beat.chooses("de")

    await samira.says("👥 Équipe")
    await samira.presses("📖 Annuaire")
    await samira.presses("➕ Nouvelle question")
    for text in (
        "Où faire réparer mon trombone ?",
        "Wo lasse ich meine Posaune flicken?",
        "Au k'fé de réparation, le premier samedi du mois.",
        "Im Reparaturkafi, am ersten Samstag des Monats.",
    ):
        await samira.says(text)
    assert "— Deutsch —\nWo lasse ich meine Posaune flicken?" in await samira.last()
    await samira.presses("✓ Enregistrer")
    assert (await samira.last()).startswith("✓ Enregistré")
    await beat.says("Wo lasse ich meine Posaune flicken?")
    assert "Im Reparaturkafi" in (await beat.sees())[0]

    await samira.presses("🔎 Comment")
    await samira.says("réparer mon trombone")
    tried = await samira.last()
    assert "La réponse est cette fiche." in tried or "proposée en premier" in tried
    await samira.says("xylophone fendu")
    assert "On ne la trouve pas." in await samira.last() or "position" in await samira.last()
    await samira.presses("➕ Lui apprendre")
    assert "✓ La réponse est cette fiche." in await samira.last()
    await alice.says("xylophone fendu")
    assert "Au k'fé de réparation" in (await alice.sees())[0]

    await samira.presses("‹ Retour")
    await samira.presses("🗑 Retirer")
    await samira.presses("Oui, retirer")
    assert "personne ne la trouve" in await samira.last()
    await alice.says("xylophone fendu")
    assert "Au k'fé de réparation" not in (await alice.sees())[0]
    await samira.presses("↩️ La remettre")
    await alice.says("xylophone fendu")
    assert "Au k'fé de réparation" in (await alice.sees())[0]


async def test_a_text_is_changed_in_one_language_and_what_moved_on_is_not(town: Town) -> None:
    reto, samira, alice = town.reto, town.samira, town.alice
    await town.join_team(reto, Role.COORDINATOR)
    await town.join_team(samira, Role.ANIMATOR)
    await reto.presses("Deutsch")
    await reto.says("👥 Team")
    await reto.presses("📖 Verzeichnis")
    await reto.says("Ludothek")
    await reto.presses("Ludothek")
    await reto.presses("✍️ Kurz DE")
    await reto.says("x" * 301)
    assert (await reto.last()).startswith("Zu lang: höchstens 300 Zeichen.")
    await reto.says("Spiele ausleihen, auch für Erwachsene.")
    assert "Soll es so lauten?" in await reto.last()
    entry = next(
        key
        for key, each in town.archive.services.directory.current().entries.items()
        if each.title.get("de") == "Ludothek"
    )

    for action in (f"ed:open:{entry}", f"ed:checked:{entry}", f"ed:gone:{entry}", "ed:add"):
        await town.post("updates", press(alice.id, action))
        await town.settles()
    await town.post("updates", press(samira.id, f"ed:checked:{entry}"))
    await town.settles()
    await reto.presses("✓ Speichern")
    assert (await reto.last()).startswith("Dieser Knopf gehört zu einer älteren Nachricht")

    await town.post("updates", press(reto.id, f"ed:text:s:de:{entry}"))
    await town.settles()
    await reto.says("Spiele ausleihen, auch für Erwachsene.")
    await reto.presses("✓ Speichern")
    now = town.archive.services.directory.current().entries[entry]
    assert now.summary["de"] == "Spiele ausleihen, auch für Erwachsene."
    assert now.summary["fr"]
    assert f"{now.updated:%Y-%m-%d}" == "2026-11-25"
    lines = [line async for line in town.archive.services.audit.everything()]
    assert [line.subject for line in lines if line.action == "directory.changed"] == [entry] * 2
