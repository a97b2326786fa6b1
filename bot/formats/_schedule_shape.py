"""The shape of a schedule in a directory file: rule, phases, cycles, places in turn, single dates."""

from __future__ import annotations

from datetime import date, datetime, time
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from bot.domain.recurrence import FirstDateError, RuleError, first_on, parse
from bot.formats import _values as value
from bot.formats._spots import group, group_with
from bot.formats._values import WORD, text

if TYPE_CHECKING:
    from bot.formats._spots import Read, Spot

_RULES = "Write e.g. FREQ=WEEKLY;BYDAY=WE or FREQ=MONTHLY;BYDAY=1FR."
_PAST_MIDNIGHT = "An end before the start means past midnight."


def _judge_schedule(spot: Spot, schedule: dict[str, Any]) -> None:
    _follows_its_rule(spot, schedule, day="first")
    if schedule.get("exclude_school_holidays") and schedule.get("only_school_holidays"):
        (spot.at("only_school_holidays") or spot).bad(
            "the school holidays are excluded already.", "Delete one of the two keys."
        )
    _judge_changes(spot, schedule)
    _judge_cycles(spot, schedule)
    turn = (schedule.get("itinerary") or {}).get("turn")
    if turn == "cycle" and not schedule.get("cycles"):
        (spot.at("itinerary") or spot).bad(
            "the places take turns by cycle, but there are no cycles.", "Add `cycles:`."
        )


def _judge_changes(spot: Spot, schedule: dict[str, Any]) -> None:
    """Judge each later rhythm with what it keeps from the one before."""
    section = spot.at("changes")
    before, latest = dict(schedule), schedule["first"]
    for here, change in zip(
        section.items("changes") if section else (), schedule.get("changes") or (), strict=False
    ):
        if change["from"] <= latest:
            (here.at("from") or here).bad(
                f"{change['from']} is not after {latest}.", "Sort the changes by day."
            )
        before, latest = {**before, **change}, change["from"]
        _has_a_date(here, before)


def _judge_cycles(spot: Spot, schedule: dict[str, Any]) -> None:
    cycles = schedule.get("cycles") or []
    here = spot.at("cycles") or spot
    for each in cycles:
        if each["first_day"] > each["last_day"]:
            here.bad(f"`{each['id']}` ends before it begins.", "Exchange first_day and last_day.")
    for earlier, later in pairwise(cycles):
        if later["first_day"] <= earlier["last_day"]:
            here.bad(f"`{later['id']}` overlaps with `{earlier['id']}`.", "Correct their days.")
    if len({each["id"] for each in cycles}) < len(cycles):
        here.bad("an id of a cycle is used twice.", "Give each cycle its own.")


def _has_a_date(spot: Spot, change: dict[str, Any]) -> None:
    if change["start"] == change["end"]:
        spot.bad("start and end are the same.", _PAST_MIDNIGHT)
    since = date.fromisoformat(change["from"])
    try:
        first_on(change.get("rrule") or "", since, at=time.fromisoformat(change["start"]))
    except RuleError as error:
        (spot.at("rrule") or spot).bad(f"{error}.", _RULES)


def _follows_its_rule(spot: Spot, schedule: dict[str, Any], *, day: str) -> None:
    starts = datetime.combine(
        date.fromisoformat(schedule[day]), time.fromisoformat(schedule["start"])
    )
    if schedule["start"] == schedule["end"]:
        spot.bad("start and end are the same.", _PAST_MIDNIGHT)
    if not schedule.get("rrule"):
        return
    try:
        parse(schedule["rrule"], starts=starts)
    except FirstDateError as error:
        (spot.at(day) or spot).bad(
            f"{error}.", "Write the first day on which it really takes place."
        )
    except RuleError as error:
        (spot.at("rrule") or spot).bad(f"{error}.", _RULES)


def _list_of(what: str, read: Read) -> Read:
    return lambda spot: [] if spot.empty else [read(item) for item in spot.items(what)]


def _places(spot: Spot) -> list[str]:
    found = [value.pointer("place")(item) for item in spot.items("places")]
    if not found:
        spot.bad("no place takes a turn.", "Name at least one, or delete `itinerary`.")
    return found


_TIMES: dict[str, Read] = {
    "start": value.clock_time(),
    "end": value.clock_time(midnight=True),
}
_CHANGE = group(
    "a change of the rhythm",
    {
        "from": value.day,
        **_TIMES,
        "rrule": text(300, required=False),
        "place": value.pointer("place"),
    },
    optional="start end rrule place",
)
_CYCLE = group("a cycle", {"id": value.slug, "first_day": value.day, "last_day": value.day})
_ITINERARY = group(
    "places that take turns",
    {"turn": value.one_of(("meeting", "month", "year", "cycle")), "places": _places},
)
_EXTRA = group(
    "a date beside the rule",
    {"date": value.day, **_TIMES, "place": value.pointer("place")},
    optional="start end place",
)

SCHEDULE = group_with(
    group(
        "a schedule",
        {
            "first": value.day,
            **_TIMES,
            "timezone": text(WORD),
            "rrule": text(300, required=False),
            "exclude_school_holidays": value.truth,
            "only_school_holidays": value.one_of(("first", "every")),
            "changes": _list_of("changes of the rhythm", _CHANGE),
            "cycles": _list_of("cycles", _CYCLE),
            "itinerary": value.nullable(_ITINERARY),
            "except": _list_of("days", value.day),
            "also": _list_of("dates beside the rule", _EXTRA),
        },
        optional="timezone rrule exclude_school_holidays only_school_holidays "
        "changes cycles itinerary except also",
    ),
    _judge_schedule,
)
