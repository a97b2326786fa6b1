"""What a text says about time, without knowing what day it is: "mornemorge", « ce week-end ».

A bare week or month, and whatever is over, says nothing here: no date is better than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final, Literal, get_args

from bot.answers.wording import EDGE, Hit, Scan, Wording, wording
from bot.domain.asked import Part

Kind = Literal[
    "offset",
    "date",
    "feast",
    "weekday",
    "weekend",
    "week",
    "month",
    "next_month",
    "season",
    "holiday",
]
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)
_GAP: Final = 3
"""Tokens that may stand between two words that belong together."""

_NUMERIC = re.compile(
    r"(?<![\d.,:])(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2}(?!\d|\s*(?:uhr|h\b)))?"
    r"|(?<![\d/])(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?(?![\d/])"
    r"|\b(?:am|vom|le|du|ab|bis|dem)\s+(\d{1,2})\.(\d{1,2})(?!\s*(?:uhr|h\b)|[\d])()",
    re.IGNORECASE,
)
_ROUND_THE_CLOCK: Final = {("24", "7"), ("7", "7"), ("24", "24")}


@dataclass(frozen=True, slots=True)
class Said:
    """One expression of time: a day so many days ahead, a weekday, a month and so on.

    `number` counts days, weeks, or names the weekday, month or day of the month; `step` is how many
    such units later ("next"; -1 is a week after the first), `week` the week a weekday is expressly in.
    """

    kind: Kind
    number: int = 0
    month: int = 0
    year: int = 0
    step: int = 0
    week: int | None = None
    until: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class TimeSaid:
    """Everything a text says about time; `used` are the tokens that say it."""

    said: tuple[Said, ...] = ()
    part: Part | None = None
    now: bool = False
    used: frozenset[int] = field(default=frozenset(), compare=False)

    def __bool__(self) -> bool:
        """Return whether days or a part of the day are named."""
        return bool(self.said or self.part)


NO_TIME: Final = TimeSaid()


def heard(scan: Scan, text: str) -> TimeSaid:
    """Return what `text`, scanned, says about time, without knowing what day it is."""
    return _Listening(scan, wording()).heard(text)


class _Listening:
    """One text being listened to, expression by expression."""

    def __init__(self, scan: Scan, known: Wording) -> None:
        self._scan = scan
        self._known = known
        self._used: set[int] = set()
        self._said: list[tuple[int, Said]] = []
        self._parts: list[Part] = []
        self._now = False

    def heard(self, text: str) -> TimeSaid:
        self._numeric(text)
        hits = [hit for hit in self._scan.hits if not self._taken(hit)]
        for hit in hits:
            if not self._is_past(hit):
                self._hear(hit)
        self._days_ahead()
        return TimeSaid(
            tuple(_tidy([said for _, said in sorted(self._said, key=lambda pair: pair[0])])),
            self._parts[0] if self._parts else None,
            self._now,
            frozenset(self._used),
        )

    def _hear(self, hit: Hit) -> None:
        match hit.group:
            case "times":
                self._named(hit)
            case "weekdays":
                self._weekday(hit)
            case "months":
                self._month(hit)
            case "parts":
                self._part(hit)
            case "seasons":
                self._say(hit, Said("season", name=hit.key))
            case "holidays" if hit.key != "any" or self._during(hit):
                self._say(hit, Said("holiday", name=hit.key))
            case "feasts":
                self._say(hit, Said("feast", name=hit.key))

    def _named(self, hit: Hit) -> None:
        ahead = {"today": 0, "now": 0, "tonight": 0, "tomorrow": 1, "after_tomorrow": 2}
        if hit.key == "morgen":
            self._morgen(hit)
        elif hit.key == "tomorrow_morning":
            self._say(hit, Said("offset", 1))
            self._parts.append("morning")
        elif hit.key in ahead:
            self._say(hit, Said("offset", ahead[hit.key]))
            self._now = self._now or hit.key == "now"
            self._parts += ["evening"] if hit.key == "tonight" else []
        elif hit.key == "weekend":
            self._say(hit, Said("weekend", step=self._step(hit) or 0))
        elif hit.key == "days_ahead":
            self._say(hit, Said("week", step=-1))
        else:
            self._unit(hit)

    def _morgen(self, hit: Hit) -> None:
        """Tell tomorrow from the morning: "heute Morgen", "Samstag Morgen", but "morgen um zwei"."""
        before = [end for end, said in self._ends() if 0 <= hit.start - end <= 1]
        this = self._near(hit.start - 1) == "this"
        if before or this:
            self._parts.append("morning")
            if this and not before:
                self._say(hit, Said("offset", 0))
            self._used.update(range(hit.start, hit.end))
        elif self._scan.words[hit.start] == "morgen":
            self._say(hit, Said("offset", 1))

    def _unit(self, hit: Hit) -> None:
        """Hear "this week", "next month"; a bare week or month says nothing."""
        count = self._count_ahead(hit)
        step = count if count is not None else self._step(hit)
        if step is None:
            return
        kind: Kind = "week" if hit.key == "week" else "next_month"
        self._say(hit, Said(kind, step=step))

    def _weekday(self, hit: Hit) -> None:
        step = self._step(hit) or 0
        number = _WEEKDAYS.index(hit.key)
        before = self._said[-1] if self._said else None
        if before and before[1].kind == "weekday" and self._joined(before[0], hit.start, "from_to"):
            self._said[-1] = (before[0], replace(before[1], until=number))
            self._used.update(range(hit.start, hit.end))
            return
        self._say(hit, Said("weekday", number, step=step))

    def _month(self, hit: Hit) -> None:
        month = _MONTHS.index(hit.key) + 1
        place, day = self._day_before(hit.start)
        if day is None:
            self._say(hit, Said("month", month))
            return
        first_place, first = self._range_before(place)
        year = self._year_after(hit.end)
        said = Said("date", first or day, month=month, year=year, until=day if first else None)
        self._say(hit, said)
        self._used.update(range(first_place if first else place, hit.start))

    def _part(self, hit: Hit) -> None:
        on_weekday = any(h.group == "weekdays" and h.start == hit.start for h in self._scan.hits)
        if self._near(hit.start - 1) == "this" and not on_weekday:
            self._say(hit, Said("offset", 0))
        self._used.update(range(hit.start, hit.end))
        self._parts += [part for part in get_args(Part) if part == hit.key]

    def _numeric(self, text: str) -> None:
        for match in _NUMERIC.finditer(text):
            day, month = [group for group in match.groups() if group is not None][:2]
            if (day, month) not in _ROUND_THE_CLOCK:
                year = int(match[3] or match[6] or 0)
                self._said.append((-1, Said("date", int(day), month=int(month), year=year)))

    def _days_ahead(self) -> None:
        """Hear "in drei Tagen", « dans 2 jours »."""
        tokens = self._scan.tokens
        for place in range(len(tokens) - 2):
            number = self._number(place + 1)
            if (
                number is not None
                and self._is(place, "ahead")
                and self._is(place + 2, "day_units")
                and place not in self._used
            ):
                self._said.append((place, Said("offset", number)))
                self._used.update(range(place, place + 3))

    def _count_ahead(self, hit: Hit) -> int | None:
        """Return the weeks or months in "in zwei Wochen", « dans 2 mois »."""
        number = self._number(hit.start - 1)
        if number is not None and self._is(hit.start - 2, "ahead"):
            self._used.update((hit.start - 1, hit.start - 2))
            return number
        return None

    def _step(self, hit: Hit) -> int | None:
        """Return how many later: 0 for "this", 1 for "next", 2 for the one after; None if not said."""
        for place in (hit.start - 1, hit.end, hit.start - 2):
            near = self._near(place)
            if near and (place != hit.start - 2 or self._scan.tokens[hit.start - 1] == "de"):
                self._used.add(place)
                return {"this": 0, "next": 1, "after_next": 2}[near]
        later = any(h.key == "a_week_later" and h.start == hit.end for h in self._scan.hits)
        return -1 if later else None

    def _near(self, place: int) -> str | None:
        if not 0 <= place < len(self._scan.tokens):
            return None
        meanings = self._known.phrases.get((self._scan.tokens[place],), ())
        return next((key for group, key in meanings if group == "nearness"), None)

    def _day_before(self, place: int) -> tuple[int, int | None]:
        """Return the day of the month that stands before a month, and where."""
        for back in (1, 2):
            at = place - back
            if back == 2 and self._scan.tokens[place - 1] not in {EDGE, "er"}:  # noqa: PLR2004
                break
            day = self._number(at)
            if day is None:
                day = self._number(at, "ordinals")
            if day is not None:
                return at, day
        return place, None

    def _range_before(self, place: int) -> tuple[int, int | None]:
        """Return the first day in "vom 3. bis 5. Dezember", « du 3 au 5 décembre »."""
        at = place - 1
        while at > 0 and (self._is(at, "from_to") or self._scan.tokens[at] == EDGE):
            at -= 1
        if at == place - 1 or not any(self._is(i, "from_to") for i in range(at, place)):
            return place, None
        return at, self._number(at)

    def _year_after(self, place: int) -> int:
        token = self._scan.tokens[place] if place < len(self._scan.tokens) else ""
        return int(token) if token.isdecimal() and len(token) == 4 else 0  # noqa: PLR2004

    def _number(self, place: int, named: str = "numbers") -> int | None:
        token = self._scan.tokens[place] if 0 <= place < len(self._scan.tokens) else ""
        if token.isdecimal():
            return int(token[:4])
        meanings = self._known.phrases.get((token,), ())
        return next((int(key) for group, key in meanings if group == named), None)

    def _is(self, place: int, group: str) -> bool:
        if not 0 <= place < len(self._scan.tokens):
            return False
        meanings = self._known.phrases.get((self._scan.tokens[place],), ())
        return any(name == group for name, _ in meanings)

    def _during(self, hit: Hit) -> bool:
        """Return whether the holidays are when it should be; others may be named already."""
        named = any(said.kind == "holiday" for _, said in self._said)
        return not named and self._is(hit.start - 1, "during")

    def _is_past(self, hit: Hit) -> bool:
        """Return whether it is about what is over: "letzten Montag", « il y a deux semaines »."""
        if hit.group in {"facts", "list", "audience"}:
            return False
        before = range(max(0, hit.start - 2), hit.start)
        return any(h.group == "past" and h.end - 1 in before for h in self._scan.hits) or (
            self._is(hit.end, "past") and self._scan.tokens[hit.end] in {"letscht", "letzte"}
        )

    def _joined(self, start: int, place: int, group: str) -> bool:
        return place - start <= _GAP and any(self._is(i, group) for i in range(start + 1, place))

    def _ends(self) -> Iterator[tuple[int, Said]]:
        for start, said in self._said:
            hit = next((h for h in self._scan.hits if h.start == start), None)
            if hit is not None and said.kind in {"offset", "weekday", "date"}:
                yield hit.end, said

    def _taken(self, hit: Hit) -> bool:
        return hit.start in self._used

    def _say(self, hit: Hit, said: Said) -> None:
        self._said.append((hit.start, said))
        self._used.update(range(hit.start, hit.end))


def _tidy(said: list[Said]) -> list[Said]:
    """Put a weekday into the week it is said with: « mercredi de la semaine prochaine »."""
    week = next((each for each in said if each.kind == "week" and each.step >= 0), None)
    if week is None or not any(each.kind == "weekday" for each in said):
        return said
    return [
        replace(each, week=week.step) if each.kind == "weekday" else each
        for each in said
        if each is not week
    ]
