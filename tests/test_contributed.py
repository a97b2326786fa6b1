"""What becomes of an idea: joined by others, changed, taken back, followed, and asked whether it is done."""

from __future__ import annotations

from bot.domain.causes import Cause
from bot.domain.contribution_states import Decision, State
from bot.domain.localized import Localized
from bot.domain.residents import Resident
from bot.domain.roles import Role
from tests.neighbours import Neighbour, Town, press
from tests.test_contributing import BENCHES, SUZE, begins, brings

BOTH = Localized(fr="Deux bancs au printemps.", de="Zwei Bänke im Frühling.")


async def test_a_german_about_to_write_the_same_joins_instead(any_town: Town) -> None:
    town, alice, beat = any_town, any_town.alice, any_town.beat
    await begins(alice, "fr", "💡 Une idée")
    await alice.says(BENCHES)
    await alice.sends(location=SUZE)
    for label in ("Continuer", "Oui", "📨"):
        await alice.presses(label)
    await released(town, 1)

    await begins(beat, "de", "💡 Eine Idee")
    await beat.says("Ich hätte gerne neue Bänke an der Schüss.")
    await beat.sends(location={"lat": 47.1406, "lon": 7.2468})
    await beat.presses("Weiter")

    assert await beat.last() == (
        "Jemand hat schon etwas Ähnliches gebracht. Ist es dasselbe?\n\n"
        "Nr. 1, Idee · vom Team gelesen · etwa 100 m entfernt\n«Bänke an der Schüss»"
    )
    await beat.presses("👍 Das finde ich auch – Nr. 1 folgen")
    assert await beat.last() == (
        "✓ Sie unterstützen Nr. 1.\n"
        "Wie es weitergeht: Sie erfahren hier, was daraus wird.\n"
        "Wer es sieht: Niemand erfährt, wer unterstützt, nur ungefähr wie viele."
    )
    await decided(town, 1, State.PLANNED)
    assert "Zwei Bänke im Frühling." in await beat.last()
    assert "Deux bancs au printemps." in await alice.last()
    await beat.says("🗂 Meine Sachen")
    assert "👍 Nr. 1 · Bänke an der Schüss · geplant" in await beat.last()


async def test_mine_is_different_goes_on_and_is_not_offered_again(town: Town) -> None:
    alice, beat = town.alice, town.beat
    await brings(alice, "fr", BENCHES)

    await begins(beat, "fr", "💡 Une idée")
    await beat.says("Il manque des bancs au bord de la Suze pour les enfants.")
    await beat.presses("Continuer")
    assert "Reçu le 25 novembre 2026 ; l'équipe ne l'a pas encore lu." in await beat.last()
    assert "reposer" not in await beat.last()
    await beat.presses("Non, c'est autre chose")
    await beat.presses("‹ Retour")
    await beat.presses("Continuer")
    await beat.presses("Non merci")
    await beat.presses("📨")

    assert (await beat.last()).startswith("✓ Votre idée est bien arrivée, n° 2.")
    assert "Vous n'avez pas souhaité de réponse." in await beat.last()


async def test_support_is_taken_back_as_easily_as_given(town: Town) -> None:
    alice, beat = town.alice, town.beat
    await brings(alice, "fr", BENCHES)
    await begins(beat, "fr", "💡 Une idée")
    await beat.says(BENCHES)
    await beat.presses("Continuer")
    await beat.presses("👍")

    await beat.presses("Ne plus soutenir")

    assert await beat.last() == "✓ Vous ne soutenez plus le n° 1."


async def test_words_are_changed_until_the_team_has_reviewed_them(town: Town) -> None:
    alice = town.alice
    await brings(alice, "fr", BENCHES)

    await alice.presses("Où en est-on ?")
    await alice.presses("✏️ Changer le texte")
    await alice.says("Des bancs à l'ombre au bord de la Suze.")
    assert await alice.last() == "✓ Le texte du n° 1 est changé."
    await alice.presses("Où en est-on ?")
    assert "Des bancs à l'ombre au bord de la Suze." in await alice.last()

    await alice.presses("✏️ Changer le texte")
    await released(town, 1)
    await alice.says("Encore autre chose.")
    assert (await alice.last()).startswith("Ce bouton vient d'un ancien message")
    await alice.says("où emprunter des jouets ?")
    assert "Ludothèque" in (await alice.sees())[0]


async def test_an_old_message_corrected_on_the_phone_is_no_new_wording(town: Town) -> None:
    alice = town.alice
    await brings(alice, "fr", BENCHES)
    await alice.says("ludotek")
    await alice.presses("Où en est-on ?")
    await alice.presses("✏️ Changer le texte")

    await alice.corrects("ludotek", "Ludothèque")
    assert "Ludothèque" in (await alice.sees())[0]
    await alice.says("Des bancs à l'ombre.")
    assert await alice.last() == "✓ Le texte du n° 1 est changé."


async def test_the_level_of_the_name_changes_both_ways_after_sending(town: Town) -> None:
    beat = town.beat
    await brings(beat, "de", "Mehr Veloständer am Bahnhof")

    await beat.presses("Wie steht es?")
    await beat.presses("🔒 Mein Name")
    assert await beat.buttons() == ["✓ Name nicht angezeigt", "Vertraulich", "‹ Zurück"]
    await beat.presses("Vertraulich")

    assert "Nur der Bot weiss, wem zu antworten ist." in await beat.last()


async def test_taking_back_needs_a_second_tap(town: Town) -> None:
    alice = town.alice
    await brings(alice, "fr", BENCHES)

    await alice.presses("Retirer")
    assert (await alice.last()).startswith("Retirer ? Vos mots, photos et message vocal")
    await alice.presses("Non, laisser")
    await alice.presses("Retirer")
    await alice.presses("Oui, retirer")

    assert await alice.last() == "✓ Le n° 1 est retiré, et son texte est effacé."


async def test_is_it_really_done(town: Town) -> None:
    alice, reto = town.alice, town.reto
    await brings(alice, "fr", BENCHES)
    await released(town, 1)
    await decided(town, 1, State.DONE)
    assert (await alice.last()).endswith("Est-ce vraiment fait ?")

    await alice.presses("👎 Non, pas encore")

    assert await alice.last() == (
        "✓ Merci de le dire. Le n° 1 est rouvert, et l'équipe est prévenue."
    )
    assert "Nr. 1 ist wieder offen" in await reto.last()
    await alice.presses("Où en est-on ?")
    await alice.presses("📜 Ce qui s'est passé")
    assert "• 25 novembre 2026 : fait\n  Deux bancs au printemps." in await alice.last()


async def test_the_author_confirms_what_the_team_has_heard(town: Town) -> None:
    beat = town.beat
    await begins(beat, "de", "💡 Eine Idee")
    await beat.sends(voice=True)
    for label in ("Weiter", "Ja", "📨"):
        await beat.presses(label)
    await town.app.media.fetch()
    team, services = await coordinator(town), town.archive.services
    await services.wording.transcribe(Cause(9001), team, 1, text="Bitte mehr Bänke")
    await town.settles()
    assert (await beat.last()).endswith("geschrieben:\nBitte mehr Bänke\nHaben Sie das so gesagt?")

    await beat.presses("👍 Ja")

    assert await beat.last() == "✓ Danke! Der Text von Nr. 1 stimmt."


async def test_who_cannot_be_linked_follows_by_a_code(town: Town) -> None:
    alice = town.alice
    await begins(alice, "fr", "⚠️ Un souci")
    await alice.says("On vend de la drogue derrière l'école.")
    await alice.presses("Continuer avec mon message")
    await alice.sends(photo=True)
    await alice.presses("Continuer")
    await alice.presses("Oui")
    await alice.presses("🔒 Mon nom")
    await alice.presses("Sans lien avec moi")
    assert await alice.last() == (
        "Avec cela, il resterait un lien avec vous :\nUne photo peut montrer qui l'a prise, et où."
    )
    await alice.presses("Envoyer sans cela")
    assert "Personne, pas même le bot, ne sait qui l'a écrit." in await alice.last()
    await alice.presses("📨 Envoyer")

    shown = await alice.last()
    assert shown.startswith("✓ C'est bien arrivé. Rien ne mène à vous.\nVotre code : ")
    code = shown.splitlines()[1].removeprefix("Votre code : ")
    await alice.says("🗂 Mes affaires")
    assert "drogue" not in await alice.last()

    await alice.says(code.lower())
    assert "On vend de la drogue derrière l'école.\nL'équipe l'a reçu." in await alice.last()
    await alice.says(f"/status {code}")
    await alice.presses("Retirer")
    await alice.presses("Oui, retirer")
    assert await alice.last() == "✓ C'est retiré, et le texte est effacé."


async def test_a_wrong_code_and_none_at_all_are_answered_kindly(town: Town) -> None:
    beat = town.beat
    await beat.chooses("de")

    await beat.says("/status")
    assert await beat.last() == "Schreiben Sie mir Ihren Code, dann sage ich Ihnen, wie es steht."
    await beat.says("/status K7QX")
    assert (await beat.last()).startswith("Unter diesem Code finde ich nichts.")


async def test_nobody_sees_or_changes_what_is_not_theirs(town: Town) -> None:
    alice, beat = town.alice, town.beat
    await brings(alice, "fr", BENCHES)
    await beat.chooses("de")

    for action in (
        "ct:show:1",
        "ct:edit:1",
        "ct:gone:1",
        "ct:level:1:confidential",
        "ct:done:1:1:no",
    ):
        await forged(beat, action)
        assert (await beat.last()).startswith("Dieser Knopf gehört zu einer älteren Nachricht")

    assert "reçu" in await standing(alice)


async def forged(who: Neighbour, action: str) -> None:
    """Press a button that nobody was shown."""
    await who.town.post("updates", press(who.id, action))
    await who.town.settles()


async def standing(who: Neighbour) -> str:
    """Return what one's things say."""
    await who.says("🗂 Mes affaires")
    return await who.last()


async def coordinator(town: Town) -> Resident:
    """Return Reto, who has joined the team as its coordinator."""
    services = town.archive.services
    reto = await services.residents.meet(town.reto.id, "de")
    if await services.team.role_of(reto) is None:
        await town.join_team(town.reto, Role.COORDINATOR)
    return reto


async def released(town: Town, number: int) -> None:
    """Have the team read it and put it on the board under a title in both languages."""
    team, services = await coordinator(town), town.archive.services
    await services.triage.open(Cause(9100), team, number)
    for cause, language, title in ((9101, "fr", "Des bancs"), (9102, "de", "Bänke an der Schüss")):
        await services.wording.translate(Cause(cause), team, number, language=language, title=title)
    await services.decisions.release(Cause(9103), team, number)


async def decided(town: Town, number: int, state: State) -> None:
    """Have the team decide and publish."""
    team, services = await coordinator(town), town.archive.services
    await services.decisions.decide(Cause(9104), team, number, Decision(state, BOTH))
    await services.decisions.publish(Cause(9105), team, number)
    await town.settles()
