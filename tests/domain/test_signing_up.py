"""Which questions a registration asks, in which order, and for whom they are left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bot.domain.directory import Entry, Signup
from bot.domain.localized import Localized
from bot.domain.occurrences import Occurrence, OccurrenceKey
from bot.domain.registrations import Party, Problem, places, problems
from bot.domain.signing_up import SignUp, Step, age_choices, choices, first, step
from bot.domain.sittings import season, sitting, slots

TITLE = Localized(fr="Souris", de="Mäuse")
START = datetime.fromisoformat("2026-12-02T10:00")
KEY = OccurrenceKey("act", START)
DATE = Occurrence(KEY, START, START + timedelta(hours=1))


def entry(signup: Signup, **changes: Any) -> Entry:  # noqa: ANN401 - fields of an entry
    plain = Entry("act", "activity", "x", TITLE, TITLE, TITLE, date(2026, 9, 1), signup=signup)
    return replace(plain, **changes)


def signup(**changes: Any) -> Signup:  # noqa: ANN401 - fields of a sign-up
    return replace(Signup(required=True, channel="telegram", note=Localized()), **changes)


def asked(kept: Entry) -> list[Step]:
    """Return the questions, each answered with the smallest answer."""
    rules = kept.signup
    assert rules is not None
    draft = first(SignUp("act", KEY.stamp), kept, rules)
    found: list[Step] = []
    while (now := step(draft, kept, rules)) is not Step.READY:
        found.append(now)
        match now:
            case Step.ADULTS:
                draft = replace(draft, adults=choices(now, rules)[0])
            case Step.CHILDREN:
                draft = replace(draft, children=max(1, choices(now, rules)[0]))
            case Step.AGES:
                draft = replace(draft, ages=(*draft.ages, age_choices(kept)[0]))
            case Step.NAME:
                draft = replace(draft, name="")
            case _:
                draft = replace(draft, phone="")
    return found


@pytest.mark.parametrize(
    ("rules", "changes", "expected"),
    [
        (signup(), {}, ["adults", "children", "name"]),
        (signup(), {"ages": (60, 99)}, ["adults", "name"]),
        (signup(), {"adults_only": True}, ["adults", "name"]),
        (signup(asks_phone=True), {"ages": (18, 99)}, ["adults", "name", "phone"]),
        (signup(slot=20), {}, ["name"]),
        (signup(unit="child", accompanied=True), {}, ["children", "adults", "name"]),
        (signup(unit="child"), {"ages": (6, 12)}, ["children", "ages", "name"]),
        (signup(unit="family"), {"months": (3, 36)}, ["children", "ages", "adults", "name"]),
    ],
)
def test_only_what_matters_is_asked(
    rules: Signup, changes: dict[str, Any], expected: list[str]
) -> None:
    assert asked(entry(rules, **changes)) == expected


def test_ages_are_offered_in_years_or_in_months() -> None:
    assert age_choices(entry(signup(), ages=(1, 4))) == (12, 24, 36, 48)
    assert age_choices(entry(signup(), months=(3, 6))) == (3, 4, 5, 6)
    assert age_choices(entry(signup(), ages=(7, 99)))[-1] == 17 * 12


def test_places_and_problems() -> None:
    two = Party(adults=1, children=2, ages=(24, 72))
    assert [places(two, unit) for unit in ("child", "adult", "family", "person")] == [2, 1, 1, 3]
    small = entry(signup(unit="child", accompanied=True), ages=(1, 4))
    assert small.signup
    assert problems(two, small, small.signup) == (Problem.TOO_OLD,)
    alone = Party(children=1, ages=(3,))
    assert problems(alone, small, small.signup) == (Problem.ADULT_MISSING, Problem.TOO_YOUNG)


def test_a_draft_survives_its_row() -> None:
    draft = SignUp("act", KEY.stamp, 20, 1, 2, (24, 36), "Léa", "", "phone")
    assert SignUp.from_json(draft.to_json()) == draft
    assert draft.by_team
    assert draft.anew().party == Party()


def test_what_one_signs_up_for() -> None:
    by_slot = entry(signup(slot=20))
    assert list(slots(signup(slot=20), DATE)) == [0, 20, 40]
    third = sitting(by_slot, [DATE], KEY, slot=40)
    assert third
    assert (third.starts, third.ends) == (START + timedelta(minutes=40), DATE.end)
    assert third.capacity == 1
    assert sitting(by_slot, [DATE], KEY, slot=41) is None
    assert sitting(entry(signup(channel="phone")), [DATE], KEY) is None
    assert sitting(entry(signup()), [], KEY) is None
    assert (season(date(2026, 8, 1)), season(date(2026, 7, 31))) == (2026, 2025)
