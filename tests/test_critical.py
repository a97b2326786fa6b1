"""Somebody in distress: help lines first, a person one tap away, and no trace before that tap."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import structlog
from sqlalchemy.engine import make_url

from bot import logs
from bot.domain.roles import Role
from storage import answer_contexts, learning, questions
from tests.neighbours import Json, Town, plain_spaces, press

VIOLENCE = "mon copain me tape, je sais plus quoi faire"
CALM = "Personne n'a le droit de faire du mal à quelqu'un. Vous pouvez demander de l'aide à toute heure."
DESPAIR = "i ma nümme, i wott nümme läbe"
GROUP = -1001000000001


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that the operator could read, however talkative the bot is set."""
    root = logging.getLogger()
    handlers, level, hooks = root.handlers[:], root.level, (sys.excepthook, logging.raiseExceptions)
    stream = io.StringIO()
    logs.start("DEBUG", "json", stream=stream)
    yield stream
    root.handlers[:], root.level = handlers, level
    sys.excepthook, logging.raiseExceptions = hooks
    structlog.reset_defaults()


def stored(town: Town) -> bytes:
    """Return every byte of the database's files."""
    file = Path(str(make_url(town.app.settings.database_url).database))
    return b"".join(part.read_bytes() for part in file.parent.glob(f"{file.name}*"))


async def test_help_lines_come_first_then_the_entry_then_one_button(town: Town) -> None:
    alice = town.alice
    await alice.chooses("fr")

    await alice.says(VIOLENCE)

    (said,) = await alice.sees()
    assert said.splitlines()[:6] == [
        CALM,
        "Si c'est dangereux maintenant, appelez le 117.",
        "117 Police",
        "142 Aide en cas de violence",
        "144 Ambulance",
        "Tous ces numéros : 24 heures sur 24.",
    ]
    assert await alice.buttons() == ["Parler avec une personne"]


WORDS = (
    ("mon mari me frappe quand il boit", "117"),
    ("mein Mann schlägt mich", "117"),
    ("mi Maa schlaht mi", "117"),
    ("je veux mourir", "143"),
    ("ich will nicht mehr leben", "143"),
    (DESPAIR, "143"),
    ("je dors dehors ce soir", "143"),
    ("ich weiss nicht, wo ich heute Nacht schlafen soll", "143"),
    ("mon fils a avalé du produit de vaisselle", "145"),
    ("mis Chind het Putzmittu trunke", "145"),
    ("j'ai plus rien à manger pour mes enfants", "143"),
    ("i ha nüt meh z ässe", "143"),
    ("mon père boit trop, j'en peux plus", "143"),
    ("mi Suhn nimmt Droge", "143"),
)


async def test_it_is_recognised_in_residents_words(town: Town) -> None:
    beat = town.beat
    await beat.chooses("de")

    answered = []
    for words, _ in WORDS:
        await beat.says(words)
        answered.append((words, (await beat.last()).splitlines()[2:3], len(await beat.buttons())))

    assert [
        (words, [line.split()[0] for line in lines], buttons) for words, lines, buttons in answered
    ] == [(words, [number], 1) for words, number in WORDS]


async def test_before_the_tap_nobody_is_told_and_nothing_is_kept_or_logged(
    town: Town, log: io.StringIO
) -> None:
    alice, reto = town.alice, town.reto
    await town.join_team(reto, Role.COORDINATOR)
    await alice.chooses("fr")
    told = len(await reto.messages())

    await alice.says(VIOLENCE)
    await alice.presses("Parler avec une personne")
    await alice.presses("Non, ne rien transmettre")

    assert (await alice.last()).endswith("D'accord : je n'ai rien transmis et rien gardé.")
    assert len(await reto.messages()) == told
    assert b"copain me tape" not in stored(town)
    assert [word for word in ("copain", "violence") if word in log.getvalue()] == []
    metrics = town.app.metrics.page().decode()
    assert "quartierbot_questions_total{" not in metrics
    async with town.archive.store.read() as tx:
        assert await questions.count_waiting(tx) == 0
        assert await learning.missed(tx, first=date.min, last=date.max) == {}
        assert await learning.choices(tx) == {}
        (row,) = await answer_contexts.live(tx, town.archive.clock.now())
    assert row.data["shown"] == []


async def test_after_the_second_tap_the_coordinators_read_it_marked_and_can_answer(
    any_town: Town,
) -> None:
    town, alice, reto, samira = any_town, any_town.alice, any_town.reto, any_town.samira
    await town.join_team(reto, Role.COORDINATOR)
    await town.join_team(samira, Role.ANIMATOR)
    await alice.chooses("fr")
    await alice.says(VIOLENCE)

    await alice.presses("Parler avec une personne")
    assert await alice.last() == (
        "Parler avec une personne : +41 32 000 00 09 (tous les jours de 8 h à 20 h)\n"
        "Voulez-vous que je transmette votre message à l'équipe ?\n"
        "• Quoi : vos mots, comme vous les avez écrits, et votre langue. Pas votre nom.\n"
        "• À qui : aux responsables de l'équipe, tout de suite. Toute l'équipe peut le lire.\n"
        "• La réponse arrive ici, mais l'équipe n'est pas là jour et nuit."
    )
    quiet = len(await samira.messages())
    await alice.presses("Oui, le transmettre")

    assert (await alice.last()).startswith("✓ L'équipe a votre message n° 1, marqué comme urgent.")
    assert await reto.last() == (
        "🔴 Dringend: Jemand möchte mit einer Person reden (Nr. 1)\n"
        "Die Person liest Französisch.\n"
        f"{VIOLENCE}\n"
        "Ihre Antwort erreicht die Person hier, ohne Namen auf beiden Seiten."
    )
    assert len(await samira.messages()) == quiet
    await reto.presses("Öffnen")
    await reto.presses("✍️ Antworten")
    await reto.says("Je vous appelle quand vous voulez : 032 000 00 09.")
    await reto.presses("📨 Senden")
    assert (await alice.last()).endswith("Je vous appelle quand vous voulez : 032 000 00 09.")


async def test_words_of_distress_never_become_a_frequent_question(town: Town) -> None:
    beat, reto = town.beat, town.reto
    await town.join_team(reto, Role.COORDINATOR)
    await beat.chooses("de")
    await beat.says("mein Mann schlägt mich, der Peter")
    await beat.presses("Mit einer Person reden")
    await beat.presses("Ja, weitergeben")
    await reto.says("📥 Pendenzen")
    assert (await reto.buttons())[0] == "🔴 1 · dringend"
    await reto.presses("🔴 1")
    await reto.presses("✍️ Antworten")
    await reto.says("Die Beratungsstelle hilft, gratis und ohne Namen.")
    await reto.presses("📨 Senden")

    await reto.presses("📌")
    assert (await reto.last()).startswith("Diese Antwort für alle aufnehmen?")
    await reto.says("Wer hilft bei Gewalt in der Familie?")

    assert (await reto.last()).endswith("Die Frage lautet: «Wer hilft bei Gewalt in der Familie?»")
    entries = town.archive.services.asking.directory.entries.values()
    assert [entry.id for entry in entries if "Peter" in str(entry)] == []


async def test_an_old_offer_to_ask_the_team_asks_before_it_passes_distress_on(town: Town) -> None:
    beat, reto = town.beat, town.reto
    await town.join_team(reto, Role.COORDINATOR)
    await beat.chooses("de")
    told = len(await reto.messages())
    await beat.says(DESPAIR)
    asked = next(m for m in await beat.messages() if m["text"] == DESPAIR)

    old: Json = dict(press(beat.id, "ask:team"))
    old["callback_query"]["message"]["reply_to_message"] = {
        "message_id": asked["id"],
        "date": 0,
        "chat": {"id": beat.id, "type": "private"},
        "text": DESPAIR,
    }
    await town.post("updates", old)
    await town.settles()

    assert "Soll ich Ihre Nachricht dem Team weitergeben?" in await beat.last()
    assert len(await reto.messages()) == told


async def test_in_a_group_there_are_only_the_numbers(town: Town) -> None:
    alice = town.alice
    await alice.chooses("fr")

    await alice.says(f"@quartierbot_demo_bot {VIOLENCE}", chat=GROUP)

    chat = plain_spaces(await town.get(f"phones/{alice.id}/chats/{GROUP}"))
    said = chat["messages"][-1]
    assert said["text"].splitlines()[-1] == "Écrivez-moi en privé : là, personne d'autre ne lit."
    assert len(said["text"].splitlines()) == 8
    assert not said.get("inline")


async def test_a_newcomer_in_distress_is_not_greeted_over_the_numbers(town: Town) -> None:
    beat = town.beat

    await beat.says("ich will nicht mehr leben")

    (said,) = await beat.sees()
    assert said.startswith("Danke, dass Sie das geschrieben haben.")
