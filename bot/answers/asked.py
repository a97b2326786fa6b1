"""What a text asks about a thing, for whom and when; what the thing is, others find out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Self, get_args

from bot.answers.said import NO_TIME, TimeSaid, heard
from bot.answers.spelling import STOP_WORDS
from bot.answers.wording import EDGE, Hit, Scan, fold_word, wording
from bot.domain.asked import NO_FILTERS, Fact, Filters
from bot.domain.directory import Directory

_CITY: Final = "city"
_OLDEST: Final = 110
_YOUNG: Final = 18
_REACH: Final = 3
_BRIEF: Final = 4
_SMALL: Final = 2
_SPLIT = re.compile(r"\s*[–—/-]\s*")
_CONSUMED: Final = frozenset(
    {
        *("facts", "list", "pointing", "joining", "audience", "free", "language", "nothing"),
        *("past", "times", "weekdays", "months", "parts", "seasons", "feasts"),
        *("numbers", "day_units", "year_units", "open_particle", "have"),
    }
)
_UNITS: Final = frozenset({"uhr", "h", "heures", "heure", "francs", "franken", "ans", "chf", "fr"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: the facts in the order they are named, the time, and whom it must suit.

    `topic` are the words that remain and can only be the thing itself; `joins` says that the text
    begins as a continuation, `brief` that it has four words at most,
    `gratis` that it says "free of charge", as a wish or as a question.
    """

    facts: tuple[Fact, ...] = ()
    time: TimeSaid = NO_TIME
    filters: Filters = NO_FILTERS
    lists: bool = False
    topic: tuple[str, ...] = ()
    joins: bool = False
    brief: bool = False
    gratis: bool = False

    @property
    def says_something(self) -> bool:
        """Whether a fact, a time or somebody it must suit is named at all."""
        return bool(self.facts or self.time or self.filters)

    @property
    def wants_list(self) -> bool:
        """Whether several things are asked for: what is on, narrowed by a day, an age, a place."""
        about_one = any(fact not in {"when", "nearest", "where"} for fact in self.facts)
        return self.lists and bool(self.time or self.filters) and not about_one

    def alone(self) -> Asked:
        """Return this as the first thing somebody says: "on Saturday for a child?" asks for a list."""
        f = self.filters
        whom = f.age is not None or f.audience is not None
        narrow = self.time.said or f.age is not None or f.free or f.neighbourhood
        nothing_else = not self.topic and not self.facts
        asks = bool(nothing_else and narrow and (whom or self.brief))
        return replace(self, lists=self.lists or asks)

    def among(self) -> Asked:
        """Return this as said of a list: "gratis?" then asks for what is free of charge."""
        if self.gratis and set(self.facts) <= {"cost"}:
            return replace(self, facts=(), filters=replace(self.filters, free=True))
        return self

    def after(self, before: Asked) -> Asked:
        """Return this with whatever it leaves open taken from what was asked `before`."""
        mine, theirs = self.filters, before.filters
        return replace(
            self,
            time=self.time or before.time,
            filters=Filters(
                age=mine.age if mine.age is not None or mine.audience else theirs.age,
                audience=mine.audience or (theirs.audience if mine.age is None else None),
                neighbourhood=mine.neighbourhood or theirs.neighbourhood,
                free=mine.free or theirs.free,
                language=mine.language or theirs.language,
            ),
            topic=self.topic or before.topic,
            lists=True,
        )


NOTHING_ASKED: Final = Asked()


@dataclass(frozen=True, slots=True)
class Hearing:
    """Hears what is asked in one town: it knows the names of the neighbourhoods."""

    places: Mapping[tuple[str, ...], str] = field(default_factory=dict)

    @classmethod
    def build(cls, directory: Directory) -> Self:
        """Learn the neighbourhoods of `directory`, by their names in any language and in dialect."""
        places: dict[tuple[str, ...], str] = {}
        for each in directory.neighbourhoods.values():
            if each.id != _CITY:
                for name in each.name.values():
                    for tokens in _names(name):
                        places.setdefault(tokens, each.id)
        return cls(places)

    def hear(self, text: str) -> Asked:
        """Return what `text` asks."""
        scan = wording().scan(text)
        time = heard(scan, text)
        age, age_used = _age(scan)
        place, place_used = self._neighbourhood(scan)
        facts = _facts(scan, time)
        filters = Filters(
            age=age,
            audience=_audience(scan, age),
            neighbourhood=place,
            free=_free(scan, facts),
            language=next((hit.key for hit in scan.of("language")), None),
        )
        used = set(time.used) | age_used | place_used | _consumed(scan)
        if "contact" in facts:
            used |= {hit.start for hit in scan.of("brief_facts")}
        return Asked(
            facts=tuple(f for f in facts if not (f == "cost" and filters.free)),
            time=time,
            filters=filters,
            lists=bool(scan.of("list")),
            topic=tuple(_topic(scan, used)),
            joins=_joins(scan),
            gratis=_says_gratis(scan),
            brief=_is_brief(scan),
        )

    def _neighbourhood(self, scan: Scan) -> tuple[str | None, set[int]]:
        for start in range(len(scan.tokens)):
            for size in (3, 2, 1):
                found = self.places.get(scan.tokens[start : start + size])
                if found and _meant(scan, start, size):
                    return found, set(range(start, start + size))
        return None, set()


def _facts(scan: Scan, time: TimeSaid) -> tuple[Fact, ...]:
    keys = [hit.key for hit in scan.of("facts") if not _is_said(hit, scan, time)]
    if _is_brief(scan):
        keys += [hit.key for hit in scan.of("brief_facts")]
    keys += [hit.key for hit in scan.of("joining_in")]
    if scan.of("open_particle") and scan.of("have"):
        keys.append("hours")
    named = sorted((fact for fact in get_args(Fact) if fact in keys), key=keys.index)
    named.sort(key=lambda fact: fact != "sign_up")  # "until when can I sign up?" asks how
    if "hours" in named and (time.now or (not time and "when" not in named and _open_now(scan))):
        return ("open_now", *(fact for fact in named if fact != "hours"))
    return tuple(named)


def _is_said(hit: Hit, scan: Scan, time: TimeSaid) -> bool:
    """Return whether these words already name a time: « l'été prochain »."""
    places = {place for place in range(hit.start, hit.end) if scan.tokens[place] != EDGE}
    return places <= time.used


def _is_brief(scan: Scan) -> bool:
    return sum(token != EDGE for token in scan.tokens) <= _BRIEF


def _says_gratis(scan: Scan) -> bool:
    costs = (hit.start for hit in scan.of("facts") if hit.key == "cost")
    return bool(scan.of("free")) or any(_is(scan, place, "free") for place in costs)


def _free(scan: Scan, facts: tuple[Fact, ...]) -> bool:
    """Return whether only what is free of charge is wanted; « c'est gratuit ? » asks the price."""
    asks_price = any(hit.key == "cost" and hit.end - hit.start == 1 for hit in scan.of("facts"))
    cost_at = {hit.start for hit in scan.of("facts") if hit.key == "cost"}
    gratis = {p for p in cost_at if _is(scan, p, "free")}
    return bool(scan.of("free") or gratis) and (
        "cost" not in facts or (bool(scan.of("list")) and gratis == cost_at and not asks_price)
    )


def _open_now(scan: Scan) -> bool:
    """Return whether "open?" asks about this moment and not about the hours in general."""
    general = {"horaire", "horaires", "offnungszeit", "offnungszeiten", "wann", "wenn", "quand"}
    return not general & set(scan.tokens) and not any(
        hit.end - hit.start > 1 for hit in scan.of("facts") if hit.key == "hours"
    )


def _audience(scan: Scan, age: int | None) -> str | None:
    """Return for whom it is; an age says it better than "my son"."""
    if age is not None:
        return None
    return next((hit.key for hit in scan.of("audience")), None)


def _age(scan: Scan) -> tuple[int | None, set[int]]:
    for place in range(len(scan.tokens)):
        number = _number(scan, place)
        if number is None or number > _OLDEST:
            continue
        if _is(scan, place + 1, "year_units") and not _is_past(scan, place):
            return number, {place, place + 1}
        child = bool(scan.of("audience")) or "joining" in scan.tokens
        if child and number < _YOUNG and _is(scan, place - 1, "age_is") and _closes(scan, place):
            return number, {place}
    return None, set()


def _is_past(scan: Scan, place: int) -> bool:
    """Return whether the years are a span of time: « depuis 2 ans », "vor 3 Jahren"."""
    if any(hit.group == "past" and hit.end in {place, place - 1} for hit in scan.hits):
        return True
    return any(_is(scan, place - 1, group) for group in ("ahead", "past"))


def _closes(scan: Scan, place: int) -> bool:
    after = scan.tokens[place + 1] if place + 1 < len(scan.tokens) else EDGE
    return after == EDGE or after not in _UNITS


def _number(scan: Scan, place: int) -> int | None:
    token = scan.tokens[place]
    if token.isdecimal():
        return int(token[:4])
    keys = [key for group, key in _meanings(token) if group == "numbers"]
    return int(keys[0]) if keys and int(keys[0]) > 1 else None


def _is(scan: Scan, place: int, group: str) -> bool:
    if not 0 <= place < len(scan.tokens):
        return False
    return any(name == group for name, _ in _meanings(scan.tokens[place]))


def _meanings(token: str) -> tuple[tuple[str, str], ...]:
    return wording().phrases.get((token,), ())


def _consumed(scan: Scan) -> set[int]:
    return {
        place for hit in scan.hits if hit.group in _CONSUMED for place in range(hit.start, hit.end)
    }


def _topic(scan: Scan, used: set[int]) -> Iterator[str]:
    for place, token in enumerate(scan.tokens):
        small = len(token) <= _SMALL or token in STOP_WORDS or token in _UNITS
        if place not in used and token != EDGE and not small and token.isalpha():
            yield token


def _joins(scan: Scan) -> bool:
    return any(hit.start <= 1 for hit in scan.of("joining")) or _is(scan, 1, "joining")


def _names(name: str) -> Iterator[tuple[str, ...]]:
    """Yield a name, its parts and its dialect forms: Bözingen, Bözige."""
    for part in dict.fromkeys((name, *_SPLIT.split(name))):
        words = [fold_word(word) for word in re.findall(r"[^\W\d_]+", part)]
        yield tuple(words)
        if len(words) == 1:
            for ending, dialect in (("ingen", "ige"), ("ingen", "inge"), ("en", "e")):
                if words[0].endswith(ending):
                    yield (words[0].removesuffix(ending) + dialect,)


def _meant(scan: Scan, start: int, size: int) -> bool:
    """Return whether the name means the neighbourhood: « au centre », not « le centre de jour »."""
    if size > 1 or not _is(scan, start, "common_names"):
        return True
    before = scan.tokens[max(0, start - _REACH) : start]
    phrases = wording().phrases
    return any(
        any(group == "near_names" for group, _ in phrases.get(before[-length:], ()))
        for length in range(1, len(before) + 1)
    )
