"""Bringing an idea in under a minute: words, photo, voice and place in any order, sent exactly once."""

from __future__ import annotations

import pytest

from bot.domain.contributions import NameLevel
from bot.i18n import voice
from bot.phrases import names
from bot.text import plain
from storage import attachments, residents
from tests.neighbours import Neighbour, Town

BENCHES = "Il manque des bancs au bord de la Suze, pour se reposer."
SUZE = {"lat": 47.1402, "lon": 7.2461}
KEYS = {"fr": "💡 Idée ou souci", "de": "💡 Idee oder Anliegen"}
STEPS = {"fr": ("Continuer", "Oui", "📨"), "de": ("Weiter", "Ja", "📨")}


async def test_benches_with_a_photo_and_a_pin_take_five_taps(any_town: Town) -> None:
    town, alice = any_town, any_town.alice
    await alice.chooses("fr")

    await alice.says("💡 Idée ou souci")
    await alice.presses("💡 Une idée")
    await alice.says(BENCHES)
    await alice.sends(photo=True)
    await alice.sends(location=SUZE)
    assert await alice.sees() == [
        (
            f"💡 Votre idée · étape 1 sur 3\n{BENCHES}\n📷 1 photo\n📍 Un lieu sur la carte\n"
            "Ajoutez quelque chose, ou continuez."
        )
    ]
    await alice.presses("Continuer")
    await alice.presses("Oui")
    assert await alice.last() == (
        f"💡 Votre idée · étape 3 sur 3\n{BENCHES}\n📷 1 photo\n📍 Un lieu sur la carte\n"
        "Réponse : oui, ici par message.\n\n"
        "Qui le voit : l'équipe, sous un nom inventé. Sur le panneau, jamais votre nom ni vos mots"
        " sans relecture."
    )
    await alice.presses("📨 Envoyer")

    assert await alice.sees() == [
        (
            "✓ Votre idée est bien arrivée, n° 1.\n"
            f"{BENCHES}\n"
            "Et ensuite : l'équipe la lit et vous répond ici d'ici au mercredi 9 décembre.\n"
            "Qui le voit : l'équipe, sous un nom inventé. Sur le panneau, jamais votre nom ni vos mots"
            " sans relecture."
        )
    ]
    await town.app.media.fetch()
    assert await media_of(town, 1) == ["photo"]


async def test_a_photo_that_cannot_be_fetched_is_tried_again(town: Town) -> None:
    alice = town.alice
    await begins(alice, "fr", "💡 Une idée")
    await alice.sends(photo=True)
    await town.faults({"kind": "500", "method": "getFile", "times": 1})
    await sends(alice, "fr")

    await town.app.media.fetch()
    assert await media_of(town, 1) == []
    await town.passes(minutes=6)
    await town.app.media.fetch()
    assert await media_of(town, 1) == ["photo"]


async def test_a_second_voice_message_takes_the_place_of_the_first_and_says_so(town: Town) -> None:
    beat = town.beat
    await begins(beat, "de", "💡 Eine Idee")
    await beat.sends(voice=True)
    await beat.sends(voice=True)

    assert (await beat.last()).startswith("ℹ️ Ich nehme eine Sprachnachricht, die letzte.")


async def test_only_the_latest_summary_stays_in_the_chat(town: Town) -> None:
    beat = town.beat
    await beat.chooses("de")
    await beat.says("💡 Idee oder Anliegen")
    await beat.presses("⚠️ Ein Anliegen")
    await beat.says("Die Lampe an der Ecke ist defekt.")
    await beat.says("Seit zwei Wochen.")

    summaries = [m["text"] for m in await beat.messages() if "Schritt 1 von 3" in m["text"]]

    assert summaries == [
        (
            "⚠️ Ihr Anliegen · Schritt 1 von 3\nDie Lampe an der Ecke ist defekt.\nSeit zwei Wochen.\n"
            "Fügen Sie etwas hinzu, oder fahren Sie fort."
        )
    ]


async def test_a_message_corrected_on_the_phone_corrects_the_draft(town: Town) -> None:
    alice = town.alice
    await begins(alice, "fr", "💡 Une idée")
    await alice.says("Des bacs au bord de la Suze")

    await alice.corrects("Des bacs au bord de la Suze", "Des bancs au bord de la Suze")

    assert "Suze\nAjoutez" in await alice.last()
    assert "Des bancs" in await alice.last()
    assert "Des bacs" not in await alice.last()


async def test_an_album_is_one_piece_and_its_summary_is_said_once(town: Town) -> None:
    alice = town.alice
    await begins(alice, "fr", "💡 Une idée")
    for number in (101, 102, 103):
        town.world.updates.put("message", photo_of_album(alice.id, number))
    await town.settles()

    said = [m["text"] for m in await alice.messages() if not m["mine"]]
    assert sum("étape 1 sur 3" in text for text in said) == 1
    assert "📷 3 photos" in said[-1]


async def test_a_place_is_a_neighbourhood_a_street_or_a_pin(town: Town) -> None:
    beat = town.beat
    await begins(beat, "de", "🌟 Ein Wunsch")
    await beat.says("Ein Spielplatz mit Schatten")

    await beat.presses("📍 Wo?")
    await beat.presses("Mett")
    assert "📍 Mett\n" in await beat.last()
    await beat.presses("📍 Wo?")
    await beat.says("Mettstrasse 5")
    assert "📍 Mettstrasse 5, Mett\n" in await beat.last()
    await beat.sends(location=SUZE)
    assert "📍 Mettstrasse 5, Mett, und ein Ort auf der Karte\n" in await beat.last()

    await beat.presses("✏️ Ändern")
    await beat.presses("Ohne Ort")
    assert "📍" not in await beat.last()


async def test_a_voice_message_is_taken_and_never_transcribed_by_a_machine(town: Town) -> None:
    beat = town.beat
    await begins(beat, "de", "💡 Eine Idee")

    await beat.sends(voice=True)

    assert (
        "🎧 Sprachnachricht: Keine Maschine schreibt sie ab. Jemand vom Team hört zu und schreibt;"
        " Sie bestätigen."
    ) in await beat.last()
    await sends(beat, "de")
    assert (await beat.last()).startswith("✓ Ihre Idee ist angekommen, Nr. 1.")


async def test_a_photo_out_of_the_blue_becomes_a_concern_with_one_tap(town: Town) -> None:
    alice = town.alice
    await alice.chooses("fr")
    await alice.sends(photo=True)

    await alice.presses("💡 Le donner à l'équipe")
    assert await alice.last() == "📷 1 photo\nQue souhaitez-vous dire à l'équipe ?"
    await alice.presses("⚠️ Un souci")
    await sends(alice, "fr")

    assert (await alice.last()).startswith("✓ Votre souci est bien arrivé, n° 1.")


async def test_a_draft_waits_through_keys_days_and_a_restart(town: Town) -> None:
    alice = town.alice
    await begins(alice, "fr", "💡 Une idée")
    await alice.says(BENCHES)

    await alice.says("❓ Question")
    assert (await alice.last()) == "Ce que vous avez commencé vous attend, sept jours."
    await alice.says("❓ Question")
    await alice.says("où emprunter des jouets ?")
    assert "Ludothèque" in (await alice.sees())[0]
    await town.passes(days=5)
    await town.restarts()
    await alice.says("💡 Idée ou souci")
    assert await alice.last() == f"Vous avez commencé quelque chose :\n{BENCHES}"

    await alice.presses("▶️ Reprendre")
    await alice.says("Avec de l'ombre.")
    await sends(alice, "fr")
    assert f"{BENCHES} Avec de l'ombre." in await alice.last()


async def test_cancel_drops_what_was_begun(town: Town) -> None:
    beat = town.beat
    await begins(beat, "de", "💡 Eine Idee")
    await beat.says("Mehr Bänke")

    await beat.says("/cancel")
    assert await beat.last() == "✓ Abgebrochen. Es wurde nichts gesendet."
    await beat.presses("Weiter")
    assert (await beat.last()).startswith("Dieser Knopf gehört zu einer älteren Nachricht")


async def test_a_double_tap_on_send_sends_once(town: Town) -> None:
    alice = town.alice
    await begins(alice, "fr", "💡 Une idée")
    await alice.says(BENCHES)
    await alice.presses("Continuer")
    await alice.presses("Oui")

    await alice.presses_twice("📨 Envoyer")

    said = [m["text"] for m in await alice.messages()]
    assert sum(text.startswith("✓ Votre idée est bien arrivée") for text in said) == 1
    assert "Il n'y a plus rien à envoyer : c'est déjà parti, ou abandonné." in said


async def test_thanks_are_not_asked_whether_they_want_an_answer(town: Town) -> None:
    beat = town.beat
    await begins(beat, "de", "🙏 Ein Dank")
    await beat.says("Danke für das schöne Fest!")
    await beat.presses("Weiter")

    assert (await beat.last()).startswith("🙏 Ihr Dank · Schritt 2 von 2\nDanke für")
    await beat.presses("📨 Senden")
    assert (await beat.last()).startswith("✓ Ihr Dank ist angekommen, Nr. 1.")


@pytest.mark.parametrize("language", ["fr", "de"])
@pytest.mark.parametrize("level", NameLevel)
def test_each_level_of_a_name_is_explained_in_a_short_message(
    language: str, level: NameLevel
) -> None:
    assert len(plain(names.explained(voice(language), level))) <= 200


async def begins(who: Neighbour, language: str, kind: str) -> None:
    """Choose a language, tap the key, and say what it is."""
    await who.chooses(language)
    await who.says(KEYS[language])
    await who.presses(kind)


async def sends(who: Neighbour, language: str) -> None:
    """Go on with a draft, want an answer, and send it."""
    for label in STEPS[language]:
        await who.presses(label)


async def brings(who: Neighbour, language: str, words: str) -> None:
    """Bring an idea from the first tap to the receipt."""
    await begins(who, language, {"fr": "💡 Une idée", "de": "💡 Eine Idee"}[language])
    await who.says(words)
    await sends(who, language)


async def media_of(town: Town, number: int) -> list[str]:
    """Return what is kept of a contribution besides words."""
    async with town.archive.store.read() as tx:
        return [each.kind for each in await attachments.of(tx, number)]


def photo_of_album(person: int, number: int) -> dict[str, object]:
    """Return one photo of an album as Telegram delivers it: a message of its own."""
    size = {"file_id": f"f{number}", "file_unique_id": f"u{number}", "width": 90, "height": 90}
    return {
        "message_id": number,
        "date": 0,
        "chat": {"id": person, "type": "private"},
        "from": {"id": person, "is_bot": False, "first_name": "Alice"},
        "media_group_id": "album",
        "photo": [size],
    }


async def test_who_knows_an_earlier_privacy_notice_hears_once_what_is_new(town: Town) -> None:
    alice = town.alice
    await alice.chooses("fr")
    await alice.says("💡 Idée ou souci")
    assert not any("Du nouveau pour vos données" in said for said in await alice.sees())
    people = town.archive.services.residents
    resident = await people.meet(alice.id, "fr")
    async with town.archive.store.write() as tx:
        await residents.change(tx, resident.contact_id, noticed_version=1)
    people.forget(resident.contact_id)

    await alice.says("💡 Idée ou souci")
    assert sum("Du nouveau pour vos données" in said for said in await alice.sees()) == 1
    await alice.says("🗂 Mes affaires")
    assert not any("Du nouveau pour vos données" in said for said in await alice.sees())
