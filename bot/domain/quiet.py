"""Quiet hours: when nobody is written to unasked, and when it is morning again."""

from __future__ import annotations

from datetime import datetime, time, timedelta


def is_quiet(at: time, *, start: time, end: time) -> bool:
    """Tell whether a time of the day lies in the quiet hours; they may pass midnight."""
    return start <= at < end if start <= end else at >= start or at < end


def after_quiet(local: datetime, *, start: time, end: time) -> datetime:
    """Return `local`, or the end of the quiet hours in which it lies."""
    if not is_quiet(local.timetz().replace(tzinfo=None), start=start, end=end):
        return local
    morning = datetime.combine(local.date(), end, tzinfo=local.tzinfo)
    return morning if morning > local else morning + timedelta(days=1)
