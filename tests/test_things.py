"""A resident's own things: what is kept, getting it, and being forgotten."""

from __future__ import annotations

import json

from bot.domain.roles import Role
from storage import residents
from tests.neighbours import Neighbour, Town, plain_spaces
from tests.test_questions import answer, pass_on


async def test_my_things_list_my_questions_and_how_they_stand(town: Town) -> None:
    alice = town.alice
    await alice.chooses("fr")
    await pass_on(alice, "où jouer au curling ?")

    await alice.says("🗂 Mes affaires")

    assert await alice.sees() == [
        "Mes affaires\n• 1 · où jouer au curling ? · attend une réponse\n\nQuartier : non indiqué"
    ]
    await alice.presses("Retirer la question n° 1")
    assert await alice.last() == "✓ Votre question n° 1 est retirée et effacée."


async def test_privacy_says_who_what_for_how_long_and_who_sees_it(town: Town) -> None:
    beat = town.beat
    await beat.chooses("de")

    await beat.says("/privacy")

    said = await beat.last()
    for words in ("Verantwortlich:", "Wofür:", "Wie lange:", "Wer es sieht:", "Telegram"):
        assert words in said
    assert await beat.buttons() == ["📄 Meine Daten erhalten", "🗑 Alles löschen"]


async def test_my_data_is_one_file_with_all_of_mine_and_nothing_of_others(town: Town) -> None:
    alice, beat = town.alice, town.beat
    await alice.chooses("fr")
    await beat.chooses("de")
    await pass_on(alice, "où jouer au curling ?")
    await pass_on(beat, "Wo kann ich Schach am Computer lernen, ich heisse Beat?")

    await alice.says("/mydata")

    file = (await alice.messages())[-1]["document"]
    assert file["name"] == "mes-donnees-2026-11-25.json"
    async with town.http.get(town.address + file["url"]) as answer:
        records = json.loads(await answer.read())
    assert "où jouer au curling ?" in json.dumps(records, ensure_ascii=False)
    assert "Beat" not in json.dumps(records, ensure_ascii=False)


async def test_delete_takes_a_second_tap_and_may_be_undone(town: Town) -> None:
    alice = town.alice
    await alice.chooses("fr")

    await alice.says("/delete")
    await alice.presses("Oui, tout effacer")
    assert await alice.last() == (
        "Tout ce qui vous concerne sera effacé à 10 h 10. Ensuite, je ne vous connaîtrai plus."
    )
    await alice.presses("Ne pas effacer")
    assert await alice.last() == "✓ Rien n'est effacé."

    await town.passes(minutes=11)
    assert await town.archive.services.privacy.delete_due() == 0


async def test_after_ten_minutes_nothing_of_the_person_is_left(any_town: Town) -> None:
    town, alice, reto = any_town, any_town.alice, any_town.reto
    await alice.chooses("fr")
    await town.join_team(reto, Role.COORDINATOR)
    await pass_on(alice, "où jouer au curling avec mon fils Théo ?")
    await alice.says("/delete")
    await alice.presses("Oui, tout effacer")

    await town.passes(minutes=11)
    assert await town.archive.services.privacy.delete_due() == 1

    await reto.says("📥 Pendenzen")
    assert await reto.last() == "📥 Nichts zu beantworten. Bravo!"
    await alice.says("/lang")
    assert await alice.sees() == [
        "Bonjour ! Quelle langue préférez-vous ?\nGuten Tag! Welche Sprache möchten Sie?"
    ]


async def test_personal_things_stay_out_of_groups(town: Town) -> None:
    alice = town.alice
    await alice.chooses("fr")

    for command in ("/mydata", "/delete", "/menu", "/lang", "/stop"):
        await alice.says(f"{command}@quartierbot_demo_bot", chat=GROUP)
        assert await in_group(town, alice) == (
            "C'est personnel. Écrivez-moi en privé, s'il vous plaît."
        )


async def test_in_a_group_the_bot_speaks_only_when_spoken_to(town: Town) -> None:
    alice, beat = town.alice, town.beat
    await alice.says("qui vient samedi ?", chat=GROUP)
    await beat.says("/help@another_bot", chat=GROUP)
    assert await in_group(town, alice) is None

    await beat.says("@quartierbot_demo_bot wo kann ich Spielsachen ausleihen?", chat=GROUP)

    assert "Ludothek" in str(await in_group(town, beat))
    async with town.archive.store.read() as tx:
        assert await residents.count(tx) == 1


GROUP = -1001000000001


async def in_group(town: Town, who: Neighbour) -> str | None:
    """Return the newest words of the bot in the group, if it said any."""
    shown = plain_spaces(await town.get(f"phones/{who.id}/chats/{GROUP}"))["messages"]
    said = [message["text"] for message in shown if message["from"]["bot"]]
    return said[-1] if said else None


async def test_an_answer_that_could_not_be_brought_is_read_later(town: Town) -> None:
    beat, reto = town.beat, town.reto
    await town.join_team(reto, Role.COORDINATOR)
    await beat.chooses("de")
    await pass_on(beat, "Wo kann man Curling spielen?")
    await beat.blocks()
    await answer(reto, "In der Halle.")
    await beat.blocks(blocked=False)

    await beat.says("🗂 Meine Sachen")
    await beat.presses("Antwort Nr. 1 lesen")

    assert (await beat.last()).endswith("Wo kann man Curling spielen?\nIn der Halle.")
