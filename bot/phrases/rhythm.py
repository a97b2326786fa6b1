"""How often something happens, in words: every Wednesday, on the first Friday of the month."""

from __future__ import annotations

from datetime import date

from babel.dates import get_day_names

from bot.domain.directory import Schedule
from bot.domain.series import phase_on
from bot.i18n import Voice

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def often(v: Voice, schedule: Schedule, *, day: date) -> str:
    """Return the rhythm that holds on `day`, and what the school holidays do to it."""
    phase = phase_on(schedule, day)
    told = rhythm(v, phase.rrule)
    if not told:
        return ""
    if schedule.exclude_school_holidays:
        return v.plain("{often}, not in the school holidays", often=told)
    if schedule.only_holidays == "first":
        weekday = told.removeprefix(v.plain("every {days}", days=""))
        return v.plain("on the first {day} of each school holidays", day=weekday)
    if schedule.only_holidays == "every":
        return v.plain("{often}, only in the school holidays", often=told)
    return told


def rhythm(v: Voice, rrule: str) -> str:
    """Return a rule as half a sentence, or "" where its next dates say it better."""
    rule = dict(part.split("=", 1) for part in rrule.split(";") if "=" in part)
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
