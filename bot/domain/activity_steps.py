"""The steps of a form about an activity: how each answer is read, and what it does to the document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, Literal

from bot.domain import typed
from bot.domain.localized import LANGUAGES
from bot.text import clean, one_line

Purpose = Literal["new", "edit", "shift", "guest", "cancel", "move", "add"]
SKIP: Final = "="
"""What is tapped in place of typing: as before, or only in the other language."""

WEEKDAYS: Final = ("mo", "tu", "we", "th", "fr", "sa", "su")
RHYTHMS: Final = ("weekly", "biweekly", "monthly", "last", "holidays", "yearly", "once")
HOLIDAYS_ASKED: Final = frozenset({"weekly", "biweekly", "monthly", "last"})

_WHY = ("why_fr", "why_de")
STEPS: Final[Mapping[Purpose, tuple[str, ...]]] = {
    "new": (
        *("title_fr", "title_de", "summary_fr", "summary_de", "category", "audience", "place"),
        *("rhythm", "first", "holidays", "times", "ages", "capacity"),
    ),
    "edit": (),
    "shift": ("since", "weekday", "new_times"),
    "guest": ("guest_fr", "guest_de"),
    "cancel": _WHY,
    "move": ("day", "day_times", *_WHY),
    "add": ("day", "day_times", *_WHY),
}
"""What must be answered, in this order; `edit` asks for what is tapped."""

MORE: Final = (
    *("description_fr", "description_de", "price", "material", "until", "itinerary", "turn"),
    *("animator", "phone", "partner", "unit", "cycle", "parts"),
)
"""What may be answered besides."""

CATEGORIES: Final = (
    *("meeting", "children", "early-childhood", "family", "youth", "seniors", "sport", "health"),
    *("creative", "language", "digital", "participation", "neighbourhood", "nature", "leisure"),
)
AUDIENCES: Final = (
    "all",
    *("families", "children", "teens", "adults", "seniors", "newcomers"),
)
UNITS: Final = ("person", "child", "adult", "family")
TURNS: Final = ("meeting", "month", "year", "cycle")

_TITLE, _SUMMARY, _DESCRIPTION, _NAME, _CAPACITY = 120, 300, 3000, 120, 5000

_Read = Callable[[str, date], Any]
_Write = Callable[[dict[str, Any], Any], dict[str, Any]]


def _line(limit: int) -> _Read:
    return lambda text, _: one_line(text, limit=limit) or None


def _one_of(*choices: str) -> _Read:
    return lambda text, _: text if text in choices else None


def _day(text: str, today: date) -> str | None:
    found = typed.day(text, today=today)
    return found.isoformat() if found and found >= today else None


def _times(text: str, _today: date) -> list[str] | None:
    found = typed.span(text)
    return [each.isoformat("minutes") for each in found] if found else None


def _until(text: str, today: date) -> str | None:
    found = typed.day(text, today=today)
    if found is not None:
        return found.isoformat() if found >= today else None
    count = typed.number(text, most=200)
    return f"n{count}" if count else None


def _cycle(text: str, today: date) -> list[str] | None:
    """Read two days, `11.1.2027 – 2.4.2027`."""
    words = [each for each in text.replace("–", "-").split("-") if each.strip()]
    days = [typed.day(each, today=today) for each in words[:2]]
    first, last = (*days, None, None)[:2]
    return [first.isoformat(), last.isoformat()] if first and last and first < last else None


def _ages(text: str, _today: date) -> Any:  # noqa: ANN401 - the document's own form
    return text if text in {"all", "adults"} else typed.ages(text)


def _capacity(text: str, _today: date) -> int | None:
    return 0 if text == "0" else typed.number(text, most=_CAPACITY)


def _parts(text: str, _today: date) -> list[dict[str, Any]] | None:
    """Read the activities under one offer, a line for each: `Conte / Märchen / 3-6`."""
    found = []
    for number, line in enumerate(filter(None, clean(text).splitlines()), start=1):
        french, german, ages, *_ = (*(part.strip() for part in line.split("/")), "", "")
        titles = {"fr": one_line(french, limit=_TITLE), "de": one_line(german, limit=_TITLE)}
        part = {"id": f"part-{number}", "title": {code: t for code, t in titles.items() if t}}
        found.append({**part, "ages": typed.ages(ages)} if typed.ages(ages) else part)
    return found if found and all(each["title"] for each in found) else None


def _slug(text: str, _today: date) -> str | None:
    return text if text and len(text) <= 48 else None  # noqa: PLR2004 - the longest id


def _phone(text: str, _today: date) -> str | None:
    word = one_line(text, limit=24)
    return word if sum(each.isdecimal() for each in word) >= 3 else None  # noqa: PLR2004 - 144


READ: Mapping[str, _Read] = {
    **{f"title_{code}": _line(_TITLE) for code in LANGUAGES},
    **{f"summary_{code}": _line(_SUMMARY) for code in LANGUAGES},
    **{f"why_{code}": _line(_SUMMARY) for code in LANGUAGES},
    **{f"guest_{code}": _line(_TITLE) for code in LANGUAGES},
    **{
        f"description_{code}": lambda text, _: clean(text, limit=_DESCRIPTION) or None
        for code in LANGUAGES
    },
    "category": _slug,
    "audience": _slug,
    "place": _slug,
    "day_place": _slug,
    "itinerary": _slug,
    "turn": _one_of(*TURNS),
    "rhythm": _one_of(*RHYTHMS),
    "holidays": _one_of("outside", "always"),
    "first": _day,
    "since": _day,
    "day": _day,
    "times": _times,
    "new_times": _times,
    "day_times": _times,
    "weekday": _one_of(*WEEKDAYS),
    "until": _until,
    "cycle": _cycle,
    "ages": _ages,
    "capacity": _capacity,
    "unit": _one_of(*UNITS),
    "price": lambda text, _: typed.money(text),
    "material": lambda text, _: typed.money(text),
    "animator": _line(_NAME),
    "partner": _line(_NAME),
    "parts": _parts,
    "phone": _phone,
}
MAY_SKIP: Final = frozenset(
    {
        "title_de",
        "summary_de",
        "description_de",
        *_WHY,
        "guest_de",
        "weekday",
        "new_times",
        "day_times",
        "until",
    }
)


def _text(key: str, code: str) -> _Write:
    return lambda document, value: {
        **document,
        key: {**(document.get(key) or {}), code: value},
    }


def _plain(key: str) -> _Write:
    return lambda document, value: {**document, key: value}


def _with_ages(document: dict[str, Any], value: Any) -> dict[str, Any]:  # noqa: ANN401
    if value == "all":
        return {**document, "ages": None, "adults_only": False}
    if value == "adults":
        return {**document, "ages": {"from": 18, "to": typed.OLDEST}, "adults_only": True}
    return {**document, "ages": value, "adults_only": False}


def _with_capacity(document: dict[str, Any], value: int) -> dict[str, Any]:
    """Limit the places; then people sign up in this chat."""
    if not value:
        signup = {"required": False, "channel": "none"}
        return {**document, "capacity": None, "waiting_list": None, "signup": signup}
    signup = {**(document.get("signup") or {}), "required": True, "channel": "telegram"}
    waiting = document.get("waiting_list") or {"enabled": True}
    return {**document, "capacity": value, "waiting_list": waiting, "signup": signup}


def _with_unit(document: dict[str, Any], value: str) -> dict[str, Any]:
    signup = {**(document.get("signup") or {"required": False, "channel": "none"}), "unit": value}
    return {**document, "signup": signup}


WRITE: Mapping[str, _Write] = {
    **{
        f"{key}_{code}": _text(key, code)
        for key in ("title", "summary", "description")
        for code in LANGUAGES
    },
    "category": _plain("category"),
    "audience": lambda document, value: {**document, "audience": [value]},
    "place": _plain("place"),
    "ages": _with_ages,
    "capacity": _with_capacity,
    "unit": _with_unit,
    "price": lambda document, value: {**document, "cost": {"chf": value}},
    "material": lambda document, value: {
        **document,
        "material": {"chf": value} if value else None,
    },
    "animator": _plain("animator"),
    "parts": _plain("parts"),
    "partner": _plain("partner"),
    "phone": lambda document, value: {
        **document,
        "contact": {**(document.get("contact") or {}), "phone": value},
    },
}
