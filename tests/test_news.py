"""News of the agenda in the chat: asked for by a switch, read, and ended under the message itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from storage import directory
from tests.neighbours import Town
from tests.registering import activity


async def later(town: Town, local: str) -> None:
    """Let it be this moment, and let the clock ask."""
    town.archive.clock.start_at(datetime.fromisoformat(local))
    await town.archive.services.news.tell_due()
    await town.settles()


async def test_a_new_activity_and_the_week_reach_who_asked_for_them(town: Town) -> None:
    alice, beat, services = town.alice, town.beat, town.archive.services
    await services.news.tell_due()  # what there is at first is news to nobody
    await alice.chooses("fr")
    await alice.says("🗂 Mes affaires")
    await alice.presses("🔔 Ce que je reçois")
    await alice.presses("Quartiers ›")
    await alice.presses("⬜ Mâche")
    await beat.chooses("de")
    await beat.says("🗂 Meine Sachen")
    await beat.presses("🔔 Was ich erhalte")
    await beat.presses("⬜ Meine Woche, am Donnerstag")
    assert "✅ Meine Woche, am Donnerstag" in await beat.buttons()

    clock = town.archive.clock
    clock.offset += timedelta(minutes=1)
    async with town.archive.store.write() as tx:
        document = activity("act-tango", title={"de": "Tango für alle"})
        await directory.save_entry(
            tx, "act-tango", kind="activity", document=document, now=clock.now()
        )
    await services.directory.changed()
    await services.news.tell_due()
    await later(town, "2026-11-26T10:00")
    told = await alice.last()
    assert told.startswith("🆕 Nouveau dans l'agenda\n• Tango für alle · mercredi 2 décembre (en ")
    assert await alice.buttons() == ["Tango für alle", "🗓 Agenda", "🔕 Moins ou plus du tout"]
    await alice.presses("🔕 Moins ou plus du tout")
    assert "Ce que je reçois" in await alice.last()
    await alice.presses("🔕 Plus rien")

    await later(town, "2026-11-26T17:00")
    week = await beat.last()
    assert week.startswith("🗓 Ihre Woche\n• ")
    assert len(week.splitlines()) <= 10
    assert "weitere in der Agenda" in week
    await beat.presses("🗓 Agenda")
    assert (await beat.last()).startswith("🗓 Die nächsten sieben Tage")
    assert "🆕" not in "".join(await beat.sees())
