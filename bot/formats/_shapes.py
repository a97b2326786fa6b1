"""The formats of the directory files: which keys each group has and what each must look like."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from bot.domain.documents import KINDS
from bot.domain.localized import LANGUAGES
from bot.formats import _values as value
from bot.formats._schedule_shape import SCHEDULE
from bot.formats._spots import group, group_with
from bot.formats._values import DESCRIPTION, SUMMARY, TITLE, WORD, localized, nullable, text

if TYPE_CHECKING:
    from bot.domain.directory import Kind
    from bot.formats._spots import Read, Spot

_STALE_DAYS = 366


def _ages_in_order(spot: Spot, ages: dict[str, Any]) -> None:
    if ages["from"] > ages["to"]:
        spot.bad(f"from {ages['from']} is more than to {ages['to']}.", "Exchange them.")


def _some_time(spot: Spot, span: dict[str, Any]) -> None:
    if span["from"] == span["to"]:
        spot.bad(
            "opening and closing time are the same.",
            'For a whole day write from "00:00" to "24:00".',
        )


def in_both_languages(spot: Spot, document: dict[str, Any]) -> None:
    """Warn once of all texts in `document` that only one of the languages has."""
    single: dict[str, list[str]] = {}
    for key, texts in document.items():
        if (
            isinstance(texts, dict)
            and len(texts) == 1
            and (language := next(iter(texts))) in LANGUAGES
        ):
            single.setdefault(language, []).append(key)
    for language, keys in single.items():
        remedy = "Readers of the other language see it in this one, and are told so."
        spot.doubtful(f"only in `{language}`: {', '.join(keys)}.", remedy)


def _judge_place(spot: Spot, place: dict[str, Any]) -> None:
    in_both_languages(spot, place)
    if (place.get("lat") is None) != (place.get("lon") is None):
        spot.bad("lat and lon belong together.", "Give both or neither.")


def _judge_entry(spot: Spot, document: dict[str, Any]) -> None:
    in_both_languages(spot, document)
    checked, today = date.fromisoformat(document["updated"]), spot.book.today
    updated = spot.at("updated") or spot
    if today and checked > today:
        updated.bad(
            f"{checked} lies in the future.", "Write the day on which somebody checked the entry."
        )
    elif today and (today - checked).days > _STALE_DAYS:
        updated.doubtful(
            f"nobody has checked this since {checked}.", "Check it and set today's date."
        )
    if "title" in document and not any((document.get("keywords") or {}).values()):
        spot.doubtful(
            "there are no keywords.",
            "Add words that residents use, `keywords: {fr: [...], de: [...]}`.",
        )


_AGES = group_with(
    group(
        "ages",
        {
            "from": value.whole(0, 120),
            "to": value.whole(0, 120),
            "unit": value.one_of(("years", "months")),
        },
        optional="unit",
    ),
    _ages_in_order,
)
_HOURS = group_with(
    group(
        "opening hours",
        {"days": value.days, "from": value.clock_time(), "to": value.clock_time(midnight=True)},
    ),
    _some_time,
)
_COST = group(
    "a price",
    {"chf": nullable(value.decimal(0, 100_000)), "note": localized(TITLE)},
    optional="note",
)
_SIGNUP = group(
    "how to sign up",
    {
        "required": value.truth,
        "channel": value.one_of(("none", "desk", "phone", "online", "telegram")),
        "note": localized(SUMMARY),
        "unit": value.one_of(("person", "child", "adult", "family")),
        "per": value.one_of(("date", "cycle", "season")),
        "accompanied": value.truth,
        "phone": value.truth,
        "invited_only": value.truth,
        "slot": value.whole(5, 240),
        "bring": localized(SUMMARY),
    },
    optional="note unit per accompanied phone invited_only slot bring",
)
_CONTACT = group("a contact", {"phone": value.phone, "email": value.email}, optional="phone email")
_WAITING = group(
    "a waiting list", {"enabled": value.truth, "length": value.whole(0, 10_000)}, optional="length"
)


def _hours(spot: Spot) -> list[dict[str, Any]]:
    return [] if spot.empty else [_HOURS(item) for item in spot.items("opening hours")]


_WORDS: dict[str, Read] = {
    "keywords": value.words_by_language(),
    "questions": value.words_by_language(TITLE),
}
_HEAD: dict[str, Read] = {
    "id": value.ident("entry"),
    "category": value.slug,
    "audience": value.slugs,
}
_TEXTS: dict[str, Read] = {
    "neighbourhood": value.pointer("neighbourhood"),
    "title": localized(TITLE),
    "summary": localized(SUMMARY),
    "description": localized(DESCRIPTION, lines=True),
    **_WORDS,
    "place": nullable(value.pointer("place")),
}
_TAIL: dict[str, Read] = {"related": value.pointers("entry"), "updated": value.day}


def _list_of(what: str, read: Read) -> Read:
    return lambda spot: [] if spot.empty else [read(item) for item in spot.items(what)]


_AROUND: dict[str, Read] = {
    "adults_only": value.truth,
    "partner": text(TITLE, required=False),
    "material": nullable(_COST),
    "guests": _list_of(
        "guests with their days",
        group("a guest", {"date": value.day, "name": localized(TITLE)}),
    ),
    "parts": _list_of(
        "activities under this offer",
        group(
            "an activity under this offer",
            {"id": value.slug, "title": localized(TITLE), "ages": nullable(_AGES)},
            optional="ages",
        ),
    ),
}

_SERVICE = group(
    "a service",
    {
        **_HEAD,
        "ages": nullable(_AGES),
        **_TEXTS,
        "hours": _hours,
        "closed_school_holidays": value.truth,
        "cost": nullable(_COST),
        "languages": value.spoken,
        "signup": nullable(_SIGNUP),
        "contact": nullable(_CONTACT),
        **_TAIL,
    },
    optional="ages keywords questions closed_school_holidays languages signup related",
)
_ACTIVITY = group(
    "an activity",
    {
        **_HEAD,
        "ages": nullable(_AGES),
        **_TEXTS,
        "schedule": SCHEDULE,
        "capacity": nullable(value.whole(1, 100_000)),
        "waiting_list": nullable(_WAITING),
        "signup": nullable(_SIGNUP),
        "cost": nullable(_COST),
        "languages": value.spoken,
        "animator": text(TITLE, required=False),
        "contact": nullable(_CONTACT),
        **_AROUND,
        **_TAIL,
    },
    optional="ages keywords questions capacity waiting_list signup languages animator related "
    + " ".join(_AROUND),
)
_FAQ = group(
    "a frequent question",
    {
        "id": value.ident("entry"),
        "category": value.slug,
        "question": localized(TITLE),
        "answer": localized(DESCRIPTION, lines=True),
        **_WORDS,
        **_TAIL,
    },
    optional="keywords questions related",
)

ENTRIES: dict[Kind, Read] = {
    kind: group_with(inner, _judge_entry)
    for kind, inner in zip(KINDS, (_SERVICE, _ACTIVITY, _FAQ), strict=True)
}


def _wheelchair(spot: Spot) -> bool | str:
    if spot.scalar and spot.scalar.tag == "bool":
        return value.truth(spot)
    return str(text(WORD)(spot))


PLACE = group_with(
    group(
        "a place",
        {
            "name": localized(TITLE),
            "street": localized(TITLE),
            "postcode": text(10),
            "city": localized(TITLE),
            "lat": nullable(value.decimal(-90, 90)),
            "lon": nullable(value.decimal(-180, 180)),
            "wheelchair": nullable(_wheelchair),
        },
        optional="lat lon wheelchair",
    ),
    _judge_place,
)


NEIGHBOURHOOD = localized(TITLE)


def _holiday_in_order(spot: Spot, holiday: dict[str, Any]) -> None:
    if holiday["first_day"] > holiday["last_day"]:
        spot.bad(
            f"it ends on {holiday['last_day']}, before it begins.",
            "Exchange first_day and last_day.",
        )


SCHOOL_HOLIDAY = group_with(
    group(
        "school holidays",
        {
            "id": value.ident("holiday"),
            "name": localized(TITLE),
            "first_day": value.day,
            "last_day": value.day,
        },
    ),
    _holiday_in_order,
)
PUBLIC_HOLIDAY = group("a public holiday", {"date": value.day, "name": localized(TITLE)})
