"""Results of every method equal cases worked out by hand, and a second way of counting."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ballots import Choice, change, checked, counted
from bot.domain.localized import Localized
from bot.domain.polls import ChoiceError, Lack, Method, Option, Poll, lacking, untranslated
from bot.domain.tallies import result
from tests.polling import GAMES, MUSIC, QUESTION, SOUP, WEDNESDAY, poll

FRIDAY = datetime.fromisoformat("2026-12-04T19:00")
SUNDAY = datetime.fromisoformat("2026-12-06T10:00")
BENCH = Option(0, Localized(fr="Banc", de="Bank"), cost=3000)
TREES = Option(0, Localized(fr="Arbres", de="Bäume"), cost=6000)
PARTY = Option(0, Localized(fr="Fête", de="Fest"), cost=2000)


def _tally(asked: Poll, *choices: Choice) -> Counter[tuple[int, str]]:
    total: Counter[tuple[int, str]] = Counter()
    for choice in choices:
        total.update(counted(asked, checked(asked, choice)))
    return total


def _lines(asked: Poll, *choices: Choice) -> list[tuple[int, int, int]]:
    shown = result(asked, _tally(asked, *choices), len(choices), {})
    return [(line.option.id, line.amount, line.second) for line in shown.lines]


def test_one_choice_each() -> None:
    asked = poll(SOUP, GAMES, MUSIC)
    ballots = [Choice((2,)), Choice((2,)), Choice((3,))]
    assert _lines(asked, *ballots) == [(2, 2, 0), (3, 1, 0), (1, 0, 0)]


def test_a_ranking_counts_points_and_first_places_decide_between_equals() -> None:
    asked = poll(SOUP, GAMES, MUSIC, method=Method.RANKING)
    # 1>2>3, 1>2>3, 2>1: soup 3+3+2 = 8, games 2+2+3 = 7, music 1+1 = 2.
    ballots = [Choice((1, 2, 3)), Choice((1, 2, 3)), Choice((2, 1))]
    assert _lines(asked, *ballots) == [(1, 8, 2), (2, 7, 1), (3, 2, 0)]
    even = result(asked, _tally(asked, Choice((1, 2)), Choice((2, 1))), 2, {})
    assert [(line.amount, line.leads) for line in even.lines] == [(5, True), (5, True), (0, False)]


def test_a_date_with_more_who_could_come_if_need_be_wins_among_equals() -> None:
    days = [Option(0, Localized(), starts=day) for day in (FRIDAY, SUNDAY)]
    asked = poll(*days, method=Method.DATE)
    ballots = [Choice((1,), (2,)), Choice((2,)), Choice((1, 2)), Choice((), (2,)), Choice()]
    assert _lines(asked, *ballots) == [(2, 2, 2), (1, 2, 0)]


def test_the_envelope_pays_in_order_of_votes_and_passes_over_what_does_not_fit() -> None:
    asked = poll(BENCH, TREES, PARTY, method=Method.BUDGET, envelope=8000)
    ballots = [Choice((2, 1)), Choice((2, 1)), Choice((2, 3))]
    shown = result(asked, _tally(asked, *ballots), 3, {})
    # Trees (3 votes, 6000) leave 2000: the bench (2 votes, 3000) does not fit, the party does.
    assert [(line.option.id, line.amount, line.funded) for line in shown.lines] == [
        (2, 3, True),
        (1, 2, False),
        (3, 1, True),
    ]
    assert shown.left == 0


def test_in_a_knapsack_nobody_spends_more_than_there_is() -> None:
    asked = poll(BENCH, TREES, PARTY, method=Method.BUDGET, envelope=8000, knapsack=True)
    assert checked(asked, Choice((3, 2))) == Choice((2, 3))
    with pytest.raises(ChoiceError):
        checked(asked, Choice((1, 2)))


def test_people_in_the_room_are_added_with_their_source() -> None:
    asked = poll(SOUP, GAMES)
    room = {"hands": {1: 7, 2: 3}, "paper": {2: 5}}
    shown = result(asked, _tally(asked, Choice((1,))), 1, room)
    assert [(line.option.id, line.amount, line.sources) for line in shown.lines] == [
        (1, 8, {"hands": 7}),
        (2, 8, {"hands": 3, "paper": 5}),
    ]
    crowd = poll(method=Method.COUNT)
    heads = result(crowd, _tally(crowd, Choice(people=4), Choice(people=1)), 2, {"hands": {0: 12}})
    assert (heads.people, heads.sources) == (17, {"hands": 12})


@pytest.mark.parametrize(
    ("terms", "choice"),
    [
        ({}, Choice()),
        ({}, Choice((1, 2))),
        ({}, Choice((99,))),
        ({}, Choice((1,), (2,))),
        ({"method": Method.MULTIPLE, "least": 2, "most": 2}, Choice((1,))),
        ({"method": Method.MULTIPLE, "least": 1, "most": 2}, Choice((1, 2, 3))),
        ({"method": Method.MULTIPLE}, Choice((1, 1))),
        ({"method": Method.RANKING}, Choice()),
        ({"method": Method.DATE}, Choice((1,), (1,))),
        ({"method": Method.COUNT}, Choice(people=21)),
        ({"method": Method.COUNT}, Choice((1,), people=1)),
    ],
)
def test_a_ballot_that_breaks_the_rule_is_not_counted(
    terms: dict[str, object], choice: Choice
) -> None:
    with pytest.raises(ChoiceError):
        checked(poll(SOUP, GAMES, MUSIC, **terms), choice)


def test_what_a_poll_lacks_is_named_before_it_opens() -> None:
    now = WEDNESDAY.astimezone()
    assert lacking(poll(SOUP), now) == (Lack.OPTIONS,)
    assert lacking(poll(BENCH, GAMES, method=Method.BUDGET), now) == (Lack.COSTS, Lack.ENVELOPE)
    assert lacking(poll(SOUP, GAMES, method=Method.DATE), now) == (Lack.DATES,)
    assert lacking(poll(SOUP, GAMES, least=3, most=2), now) == (Lack.BOUNDS,)
    assert lacking(poll(method=Method.COUNT), now) == ()
    only_french = Option(0, Localized(fr="Lotos"))
    assert untranslated(poll(SOUP, GAMES)) == ()
    assert untranslated(poll(SOUP, only_french)) == ("de",)
    assert QUESTION.told("de").text == "Was machen wir?"


@given(
    st.lists(
        st.permutations([1, 2, 3, 4]).flatmap(
            lambda order: st.integers(1, 4).map(lambda much: tuple(order[:much]))
        ),
        min_size=1,
        max_size=30,
    )
)
def test_points_equal_the_duels_that_a_place_wins(ballots: list[tuple[int, ...]]) -> None:
    """A second method: an option's points are the options it beats, plus one where it is ranked."""
    asked = poll(SOUP, GAMES, MUSIC, PARTY, method=Method.RANKING)
    tally = _tally(asked, *(Choice(each) for each in ballots))
    for mine in (1, 2, 3, 4):
        beaten = sum(
            1
            for each in ballots
            if mine in each
            for other in (1, 2, 3, 4)
            if other not in each[: each.index(mine) + 1]
        )
        ranked_unranked = sum(1 for each in ballots if mine in each)
        assert tally[mine, "points"] == beaten + ranked_unranked


@given(st.lists(st.sets(st.sampled_from([1, 2, 3]), min_size=1), min_size=1, max_size=20))
def test_changing_ones_mind_leaves_only_the_last_choice_in_the_tally(
    minds: list[set[int]],
) -> None:
    asked = poll(SOUP, GAMES, MUSIC, method=Method.MULTIPLE)
    tally: Counter[tuple[int, str]] = Counter()
    old = None
    for mind in minds:
        new = checked(asked, Choice(tuple(mind)))
        for slot, amount in change(asked, old=old, new=new).items():
            tally[slot] += amount
        old = new
    assert +tally == Counter({(pick, "yes"): 1 for pick in minds[-1]})
