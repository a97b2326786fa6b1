"""The green mice: twelve children, fourteen families, a place that travels, and reminders in time."""

from __future__ import annotations

from datetime import datetime
from itertools import count

from bot.domain.causes import Cause
from bot.domain.date_changes import Wish
from bot.domain.directory import ChangeKind
from bot.domain.occurrences import OccurrenceKey
from bot.domain.registrations import Party, Who
from bot.domain.roles import Role
from tests.neighbours import Neighbour, Town, press

MICE = "act-souris-vertes"
WEDNESDAY = "2612021000"
UPDATES = count(500_000)
FAMILY = Party(adults=1, children=1, ages=(24,))


async def test_the_mice_from_the_first_tap_to_the_reminder(any_town: Town) -> None:
    town, alice, beat = any_town, any_town.alice, any_town.beat
    await alice.chooses("fr")
    await alice.says("souris vertes")
    await alice.presses("✍️ S'inscrire")
    assert (await alice.last()).endswith("Quelle date vous convient ?")
    await alice.presses("mercredi 2 décembre, 10 h · 12 libres")
    for label in ("1", "2 ans", "1"):
        await alice.presses(label)
    assert "Comment l'équipe peut-elle vous appeler ?" in await alice.last()
    await alice.says("Léa")
    await alice.presses("✓ M'inscrire")
    assert await alice.last() == (
        "✓ Votre inscription est faite, n° 1\n"
        "Les souris vertes – éveil artistique\n"
        "mercredi 2 décembre, 10 h – 11 h\n"
        "InfoQuartier Mâche, Chemin des Trois-Moulins 5\n"
        "1 adulte, 1 enfant\n"
        "Je vous le rappelle la veille et deux heures avant.\n"
        "Qui le voit : seulement l'équipe de cette activité ; effacé 30 jours après la dernière date."
    )
    others = [await family(town, number) for number in range(2, 13)]
    assert others[-1] == 12

    await beat.chooses("de")
    await beat.starts()
    await beat.says("grüne Mäuse")
    await beat.presses("✍️ Anmelden")
    await beat.presses("Mittwoch, 2. Dezember, 10 Uhr · voll, 0 warten")
    for label in ("1", "3 Jahre", "1", "Das möchte ich nicht sagen"):
        await beat.presses(label)
    assert "Sie wären auf Platz 1." in await beat.last()
    await beat.presses("⏳ Auf die Warteliste")
    assert (await beat.last()).startswith("⏳ Sie stehen auf der Warteliste, Nr. 13: Platz 1\n")
    assert await family(town, 14) == 14

    await alice.presses("Annuler mon inscription")
    assert "est annulée" in await alice.last()
    assert (await beat.last()).startswith("🎉 Ein Platz ist frei für Sie, Nr. 13\n")
    assert "Bitte antworten Sie bis Mittwoch, 25. November 2026, 22 Uhr." not in await beat.last()
    await beat.presses("✓ Ja, ich nehme ihn")
    assert (await beat.last()).startswith("✓ Sie sind angemeldet, Nr. 13\n")

    await town.passes(days=6, minutes=1)
    await town.app.archive.services.own_reminders.remind_due()
    await town.settles()
    assert (await beat.last()).startswith("🔔 Morgen um 10 Uhr\n")
    assert "annulée" in await alice.last()
    await beat.presses("🔕 Weniger")
    assert await beat.last() == "✓ Ab jetzt erinnere ich Sie nur am Vortag."
    await beat.says("🗂 Meine Sachen")
    assert "· Mittwoch, 2. Dezember · ✓ angemeldet" in await beat.last()
    await beat.presses("📅 Meine Anmeldungen")
    await beat.presses("✓ Mittwoch, 2. Dezember · Die grünen Mäuse")
    await beat.presses("📅 In meinen Kalender")
    assert await beat.last() == "Öffnen Sie die Datei, dann stehen die Daten in Ihrem Kalender."


async def test_a_moved_and_a_cancelled_date_reach_everybody_once(town: Town) -> None:
    alice, beat, services = town.alice, town.beat, town.archive.services
    await alice.chooses("fr")
    await beat.chooses("de")
    for telegram_id, language in ((alice.id, "fr"), (beat.id, "de")):
        person = await services.residents.meet(telegram_id, language)
        await services.registrations.register(
            Cause(700 + telegram_id), person, key(), party=FAMILY, who=Who()
        )
    await town.settles()
    await change(town, "moved")
    assert "🔁 Changement : Les souris vertes" in await alice.last()
    assert "Maintenant : jeudi 3 décembre 2026, 10 h – 11 h" in await alice.last()
    assert "Neu: Donnerstag, 3. Dezember 2026, 10–11 Uhr" in await beat.last()
    await alice.presses("✓ Oui, je reste")
    assert "vous restez sur la liste : jeudi 3 décembre 2026" in await alice.last()
    await beat.presses("Nein, ich gebe den Platz zurück")
    assert "ist aufgehoben" in await beat.last()

    await change(town, "cancelled")
    assert (await alice.last()).startswith("❌ Annulé : Les souris vertes")
    assert "ist aufgehoben" in await beat.last()
    assert len([text for text in await texts(alice) if "Annulé" in text]) == 1
    await change(town, "restored")
    assert (await alice.last()).startswith("✓ Finalement, cela a lieu")


async def test_the_team_ticks_counts_enters_and_phones(town: Town) -> None:
    samira, alice, services = town.samira, town.alice, town.archive.services
    await town.join_team(samira, Role.ANIMATOR)
    await samira.presses("Français")
    await alice.chooses("fr")
    for number in range(2, 14):
        await family(town, number)
    await town.settles()
    await samira.says("/lists")
    await samira.presses("mercredi 2 décembre · Les souris vertes")
    assert "12 places prises sur 12" in await samira.last()

    await samira.presses("✍️ Inscrire quelqu'un")
    await samira.presses("Par téléphone")
    for label in ("1", "2 ans", "1"):
        await samira.presses(label)
    await samira.says("Madame Keller")
    await samira.says("pas un numéro")
    assert "079 123 45 67" in await samira.last()
    await samira.says("032 000 00 77")
    await samira.presses("⏳ Sur la liste d'attente")
    assert "au rang 1." in await samira.last()

    person = await services.residents.meet(100_002, "fr")
    mine = await services.registrations.mine(person)
    await services.registrations.cancel(Cause(9_999), person, mine[0].number)
    await samira.presses("‹ Retour à la liste")
    await samira.presses("📞 À appeler : 1")
    await samira.presses("Madame Keller · une place est libre")
    assert "032 000 00 77" in await samira.last()
    await samira.presses("✓ Prend la place")
    assert "est à jour" in await samira.last()

    await samira.says("/lists")
    await samira.presses("mercredi 2 décembre")
    await samira.presses("◻️ Famille 3")
    await samira.presses("◻️ Famille 4")
    await samira.presses("✅ Famille 4")
    await samira.presses("➕ Autres présents")
    await samira.presses("+")
    await samira.presses("‹ Retour à la liste")
    assert "Présents : 2 enfants, 1 adulte, 1 inscription sans venue" in await samira.last()
    await samira.presses("👤 Noms")
    assert "Madame Keller · 1 adulte, 1 enfant · (2 ans) · 032 000 00 77" in await samira.last()
    await samira.presses("Retirer : Madame Keller")
    assert "est retiré de la liste" in await samira.last()


async def test_nobody_touches_what_is_not_theirs(town: Town) -> None:
    alice, beat = town.alice, town.beat
    await beat.chooses("de")
    await alice.chooses("fr")
    await family(town, 2)
    for action in ("rg:show:1", "rg:cancel:1", "rg:take:1:1", "rg:yes", "rg:wish:1:mett"):
        await town.post("updates", press(beat.id, action))
        await town.settles()
        assert (await beat.last()).startswith("Dieser Knopf gehört zu einer älteren Nachricht")
    for action in ("rt:lists", f"rt:d:{MICE}:{WEDNESDAY}", "rt:calls", f"rt:g:{MICE}:{WEDNESDAY}"):
        await town.post("updates", press(beat.id, action))
        await town.settles()
        assert await beat.last() == "Das kann nur das Team."


async def family(town: Town, number: int) -> int:
    """Register a family that nobody follows on the screen; return its number."""
    services = town.archive.services
    person = await services.residents.meet(100_000 + number, "fr" if number % 2 else "de")
    seat = await services.registrations.register(
        Cause(800_000 + number),
        person,
        key(),
        party=FAMILY,
        who=Who(f"Famille {number}"),
        may_wait=True,
    )
    return seat.number


def key() -> OccurrenceKey:
    """Return the date of the story."""
    found = OccurrenceKey.stamped(MICE, WEDNESDAY)
    assert found
    return found


async def change(town: Town, kind: ChangeKind) -> None:
    """Have the coordinator change the date of the story."""
    services = town.archive.services
    reto = await services.residents.meet(town.reto.id, "de")
    if await services.team.role_of(reto) is None:
        await town.join_team(town.reto, Role.COORDINATOR)
    span = (datetime.fromisoformat("2026-12-03T10:00"), datetime.fromisoformat("2026-12-03T11:00"))
    wish = Wish(key(), kind, span if kind == "moved" else None)
    await services.activities.change(Cause(next(UPDATES)), reto, wish)
    await town.settles()


async def texts(who: Neighbour) -> list[str]:
    """Return all that the bot has said to somebody."""
    return [m["text"] for m in await who.messages() if not m["mine"]]
