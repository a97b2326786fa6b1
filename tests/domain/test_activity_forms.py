"""What the team types and taps becomes a sound activity, or the change of one date."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from bot.domain import typed
from bot.domain.activity_forms import Form
from bot.domain.activity_steps import RHYTHMS
from bot.domain.calendar import Holidays
from bot.domain.directory import SchoolHoliday
from bot.domain.documents import entry_of
from bot.domain.localized import Localized
from bot.domain.occurrences import next_occurrences
from bot.formats.one_activity import judge
from tests.rhythms import at

TODAY = date(2026, 11, 20)
HOLIDAYS = Holidays(
    (
        SchoolHoliday("winter", Localized(fr="hiver"), date(2026, 12, 24), date(2027, 1, 10)),
        SchoolHoliday("sport", Localized(fr="sport"), date(2027, 2, 6), date(2027, 2, 14)),
    )
)
ANSWERS = {
    "title_fr": "Les souris vertes",
    "title_de": "Die grünen Mäuse",
    "summary_fr": "Peindre et chanter",
    "summary_de": "=",
    "category": "early-childhood",
    "audience": "families",
    "place": "hall",
    "rhythm": "weekly",
    "first": "25.11.",
    "holidays": "outside",
    "times": "10 h – 11 h",
    "ages": "6 à 48 mois",
    "capacity": "12 enfants",
}


@pytest.mark.parametrize(
    ("words", "day"),
    [
        *(("25.11.2026", "2026-11-25"), ("25.11.", "2026-11-25"), ("le 5/1", "2027-01-05")),
        *(("mercredi 25 novembre", "2026-11-25"), ("1er mars", "2027-03-01")),
        *(("Mittwoch, 2. Dezember 2026", "2026-12-02"), ("3. März", "2027-03-03")),
        *(("2026-12-24", "2026-12-24"), ("24.12.27", "2027-12-24"), ("15 août", "2027-08-15")),
        *(("31.2.", None), ("demain", None), ("", None), ("99.99.9999", None)),
    ],
)
def test_a_day_is_understood_or_not(words: str, day: str | None) -> None:
    found = typed.day(words, today=TODAY)
    assert (found.isoformat() if found else None) == day


@pytest.mark.parametrize(
    ("words", "span"),
    [
        *(("10-11", (10, 0, 11, 0)), ("10 h – 11 h 30", (10, 0, 11, 30))),
        *(("9.30–11.15 Uhr", (9, 30, 11, 15)), ("14:00-16:30", (14, 0, 16, 30))),
        *(("von 14 bis 16 Uhr", (14, 0, 16, 0)), ("de 9h30 à 11h", (9, 30, 11, 0))),
        *(("20-2", (20, 0, 2, 0)), ("10-10", None), ("25-26", None), ("bientôt", None)),
    ],
)
def test_a_span_is_understood_or_not(words: str, span: tuple[int, ...] | None) -> None:
    found = typed.span(words)
    expected = (time(span[0], span[1]), time(span[2], span[3])) if span else None
    assert found == expected


@pytest.mark.parametrize(
    ("words", "ages"),
    [
        ("3-7", {"from": 3, "to": 7}),
        ("6 bis 36 Monate", {"from": 6, "to": 36, "unit": "months"}),
        ("dès 60 ans", {"from": 60, "to": 99}),
        ("60+", {"from": 60, "to": 99}),
        ("7-3", None),
        ("tous", None),
    ],
)
def test_ages_are_understood_or_not(words: str, ages: dict[str, Any] | None) -> None:
    assert typed.ages(words) == ages


def test_sums_and_numbers() -> None:
    assert [typed.money(words) for words in ("5", "7.50", "CHF 12.–", "3,5", "gratuit")] == [
        *(5, 7.5, 12, 3.5, None)
    ]
    assert typed.number("12 enfants", most=50) == 12
    assert typed.number("beaucoup", most=50) is None
    assert typed.number("51", most=50) is None


def _filled(form: Form, **instead: str) -> Form:
    answers = {**ANSWERS, **instead}
    while step := form.next_step():
        answered = form.answered(step, answers[step], today=TODAY)
        assert answered is not None, step
        form = answered
    return form


def _sound(document: Any) -> list[str]:  # noqa: ANN401 - plain JSON
    whole = {**document, "id": "act-x", "updated": "2026-11-20"}
    judged = judge(whole, places=["hall", "market"], neighbourhoods=["mett"])
    assert not judged.problems, judged.problems
    entry = entry_of("activity", judged.document)
    coming = next_occurrences(entry, HOLIDAYS, now=at("2026-11-20"), count=5)
    return [f"{each.start:%a %d.%m.%Y %H:%M}" for each in coming]


def test_the_green_mice_from_the_first_title_to_five_dates() -> None:
    form = _filled(Form("new"))
    document = form.document(neighbourhood="mett", phone="117")
    assert _sound(document) == [
        *("Wed 25.11.2026 10:00", "Wed 02.12.2026 10:00", "Wed 09.12.2026 10:00"),
        *("Wed 16.12.2026 10:00", "Wed 23.12.2026 10:00"),
    ]
    assert document["capacity"] == 12
    assert document["signup"] == {"required": True, "channel": "telegram"}
    assert document["ages"] == {"from": 6, "to": 48, "unit": "months"}
    assert document["summary"] == {"fr": "Peindre et chanter"}
    assert Form.from_json(form.to_json()) == form  # as it waits in a dialogue


@pytest.mark.parametrize("rhythm", RHYTHMS)
def test_each_rhythm_makes_a_sound_rule(rhythm: str) -> None:
    dates = _sound(_filled(Form("new"), rhythm=rhythm).document(neighbourhood="mett", phone="117"))
    second = {
        "weekly": "Wed 02.12.2026 10:00",
        "biweekly": "Wed 09.12.2026 10:00",
        "monthly": "Wed 23.12.2026 10:00",
        "last": "Wed 27.01.2027 10:00",  # 30 December lies in the holidays
        "holidays": "Wed 10.02.2027 10:00",
        "yearly": "Wed 24.11.2027 10:00",
    }
    assert dates[1:2] == [second[rhythm]] if rhythm in second else len(dates) == 1


def test_from_a_day_on_it_is_another_weekday_at_the_same_hours() -> None:
    base = {**_filled(Form("new")).document(neighbourhood="mett", phone="117"), "id": "act-x"}
    form = Form("shift", base=base)
    for step, words in (("since", "7.12."), ("weekday", "th"), ("new_times", "=")):
        answered = form.answered(step, words, today=TODAY)
        assert answered is not None
        form = answered
    document = form.document(neighbourhood="mett", phone="")
    assert _sound(document)[1:4] == [
        *("Wed 02.12.2026 10:00", "Thu 10.12.2026 10:00", "Thu 17.12.2026 10:00")
    ]
    assert base["schedule"].get("changes") is None  # what was there is not touched


def test_an_end_places_in_turn_and_a_cycle() -> None:
    base = {**_filled(Form("new")).document(neighbourhood="mett", phone="117"), "id": "act-x"}
    form = Form("edit", base=base)
    for step, words in (
        *(("until", "9.12.2026"), ("itinerary", "hall"), ("itinerary", "market")),
        *(("turn", "meeting"), ("price", "5"), ("material", "2.50")),
        *(("cycle", "1.12.2026 – 31.3.2027"), ("ages", "adults")),
        ("parts", "Conte / Märchen / 3-6\nYoga / Yoga"),
    ):
        answered = form.answered(step, words, today=TODAY)
        assert answered is not None, step
        form = answered
    document = form.document(neighbourhood="mett", phone="")
    assert [each[:9] for each in _sound(document)] == ["Wed 02.12", "Wed 09.12"]
    assert document["schedule"]["itinerary"] == {"turn": "meeting", "places": ["hall", "market"]}
    assert document["adults_only"] is True
    assert [each["title"]["de"] for each in document["parts"]] == ["Märchen", "Yoga"]
    assert document["parts"][0]["ages"] == {"from": 3, "to": 6}
    fixed = form.answered("until", "8 fois", today=TODAY)
    assert fixed is not None
    rule = fixed.document(neighbourhood="mett", phone="")["schedule"]["rrule"]
    assert rule == "FREQ=WEEKLY;BYDAY=WE;COUNT=8"
    alone = form.answered("itinerary", "market", today=TODAY)  # tapped again: taken out
    assert alone is not None
    assert alone.values["itinerary"] == ["hall"]


def test_the_wish_to_move_and_to_add_a_date() -> None:
    form = Form("move", entry_id="act-x", stamp="2611251000")
    for step, words in (
        *(("day", "jeudi 26 novembre"), ("day_times", "="), ("why_fr", "sortie"), ("why_de", "=")),
    ):
        answered = form.answered(step, words, today=TODAY)
        assert answered is not None
        form = answered
    wish = form.wish(usual=(time(10), time(11)))
    assert wish is not None
    assert wish.key.original_start == at("2026-11-25T10:00")
    assert wish.span == (at("2026-11-26T10:00"), at("2026-11-26T11:00"))
    assert wish.note == {"fr": "sortie"}
    assert form.answered("day", "1.1.2020", today=TODAY) is None  # that is over
    assert form.answered("nonsense", "x", today=TODAY) is None
