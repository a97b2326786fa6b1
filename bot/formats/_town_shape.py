"""The format of town.yaml: which keys it has and what each must look like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.domain.contributions import CATEGORIES, RESIDENTS_KINDS
from bot.formats import _values as value
from bot.formats._shapes import in_both_languages
from bot.formats._spots import group
from bot.formats._values import SUMMARY, TITLE, WORD, localized, nullable, text

if TYPE_CHECKING:
    from bot.formats._spots import Read, Spot

_BOT_NAME, _BOT_DESCRIPTION, _BOT_SHORT = 64, 512, 120
"""What Telegram takes as a bot's name, description and short description."""

_FIRST_CARDS = 5

_HELPLINE = group(
    "a helpline",
    {
        "number": value.phone,
        "label": localized(TITLE),
        "hours": localized(TITLE),
        "note": localized(SUMMARY),
        "checked": value.day,
        "source": text(SUMMARY, required=False),
    },
    optional="note source",
)
_PRIVACY = group(
    "privacy",
    {
        "responsible": text(TITLE, required=False),
        "contact": text(TITLE, required=False),
        "officer": text(TITLE, required=False),
        "text": localized(1200, lines=True),
    },
    optional="officer text",
)
_CENTRE = group(
    "a centre",
    {
        "id": value.ident("centre"),
        "name": localized(TITLE),
        "place": nullable(value.pointer("place")),
        "neighbourhood": nullable(value.pointer("neighbourhood")),
        "phone": value.phone,
    },
    optional="place neighbourhood phone",
)
_ANSWERED = tuple(dict.fromkeys([*RESIDENTS_KINDS, *CATEGORIES]))
_CANTONS = "AG AI AR BE BL BS FR GE GL GR JU LU NE NW OW SG SH SO SZ TG TI UR VD VS ZG ZH".split()  # noqa: SIM905 - reads better


def _each(read: Read, what: str) -> Read:
    def read_all(spot: Spot) -> list[Any]:
        return [] if spot.empty else [read(item) for item in spot.items(what)]

    return read_all


def _first_cards(spot: Spot) -> list[str]:
    found: list[str] = value.pointers("entry")(spot)
    if len(set(found)) != len(found) or len(found) > _FIRST_CARDS:
        spot.bad(f"name at most {_FIRST_CARDS} different entries.", "A newcomer reads no more.")
    return found


_TOWN = group(
    "the town's settings",
    {
        "name": localized(_BOT_NAME),
        "town": localized(WORD),
        "description": localized(_BOT_DESCRIPTION, lines=True),
        "short_description": localized(_BOT_SHORT),
        "phone": value.phone,
        "helplines": _each(_HELPLINE, "helplines"),
        "privacy": _PRIVACY,
        "interpreter": group(
            "an interpreter service", {"name": localized(TITLE), "phone": value.phone}
        ),
        "duty": group(
            "the duty", {"phone": value.phone, "hours": localized(TITLE)}, optional="hours"
        ),
        "quiet_hours": group("quiet hours", {"from": value.clock_time(), "to": value.clock_time()}),
        "offer_hours": value.whole(1, 168),
        "canton": value.one_of(_CANTONS),
        "first_cards": _first_cards,
        "centres": _each(_CENTRE, "centres"),
        "answer_within": group(
            "the days to an answer",
            dict.fromkeys(_ANSWERED, value.whole(1, 365)),
            optional=" ".join(_ANSWERED),
        ),
        "broadcasts": group(
            "the limits of announcements",
            {
                "second_above": value.whole(0, 1_000_000),
                "animator_per_day": value.whole(0, 100),
                "coordinator_per_day": value.whole(0, 100),
            },
            optional="second_above animator_per_day coordinator_per_day",
        ),
    },
    optional="name town description short_description phone helplines privacy interpreter duty"
    " quiet_hours offer_hours canton first_cards centres answer_within broadcasts",
)


TOWN_KEYS = tuple(_TOWN.keys)
"""The keys of town.yaml, in canonical order."""


def read_town(spot: Spot) -> dict[str, Any]:
    """Return the checked settings of town.yaml."""
    document = _TOWN(spot)
    in_both_languages(spot, document)
    return document
