"""The life of a contribution as rules: what may follow what, and what must be said before it is told."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.contribution_states import (
    CLOSED,
    DECIDED,
    FINAL,
    Column,
    Decision,
    Helpers,
    Missing,
    State,
    board_column,
    may_move,
    missing_to_publish,
)
from bot.domain.localized import Localized

BOTH = Localized(fr="Parce que.", de="Darum.")


def test_what_was_taken_back_or_merged_moves_no_more() -> None:
    assert not any(may_move(old, new) for old in FINAL for new in State)


def test_the_team_may_decide_anything_that_is_not_final_and_change_its_mind() -> None:
    open_ones = set(State) - FINAL
    assert all(may_move(old, new) for old in open_ones for new in DECIDED)
    assert [old for old in State if may_move(old, State.READ)] == [State.RECEIVED]
    assert not any(may_move(old, State.RECEIVED) for old in State)


@pytest.mark.parametrize("state", [State.IMPOSSIBLE, State.PASSED_ON])
def test_a_refusal_is_published_only_with_its_reason_in_both_languages(state: State) -> None:
    whom = Localized(fr="la voirie")
    assert missing_to_publish(Decision(state, Localized(fr="Trop cher."), whom)) == (
        Missing.REASON_DE,
    )
    assert missing_to_publish(Decision(state, Localized(de="Zu teuer."), whom)) == (
        Missing.REASON_FR,
    )
    assert missing_to_publish(Decision(state, BOTH, whom)) == ()


def test_whoever_hands_over_says_to_whom() -> None:
    assert missing_to_publish(Decision(State.PASSED_ON)) == (
        Missing.WHOM,
        Missing.REASON_FR,
        Missing.REASON_DE,
    )


def test_doing_it_together_says_who_and_until_when() -> None:
    assert missing_to_publish(Decision(State.TOGETHER)) == (Missing.WHO, Missing.UNTIL)
    helpers = Helpers(Localized(de="der Gartenclub"), date(2026, 12, 1))
    assert missing_to_publish(Decision(State.TOGETHER, helpers=helpers)) == ()


def test_what_is_only_received_is_no_decision() -> None:
    assert missing_to_publish(Decision(State.READ)) == (Missing.DECISION,)


def test_good_news_needs_no_reason() -> None:
    for state in (State.DISCUSSION, State.PLANNED, State.PROGRESS, State.DONE):
        assert missing_to_publish(Decision(state)) == ()


def test_the_board_has_a_heading_for_all_that_may_stand_on_it() -> None:
    assert {state for state in State if board_column(state) is None} == FINAL
    assert board_column(State.TOGETHER) is Column.PROGRESS
    assert FINAL < CLOSED
