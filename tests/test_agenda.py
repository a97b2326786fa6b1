"""The agenda in the chat: pages of dates, narrowed by buttons, and the card of one date."""

from __future__ import annotations

import icalendar

from tests.neighbours import Town


async def test_the_agenda_is_turned_and_narrowed_in_place(town: Town) -> None:
    alice = town.alice
    await alice.chooses("fr")
    await alice.says("🗓 Agenda")
    first = await alice.last()
    assert first.startswith(
        "🗓 Les sept prochains jours\n\nAujourd'hui, mercredi 25 novembre\n• K'fé des habitants, 9 h –"
    )
    assert "Page 1 sur" in first
    shown = len(await alice.messages())

    await alice.presses("Suite ›")
    assert "Page 2 sur" in await alice.last()
    await alice.presses("Week-end")
    assert (await alice.last()).startswith("🗓 Ce week-end\n\nSamedi 28 novembre")
    await alice.presses("🔎 Filtrer")
    await alice.presses("Pour qui")
    await alice.presses("Personnes âgées")
    await alice.presses("7 jours")
    await alice.presses("🔎 Filtrer ✓")
    await alice.presses("Quartier")
    await alice.presses("Mâche")
    assert (await alice.last()).startswith("🗓 Les sept prochains jours · Mâche · personnes âgées")
    await alice.presses("🔎 Filtrer ✓")
    await alice.presses("✕ Tout montrer")
    assert (await alice.last()) == first
    assert len(await alice.messages()) == shown  # all of it in one message


async def test_a_card_says_when_where_and_for_whom_and_goes_into_a_calendar(town: Town) -> None:
    beat = town.beat
    await beat.chooses("de")
    await beat.starts("aact-souris-vertes")
    card = await beat.last()
    for words in (
        "Wann: heute, Mittwoch, 25. November, 10–11 Uhr",
        "Wo: InfoQuartier Mett",
        "Für: Familien, 1 bis 4 Jahre",
        "Preis: kostenlos",
        "Wer Sie empfängt: Samira K.",
        "Danach: Mi 2.12. · Mi 9.12. · Mi 16.12. · Mi 23.12.",
    ):
        assert words in card

    await beat.presses("Mehr dazu")
    assert "Eine Stunde pro Woche, 12 Plätze." in await beat.last()
    await beat.presses("‹ Weniger")
    assert await beat.last() == card
    await beat.presses("📅 In meinen Kalender")
    file = (await beat.messages())[-1]["document"]
    assert file["name"] == "kalender.ics"
    async with town.http.get(town.address + file["url"]) as answer:
        (event,) = icalendar.Calendar.from_ical(await answer.read()).events
    assert str(event["summary"]) == "Die grünen Mäuse – Kunst für die Kleinsten"
    assert "start=aact-souris-vertes" in str(event["url"])
    await beat.presses("🗺 Karte")
    assert (await beat.messages())[-1]["venue"]["title"] == "InfoQuartier Mett"

    await beat.starts("aact-nobody-knows")
    assert await beat.last() == "Diese Aktivität steht nicht mehr in der Agenda."


async def test_near_me_sorts_by_the_way_and_keeps_no_place(town: Town) -> None:
    alice = town.alice
    await alice.chooses("fr")
    await alice.says("🗓 Agenda")
    await alice.presses("🔎 Filtrer")
    await alice.presses("📍 Près de moi")
    assert await alice.keys() == ["📍 Envoyer ma position", "‹ Retour à l'agenda"]
    await alice.says("rue de la Gare")
    assert (await alice.last()).startswith("Ce n'est pas une position.")

    await alice.sends(location={"lat": 47.1446, "lon": 7.2731})  # at the centre of Mâche

    told = await alice.last()
    assert "le plus proche d'abord\n• K'fé des habitants, aujourd'hui, mercredi 25 novembre" in told
    assert "InfoQuartier Mâche, à 0 m" in told
    assert "❓ Question" in await alice.keys()

    await alice.presses("🔎 Filtrer ✓")
    await alice.presses("📍 Près de moi")
    await alice.says("‹ Retour à l'agenda")
    await alice.says("Où emprunter des jouets ?")  # nothing waits for a place any more
    assert "Ludothèque" in "".join(await alice.sees())
