"""When it is polite to write: quiet hours, Sundays, and not too often; one rule for every push."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.calendar import attach

BEFORE_QUIET = timedelta(minutes=30)
"""What is moved out of the quiet hours lands this long before they begin."""

A_WEEK = timedelta(days=7)
WEEKLY_CAP = 10
"""Pushes to one person within seven days, whatever they are about."""

RESERVED = 3
"""So many of the weekly pushes are kept for what matters most."""

_SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Quiet:
    """The hours of a town in which nobody is written to; equal times mean there are none."""

    zone: ZoneInfo
    begins: time = time(20)
    ends: time = time(8)

    def at(self, moment: datetime) -> bool:
        """Return whether the moment lies in the quiet hours."""
        return self._begun(moment) is not None

    def over(self, moment: datetime) -> datetime:
        """Return the end of the quiet hours in which the moment lies, or the moment itself."""
        begun = self._begun(moment)
        if begun is None:
            return moment
        day = begun if self.begins < self.ends else begun + timedelta(days=1)
        return max(moment, attach(datetime.combine(day, self.ends), self.zone))

    def before(self, moment: datetime) -> datetime:
        """Return the moment itself, or half an hour before the quiet hours in which it lies."""
        begun = self._begun(moment)
        if begun is None:
            return moment
        return attach(datetime.combine(begun, self.begins) - BEFORE_QUIET, self.zone)

    def _begun(self, moment: datetime) -> date | None:
        """Return the day on which the quiet hours around the moment have begun."""
        local = moment.astimezone(self.zone)
        at, day = local.time(), local.date()
        if self.begins <= self.ends:
            return day if self.begins <= at < self.ends else None
        if at >= self.begins:
            return day
        return day - timedelta(days=1) if at < self.ends else None


def may_write(
    now: datetime, quiet: Quiet, *, sunday: bool = False, asked_for: bool = False
) -> datetime:
    """Return the first moment from `now` on at which somebody may be written to.

    Sundays are left alone unless the town allows them (`sunday`) or the person asked for just this.
    """
    moment = quiet.over(now)
    local = moment.astimezone(quiet.zone)
    if local.weekday() == _SUNDAY and not (sunday or asked_for):
        monday = local.date() + timedelta(days=1)
        moment = quiet.over(attach(datetime.combine(monday, time()), quiet.zone))
    return moment


def within_cap(pushed: Sequence[datetime], now: datetime, *, matters: bool) -> bool:
    """Return whether one more push may go to somebody who got `pushed` before.

    What matters less stops a little earlier, so that what matters most still fits.
    """
    recent = len(this_week(pushed, now))
    return recent < (WEEKLY_CAP if matters else WEEKLY_CAP - RESERVED)


def this_week(pushed: Sequence[datetime], now: datetime) -> list[datetime]:
    """Return the pushes of the last seven days; one from the future counts, a clock was set back."""
    return [at for at in pushed if at > now - A_WEEK]
