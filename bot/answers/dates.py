"""The dates of named days, seen from one day: the next Saturday, the coming autumn holidays, Easter."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from dateutil.easter import easter

from bot.answers.spelling import fold
from bot.domain.asked import Days
from bot.domain.calendar import Holidays

_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)
_SATURDAY: Final = 5
_FARTHEST: Final = 400
"""Days ahead that are still taken for a date somebody means."""

_SEASONS: Final = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_FIXED: Final = {
    "new_year": (1, 1),
    "berchtold": (1, 2),
    "national_day": (8, 1),
    "saint_nicholas": (12, 6),
    "christmas_eve": (12, 24),
    "christmas": (12, 25),
    "new_years_eve": (12, 31),
}
_AFTER_EASTER: Final = {
    "good_friday": (-2, -2),
    "easter": (-2, 1),
    "easter_monday": (1, 1),
    "ascension": (39, 39),
    "pentecost": (49, 50),
    "pentecost_monday": (50, 50),
}


@dataclass(frozen=True, slots=True)
class Dates:
    """Named days as they lie from `today`; nothing that is over is ever returned."""

    today: date
    holidays: Holidays
    marks: Mapping[str, frozenset[str]]

    def ahead(self, days: int) -> Days | None:
        """Return the day so many days from today."""
        return _one(self.today + days * _DAY) if 0 <= days <= _FARTHEST else None

    def dated(
        self, day: int, month: int, *, year: int = 0, until: int | None = None
    ) -> Days | None:
        """Return that day of that month, this year or next; up to the day `until` if there is one."""
        years = [_full(year)] if year else [self.today.year, self.today.year + 1]
        for each in years:
            try:
                first, last = date(each, month, day), date(each, month, until or day)
            except ValueError:
                continue
            if self.today <= last and first <= last:
                return Days(max(first, self.today), last)
        return None

    def weekday(
        self, number: int, *, step: int = 0, week: int | None = None, until: int | None = None
    ) -> Days | None:
        """Return the next such weekday, today included unless `step` asks for a later one.

        A `step` of -1 is a week after that: « dimanche en huit ».
        """
        if week is not None:
            day = self._monday() + week * _WEEK + number * _DAY
        else:
            day = self.today + ((number - self.today.weekday()) % 7) * _DAY
            day += _WEEK if step > 0 and day == self.today else timedelta(0)
            day += (1 if step < 0 else max(0, step - 1)) * _WEEK
        last = day if until is None else day + ((until - number) % 7) * _DAY
        return Days(day, last) if day >= self.today else None

    def weekend(self, step: int) -> Days:
        """Return this weekend, or what is left of it; with `step` 1 the next that has not begun."""
        saturday = self._monday() + _SATURDAY * _DAY
        if step and self.today >= saturday:
            saturday += _WEEK
        saturday += max(0, step - 1) * _WEEK
        return Days(max(saturday, self.today), saturday + _DAY)

    def week(self, step: int) -> Days:
        """Return what is left of this week, or a later one from Monday; -1 is the next seven days."""
        if step < 0:
            return Days(self.today, self.today + 6 * _DAY)
        monday = self._monday() + min(step, 52) * _WEEK
        return Days(max(monday, self.today), monday + 6 * _DAY)

    def month(self, number: int) -> Days:
        """Return that month, or what is left of it."""
        year = self.today.year + (number < self.today.month)
        return self._months(year, number, count=1)

    def months_ahead(self, step: int) -> Days:
        """Return this month, or a later one."""
        months = self.today.year * 12 + self.today.month - 1 + min(step, 24)
        return self._months(months // 12, months % 12 + 1, count=1)

    def season(self, name: str) -> Days:
        """Return that season by whole months, the one going on or the next."""
        year = self.today.year
        if name == "winter" and self.today.month < 3:  # noqa: PLR2004 - it began last year
            year -= 1
        days = self._months(year, _SEASONS[name], count=3)
        return days if days.last >= self.today else self._months(year + 1, _SEASONS[name], count=3)

    def school_holiday(self, name: str) -> Days | None:
        """Return those school holidays, going on or next, as the town has them; `any` takes the first."""
        for holiday in sorted(self.holidays.school, key=lambda each: each.first_day):
            names = fold(" ".join(holiday.name.values()).lower())
            if holiday.last_day >= self.today and (
                name == "any" or any(mark in names for mark in self.marks[name])
            ):
                return Days(max(holiday.first_day, self.today), holiday.last_day, holiday.name)
        return None

    def feast(self, name: str) -> Days | None:
        """Return the next such feast."""
        for year in (self.today.year, self.today.year + 1):
            if name in _FIXED:
                days = _one(date(year, *_FIXED[name]))
            else:
                first, last = (easter(year) + offset * _DAY for offset in _AFTER_EASTER[name])
                days = Days(first, last)
            if days.last >= self.today:
                return Days(max(days.first, self.today), days.last)
        return None

    @staticmethod
    def weekdays_in(days: Days, numbers: set[int]) -> Iterator[Days]:
        """Yield the days of those weekdays within `days`."""
        count = (days.last - days.first).days + 1
        for offset in range(min(count, _FARTHEST)):
            day = days.first + offset * _DAY
            if day.weekday() in numbers:
                yield Days(day, day, days.name)

    def _monday(self) -> date:
        return self.today - self.today.weekday() * _DAY

    def _months(self, year: int, month: int, *, count: int) -> Days:
        last_month = month + count - 1
        end_year, end_month = year + (last_month - 1) // 12, (last_month - 1) % 12 + 1
        last = date(end_year, end_month, monthrange(end_year, end_month)[1])
        first = date(year, month, 1)
        return Days(max(first, self.today) if last >= self.today else first, last)


def _one(day: date) -> Days:
    return Days(day, day)


def _full(year: int) -> int:
    return year + 2000 if year < 100 else year  # noqa: PLR2004 - "26" is 2026
