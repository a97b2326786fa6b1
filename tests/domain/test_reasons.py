"""Ready-made reasons: those that come with the bot, and what a town makes of them."""

from __future__ import annotations

from bot.domain.contribution_states import DECIDED, State
from bot.domain.localized import LANGUAGES, Localized
from bot.domain.reasons import MOST, ReadyReasons
from bot.words import reasons

OWN = Localized(fr="Nous y réfléchissons.", de="Wir denken darüber nach.")


def test_those_that_come_with_the_bot_are_said_in_both_languages_and_fit_a_message() -> None:
    given = reasons()
    assert {state for each in given for state in each.states} == set(DECIDED)
    for each in given:
        assert all(0 < len(each.text[code]) <= 200 for code in LANGUAGES), each.id
        assert "ß" not in each.text["de"]
        assert not each.id.startswith("+")  # so the town's own begin


def test_a_towns_own_stand_first_are_kept_once_and_go_again() -> None:
    offered = ReadyReasons(reasons())
    kept = offered.with_own(State.PLANNED, OWN)
    assert kept.with_own(State.PLANNED, OWN) == kept
    assert kept.offered(State.PLANNED)[0].text == OWN
    assert kept.offered(State.DONE) == offered.offered(State.DONE)
    first = kept.offered(State.PLANNED)[0]
    assert kept.without(first.id).offered(State.PLANNED) == offered.offered(State.PLANNED)


def test_what_was_taken_away_stays_away_and_numbers_do_not_return_to_others() -> None:
    offered = ReadyReasons(reasons()).without("budget")
    assert offered.find("budget") is None
    many = offered
    for nth in range(MOST + 5):
        many = many.with_own(State.DONE, Localized(fr=f"Motif {nth}", de=f"Grund {nth}"))
    assert len(many.own) == MOST
    assert len({each.id for each in many.own}) == MOST
