"""The answer is in the directory already: the team points at the entry, and the next person finds it."""

from __future__ import annotations

from bot.domain.roles import Role
from tests.neighbours import Neighbour, Town, press
from tests.test_questions import pass_on

ODD = "Wo gibts das Ding zum Drehen mit den Rollen?"


async def team_asked(town: Town, question: str, *, language: str = "de") -> Neighbour:
    """Have Beat give a question to the team, and Reto open it."""
    beat, reto = town.beat, town.reto
    await beat.chooses(language)
    await town.join_team(reto, Role.COORDINATOR)
    await pass_on(beat, question)
    await reto.presses("Öffnen")
    return reto


async def test_the_team_searches_sends_the_entry_and_keeps_the_words(any_town: Town) -> None:
    town, beat = any_town, any_town.beat
    reto = await team_asked(town, ODD)

    await reto.presses("🔎 Im Verzeichnis suchen")
    await reto.says("Ludothek")
    await reto.presses("› Ludothek")
    assert "Mit diesen Worten fände ihn die nächste Person: «" + ODD + "»" in await reto.last()
    await reto.presses("📨 Senden und die Worte behalten")

    assert await reto.last() == (
        f"✓ An 1 Person gesendet.\n📌 Wer ab jetzt «{ODD}» fragt, findet diesen Eintrag."
    )
    assert (await beat.last()).startswith(
        f"💬 Antwort des Teams auf Ihre Frage Nr. 1\n{ODD}\nLudothek\n"
    )
    await town.alice.chooses("de")
    await town.alice.says("wo gibts ds Ding zum Drehen mit Rollen")
    assert "Ludothek" in (await town.alice.sees())[0]


async def test_three_entries_are_at_hand_without_a_search(town: Town) -> None:
    reto = await team_asked(town, "Wo kann man Curling spielen?")

    assert len([label for label in await reto.buttons() if label.startswith("› ")]) == 3


async def test_words_about_a_person_are_written_anew_or_left_out(town: Town) -> None:
    reto = await team_asked(town, "Wo kann mein Sohn Kevin aus der 3b Curling spielen?")
    await reto.presses("🔎")
    await reto.says("Ludothek")
    await reto.presses("› Ludothek")

    await reto.says("Wo kann mein Kind Curling spielen?")
    assert "«Wo kann mein Kind Curling spielen?»" in await reto.last()
    await reto.presses("📨 Senden und die Worte behalten")

    entries = town.archive.services.asking.directory.entries.values()
    assert [entry.id for entry in entries if "Kevin" in str(entry)] == []
    assert [e.id for e in entries if "Wo kann mein Kind Curling spielen?" in str(e.questions)]


async def test_an_entry_sent_without_the_words_changes_nothing_in_the_directory(
    town: Town,
) -> None:
    before = town.archive.services.asking.directory
    reto = await team_asked(town, ODD)
    await reto.presses("🔎")
    await reto.says("Ludothek")
    await reto.presses("› Ludothek")

    await reto.presses("📨 Senden ohne die Worte")

    assert await reto.last() == "✓ An 1 Person gesendet."
    assert town.archive.services.asking.directory == before


async def test_an_entry_that_was_sent_is_not_retired_by_an_old_button(town: Town) -> None:
    reto = await team_asked(town, ODD)
    await reto.presses("🔎")
    await reto.says("Ludothek")
    await reto.presses("› Ludothek")
    await reto.presses("📨 Senden ohne")

    for action in ("oq:unkeep:1", "oq:faq:1", "oq:give:1:words"):
        await town.post("updates", press(reto.id, action))
        await town.settles()
        assert (await reto.last()).startswith("Dieser Knopf")
    await town.beat.says("Ludothek")
    assert (await town.beat.last()).startswith("Ludothek")
