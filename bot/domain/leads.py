"""The fact somebody asked about, found for one entry at one moment: what the answer begins with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Final, Literal

from bot.domain import hours
from bot.domain.asked import NO_FILTERS, Fact, Filters, When
from bot.domain.calendar import Holidays, Occurrence, occurrences
from bot.domain.directory import Entry, Place
from bot.domain.localized import Localized

Reason = Literal["", "school", "public", "over"]

MOST_DATES: Final = 5
_SHOWN: Final = 3
_LOOKED_AHEAD: Final = timedelta(days=60)
_TIMES: Final = frozenset({"when", "hours", "open_now"})
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀÂÄÉÈÊÎÔÖÜÇ])")
_WEEKDAY: Final = (
    r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch)"
)
_SAYS: Final[Mapping[str, re.Pattern[str]]] = {
    fact: re.compile(pattern, re.IGNORECASE)
    for fact, pattern in {
        "cost": r"\d\s*(?:francs?|franken|chf|rappen|centimes)\b|chf\s*\d|\bgratuit|\bkostenlos|\bgratis\b",
        "when": _WEEKDAY
        + r"|\d\s*h\b|\d\s*uhr\b|fois par (?:semaine|mois)|mal pro (?:woche|monat)",
        "hours": _WEEKDAY + r"|\d\s*h\b|\d\s*uhr\b",
        "open_now": _WEEKDAY + r"|\d\s*h\b|\d\s*uhr\b",
        "sign_up": r"inscri|rendez-vous|anmeld|melden sie|termin",
        "contact": r"\+\d\d[\d\s]{6,}|@|appele|rufen sie|anrufen",
        "age": r"\d+\s*ans\b|\bjahre",
        "documents": r"apport|pièce|document|prenez|bringen|mitnehmen|ausweis|unterlagen|formular",
    }.items()
}


@dataclass(frozen=True, slots=True)
class Lead:
    """The fact and what there is to say.

    For times: `times` are the dates or opening spans on the days asked, the next ones if no day was
    asked; where there are none, `following` is the next one and `because` why the day is free.
    `sentence` is the sentence of the entry's text that says it, where no field does; `unknown` that
    the directory does not say it at all.
    """

    fact: Fact
    entry: Entry
    place: Place | None = None
    when: When | None = None
    times: tuple[Occurrence, ...] = ()
    following: Occurrence | None = None
    because: Reason = ""
    opening: hours.Opening | None = None
    wanted: Filters = NO_FILTERS
    sentence: Localized = field(default_factory=Localized)
    unknown: bool = False

    @property
    def about_time(self) -> bool:
        """Whether it is about dates or opening hours."""
        return self.fact in _TIMES


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about an entry: the fact, the days, and whom it must suit."""

    fact: Fact
    when: When | None = None
    wanted: Filters = NO_FILTERS


def lead(
    entry: Entry, question: Question, *, place: Place | None, holidays: Holidays, now: datetime
) -> Lead | None:
    """Return what answers `question` about `entry` at `now` (local wall time).

    None for a frequent question that says nothing of it: its text is all there is.
    """
    if question.fact in _TIMES and (entry.schedule or entry.hours):
        return _time(entry, question, place=place, holidays=holidays, now=now)
    found = Lead(question.fact, entry, place, wanted=question.wanted)
    if _has(entry, question.fact, place):
        return found
    said = _sentences(entry.description, question.fact)
    if said:
        return Lead(question.fact, entry, place, sentence=said)
    if entry.kind == "faq":
        return None
    return Lead(question.fact, entry, place, unknown=True)


def _has(entry: Entry, fact: Fact, place: Place | None) -> bool:
    cost, contact = entry.cost, entry.contact
    known: dict[Fact, bool] = {
        "cost": cost is not None and (cost.chf is not None or bool(cost.note)),
        "where": place is not None,
        "nearest": place is not None,
        "sign_up": entry.signup is not None,
        "age": entry.ages is not None or bool(entry.audience),
        "language": bool(entry.languages),
        "wheelchair": place is not None and place.wheelchair is not None,
        "contact": contact is not None and bool(contact.phone or contact.email),
    }
    return known.get(fact, False)


def _sentences(text: Localized, fact: Fact) -> Localized:
    """Return in each language the first sentence that speaks of the fact."""
    pattern = _SAYS.get(fact)
    if pattern is None:
        return Localized()
    found = {
        language: next((s for s in _SENTENCE.split(told) if pattern.search(s)), "")
        for language, told in text.items()
    }
    return Localized.of(found)


def _time(
    entry: Entry, question: Question, *, place: Place | None, holidays: Holidays, now: datetime
) -> Lead:
    when = question.when
    opening = hours.status(entry, holidays, now) if entry.hours else None
    if when is None:
        times = tuple(islice(meetings(entry, holidays, since=now), _SHOWN))
        return Lead(question.fact, entry, place, None, times, opening=opening)
    times = tuple(islice(_meant(entry, when, holidays, now), MOST_DATES if when.days else _SHOWN))
    after = max(now, when.ends() or now)
    following = None if times else next(meetings(entry, holidays, since=after), None)
    because: Reason = "" if times else _because(entry, when, holidays, now)
    return Lead(question.fact, entry, place, when, times, following, because, opening)


def _meant(entry: Entry, when: When, holidays: Holidays, now: datetime) -> Iterator[Occurrence]:
    until = when.ends() or now + _LOOKED_AHEAD
    for each in meetings(entry, holidays, since=when.begins(now), until=until):
        if when.covers(each.starts, each.ends):
            yield each


def meetings(
    entry: Entry, holidays: Holidays, *, since: datetime, until: datetime | None = None
) -> Iterator[Occurrence]:
    """Yield the dates of an activity, or the opening spans of a service, in order."""
    if entry.schedule is not None:
        yield from occurrences(entry.schedule, holidays, since=since, until=until, count=60)
        return
    for opens, closes in hours.openings(entry, holidays, since=since, until=until):
        yield Occurrence(opens, closes)


def _because(entry: Entry, when: When, holidays: Holidays, now: datetime) -> Reason:
    """Return why nothing is on a single day on which there would be something otherwise."""
    day = when.single
    if day is None or not _on(entry, day, Holidays()):
        return ""
    if day == now.date() and when.part is None and _on(entry, day, holidays):
        return "over"
    if holidays.is_public(day):
        return "public"
    schedule = entry.schedule
    closed = schedule.exclude_school_holidays if schedule else entry.closed_school_holidays
    return "school" if closed and holidays.no_school(day) else ""


def _on(entry: Entry, day: date, holidays: Holidays) -> bool:
    begins = datetime.combine(day, datetime.min.time())
    found = meetings(entry, holidays, since=begins, until=begins + timedelta(days=1))
    return any(each.starts.date() == day for each in found)
