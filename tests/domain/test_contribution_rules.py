"""Who may see and do what with a contribution, as rules without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.anonymity import (
    code_hash,
    new_code,
    seen_by_author,
    seen_by_public,
    seen_by_supporter,
    seen_by_team,
)
from bot.domain.contribution_dates import day_only, due, forget_author_at, overdue
from bot.domain.contribution_errors import UnfinishedError, UnlinkableError
from bot.domain.contribution_states import Decision, State
from bot.domain.contributions import (
    Contribution,
    Draft,
    Kind,
    NameLevel,
    Point,
    may_change_level,
    may_edit,
    may_join,
    may_withdraw,
    steps,
    untranslated,
)
from bot.domain.geography import PUBLIC_METRES, cell, cells_around, distance, rounded
from bot.domain.localized import Localized
from bot.domain.sending import checked

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
ADA, BEN = "R-AAAAAAAA", "R-BBBBBBBB"
IDEA = Contribution(
    number=12,
    kind=Kind.IDEA,
    state=State.RECEIVED,
    published_state=State.RECEIVED,
    language="fr",
    text="Des bancs devant chez moi",
    created_at=NOON,
    author=ADA,
    point=Point(47.13691, 7.24712),
    near=rounded(Point(47.13691, 7.24712)),
    address="Rue du Canal 7",
)
TOWN = st.builds(Point, st.floats(45.8, 47.8), st.floats(6.0, 10.5))


@given(TOWN)
def test_a_public_place_is_near_the_real_one_and_says_no_more(point: Point) -> None:
    public = rounded(point)
    assert distance(point, public) <= PUBLIC_METRES
    assert distance(rounded(public), public) < 1
    assert cell(point) == cells_around(point)[0]


@given(TOWN, st.floats(-0.0025, 0.0025), st.floats(-0.0025, 0.0025))
def test_neighbours_are_found_in_the_squares_around(
    point: Point, north: float, east: float
) -> None:
    other = Point(point.lat + north, point.lon + east)
    if distance(point, other) < 250:
        assert cell(other) in cells_around(point)


def test_the_public_sees_neither_person_nor_words_nor_doorstep() -> None:
    public = replace(IDEA, public=True, title=Localized(fr="Des bancs"), assignee=BEN)
    shown = repr(seen_by_public(public))
    for secret in (ADA, BEN, "chez moi", "Canal", "47.13691"):
        assert secret not in shown
    assert seen_by_public(IDEA) is None
    assert seen_by_public(replace(public, kind=Kind.OBSERVATION)) is None
    assert seen_by_public(replace(public, published_state=State.WITHDRAWN)) is None


def test_the_team_learns_the_pseudonym_only_where_the_author_agreed() -> None:
    assert seen_by_team(IDEA).author == ADA
    for level in (NameLevel.CONFIDENTIAL, NameLevel.UNLINKABLE):
        assert ADA not in repr(seen_by_team(replace(IDEA, level=level)))


def test_the_author_hears_what_is_published_not_what_is_only_decided() -> None:
    decided = replace(IDEA, state=State.IMPOSSIBLE, reason=Localized(fr="Trop cher"), assignee=BEN)
    seen = seen_by_author(decided)
    assert (seen.state, seen.reason, seen.assignee) == (State.READ, {}, None)
    told = replace(decided, told=decided.decision, published_state=State.IMPOSSIBLE)
    assert seen_by_author(told).reason == {"fr": "Trop cher"}


def test_supporters_see_nothing_of_the_author() -> None:
    shown = repr(seen_by_supporter(IDEA))
    assert not any(secret in shown for secret in (ADA, "chez moi", "Canal", "47.13691"))


def test_words_may_change_until_they_are_reviewed_and_go_at_any_time() -> None:
    assert may_edit(IDEA, ADA)
    assert may_edit(replace(IDEA, state=State.READ), ADA)
    assert not may_edit(replace(IDEA, reviewed_at=NOON), ADA)
    assert not may_edit(IDEA, BEN)
    assert may_withdraw(replace(IDEA, state=State.DONE, reviewed_at=NOON), ADA)
    assert not may_withdraw(replace(IDEA, state=State.MERGED), ADA)
    assert not may_withdraw(IDEA, BEN)


def test_unlinkable_is_chosen_before_sending_or_never() -> None:
    assert may_change_level(IDEA, ADA, NameLevel.CONFIDENTIAL)
    assert not may_change_level(IDEA, ADA, NameLevel.UNLINKABLE)
    assert not may_change_level(replace(IDEA, author=None), ADA, NameLevel.HIDDEN)


def test_nobody_supports_themselves_or_learns_of_a_neighbours_complaint() -> None:
    assert may_join(IDEA, BEN)
    assert not may_join(IDEA, ADA)
    concern = replace(IDEA, kind=Kind.CONCERN)
    assert not may_join(concern, BEN)
    assert may_join(replace(concern, public=True), BEN)
    assert not may_join(replace(IDEA, level=NameLevel.CONFIDENTIAL), BEN)
    assert not may_join(replace(IDEA, kind=Kind.OBSERVATION, public=True), BEN)
    assert not may_join(replace(IDEA, state=State.WITHDRAWN), BEN)


@pytest.mark.parametrize(
    ("count", "shown"), [(0, 0), (1, 1), (4, 1), (5, 5), (9, 5), (12, 10), (99, 50), (4000, 100)]
)
def test_supports_are_shown_in_coarse_steps(count: int, shown: int) -> None:
    assert steps(count) == shown


def test_due_dates_are_the_towns_else_the_usual_ones() -> None:
    def days(kind: Kind, category: str | None = None, **own: int) -> int | None:
        by = due(kind, category, now=NOON, days=own)
        return (by - NOON).days if by else None

    assert days(Kind.CONCERN) == 7
    assert days(Kind.IDEA) == days(Kind.WISH) == 14
    assert days(Kind.OFFER) == 7
    assert days(Kind.THANKS) is None
    assert days(Kind.IDEA, idea=30) == 30
    assert days(Kind.IDEA, "safety", safety=2, idea=30) == 2


def test_waiting_ends_with_the_first_answer_but_a_promise_is_a_promise() -> None:
    late = replace(IDEA, due_at=NOON)
    later = NOON + timedelta(hours=1)
    assert overdue(late, later)
    assert not overdue(replace(late, first_answer_at=NOON), later)
    assert overdue(replace(late, first_answer_at=NOON, promised_at=NOON), later)
    assert not overdue(replace(late, closed_at=NOON), later)


def test_authorship_ends_after_two_years_and_of_concerns_after_six_months() -> None:
    assert forget_author_at(IDEA) is None
    closed = replace(IDEA, closed_at=NOON)
    assert forget_author_at(closed) == NOON + timedelta(days=730)
    assert forget_author_at(replace(closed, kind=Kind.CONCERN)) == NOON + timedelta(days=183)


def test_of_the_moment_only_the_towns_day_is_kept() -> None:
    zone = ZoneInfo("Europe/Zurich")
    noon = datetime(2026, 3, 4, 11, 0, tzinfo=UTC)
    late = datetime(2026, 3, 3, 23, 30, tzinfo=UTC)
    assert {day_only(moment, zone) for moment in (late, NOON, noon)} == {noon}


def test_a_code_is_found_again_however_it_is_typed() -> None:
    code = new_code()
    hashed = code_hash(code)
    assert hashed is not None
    assert hashed == code_hash(code.lower().replace("-", " ")) == code_hash(code.replace("0", "O"))
    assert code not in hashed
    assert code_hash(code[:-1]) is None
    assert code_hash("") is None
    assert len({new_code() for _ in range(100)}) == 100


def test_a_draft_travels_as_json() -> None:
    draft = Draft(
        kind=Kind.CONCERN,
        text="Trop vite",
        photos=("f1", "f2"),
        point=Point(47.1, 7.2),
        wants_reply=False,
        level=NameLevel.CONFIDENTIAL,
    )
    data = {**draft.to_json(), "step": "level"}
    assert Draft.from_json(data) == draft


def test_an_unlinkable_draft_carries_words_alone() -> None:
    draft = Draft(kind=Kind.IDEA, text="x", level=NameLevel.UNLINKABLE, point=Point(47.1, 7.2))
    assert checked(draft).text == "x"
    with pytest.raises(UnlinkableError) as refused:
        checked(replace(draft, photos=("f",), voice="v", address="Rue 1"))
    assert refused.value.carries == ("photos", "voice", "address")


def test_nothing_is_sent_without_kind_and_content() -> None:
    with pytest.raises(UnfinishedError) as refused:
        checked(Draft(text="\u200b \u202e"))
    assert refused.value.missing == ("kind", "content")


def test_only_the_board_needs_both_languages() -> None:
    assert untranslated(IDEA) == ()
    public = replace(IDEA, public=True, title=Localized(fr="Bancs"), summary=Localized(de="Bänke"))
    assert untranslated(public) == (("title", "de"), ("summary", "fr"))


def test_a_decision_is_news_until_it_is_told() -> None:
    assert not replace(IDEA, state=State.READ).untold
    decided = replace(IDEA, state=State.PLANNED, reason=Localized(fr="Oui"))
    assert decided.untold
    told = replace(decided, told=decided.decision)
    assert not told.untold
    assert replace(told, reason=Localized(fr="Oui, en mai")).untold
    assert told.told == Decision(State.PLANNED, Localized(fr="Oui"))
