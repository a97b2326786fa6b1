"""The dates of what was said about time: "in den Herbstferien", « samedi prochain ».

What cannot be dated for sure is left out: no date is better than a wrong one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final

from bot.answers.dates import Dates
from bot.answers.said import Kind, Said, TimeSaid, heard
from bot.answers.wording import wording
from bot.domain.asked import Days, When
from bot.domain.calendar import Holidays

_SINGLE: Final = frozenset({"offset", "date", "feast"})


def find(text: str, *, now: datetime, holidays: Holidays) -> When | None:
    """Return the days `text` names, None if it names none that is known."""
    return resolve(heard(wording().scan(text), text), now=now, holidays=holidays)


def resolve(time: TimeSaid, *, now: datetime, holidays: Holidays) -> When | None:
    """Return the dates of what was said at `now`, None if nothing can be said for sure."""
    dates = Dates(now.date(), holidays, wording().marks)
    spans = list(_spans(time.said, dates))
    if not spans and (time.said or not time.part):
        return None
    return When(tuple(_merged(spans)), time.part)


def _spans(said: tuple[Said, ...], dates: Dates) -> Iterator[Days]:
    single = [each for each in said if each.kind in _SINGLE]
    weekdays = [each for each in said if each.kind == "weekday"]
    ranges = [each for each in said if each.kind not in {*_SINGLE, "weekday"}]
    if single:
        yield from _known(_one(each, dates) for each in single)
    elif not ranges:
        yield from _known(_one(each, dates) for each in weekdays)
    else:
        for days in _known(_one(each, dates) for each in ranges):
            if weekdays:
                yield from dates.weekdays_in(days, {each.number for each in weekdays})
            else:
                yield days


_READ: Final[Mapping[Kind, Callable[[Said, Dates], Days | None]]] = {
    "offset": lambda said, dates: dates.ahead(said.number),
    "date": lambda said, dates: dates.dated(
        said.number, said.month, year=said.year, until=said.until
    ),
    "feast": lambda said, dates: dates.feast(said.name),
    "weekday": lambda said, dates: dates.weekday(
        said.number, step=said.step, week=said.week, until=said.until
    ),
    "weekend": lambda said, dates: dates.weekend(said.step),
    "week": lambda said, dates: dates.week(said.step),
    "month": lambda said, dates: dates.month(said.number),
    "next_month": lambda said, dates: dates.months_ahead(said.step),
    "season": lambda said, dates: dates.season(said.name),
    "holiday": lambda said, dates: dates.school_holiday(said.name),
}


def _one(said: Said, dates: Dates) -> Days | None:
    return _READ[said.kind](said, dates)


def _known(found: Iterable[Days | None]) -> Iterator[Days]:
    return (days for days in found if days is not None)


def _merged(spans: list[Days]) -> Iterator[Days]:
    """Yield the days in order, none twice."""
    last = None
    for days in sorted(spans, key=lambda each: (each.first, each.last)):
        if last is None or days.first > last:
            yield days
            last = days.last
