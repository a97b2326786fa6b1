"""The town's settings in the chat: typed, looked at, saved, in force at once, written down."""

from __future__ import annotations

import pytest

from bot.domain.roles import Role
from bot.domain.town import Town as Settings
from bot.domain.town_edits import Edit, Field, UnreadableError, changed, read_typed
from tests.neighbours import Town, press


@pytest.mark.parametrize(
    ("field", "typed", "read"),
    [
        (Field.QUIET, "21:30-07:00", "21:30-07:00"),
        (Field.QUIET, "21 h – 7 h", "21:00-07:00"),
        (Field.QUIET, "20 bis 8 Uhr", "20:00-08:00"),
        (Field.PHONE, " +41 32 000 00 00 ", "+41 32 000 00 00"),
        (Field.PHONE, "032/000.00.00", "032/000.00.00"),
        (Field.SECOND, "0", "0"),
        (Field.PRIVACY, "Eins\nzwei", "Eins\nzwei"),
        (Field.DUTY_HOURS, "täglich\n8–20 Uhr", "täglich 8–20 Uhr"),
    ],
)
def test_a_typed_value_is_kept_as_it_is_meant(field: Field, typed: str, read: str) -> None:
    assert read_typed(field, typed) == read


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        (Field.QUIET, "nachts"),
        (Field.QUIET, "25-8"),
        (Field.PHONE, "das Amt"),
        (Field.PHONE, "1"),
        (Field.SECOND, "viele"),
        (Field.SECOND, "-1"),
        (Field.SECOND, "9" * 30),
        (Field.PRIVACY, "\u200b"),
    ],
)
def test_what_is_no_such_value_is_not_kept(field: Field, typed: str) -> None:
    with pytest.raises(UnreadableError):
        read_typed(field, typed)


def test_half_of_a_value_leaves_the_other_half() -> None:
    town = Settings.of({"duty": {"phone": "144", "hours": {"fr": "jour", "de": "Tag"}}})
    key, value = changed(town, Edit(Field.DUTY_PHONE, {"": "117"}))
    assert (key, value) == ("duty", {"phone": "117", "hours": {"fr": "jour", "de": "Tag"}})


async def test_a_coordinator_changes_the_town_and_nobody_else_does(town: Town) -> None:
    reto, samira, alice = town.reto, town.samira, town.alice
    await town.join_team(reto, Role.COORDINATOR)
    await town.join_team(samira, Role.ANIMATOR)
    await reto.presses("Deutsch")
    await samira.says("👥 Équipe")
    assert "⚙️ Réglages" not in await samira.buttons()

    await reto.says("👥 Team")
    await reto.presses("⚙️ Einstellungen")
    await reto.presses("✍️ Ruhezeit")
    await reto.says("nachts")
    assert (await reto.last()).startswith("Das kann ich nicht lesen.")
    await reto.says("21:30-07:00")
    assert "Bisher: 20:00 – 08:00\nAb jetzt: 21:30 – 07:00" in await reto.last()
    await reto.presses("✓ Speichern")
    assert "✓ Gespeichert." in await reto.last()
    assert f"{town.archive.services.town.current.quiet_from:%H:%M}" == "21:30"

    await reto.presses("✍️ Text zum Datenschutz")
    await reto.says("La ville répond de ce service.")
    await reto.says("Die Stadt verantwortet diesen Dienst.")
    await reto.presses("✓ Speichern")
    await alice.chooses("fr")
    await alice.says("/privacy")
    assert "La ville répond de ce service." in await alice.last()
    await reto.presses("‹ Team")
    await reto.presses("📜 Wer hat was getan")
    await reto.presses("Stadt")
    assert "hat eine Einstellung geändert · quiet" in await reto.last()

    for action in ("set:page", "set:edit:quiet", "set:save:00000000"):
        await town.post("updates", press(samira.id, action))
        await town.settles()
        assert not (await samira.last()).startswith("Réglages")
    assert f"{town.archive.services.town.current.quiet_from:%H:%M}" == "21:30"
