"""Days, times, ages and sums as people type them in French or German; None for what is none of these."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

_MONTHS = (
    ("janv", "jan", "jän"),
    ("févr", "fevr", "feb"),
    ("mars", "mär", "maer"),
    ("avr", "apr"),
    ("mai",),
    ("juin", "jun"),
    ("juil", "jul"),
    ("août", "aout", "aug"),
    ("sept", "sep"),
    ("oct", "okt"),
    ("nov",),
    ("déc", "dec", "dez"),
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})\s*[./]\s*(\d{1,2})(?:\s*[./]\s*(\d{2,4}))?\.?")
_WORDS = re.compile(r"(\d{1,2})(?:er|\.)?\s+([^\W\d]+)\.?(?:\s+(\d{4}))?")
_MOMENT = r"(\d{1,2})\s*(?:(?:h|uhr|:|\.)\s*(\d{2})?)?(?:\s*(?:uhr|h))?"
_SPAN = re.compile(rf"\D*?{_MOMENT}\s*(?:-|–|—|à|a|bis|jusqu'à)\s*{_MOMENT}\s*")
_AGES = re.compile(r"(\d{1,3})\s*(?:-|–|à|a|bis)\s*(\d{1,3})")
_FROM = re.compile(r"(?:dès|des|ab|from)?\s*(\d{1,3})\s*(\+)?")
_SUM = re.compile(r"(?:chf|fr\.?)?\s*(\d{1,5})(?:[.,](\d{1,2}|[-–]{1,2}))?\s*(?:chf|fr\w*\.?)?")
_CENTURY = 2000
_PASSED = timedelta(days=31)
OLDEST = 99


def day(text: str, *, today: date) -> date | None:
    """Return the day that `text` names; without a year it is the next such day."""
    words = text.strip().lower()
    if found := _ISO.search(words):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.search(words):
        return _next(int(found[1]), int(found[2]), found[3], today)
    if (found := _WORDS.search(words)) and (month := _month(found[2])):
        return _next(int(found[1]), month, found[3], today)
    return None


def span(text: str) -> tuple[time, time] | None:
    """Return the two times that `text` names, `14 h – 16 h 30` or `9.30-11`."""
    found = _SPAN.fullmatch(text.strip().lower())
    if not found:
        return None
    starts, ends = _time(found[1], found[2]), _time(found[3], found[4])
    return (starts, ends) if starts and ends and starts != ends else None


def ages(text: str) -> dict[str, int | str] | None:
    """Return ages as the directory keeps them: `3-7`, `dès 60 ans`, `6 bis 36 Monate`."""
    words = text.strip().lower()
    months = re.search(r"mois|monat", words) is not None
    least, most = None, None
    if found := _AGES.search(words):
        least, most = int(found[1]), int(found[2])
    elif (found := _FROM.match(words)) and not months:
        least, most = int(found[1]), OLDEST
    if least is None or most is None or least > most or most > 120:  # noqa: PLR2004 - as in files
        return None
    unit: dict[str, int | str] = {"unit": "months"} if months else {}
    return {"from": least, "to": most, **unit}


def money(text: str) -> float | None:
    """Return a sum in francs, `5`, `7.50` or `CHF 12.–`."""
    found = _SUM.fullmatch(text.strip().lower())
    if not found:
        return None
    cents = found[2] if found[2] and found[2].isdecimal() else "0"
    amount = int(found[1]) + int(cents.ljust(2, "0")) / 100
    return int(amount) if amount == int(amount) else amount


def number(text: str, *, most: int) -> int | None:
    """Return a whole number from 1 to `most`."""
    found = re.search(r"\d{1,6}", text)
    count = int(found[0]) if found else 0
    return count if 1 <= count <= most else None


def _month(word: str) -> int | None:
    for number_, names in enumerate(_MONTHS, start=1):
        if any(word.startswith(name) for name in names):
            return number_
    return None


def _next(day_: int, month: int, year: str | None, today: date) -> date | None:
    if year:
        whole = int(year)
        return _date(whole if whole >= _CENTURY else _CENTURY + whole % 100, month, day_)
    this = _date(today.year, month, day_)
    if this is not None and this >= today - _PASSED:
        return this
    return _date(today.year + 1, month, day_)


def _date(year: int, month: int, day_: int) -> date | None:
    try:
        return date(year, month, day_) if year in range(_CENTURY, _CENTURY + 101) else None
    except ValueError:
        return None


def _time(hour: str, minute: str | None) -> time | None:
    try:
        return time(int(hour), int(minute or 0))
    except ValueError:
        return None
