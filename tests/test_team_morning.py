"""Ten minutes a day: a coordinator's morning from the phone, in both languages, every tap counted."""

from __future__ import annotations

import pytest

from bot.domain.roles import Role
from tests.neighbours import Neighbour, Town
from tests.test_broadcasts import WORDS, Taps, goes_out, subscribed
from tests.test_questions import pass_on
from tests.test_triage import brings

BENCHES, WATER = "Il manque des bancs au bord de la Suze.", "Une fontaine à la gare serait utile."
MOST_TAPS = 20
"""At twenty seconds a tap, reading included, that is seven minutes; typing takes the other three."""


@pytest.mark.parametrize("language", ["fr", "de"])
async def test_a_morning_from_what_is_late_to_an_announcement(town: Town, language: str) -> None:
    alice, beat, reto = town.alice, town.beat, Taps(town.reto)
    await subscribed(alice, "fr")
    await beat.chooses("de")
    await town.join_team(town.reto, Role.COORDINATOR)
    await town.reto.presses({"fr": "Français", "de": "Deutsch"}[language])
    await brings(alice, "fr", BENCHES)
    await town.passes(days=15)
    await brings(alice, "fr", WATER)
    await pass_on(beat, "Wo kann ich Fallschirmspringen?")

    await _late(reto)
    await _new(reto)
    await _question(reto)
    assert "In Grenchen, beim Flugplatz." in await beat.last()
    await _announcement(reto, language)
    await goes_out(town)
    assert WORDS["fr"] in await alice.last()
    assert reto.taps <= MOST_TAPS
    assert len(reto.typed) == 3


async def _late(reto: Taps) -> None:
    """Decide on what is overdue, and tell."""
    await reto.tap(await _key(reto.who, "📋"))
    await reto.tap("⏰")
    await reto.tap("💡 ")
    await reto.tap("⚖️")
    await reto.tap((await reto.who.buttons())[0])
    await reto.tap("📣")
    assert (await reto.who.last()).startswith("✓")


async def _new(reto: Taps) -> None:
    """Read what is new, and promise an answer."""
    await reto.tap(await _key(reto.who, "📋"))
    await reto.tap("🆕")
    await reto.tap("💡 ")
    assert WATER in await reto.who.last()
    await reto.tap("📅")
    await reto.tap((await reto.who.buttons())[0])


async def _question(reto: Taps) -> None:
    """Answer what the directory could not."""
    await reto.tap(await _key(reto.who, "📥"))
    await reto.tap("1 · ")
    await reto.tap("✍️")
    await reto.type("In Grenchen, beim Flugplatz.")
    await reto.tap("📨")


async def _announcement(reto: Taps, language: str) -> None:
    """Announce one thing, in both languages."""
    await reto.tap(await _key(reto.who, "👥"))
    await reto.tap("📢")
    await reto.tap("➕")
    await reto.type(WORDS[language])
    await reto.type(WORDS["de" if language == "fr" else "fr"])
    await reto.tap("👁")
    await reto.tap("📢")


async def _key(who: Neighbour, sign: str) -> str:
    return next(key for key in await who.keys() if key.startswith(sign))
