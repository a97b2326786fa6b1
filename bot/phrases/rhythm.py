"""How often something happens, in words: every Wednesday, on the first Friday of the month."""

from __future__ import annotations

from babel.dates import get_day_names

from bot.domain.directory import Schedule
from bot.i18n import Voice

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def rhythm(v: Voice, schedule: Schedule) -> str:
    """Return the rhythm of `schedule` as half a sentence, or "" where its next dates say it better."""
    rule = dict(part.split("=", 1) for part in schedule.rrule.split(";") if "=" in part)
    by_day = rule.get("BYDAY", "").split(",")
    if rule.get("FREQ") == "WEEKLY" and set(by_day) <= set(_DAYS):
        return _weekly(v, [_day_name(v, day) for day in by_day], interval=rule.get("INTERVAL", "1"))
    if rule.get("FREQ") == "MONTHLY" and len(by_day) == 1 and by_day[0][-2:] in _DAYS:
        return _monthly(v, by_day[0][:-2], _day_name(v, by_day[0][-2:]))
    return ""


def _weekly(v: Voice, days: list[str], *, interval: str) -> str:
    joined = v.plain(" and ").join(days)
    if interval == "1":
        return v.plain("every {days}", days=joined)
    return v.plain("every second {days}", days=joined) if interval == "2" else ""


def _monthly(v: Voice, nth: str, day: str) -> str:
    sentences = {
        "1": v.plain("on the first {day} of the month", day=day),
        "2": v.plain("on the second {day} of the month", day=day),
        "3": v.plain("on the third {day} of the month", day=day),
        "4": v.plain("on the fourth {day} of the month", day=day),
        "-1": v.plain("on the last {day} of the month", day=day),
    }
    return sentences.get(nth, "")


def _day_name(v: Voice, code: str) -> str:
    return str(get_day_names("wide", locale=v.locale)[_DAYS.index(code)])
