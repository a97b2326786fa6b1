"""Questions as residents write them, and the cards they get."""

from __future__ import annotations

from tests.neighbours import Town, press


async def test_a_card_says_what_when_where_how_much_and_whom_to_call(town: Town) -> None:
    beat = town.beat
    await beat.chooses("de")

    await beat.says("kindernachmittag")

    assert await beat.sees() == [
        (
            "Kindernachmittag\n"
            "Jeden Mittwoch ein anderes Programm für 6- bis 12-Jährige.\n\n"
            "Wann: heute, 14–17 Uhr (jeden Mittwoch, ausser in den Schulferien)\n"
            "Wo: InfoQuartier Champagne-Gurzelen, Altstadionweg 8, 2502 Biel\n"
            "Preis: 2 Franken\n"
            "Telefon: +41 32 000 02 10\n"
            "Geprüft am 1. September 2026."
        )
    ]
    assert await beat.buttons() == ["Mehr dazu", "🗺 Karte", "Das meinte ich nicht"]


async def test_the_next_date_leaves_out_the_school_holidays(town: Town) -> None:
    alice = town.alice
    await alice.chooses("fr")
    await town.passes(days=29)  # Thursday 24 December: the holidays last until 10 January

    await alice.says("mercredi des enfants")

    assert "La prochaine fois : mercredi 13 janvier 2027, 14 h – 17 h" in await alice.last()


async def test_more_unfolds_in_place_and_folds_again(town: Town) -> None:
    alice = town.alice
    await alice.chooses("fr")
    await alice.says("k'fé des habitants à Mâche")
    short = await alice.last()
    count = len(await alice.messages())

    await alice.presses("En savoir plus")
    unfolded = await alice.last()
    assert "On discute du quartier" in unfolded
    assert "Inscription : Sans inscription, venez simplement." in unfolded
    assert "♿ Accessible en fauteuil roulant." in unfolded
    assert "Qui vous accueille : Samira K." in unfolded

    await alice.presses("‹ Moins")
    assert await alice.last() == short
    assert len(await alice.messages()) == count


async def test_the_map_button_sends_a_pin(town: Town) -> None:
    beat = town.beat
    await beat.chooses("de")
    await beat.says("Ludothek")

    await beat.presses("🗺 Karte")

    venue = (await beat.messages())[-1]["venue"]
    assert venue["title"] == "InfoQuartier Champagne-Gurzelen"
    assert (venue["lat"], venue["lon"]) == (47.1451, 7.2565)


async def test_an_entry_in_one_language_says_so_to_the_other_reader(town: Town) -> None:
    alice = town.alice
    await alice.chooses("fr")

    await town.post("updates", press(alice.id, f"card:{_only_in(town, 'de')}"))
    await town.settles()

    assert (await alice.last()).endswith("ℹ️ Ce texte existe seulement en allemand.")


async def test_a_question_in_the_other_language_is_answered_in_it(town: Town) -> None:
    alice = town.alice
    await alice.chooses("fr")

    await alice.says("Wo kann ich Spielsachen ausleihen?")

    card, _pin, offer = await alice.sees()
    assert card.startswith("InfoQuartier Champagne-Gurzelen, Altstadionweg 8, 2502 Biel\n")
    assert offer == "Soll ich Ihnen immer auf Deutsch schreiben?"

    await alice.presses("Ja, auf Deutsch")
    assert await alice.keys() == [
        "❓ Frage",
        "🗓 Agenda",
        "💡 Idee oder Anliegen",
        "🗂 Meine Sachen",
        "🌐 Hilfe und Sprache",
    ]


async def test_a_third_language_is_told_about_the_interpreter_in_itself(town: Town) -> None:
    ana = await town.newcomer("Ana", "pt")

    await ana.says("Bom dia, preciso de ajuda com a escola do meu filho, onde posso perguntar?")

    sentence, *_ = await ana.sees()
    interpreter = town.archive.services.town.current.interpreter
    assert "francês" in sentence
    assert "alemão" in sentence
    assert interpreter.phone in sentence


async def test_what_is_not_text_is_answered_with_a_person_to_call(town: Town) -> None:
    alice = town.alice
    await alice.chooses("fr")

    await alice.sends(voice=True)

    said = await alice.last()
    assert said.startswith("C'est une idée ou un souci ? Alors l'équipe le prend tel quel.")
    assert town.archive.services.town.current.phone in said


async def test_markup_in_a_question_stays_text(town: Town) -> None:
    beat = town.beat
    await beat.chooses("de")

    await beat.says("<b>Ludothek</b> & <script>alert(1)</script> {0} %s")

    assert (await beat.sees())[0].startswith("Ludoth")
    for call in await town.calls("sendMessage"):
        assert "<script>" not in call["params"]["text"]


def _only_in(town: Town, language: str) -> str:
    """Return the id of an entry that exists in one language only."""
    entries = town.archive.services.asking.directory.entries.values()
    return next(entry.id for entry in entries if set(entry.title) == {language})


async def test_an_edited_question_is_answered_anew_and_a_live_place_with_nothing(
    town: Town,
) -> None:
    alice = town.alice
    await alice.chooses("fr")
    await alice.says("ludotek")
    mine = next(m["id"] for m in reversed(await alice.messages()) if m["mine"])

    await town.post(
        f"phones/{alice.id}/edit", {"chat": alice.id, "message_id": mine, "text": "Ludothèque"}
    )
    await town.settles()
    assert (await alice.last()).startswith("Ludothèque")

    shown = len(await alice.messages())
    moving = {"location": {"latitude": 47.1, "longitude": 7.2, "live_period": 900}}
    await town.post("updates", {"edited_message": _message_of(alice.id) | moving})
    await town.settles()
    assert len(await alice.messages()) == shown


def _message_of(person: int) -> dict[str, object]:
    return {
        "message_id": 1,
        "date": 1_790_000_000,
        "edit_date": 1_790_000_001,
        "chat": {"id": person, "type": "private", "first_name": "Alice"},
        "from": {"id": person, "is_bot": False, "first_name": "Alice"},
    }
