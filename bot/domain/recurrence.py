"""Recurrence rules (RFC 5545) as editors write them, always in naive local time."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from dateutil.rrule import rrulestr

from bot.domain.errors import QuartierbotError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY")
_KEYS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS"}
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_UNTIL = re.compile(r"(\d{8})(?:T(\d{6}))?")
_LONGEST = 300
_SEARCHED = 5 * 366
"""Days in which a rule must come true once."""


class RuleError(QuartierbotError):
    """A recurrence rule that cannot be used; the text says why, for an editor."""


class FirstDateError(RuleError):
    """The rule is sound, but the first date does not follow it."""


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A rule taken apart: the rhythm itself, and where it ends (by number, by moment, or never)."""

    rhythm: str
    count: int | None
    until: datetime | None


@lru_cache(maxsize=1024)
def parse(rule: str, *, starts: datetime) -> Recurrence:
    """Return the rule of a series that starts at `starts`; raise RuleError if it is not usable.

    The first date is compared with the rule before anything is expanded: a rule that never comes
    true would otherwise be followed to the year 9999.
    """
    parts = _parts(rule)
    count, until = parts.pop("COUNT", None), parts.pop("UNTIL", None)
    if count and until:
        raise RuleError("COUNT and UNTIL exclude each other")
    rhythm = ";".join(f"{key}={value}" for key, value in parts.items())
    recurrence = Recurrence(rhythm, _positive(count, "COUNT"), _moment(until))
    _positive(parts.get("INTERVAL"), "INTERVAL")
    if not (_fits(parts, starts) and _begins(recurrence, rule, starts)):
        raise FirstDateError(
            f"the first date, {starts:%Y-%m-%d}, does not follow the rule `{rule}`"
        )
    return recurrence


def first_on(rule: str, day: date, *, at: time) -> date:
    """Return the first day from `day` on that follows the rule; RuleError if there is none."""
    if not rule:
        return day
    for offset in range(_SEARCHED):
        candidate = day + timedelta(days=offset)
        try:
            parse(rule, starts=datetime.combine(candidate, at))
        except FirstDateError:
            continue
        return candidate
    raise RuleError(f"the rule `{rule}` has no date after {day}")


def instances(recurrence: Recurrence, *, starts: datetime, last: datetime) -> Iterator[datetime]:
    """Yield the moments of the rule from `starts` to `last`, both included."""
    end = min(last, recurrence.until) if recurrence.until else last
    if end < starts:
        return
    for number, moment in enumerate(_expanded(recurrence.rhythm, starts, end.year)):
        if moment > end or (recurrence.count is not None and number >= recurrence.count):
            return
        yield moment


@lru_cache(maxsize=512)
def _expanded(rhythm: str, starts: datetime, last_year: int) -> Iterable[datetime]:
    # A card is shown far more often than the year changes, so what was expanded is kept.
    return rrulestr(f"{rhythm};UNTIL={last_year}1231T235959", dtstart=starts, cache=True)


def _begins(recurrence: Recurrence, rule: str, starts: datetime) -> bool:
    try:
        return next(instances(recurrence, starts=starts, last=starts), None) == starts
    except (ValueError, TypeError, KeyError, IndexError) as error:
        raise RuleError(f"`{rule}` is not a recurrence rule") from error


def _fits(parts: Mapping[str, str], starts: datetime) -> bool:
    weekdays = {day[-2:] for day in parts.get("BYDAY", "").split(",") if day}
    month_days = _numbers(parts, "BYMONTHDAY", most=31)
    from_end = starts.day - 1 - monthrange(starts.year, starts.month)[1]
    return (
        (not weekdays or _DAYS[starts.weekday()] in weekdays or not weekdays <= set(_DAYS))
        and starts.month in (_numbers(parts, "BYMONTH", most=12) or {starts.month})
        and bool(not month_days or {starts.day, from_end} & month_days)
    )


def _numbers(parts: Mapping[str, str], key: str, *, most: int) -> set[int]:
    words = parts[key].split(",") if key in parts else []
    if not all(
        re.fullmatch(r"[+-]?\d{1,2}", word) and 1 <= abs(int(word)) <= most for word in words
    ):
        raise RuleError(f"{key} must be numbers from 1 to {most}")
    return {int(word) for word in words}


def _parts(rule: str) -> dict[str, str]:
    if len(rule) > _LONGEST:
        raise RuleError("the rule is too long")
    pairs = [part.partition("=") for part in rule.upper().split(";") if part]
    parts = {key.strip(): value.strip() for key, _, value in pairs}
    unknown = parts.keys() - _KEYS
    if unknown or len(parts) < len(pairs):
        raise RuleError(
            f"`{min(unknown)}` is not possible here" if unknown else "a part stands twice"
        )
    if parts.get("FREQ") not in FREQUENCIES:
        raise RuleError(f"FREQ must be one of {', '.join(FREQUENCIES)}")
    if "BYSETPOS" in parts and parts["FREQ"] not in FREQUENCIES[:2]:
        raise RuleError("BYSETPOS goes with YEARLY and MONTHLY only")
    return parts


def _positive(digits: str | None, name: str) -> int | None:
    if digits is None:
        return None
    if not re.fullmatch(r"\d{1,4}", digits) or int(digits) < 1:
        raise RuleError(f"{name} must be a whole number of at least 1")
    return int(digits)


def _moment(word: str | None) -> datetime | None:
    if word is None:
        return None
    match = _UNTIL.fullmatch(word)
    try:
        # A day without a time includes that whole day: an editor who writes it means so.
        at = time.fromisoformat(match[2]) if match and match[2] else time(23, 59, 59)
        return datetime.combine(date.fromisoformat(match[1] if match else ""), at)
    except ValueError as error:
        raise RuleError(
            "UNTIL must be a local moment such as 20271031T235959, without Z"
        ) from error
