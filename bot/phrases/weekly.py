"""The opening hours of a week in one line: lundi à vendredi 9 h – 12 h · samedi 10 h – 12 h."""

from __future__ import annotations

from datetime import time

from babel.dates import get_day_names

from bot.domain.directory import Entry
from bot.i18n import Voice

_DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
_ROW = 3
"""Days in a row that are told by the first and the last."""

Spans = tuple[tuple[time, time], ...]


def weekly(v: Voice, entry: Entry) -> str:
    """Return when `entry` is open in a usual week."""
    by_spans: dict[Spans, list[int]] = {}
    for number, day in enumerate(_DAYS):
        spans = tuple(sorted((h.opens, h.closes) for h in entry.hours if day in h.days))
        if spans:
            by_spans.setdefault(spans, []).append(number)
    told = " · ".join(f"{_days(v, days)} {_spans(v, spans)}" for spans, days in by_spans.items())
    if entry.closed_school_holidays:
        return v.plain("{often}, not in the school holidays", often=told)
    return told


def _days(v: Voice, days: list[int]) -> str:
    names = [str(get_day_names("wide", locale=v.locale)[day]) for day in days]
    if len(days) >= _ROW and days[-1] - days[0] == len(days) - 1:
        return v.plain("{first} to {last}", first=names[0], last=names[-1])
    return v.plain(" and ").join(filter(None, (", ".join(names[:-1]), names[-1])))


def _spans(v: Voice, spans: Spans) -> str:
    return v.plain(" and ").join(v.span(opens, closes) for opens, closes in spans)
