"""The rules that a few taps make: a rhythm from its first date, another weekday, an end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from bot.domain.activity_steps import SKIP, WEEKDAYS
from bot.domain.recurrence import RuleError, first_on


def on_weekday(rrule: str, weekday: str) -> str:
    """Return a rule for another day of the week; `=` leaves it as it is."""
    if weekday == SKIP or not rrule:
        return rrule
    parts = dict(part.split("=", 1) for part in rrule.split(";") if "=" in part)
    # COUNT would begin anew with the new rhythm.
    parts.pop("COUNT", None)
    prefix = parts.get("BYDAY", "").rstrip("ADEFHMORSTUW,")
    parts["BYDAY"] = f"{prefix}{weekday.upper()}"
    return ";".join(f"{key}={value}" for key, value in parts.items())


def ruled(rhythm: str, first: date) -> dict[str, Any]:
    """Return the rule that a rhythm makes of its first date."""
    weekday = WEEKDAYS[first.weekday()].upper()
    nth = (first.day - 1) // 7 + 1
    rules = {
        "weekly": f"FREQ=WEEKLY;BYDAY={weekday}",
        "biweekly": f"FREQ=WEEKLY;INTERVAL=2;BYDAY={weekday}",
        "monthly": f"FREQ=MONTHLY;BYDAY={nth}{weekday}",
        "last": f"FREQ=MONTHLY;BYDAY=-1{weekday}",
        "holidays": f"FREQ=WEEKLY;BYDAY={weekday}",
        "yearly": f"FREQ=YEARLY;BYMONTH={first.month};BYDAY={nth}{weekday}",
    }
    found: dict[str, Any] = {"first": first.isoformat()}
    if rhythm in rules:
        found["rrule"] = rules[rhythm]
        found["first"] = _first(rules[rhythm], first)
    if rhythm == "holidays":
        found["only_school_holidays"] = "first"
    return found


def _first(rule: str, day: date) -> str:
    """Return the first date of a rule: the last Friday may come after the day that was named."""
    try:
        return first_on(rule, day, at=time()).isoformat()
    except RuleError:
        return day.isoformat()


def ending(schedule: Mapping[str, Any], until: str) -> dict[str, Any]:
    """Let the last rhythm end on a day, after a number of meetings (`n8`), or not at all."""
    changes = [dict(each) for each in schedule.get("changes") or ()]
    whole = dict(schedule)
    last = next((each for each in reversed(changes) if each.get("rrule")), whole)
    parts = [
        part
        for part in (last.get("rrule") or "").split(";")
        if part and part.split("=")[0] not in {"COUNT", "UNTIL"}
    ]
    if not parts:
        return whole
    if until.startswith("n"):
        parts.append(f"COUNT={until[1:]}")
    elif until != SKIP:
        parts.append(f"UNTIL={until.replace('-', '')}")
    last["rrule"] = ";".join(parts)
    return {**whole, "changes": changes} if changes else whole
