"""A question the directory cannot answer: to the team, back to the person, and kept for the next."""

from __future__ import annotations

from bot.domain.roles import Role
from tests.neighbours import Neighbour, Town, press

CURLING = "Wo kann man Curling spielen?"


async def test_a_question_travels_to_the_team_and_the_answer_back(any_town: Town) -> None:
    town, beat, reto = any_town, any_town.beat, any_town.reto
    await beat.chooses("de")
    await town.join_team(reto, Role.COORDINATOR)

    await pass_on(beat, CURLING)
    assert await beat.last() == (
        "✓ Das Team hat Ihre Frage, Nr. 1.\n"
        "Wo kann man Curling spielen?\n"
        "Sie bekommen die Antwort hier, als Nachricht.\n"
        "Wer sie sieht: nur das Team, ohne Ihren Namen.\n"
        "Wenn es eilt, rufen Sie +41 32 000 00 00 an."
    )

    assert (await reto.last()).startswith("📥 Neue Frage, Nr. 1\nWo kann man Curling spielen?")
    await answer(reto, "In der Halle, Donnerstag ab 19 Uhr.")
    assert await reto.last() == "✓ An 1 Person gesendet."
    assert await beat.last() == (
        "💬 Antwort des Teams auf Ihre Frage Nr. 1\n"
        "Wo kann man Curling spielen?\n"
        "In der Halle, Donnerstag ab 19 Uhr."
    )


async def test_three_people_three_wordings_one_answer_three_deliveries(town: Town) -> None:
    alice, beat, reto = town.alice, town.beat, town.reto
    chantal = await town.newcomer("Chantal", "fr")
    await town.join_team(reto, Role.COORDINATOR)
    for who, language in ((beat, "de"), (alice, "fr"), (chantal, "fr")):
        await who.chooses(language)
    await pass_on(beat, CURLING)
    await pass_on(alice, "où jouer au curling à Bienne ?")
    await pass_on(chantal, "y a-t-il une piste de curling")

    await reto.says("📥 Pendenzen")
    assert await reto.last() == "📥 3 Fragen warten auf eine Antwort"
    await reto.presses("1 ·")
    await reto.presses("✍️ Antworten")
    await reto.says("In der Halle, Donnerstag ab 19 Uhr.")
    await reto.presses("Französisch hinzufügen")
    await reto.says("À la halle, le jeudi dès 19 h.")
    await reto.presses("⬜️ 2")
    await reto.presses("⬜️ 3")
    await reto.presses("📨 Senden")

    assert await reto.last() == "✓ An 3 Personen gesendet."
    assert (await beat.last()).endswith("In der Halle, Donnerstag ab 19 Uhr.")
    assert (await alice.last()).endswith(
        "où jouer au curling à Bienne ?\nÀ la halle, le jeudi dès 19 h."
    )
    assert (await chantal.last()).endswith("À la halle, le jeudi dès 19 h.")
    await reto.says("📥 Pendenzen")
    assert await reto.last() == "📥 Nichts zu beantworten. Bravo!"


async def test_with_one_tap_the_next_person_is_answered_at_once(town: Town) -> None:
    beat, reto, alice = town.beat, town.reto, town.alice
    await beat.chooses("de")
    await town.join_team(reto, Role.COORDINATOR)
    await pass_on(beat, CURLING)
    await answer(reto, "In der Halle, Donnerstag ab 19 Uhr.")

    await reto.presses("📌 Ins Verzeichnis aufnehmen")
    assert await reto.last() == (
        "📌 Ins Verzeichnis aufgenommen. Wer ab jetzt danach fragt, bekommt sofort diese Antwort.\n"
        "Die Frage lautet: «Wo kann man Curling spielen?»"
    )

    await alice.chooses("de")
    await alice.says("wo spielt man curling?")
    assert (await alice.sees())[0].startswith(
        "Wo kann man Curling spielen?\nIn der Halle, Donnerstag ab 19 Uhr."
    )

    await reto.presses("Aus dem Verzeichnis nehmen")
    await alice.says("wo spielt man curling?")
    assert "In der Halle" not in (await alice.sees())[0]


async def test_a_kept_question_is_reworded_before_it_gives_somebody_away(town: Town) -> None:
    beat, reto = town.beat, town.reto
    await beat.chooses("de")
    await town.join_team(reto, Role.COORDINATOR)
    await pass_on(beat, "Wo kann mein Sohn Kevin aus der 3b Curling spielen?")
    await answer(reto, "In der Halle.")
    await reto.presses("📌")

    await reto.presses("Frage umformulieren")
    await reto.says(CURLING)

    assert (await reto.last()).endswith("Die Frage lautet: «Wo kann man Curling spielen?»")
    entries = town.archive.services.asking.directory.entries
    assert not [entry for entry in entries.values() if "Kevin" in str(entry)]


async def test_the_same_question_twice_is_one_and_may_be_taken_back(town: Town) -> None:
    alice, reto = town.alice, town.reto
    await alice.chooses("fr")
    await town.join_team(reto, Role.COORDINATOR)
    await pass_on(alice, "où jouer au curling ?")
    await pass_on(alice, "où jouer au curling ?")
    await reto.says("📥 Pendenzen")
    assert await reto.last() == "📥 1 Frage wartet auf eine Antwort"

    await alice.presses("Retirer ma question")

    assert await alice.last() == "✓ Votre question n° 1 est retirée et effacée."
    await reto.presses("1 ·")
    assert await reto.last() == "Die Person hat die Frage Nr. 1 zurückgezogen."


async def test_an_answer_in_the_other_language_is_marked(town: Town) -> None:
    alice, reto = town.alice, town.reto
    await alice.chooses("fr")
    await town.join_team(reto, Role.COORDINATOR)
    await pass_on(alice, "où jouer au curling ?")

    await reto.presses("Öffnen")
    await reto.presses("✍️ Antworten")
    assert "Schreiben Sie die Antwort auf Französisch." in await reto.last()
    await reto.presses("Ich schreibe auf Deutsch")
    await reto.says("In der Halle.")
    await reto.presses("📨 Senden")

    assert (await alice.last()).endswith(
        "In der Halle.\nℹ️ L'équipe a pu répondre seulement en allemand."
    )


async def test_a_question_answered_by_a_colleague_is_not_answered_twice(town: Town) -> None:
    alice, reto, samira = town.alice, town.reto, town.samira
    await alice.chooses("fr")
    await town.join_team(reto, Role.COORDINATOR)
    await town.join_team(samira, Role.ANIMATOR)
    await pass_on(alice, "où jouer au curling ?")
    await samira.says("📥 À traiter")
    await samira.presses("1 ·")
    await samira.presses("✍️ Répondre")
    await samira.says("À la halle.")

    await reto.presses("Öffnen")
    await reto.presses("✍️ Antworten")
    await reto.says("À la patinoire.")
    await reto.presses("📨 Senden")
    told = len(await alice.messages())

    await samira.presses("📨 Envoyer")
    assert (await samira.last()).startswith("Ce bouton vient d'un ancien message")
    assert len(await alice.messages()) == told


async def pass_on(who: Neighbour, question: str) -> None:
    """Ask something the directory does not know, and give it to the team."""
    await who.says(question)
    buttons = await who.buttons()
    if "Das meinte ich nicht" in buttons or "Ce n'est pas ça" in buttons:
        await who.presses(buttons[-1])
        buttons = await who.buttons()
    wanted = ("Ja, das Team", "Nein, das Team", "Oui, demander", "Non, demander")
    await who.presses(next(label for label in buttons if label.startswith(wanted)))


async def answer(staff: Neighbour, words: str) -> None:
    """Open the newest question, answer it in German and send it."""
    await staff.presses("Öffnen")
    await staff.presses("✍️ Antworten")
    await staff.says(words)
    await staff.presses("📨 Senden")


async def test_other_peoples_words_are_shown_before_they_stay(town: Town) -> None:
    beat, alice, reto = town.beat, town.alice, town.reto
    await town.join_team(reto, Role.COORDINATOR)
    await beat.chooses("de")
    await alice.chooses("de")
    await pass_on(beat, CURLING)
    await pass_on(alice, "Wo kann Théo aus der 3b Curling lernen?")
    await reto.says("📥 Pendenzen")
    await reto.presses("1 ·")
    await reto.presses("✍️ Antworten")
    await reto.says("In der Halle.")
    await reto.presses("⬜️ 2")
    await reto.presses("📨 Senden")

    await reto.presses("📌")
    assert (await reto.last()).endswith(
        "Sie wird auch mit diesen Worten anderer gefunden:\n"
        "• Wo kann Théo aus der 3b Curling lernen?"
    )
    await reto.presses("Diese Worte weglassen")

    assert (await reto.last()).endswith(f"Die Frage lautet: «{CURLING}»")
    entries = town.archive.services.asking.directory.entries
    assert not [entry for entry in entries.values() if "Théo" in str(entry)]


async def test_only_the_answer_that_was_seen_is_sent(town: Town) -> None:
    beat, reto = town.beat, town.reto
    await town.join_team(reto, Role.COORDINATOR)
    await beat.chooses("de")
    await pass_on(beat, CURLING)
    await reto.presses("Öffnen")
    await reto.presses("✍️ Antworten")
    await reto.says("In der Halle.")
    shown = await reto.messages()
    old = next(m for m in reversed(shown) if "In der Halle." in m["text"] and not m["mine"])
    await reto.says("Am See.")
    told = len(await beat.messages())

    button = old["inline"][0][0]
    body = {"chat": reto.id, "message_id": old["id"], "data": button["data"]}
    await town.post(f"phones/{reto.id}/press", body)
    await town.settles()

    assert len(await beat.messages()) == told
    await reto.presses("📨 Senden")
    assert (await beat.last()).endswith("Am See.")


async def test_the_question_key_ends_what_the_team_had_begun(town: Town) -> None:
    beat, reto = town.beat, town.reto
    await town.join_team(reto, Role.COORDINATOR)
    await beat.chooses("de")
    await pass_on(beat, CURLING)
    await reto.presses("Öffnen")
    await reto.presses("✍️ Antworten")

    await reto.says("❓ Frage")
    await reto.says("Ludothek")

    assert (await reto.sees())[0].startswith("Ludothek")


async def test_a_double_tap_brings_one_receipt(town: Town) -> None:
    alice = town.alice
    await alice.chooses("fr")
    asked = {"message_id": 5, "date": 1_790_000_000, "text": "où jouer au curling ?"}
    tap = press(alice.id, "ask:team")
    chat = tap["callback_query"]["message"]["chat"]
    tap["callback_query"]["message"] |= {"reply_to_message": asked | {"chat": chat}}

    for _ in range(2):
        await town.post("updates", tap)
    await town.settles()

    receipts = [m for m in await alice.messages() if m["text"].startswith("✓ L'équipe a")]
    assert len(receipts) == 1
