"""The ranking of a question that asks for several things: those that suit come first.

Whether they take place on the very day is not known here; the weekday is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from bot.answers.answer import Answer, Ranked
from bot.answers.asked import Asked
from bot.domain.directory import Directory, Entry
from bot.domain.fitting import fits, made_for

_DAYS: Final = ("mo", "tu", "we", "th", "fr", "sa", "su")
_SURE: Final = 0.8


def listed(answer: Answer, directory: Directory) -> Answer:
    """Return `answer` as the list it asks for; unchanged if it asks for one thing or none suits."""
    asked = answer.asked
    if not asked.wants_list or asked.topic or answer.critical:
        return answer
    suited = list(_suited(answer, directory))
    if not suited:
        return answer
    ids = {ranked.entry_id for ranked in suited}
    rest = tuple(ranked for ranked in answer.ranking if ranked.entry_id not in ids)
    return replace(answer, outcome="answer", confidence=_SURE, ranking=(*suited, *rest))


def _suited(answer: Answer, directory: Directory) -> Iterator[Ranked]:
    asked = answer.asked
    places = {ranked.entry_id: place for place, ranked in enumerate(answer.ranking)}

    def order(entry: Entry) -> tuple[int, bool]:
        return (places.get(entry.id, len(places)), not made_for(entry, asked.filters))

    found = [e for e in directory.entries.values() if _suits(e, asked)]
    for entry in sorted(found, key=order):
        yield Ranked(entry.id, entry.kind, 1.0)


def _suits(entry: Entry, asked: Asked) -> bool:
    if entry.kind == "faq" or not fits(entry, asked.filters):
        return False
    if entry.kind == "service" and not made_for(entry, asked.filters):
        return False
    wanted = {_DAYS[each.number] for each in asked.time.said if each.kind == "weekday"}
    return not wanted or bool(wanted & _weekdays(entry))


def _weekdays(entry: Entry) -> set[str]:
    """Return the days of the week on which something may be on."""
    if entry.schedule is None:
        return {day for hours in entry.hours for day in hours.days}
    rule = dict(part.split("=", 1) for part in entry.schedule.rrule.split(";") if "=" in part)
    by_day = {day[-2:].lower() for day in rule.get("BYDAY", "").split(",") if day}
    weekly = rule.get("FREQ") in {"WEEKLY", ""} or not rule
    return by_day or ({_DAYS[entry.schedule.first.weekday()]} if weekly else set(_DAYS))
