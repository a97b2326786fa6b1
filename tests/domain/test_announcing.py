"""Typed moments, quiet hours, formatting and audiences: rules without a database."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from telegram import MessageEntity

from bot.domain.audiences import CATEGORY, CENTRE, EVERYBODY, NEIGHBOURHOOD, allowed
from bot.domain.localized import Localized
from bot.domain.messages import Message, StoredFile
from bot.domain.moments import read_moment
from bot.domain.payloads import from_payload, to_payload
from bot.domain.quiet import after_quiet
from bot.domain.roles import Role, Staff
from bot.domain.subscriptions import CATEGORIES, category_of
from bot.domain.town import Centre, Town
from bot.telegram.formatting import formatted

ZURICH = ZoneInfo("Europe/Zurich")
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=ZURICH)  # a Wednesday


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("28.11. 14:30", "2026-11-28T14:30"),
        ("28.11.2026 14.30", "2026-11-28T14:30"),
        ("28/11 à 14 h 30", "2026-11-28T14:30"),
        ("le 28.11 à 14h", "2026-11-28T14:00"),
        ("demain 18h", "2026-11-26T18:00"),
        ("Demain à 18 h 15", "2026-11-26T18:15"),
        ("morgen 9 Uhr", "2026-11-26T09:00"),
        ("übermorgen um 9.30 Uhr", "2026-11-27T09:30"),
        ("heute 17:00", "2026-11-25T17:00"),
        ("Freitag 8 Uhr", "2026-11-27T08:00"),
        ("mercredi 9h", "2026-12-02T09:00"),
        ("3.1. 9:00", "2027-01-03T09:00"),
    ],
)
def test_a_typed_moment_is_read_as_it_is_meant(typed: str, read: str) -> None:
    moment = read_moment(typed, now=NOW, zone=ZURICH)
    assert moment is not None
    assert moment.strftime("%Y-%m-%dT%H:%M") == read


@pytest.mark.parametrize(
    "typed",
    ["", "bald", "morgen", "14:30", "31.2. 10:00", "28.11. 25:00", "heute 9 Uhr", "1.1.2020 9:00"],
)
def test_what_names_no_moment_to_come_is_not_guessed(typed: str) -> None:
    assert read_moment(typed, now=NOW, zone=ZURICH) is None


@pytest.mark.parametrize(
    ("at", "then"),
    [
        ((25, 19, 59), (25, 19, 59)),
        ((25, 20, 0), (26, 8, 0)),
        ((26, 3, 0), (26, 8, 0)),
        ((26, 8, 0), (26, 8, 0)),
    ],
)
def test_at_night_it_is_moved_to_the_morning(
    at: tuple[int, int, int], then: tuple[int, int, int]
) -> None:
    moved = after_quiet(datetime(2026, 11, *at, tzinfo=ZURICH), start=time(20), end=time(8))
    assert (moved.day, moved.hour, moved.minute) == then


def entity(kind: str, offset: int, length: int, **more: str) -> MessageEntity:
    """Return a mark of Telegram's."""
    return MessageEntity(kind, offset, length, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "marks", "html"),
    [
        ("Gratuit & ouvert", [("bold", 0, 7)], "<b>Gratuit</b> &amp; ouvert"),
        ("🎉 Fête", [("italic", 3, 4)], "🎉 <i>Fête</i>"),
        ("ab", [("bold", 0, 2), ("italic", 1, 1)], "<b>a</b><i><b>b</b></i>"),
        ("a b", [("bold", 0, 2)], "<b>a</b> b"),
        ("<b>x</b>", [], "&lt;b&gt;x&lt;/b&gt;"),
        ("x", [("bold", -5, 10**9)], "<b>x</b>"),
        ("x", [("spoiler", 0, 1), ("code", 0, 1)], "x"),
        ("a\u202eb\u0000", [("bold", 0, 4)], "<b>ab</b>"),
    ],
)
def test_simple_marks_stay_and_everything_else_is_words(
    text: str, marks: list[tuple[str, int, int]], html: str
) -> None:
    assert formatted(text, [entity(*mark) for mark in marks]) == html


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://example.org/?a=1&b=2", True),
        ("tg://user?id=3001", False),
        ("javascript:alert(1)", False),
        ('https://x.ch/"onclick=', False),
    ],
)
def test_a_link_leads_to_the_web_or_nowhere(address: str, kept: bool) -> None:  # noqa: FBT001
    html = formatted("ici", [entity("text_link", 0, 3, url=address)])
    escaped = address.replace("&", "&amp;")
    assert html == (f'<a href="{escaped}">ici</a>' if kept else "ici")


def test_who_may_write_to_whom() -> None:
    town = Town(
        centres=(Centre("mett", Localized(), neighbourhood="mett"), Centre("c", Localized()))
    )

    def kinds(role: Role, centre: str | None) -> list[str]:
        member = Staff("R-1", role, centre, NOW)
        return [f"{a.kind}:{a.value}" for a in allowed(member, town, ("mett",))]

    parts = [f"{CENTRE}:mett", f"{CENTRE}:c", f"{NEIGHBOURHOOD}:mett"]
    themes = [f"{CATEGORY}:{each}" for each in CATEGORIES]
    assert kinds(Role.ANIMATOR, "mett") == [f"{CENTRE}:mett"]
    assert kinds(Role.ANIMATOR, "closed") == []
    assert kinds(Role.ANIMATOR, None) == parts + themes
    assert kinds(Role.COORDINATOR, None) == [f"{EVERYBODY}:", *parts, *themes]


def test_a_directory_category_lies_in_one_to_subscribe_to() -> None:
    assert category_of("early-childhood") == "children"
    assert category_of("seniors") == "seniors"
    assert category_of("parking") is None


def test_a_file_waits_in_the_outbox_by_its_id() -> None:
    message = Message("<b>x</b>", file=StoredFile("photo", "AgAC"))
    assert from_payload(to_payload(message)) == message
