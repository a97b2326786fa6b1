"""From the board into the chat: a link shows the contribution, one tap supports it, and back to the board."""

from __future__ import annotations

from bot.domain import town as settings
from bot.domain.contribution_states import State
from bot.domain.messages import Button
from bot.i18n import voice
from bot.phrases import contributed, menu, noticed
from tests.neighbours import Town
from tests.test_contributed import decided, released
from tests.test_contributing import BENCHES, begins, brings


async def test_a_newcomer_scans_the_poster_chooses_a_language_and_supports(town: Town) -> None:
    await brings(town.alice, "fr", BENCHES)
    await released(town, 1)
    nora = town.beat

    await nora.starts("c1")
    assert "Sprache" in await nora.last()
    await nora.presses("Deutsch")

    assert "Willkommen!" in (await nora.sees())[0]
    assert await nora.last() == ("Nr. 1, Idee\n«Bänke an der Schüss»\nDas Team hat es gelesen.")
    assert await nora.buttons() == ["👍 Das finde ich auch"]
    await nora.presses("👍 Das finde ich auch")
    assert (await nora.last()).startswith("✓ Sie unterstützen Nr. 1.")

    await decided(town, 1, State.PLANNED)
    assert "Zwei Bänke im Frühling." in await nora.last()
    await nora.starts("c1")
    assert await nora.buttons() == ["Wie steht es?"]
    await town.alice.starts("c1")
    assert await town.alice.buttons() == ["Où en est-on ?"]


async def test_a_draft_waits_while_its_author_supports_something_from_the_board(town: Town) -> None:
    alice, beat = town.alice, town.beat
    await brings(alice, "fr", BENCHES)
    await released(town, 1)
    await begins(beat, "fr", "💡 Une idée")
    await beat.says("Un four à pain pour le quartier.")

    await beat.starts("c1")
    await beat.presses("👍 Je pense pareil")

    texts = [message["text"] for message in await beat.messages()]
    assert any(text.startswith("✓ Vous soutenez le n° 1.") for text in texts)
    await beat.says("💡 Idée ou souci")
    assert "four à pain" in await beat.last()


async def test_what_is_not_on_the_board_is_not_shown_and_not_joined(town: Town) -> None:
    alice, beat = town.alice, town.beat
    await brings(alice, "fr", BENCHES)
    await beat.chooses("fr")

    for payload in ("c1", "c2", "c999999999"):
        await beat.starts(payload)
        assert await beat.last() == f"Le n° {payload[1:]} n'est plus sur le panneau."
    for payload in ("c", "c0x", "c" + "9" * 30, "C1"):
        await beat.starts(payload)
        assert "n'est plus sur le panneau" not in await beat.last()


def test_the_board_is_one_tap_away_where_its_address_is_known() -> None:
    address = "https://bot.example.org/board?lang=de"
    v = voice("de")
    for message in (
        menu.help_page(v, settings.Town(), simple=False, board=address),
        contributed.listed(v, [], [], board=address),
        noticed.gone(v, 7, board=address),
    ):
        assert message.buttons[-1] == (Button("📌 Das Anschlagbrett", url=address),)
