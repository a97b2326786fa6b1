"""When an activity really takes place: its rule, less the holidays, in local wall time.

What holds, and is written for editors in docs/directory.md:

- COUNT counts every date of the rule, also those that a holiday takes away (RFC 5545).
- In school holidays nothing happens if the activity says so.
- On a public holiday nothing happens, unless the series began on that very holiday: a feast of
  1 August takes place on every 1 August.
- What the team cancelled, moved or added in the chat counts like the rule itself.
- Times are wall time: 14:00 stays 14:00 when the clocks change.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from bot.domain.dated import held

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from bot.domain.directory import Directory, PublicHoliday, Schedule, SchoolHoliday

HORIZON = timedelta(days=6 * 366)
"""How far ahead dates are looked for: an event of every fifth year is still found."""

MOST = 500
"""At most so many occurrences are returned at once."""


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """One dated meeting in local wall time; `ends` is the next day if it lasts past midnight.

    `place` is where it takes place if not where the activity usually does.
    """

    starts: datetime
    ends: datetime
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Holidays:
    """The days that move a schedule: periods without school, and public holidays."""

    school: tuple[SchoolHoliday, ...] = ()
    public: tuple[PublicHoliday, ...] = ()

    @classmethod
    def of(cls, directory: Directory) -> Holidays:
        """Return the holidays of `directory`."""
        return cls(directory.school_holidays, directory.public_holidays)

    def no_school(self, day: date) -> bool:
        """Return whether `day` lies in the school holidays."""
        return self.period(day) is not None

    def period(self, day: date) -> SchoolHoliday | None:
        """Return the school holidays in which `day` lies, or None."""
        return next((each for each in self.school if each.first_day <= day <= each.last_day), None)

    def is_public(self, day: date) -> bool:
        """Return whether `day` is a public holiday."""
        return any(holiday.day == day for holiday in self.public)

    def same_public(self, day: date, other: date) -> bool:
        """Return whether both days are the same feast, each in its year."""
        names = [
            [tuple(sorted(holiday.name.items())) for holiday in self.public if holiday.day == each]
            for each in (day, other)
        ]
        same_date = (day.month, day.day) == (other.month, other.day)
        return same_date or any(name in names[1] for name in names[0])


def occurrences(
    schedule: Schedule,
    holidays: Holidays,
    *,
    since: datetime,
    until: datetime | None = None,
    count: int = MOST,
) -> tuple[Occurrence, ...]:
    """Return the first `count` meetings that end after `since` and start before `until`.

    All moments are local wall time without a zone. A meeting that is going on at `since` is the
    first of them. Without `until` the next six years are searched.
    """
    last = until or max(since, datetime.combine(schedule.first, schedule.starts)) + HORIZON
    found = (
        Occurrence(meeting.starts, meeting.ends, meeting.place)
        for meeting in held(schedule, holidays, last=last)
        if meeting.ends > since and (until is None or meeting.starts < until)
    )
    return tuple(islice(found, min(count, MOST)))


def attach(local: datetime, zone: ZoneInfo) -> datetime:
    """Return the moment of a local wall time.

    A time that the clocks skip in March lies an hour later; one that comes twice in October is the
    first of the two.
    """
    return local.replace(tzinfo=zone, fold=0).astimezone(UTC).astimezone(zone)
