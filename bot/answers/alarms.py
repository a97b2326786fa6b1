"""Recognising somebody in distress: which critical topic a text is about, if any.

Recall comes first, for help lines cost nothing; everyday sayings that only sound alike are let
through. It remembers nothing and tells nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from bot.answers.matching import GAPPED, HEARD, Hit, Matcher
from bot.answers.spelling import words
from bot.answers.stems import Side
from bot.answers.vocabulary import loose_key
from bot.answers.wanted import Wanted

HARMLESS: Final = "harmless"
"""The topic in locales/alarms.yaml under which sayings stand that are no cry for help."""

SURE: Final = 0.45
"""What a hit of a critical concept must be worth, said as written, by sound or with gaps."""

WIDEST_GAP: Final = 4
"""Words that may stand between those of a pattern."""

_END: Final = "$"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A row of words, each one of several; `ends` if nothing may follow."""

    topic: str
    slots: tuple[frozenset[str], ...]
    ends: bool


@dataclass(frozen=True, slots=True)
class Alarms:
    """The patterns of each side by every word that one of their slots can begin with."""

    opening: Mapping[Side, Mapping[str, tuple[Pattern, ...]]]

    @classmethod
    def read(cls, data: Mapping[str, Mapping[str, Sequence[Any]]]) -> Self:
        """Take the parsed file locales/alarms.yaml."""
        opening: dict[Side, dict[str, list[Pattern]]] = {"fr": {}, "de": {}}
        for topic, languages in data.items():
            for language, lines in languages.items():
                side: Side = "fr" if language == "fr" else "de"
                for line in lines:
                    pattern = _pattern(topic, str(line), side)
                    for key in pattern.slots[0]:
                        opening[side].setdefault(key, []).append(pattern)
        return cls(
            {
                side: {key: tuple(patterns) for key, patterns in by_key.items()}
                for side, by_key in opening.items()
            },
        )

    def topic(self, wanted: Wanted, matcher: Matcher) -> str:
        """Return the critical topic of what somebody wrote, "" if there is none."""
        spoken, side = wanted.text.loose, wanted.side
        harmless: set[int] = set()
        found: dict[str, float] = {}
        matches = list(self._matches(spoken, side))
        for pattern, places in matches:
            if pattern.topic == HARMLESS:
                harmless.update(places)
        for pattern, places in matches:
            if pattern.topic != HARMLESS and harmless.isdisjoint(places):
                found[pattern.topic] = found.get(pattern.topic, 0.0) + GAPPED
        for hit in wanted.hits:
            topic = matcher.lexicon.concepts[hit.concept].critical
            if not topic or not harmless.isdisjoint(range(hit.start, hit.end)):
                continue
            if _certain(hit, wanted, matcher):
                found[topic] = max(found.get(topic, 0.0), hit.worth / HEARD)
        return max(sorted(found), key=found.__getitem__, default="")

    def _matches(
        self, spoken: Sequence[str], side: Side
    ) -> Iterator[tuple[Pattern, tuple[int, ...]]]:
        for start, key in enumerate(spoken):
            for pattern in self.opening[side].get(key, ()):
                places = _places(pattern, spoken, start)
                if places:
                    yield pattern, places


def _certain(hit: Hit, wanted: Wanted, matcher: Matcher) -> bool:
    """Return whether a critical word or phrase was said, and not only something near it.

    A single word counts in the form that is listed: who drinks a coffee is no drinker.
    """
    if hit.guessed or hit.worth < SURE:
        return False
    if hit.end - hit.start > 1:
        return True
    vocabulary, word = matcher.sides[wanted.side], wanted.text.folded[hit.start]
    return word not in vocabulary.known or hit.concept in vocabulary.terms.folded.get(word, ())


NO_ALARMS: Final = Alarms({"fr": {}, "de": {}})
"""For a caller who has not read the file: only the lexicon tells what is critical."""


def _pattern(topic: str, line: str, side: Side) -> Pattern:
    slots = []
    ends = False
    for slot in line.split():
        alternatives = slot.split("|")
        ends = alternatives == [_END]
        # Of "s'étouffe" the verb counts: each alternative stands for one word.
        spelt = (max(words(each), key=len) for each in alternatives if each != _END)
        keys = {loose_key(word, side) for word in spelt}
        if _END in alternatives and not ends:
            keys.add(_END)
        if not ends:
            slots.append(frozenset(keys))
    return Pattern(topic, tuple(slots), ends)


def _places(pattern: Pattern, spoken: Sequence[str], start: int) -> tuple[int, ...]:
    """Return where the slots are filled in order from `start` on, () if they are not."""
    places = [start]
    last = start + len(pattern.slots) - 1 + WIDEST_GAP
    for slot in pattern.slots[1:]:
        following = range(places[-1] + 1, min(last + 1, len(spoken)))
        place = next((p for p in following if spoken[p] in slot), None)
        if place is None:
            if _END in slot and places[-1] == len(spoken) - 1:
                continue
            return ()
        places.append(place)
    if pattern.ends and places[-1] != len(spoken) - 1:
        return ()
    return tuple(places)
