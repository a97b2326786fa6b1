"""Options as an animator types them: one to a line, both languages side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time

from bot.domain.errors import RefusedError
from bot.domain.localized import Localized
from bot.domain.polls import LONGEST_OPTION, MOST_OPTIONS, Method, Option

_COST = re.compile(r"^(?P<text>.*?)\s*(?:=|:|CHF|Fr\.?)\s*(?:CHF|Fr\.?)?\s*(?P<cost>[\d'’ ]+)(?:\.[-–—0]+)?\s*(?:CHF|Fr\.?)?$", re.IGNORECASE)  # fmt: skip  # noqa: E501 - dashes as people type them
_DATE = re.compile(
    r"(?P<day>\d{1,2})[./]\s*(?P<month>\d{1,2})[./]?\s*(?P<year>\d{4})?\D+"
    r"(?P<hour>\d{1,2})\s*(?:[h:.]\s*(?P<minute>\d{2})?)?\s*(?:h|uhr)?\s*$",
    re.IGNORECASE,
)
_MARKS = "-–—•*·"


class LineError(RefusedError):
    """A line cannot be read as an option; `line` is that line."""

    def __init__(self, line: str) -> None:
        """Keep the line."""
        super().__init__(line)
        self.line = line


def both(text: str, first: str) -> Localized:
    """Return `text` split at " / " into both languages; a single one is in the language `first`."""
    parts = [part.strip() for part in re.split(r"\s+/\s+", text.strip(), maxsplit=1)]
    if len(parts) == 1 or not all(parts):
        return Localized.of({first: parts[0] or parts[-1]})
    return Localized(fr=parts[0], de=parts[1])


def options(text: str, method: Method, *, first: str, today: date) -> tuple[Option, ...]:
    """Return the options in `text`, at most as many as fit; LineError names a line that is none.

    A project ends in its cost ("Banc / Bank = 3000"), a date has day, month and hour ("4.12. 19 h");
    without a year the next such day is meant.
    """
    read = [_option(line, method, first, today) for line in _lines(text)]
    return tuple(read[:MOST_OPTIONS])


def _lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        bare = re.sub(r"^\d{1,2}[.)]\s+(?=\D)", "", line.strip().lstrip(_MARKS).strip())
        if bare:
            yield bare


def _option(line: str, method: Method, first: str, today: date) -> Option:
    if len(line) > 2 * LONGEST_OPTION:
        raise LineError(line)
    if method is Method.DATE:
        return Option(0, Localized(), starts=_moment(line, today))
    if method is not Method.BUDGET:
        return Option(0, both(line, first))
    found = _COST.match(line)
    if found is None or not found["text"].strip():
        raise LineError(line)
    cost = int(re.sub(r"\D", "", found["cost"]) or 0)
    if not 0 < cost < 10_000_000:  # noqa: PLR2004 - beyond any quarter's envelope
        raise LineError(line)
    return Option(0, both(found["text"], first), cost=cost)


def _moment(line: str, today: date) -> datetime:
    found = _DATE.search(line)
    if found is None:
        raise LineError(line)
    try:
        hour = time(int(found["hour"]), int(found["minute"] or 0))
        day = date(int(found["year"] or today.year), int(found["month"]), int(found["day"]))
        if found["year"] is None and day < today:
            day = day.replace(year=today.year + 1)
    except ValueError:
        raise LineError(line) from None
    if day < today:
        raise LineError(line)
    return datetime.combine(day, hour)
