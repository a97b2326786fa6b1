"""The first minutes with the bot, in both languages."""

from __future__ import annotations

from tests.neighbours import Town, press


async def test_a_newcomer_chooses_a_language_and_is_welcomed_in_it(town: Town) -> None:
    alice = town.alice

    await alice.starts()
    assert await alice.sees() == [
        "Bonjour ! Quelle langue préférez-vous ?\nGuten Tag! Welche Sprache möchten Sie?"
    ]
    assert await alice.buttons() == ["Français", "Deutsch"]

    await alice.presses("Français")
    assert await alice.sees() == [
        (
            "Bienvenue ! Je connais les services et les activités à Bienne.\n"
            "Écrivez-moi votre question, comme vous parlez.\n\n"
            "Je ne garde pas votre nom. Ce que je garde, et combien de temps : /privacy"
        ),
        "Dans quel quartier habitez-vous ? Répondre n'est pas obligatoire.",
    ]
    assert await alice.keys() == [
        "❓ Question",
        "🗓 Agenda",
        "💡 Idée ou souci",
        "📊 Sondages",
        "🗂 Mes affaires",
        "🌐 Aide et langue",
    ]


async def test_a_german_phone_is_offered_german_first(town: Town) -> None:
    await town.beat.starts()

    assert await town.beat.buttons() == ["Deutsch", "Français"]


async def test_the_neighbourhood_may_stay_open_or_be_told(town: Town) -> None:
    beat = town.beat
    await beat.chooses("de")

    await beat.presses("Das möchte ich nicht sagen")
    noted, question = (await beat.messages())[-2:]
    assert noted["text"] == "Kein Problem. Schreiben Sie einfach Ihre erste Frage."
    assert question["text"].startswith("Noch etwas: Darf ich Ihnen schreiben")
    await beat.presses("Nein, danke")

    await beat.says("🗂 Meine Sachen")
    await beat.presses("Quartier ändern")
    await beat.presses("Mett")
    assert await beat.last() == "✓ Notiert: Mett. Schreiben Sie einfach Ihre erste Frage."


async def test_who_begins_with_a_question_is_answered_first_and_greeted_then(town: Town) -> None:
    beat = town.beat

    await beat.says("Wo kann ich Spielsachen ausleihen?")

    answer, pin, greeting, languages = await beat.sees()
    assert "Ludothek\nÜber 1500 Spiele und Spielsachen zum Ausleihen." in answer
    assert greeting.startswith("Willkommen! Ich kenne die Angebote und Aktivitäten in Biel.")
    assert languages.startswith("Guten Tag! Welche Sprache möchten Sie?")

    await beat.says("Wo kann ich Spielsachen ausleihen?")
    assert await beat.sees() == [answer, pin]


async def test_somebody_new_here_sees_five_cards_and_finds_the_way_back(town: Town) -> None:
    alice = town.alice
    await alice.chooses("fr")

    await alice.presses("🧭 Je viens d'arriver")
    five = await alice.buttons()
    assert len(five) == 5

    await alice.presses(five[0])
    assert (await alice.last()).startswith(five[0])

    await alice.presses("‹ Retour")
    assert (await alice.last()).startswith("Bon à savoir quand on arrive ici")
    assert await alice.buttons() == five


async def test_the_language_is_switched_by_one_tap_and_the_keys_follow(town: Town) -> None:
    alice = town.alice
    await alice.chooses("fr")

    await alice.says("/lang")
    await alice.presses("Deutsch")

    assert await alice.keys() == [
        "❓ Frage",
        "🗓 Agenda",
        "💡 Idee oder Anliegen",
        "📊 Umfragen",
        "🗂 Meine Sachen",
        "🌐 Hilfe und Sprache",
    ]
    await alice.says("🌐 Aide et langue")  # an old keyboard still shows the old words
    assert (await alice.last()).startswith("So funktioniert es")


async def test_simple_display_puts_a_picture_before_each_fact(town: Town) -> None:
    beat = town.beat
    await beat.chooses("de")
    await beat.says("🌐 Hilfe und Sprache")
    await beat.presses("🔤 Einfache Anzeige")

    await beat.says("Ludothek")

    assert await beat.last() == (
        "Ludothek\n"
        "Über 1500 Spiele und Spielsachen zum Ausleihen.\n"
        "🕐 jetzt geschlossen, öffnet wieder: heute, 14 Uhr\n"
        "📍 InfoQuartier Champagne-Gurzelen, Altstadionweg 8, 2502 Biel\n"
        "💰 40 Franken pro Jahr\n"
        "☎️ +41 32 000 01 24"
    )


async def test_stop_and_start_again(town: Town) -> None:
    alice = town.alice
    await alice.chooses("fr")

    await alice.says("/stop")
    assert await alice.last() == (
        "✓ Je ne vous écrirai plus de moi-même. Vous pouvez toujours me poser vos questions."
    )

    await alice.starts()
    assert await alice.last() == "Quel plaisir de vous revoir ! Écrivez simplement votre question."


async def test_an_unknown_command_brings_the_menu_and_an_old_button_a_kind_word(town: Town) -> None:
    alice = town.alice
    await alice.chooses("fr")

    await alice.says("/coucou")
    assert await alice.sees() == [
        "Que puis-je faire pour vous ? Écrivez, ou choisissez une touche en bas."
    ]

    await town.post("updates", press(alice.id, "vote:9:yes"))
    await town.settles()
    assert await alice.last() == (
        "Ce bouton vient d'un ancien message : les choses ont changé depuis. "
        "Écrivez simplement ce que vous cherchez."
    )
