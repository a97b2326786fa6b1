"""Announcements on the phone: as a new animator, as a resident, as a second coordinator."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from bot.domain.roles import Role
from storage import town as settings
from tests.neighbours import Neighbour, Town, press

WORDS = {
    "fr": "Fête du quartier samedi à 14 h, entrée libre.",
    "de": "Quartierfest am Samstag um 14 Uhr, Eintritt frei.",
}


@dataclass
class Taps:
    """Somebody whose taps and typed messages are counted."""

    who: Neighbour
    taps: int = 0
    typed: list[str] = field(default_factory=list)

    async def tap(self, label: str) -> None:
        """Press a button, or a key of the keyboard."""
        self.taps += 1
        if label in await self.who.keys():
            await self.who.says(label)
        else:
            await self.who.presses(label)

    async def type(self, text: str) -> None:
        """Write a message."""
        self.typed.append(text)
        await self.who.says(text)


async def subscribed(who: Neighbour, language: str) -> None:
    """Let somebody move in and say yes to announcements."""
    yes, rather_not = {
        "fr": ("Oui, volontiers", "Je préfère"),
        "de": ("Ja, gerne", "Das möchte ich nicht"),
    }[language]
    await who.chooses(language)
    await who.presses(rather_not)
    await who.presses(yes)


async def goes_out(town: Town, *, seconds: int = 61) -> None:
    """Let the minute pass, and the clock ask as often as it takes."""
    await town.passes(seconds=seconds)
    for _ in range(3):
        await town.archive.services.broadcast_mailing.advance()
        await town.settles()
    await town.app.progress.show()
    await town.settles()


@pytest.mark.parametrize(
    ("language", "labels"),
    [
        ("fr", ("Français", "👥 Équipe", "📢 Annonces", "➕ Nouvelle", "👁 Aperçu", "📢 Envoyer")),
        ("de", ("Deutsch", "👥 Team", "📢 Mitteilungen", "➕ Neue", "👁 Vorschau", "📢 Senden")),
    ],
)
async def test_from_the_invitation_to_a_sent_announcement(
    town: Town, language: str, labels: tuple[str, ...]
) -> None:
    alice, beat, samira = town.alice, town.beat, Taps(town.samira)
    for who, reads in ((alice, "fr"), (beat, "de")):
        await subscribed(who, reads)
        await who.says({"fr": "🗂 Mes affaires", "de": "🗂 Meine Sachen"}[reads])
        await who.presses("🔔")
        await who.presses({"fr": "Centres", "de": "Zentren"}[reads])
        await who.presses({"fr": "⬜ InfoQuartier Mâche", "de": "⬜ InfoQuartier Mett"}[reads])

    samira.taps += 1
    await samira.who.starts(await town.archive.services.team.invite(Role.ANIMATOR, "mett"))
    for label in labels[:4]:
        await samira.tap(label)
    first, then = (language, "de" if language == "fr" else "fr")
    await samira.type(WORDS[first])
    await samira.type(WORDS[then])
    await samira.tap(labels[4])
    french, german, confirm = (await samira.who.sees())[-3:]
    assert french.endswith(WORDS["fr"])
    assert german.endswith(WORDS["de"])
    assert {"fr": "Envoyer à 2 personnes ?", "de": "An 2 Personen senden?"}[language] in confirm
    await samira.tap(labels[5])
    assert samira.taps <= 12
    assert len(samira.typed) == 2

    await goes_out(town)
    assert await alice.last() == f"📢 InfoQuartier Mâche\n\n{WORDS['fr']}"
    assert await beat.last() == f"📢 InfoQuartier Mett\n\n{WORDS['de']}"
    done = {"fr": "est envoyée\n2 sur 2 arrivées", "de": "ist gesendet\n2 von 2 angekommen"}
    assert done[language] in await samira.who.last()


async def compose(reto: Neighbour) -> None:
    """Compose with a photo, a button and a time, and leave French out."""
    await reto.says("👥 Team")
    await reto.presses("📢 Mitteilungen")
    await reto.presses("➕ Neue")
    await reto.says("Nur Deutsch <b>&</b> klar")
    await reto.presses("Später")
    await reto.presses("🔗 Knopf")
    await reto.says("Ludothek")
    await reto.presses("Ludothek")
    assert "Knopf: Ludothek" in await reto.last()
    await reto.presses("📎")
    await reto.sends(photo=True)
    assert "Mit einem Foto" in await reto.last()
    await reto.presses("🕐 Wann")
    await reto.says("irgendwann")
    assert "keinen künftigen Tag" in await reto.last()
    await reto.presses("🕐 Wann")
    await reto.says("morgen 9 Uhr")
    assert "Wann: Donnerstag, 26. November, 9 Uhr" in await reto.last()
    await reto.presses("👁 Vorschau")
    assert (await reto.last()).startswith("Der französische Text fehlt.")
    await reto.presses("An alle, mit")
    assert "Seulement en allemand :" in (await reto.sees())[0]


async def coordinators(town: Town, *, second_above: int) -> None:
    """Let Reto and Samira coordinate a town in which so many people take two of them."""
    limits = {"second_above": second_above}
    async with town.archive.store.write() as tx:
        now = town.archive.clock.now()
        await settings.put(tx, "broadcasts", limits, source="chat", now=now)
    await town.archive.services.town.load()
    for who in (town.reto, town.samira):
        await town.join_team(who, Role.COORDINATOR)
    await town.reto.presses("Deutsch")


async def test_a_draft_with_everything_and_a_second_coordinator(town: Town) -> None:
    alice, beat, reto, samira = town.alice, town.beat, town.reto, town.samira
    await subscribed(alice, "fr")
    await subscribed(beat, "de")
    await coordinators(town, second_above=1)
    await compose(reto)
    await reto.presses("📢 Senden")
    assert "Eine zweite Person ist um Zustimmung" in await reto.last()

    await samira.presses("👁 La regarder")
    await samira.presses("✓ D'accord")
    assert "✓ Eine zweite Person ist einverstanden" in await reto.last()
    await goes_out(town, seconds=23 * 3600 + 60)
    shown = (await alice.messages())[-1]
    assert shown["photo"]
    assert "Seulement en allemand :" in shown["text"]
    assert "Nur Deutsch <b>&</b> klar" in shown["text"]
    assert "2 von 2 angekommen" in await reto.last()

    await alice.presses("ℹ️ Ludothèque")
    assert (await alice.last()).startswith("Ludothèque")
    await alice.presses("🔕 Moins")
    await alice.presses("🔕 Plus rien")
    assert (await alice.last()).startswith("✓ Vous ne recevez aucune annonce.")
    await once_more(reto)


async def once_more(reto: Neighbour) -> None:
    """Take up what was sent, be asked about the same words, and read what is written down."""
    await reto.says("👥 Team")
    await reto.presses("📢 Mitteilungen")
    await reto.presses("✓ 1")
    await reto.presses("🔁")
    await reto.presses("👁 Vorschau")
    assert "An 1 Person senden?" in await reto.last()
    await reto.presses("📢 Senden")
    assert (await reto.last()).startswith("Derselbe Text ist schon hinausgegangen")
    await reto.says("👥 Team")
    await reto.presses("📜 Wer hat was getan")
    assert "hat einer Mitteilung zugestimmt · 1" in await reto.last()
    await reto.presses("Team")
    assert "ist ins Team gekommen" in await reto.last()


async def test_nobody_is_asked_twice_and_no_means_no(town: Town) -> None:
    beat = town.beat
    await beat.chooses("de")
    await beat.presses("Mett")
    assert (await beat.last()).startswith("Noch etwas: Darf ich Ihnen schreiben")
    await beat.presses("Nein, danke")
    assert (await beat.last()).startswith("✓ Sie erhalten keine Mitteilungen.")
    await beat.says("🗂 Meine Sachen")
    await beat.presses("Quartier ändern")
    await beat.presses("Mett")
    assert not any("Darf ich" in text for text in await beat.sees())

    await beat.says("🗂 Meine Sachen")
    await beat.presses("🔔 Was ich erhalte")
    await beat.presses("Themen ›")
    await beat.presses("⬜ Jugendliche")
    assert "✅ Jugendliche" in await beat.buttons()
    await beat.presses("✅ Jugendliche")
    await beat.presses("‹ Zurück")
    assert "🔕 Gar nichts mehr" not in await beat.buttons()


async def test_progress_stays_in_one_message_and_a_stop_is_at_once(town: Town) -> None:
    alice, beat, reto = town.alice, town.beat, town.reto
    await subscribed(alice, "fr")
    await subscribed(beat, "de")
    await town.join_team(reto, Role.COORDINATOR)
    await reto.presses("Deutsch")
    await town.post("updates", press(reto.id, "bc:new"))
    await town.settles()
    await reto.says("Il y a une fête du quartier samedi")
    await reto.presses("Später")
    assert "Steht jeder Text in seiner Sprache?" in await reto.last()
    await reto.presses("✍️ Deutsch")
    await reto.says("Ein Fest")
    await reto.presses("Später")
    assert "Steht jeder Text" not in await reto.last()
    await reto.presses("👁 Vorschau")
    await reto.presses("Nur an deutsche")
    await reto.presses("📢 Senden")
    before = len(await reto.messages())
    await reto.presses("↩️ Rückgängig")
    assert "Niemand erhält die Mitteilung Nr. 1" in await reto.last()
    await goes_out(town)
    assert not any("Ein Fest" in m["text"] for m in await beat.messages())

    await reto.presses("✍️ Ändern")
    await reto.presses("👁 Vorschau")
    await reto.presses("📢 Senden")
    await town.passes(seconds=61)
    await town.archive.services.broadcast_mailing.advance()
    await town.app.progress.show()
    assert "geht hinaus\n0 von 1 angekommen" in await reto.last()
    await reto.presses("⏸ Pause")
    await goes_out(town)
    assert not any("Ein Fest" in m["text"] for m in await beat.messages())
    await reto.presses("▶️ Fortsetzen")
    await reto.presses("⏹ Abbrechen")
    await goes_out(town)
    assert not any("Ein Fest" in m["text"] for m in await beat.messages())
    assert "ist abgebrochen\n0 von 1 angekommen" in await reto.last()
    assert len(await reto.messages()) == before + 2, "preview and last question, no more"
