"""The asked fact comes first, and it is the right one: checked against the directory by rule."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.clock import Clock
from bot.domain.calendar import Holidays
from bot.domain.cards import Card
from bot.domain.directory import Entry
from bot.domain.leads import meetings
from bot.editors import SAMPLE, Reading
from bot.i18n import Voice, voice
from bot.phrases import cards
from bot.text import plain

TERM = datetime(2026, 11, 25, 10, 0)  # noqa: DTZ001 - wall time
SPORT_WEEK = datetime(2027, 2, 10, 10, 0)  # noqa: DTZ001
_LED = 2
"""Lines that may lead: the fact, and the weekly hours below it."""


@pytest.fixture(scope="module", params=[TERM, SPORT_WEEK], ids=["term", "holidays"])
def reading(request: pytest.FixtureRequest) -> Reading:
    clock = Clock()
    clock.start_at(request.param)
    return Reading.of(SAMPLE, clock)


def opened(reading: Reading, row: dict[str, Any]) -> tuple[Card, Voice]:
    """Return the card a person gets for a question: at once, or by tapping the right suggestion."""
    answer = reading.asking.engine.ask(row["text"])
    v = voice(answer.reply_language)
    found = reading.asking.found(
        answer, language=answer.reply_language, interpreter=reading.town.interpreter
    )
    if found.outcome == "answer" and not found.listing and _names(found.cards[0], row["expect"]):
        return found.cards[0], v
    card = reading.asking.opened(row["expect"][0], row["text"])
    assert card
    return card, v


def _names(card: Card, ids: list[str]) -> bool:
    return card.entry.id in ids or bool(card.service and card.service.entry.id in ids)


def led(v: Voice, card: Card) -> str:
    """Return what stands above the title."""
    text = plain(cards.card(v, card, simple=False).text).replace("\u00a0", " ")
    title = card.entry.title.told(v.language).text
    head, _, _ = text.partition(f"\n\n{title}\n")
    return head if head != text else ""


def the_price(v: Voice, entry: Entry) -> str:
    assert entry.cost
    note = entry.cost.note.told(v.language).text
    free = {"gratuit": "C'est gratuit.", "kostenlos": "Das ist kostenlos."}
    return free.get(note, note)


def test_how_much_leads_with_the_price(reading: Reading, questions: list[dict[str, Any]]) -> None:
    asked = [row for row in questions if row["kind"] == "howmuch"]
    for row in asked:
        card, v = opened(reading, row)
        subject = (card.service or card).entry
        if subject.cost is None:  # a frequent question: the sentence of its answer that says it
            assert re.search(r"\d\s*(francs?|Franken)", led(v, card)), row["text"]
        else:
            assert the_price(v, subject) in led(v, card), row["text"]
    assert len(asked) == 21


def test_where_leads_with_the_address_and_a_pin(
    reading: Reading, questions: list[dict[str, Any]]
) -> None:
    asked = [row for row in questions if row["kind"] == "where"]
    for row in asked:
        card, v = opened(reading, row)
        subject = card.service or card
        if subject.place is None:
            assert subject.entry.kind == "faq", row["text"]
            continue
        street = subject.place.street.told(v.language).text
        message = cards.card(v, card, simple=False)
        assert street in led(v, card).split("\n")[0], row["text"]
        assert message.pin
        assert (message.pin.latitude, message.pin.address[: len(street)]) == (
            subject.place.latitude,
            street,
        )
    assert len(asked) == 12


def test_when_leads_with_the_next_real_date(
    reading: Reading, questions: list[dict[str, Any]]
) -> None:
    asked = [row for row in questions if row["kind"] == "when"]
    for row in asked:
        card, v = opened(reading, row)
        subject = (card.service or card).entry
        head = led(v, card)
        first = head.split("\n")[0]
        if not (subject.hours or subject.schedule):
            assert subject.kind == "faq", row["text"]
            continue
        dates = next_times(subject, reading, since=card.now)
        if not dates:  # its season is over
            assert first == v.plain("There is no further date in the directory.")
            continue
        said = [v.day(starts.date(), today=card.now.date()) in first for starts, _ in dates]
        now_open = any(starts <= card.now < ends for starts, ends in dates)
        assert any(said) or now_open, (row["text"], head)
        assert len(head.split("\n")) <= _LED
    assert len(asked) == 23


def next_times(
    entry: Entry, reading: Reading, *, since: datetime
) -> list[tuple[datetime, datetime]]:
    """Return the dates of two weeks and the first one ever after, as the directory has them."""
    holidays = Holidays.of(reading.asking.directory)
    near = [
        (each.starts, each.ends)
        for each in meetings(entry, holidays, since=since, until=since + timedelta(days=14))
    ]
    first = next(meetings(entry, holidays, since=since), None)
    return near or ([(first.starts, first.ends)] if first else [])


LEADS = (Path(__file__).parent / "leads.txt").read_text("utf-8").splitlines()


@pytest.fixture(scope="module")
def wednesday() -> Reading:
    clock = Clock()
    clock.start_at(TERM)
    return Reading.of(SAMPLE, clock)


@pytest.mark.parametrize("row", LEADS)
def test_the_first_line_of_a_card(row: str, wednesday: Reading) -> None:
    text, entry_id, first = row.split(" / ")
    card = wednesday.asking.opened(entry_id, text)
    assert card
    language = wednesday.asking.engine.ask(text).reply_language
    assert led(voice(language), card).split("\n")[0] == first
