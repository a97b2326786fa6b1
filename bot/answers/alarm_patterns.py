"""Rows of words by which distress is recognised: read from locales/alarms.yaml, found in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from bot.answers.slips import deletions, one_slip
from bot.answers.spelling import fold, words
from bot.answers.stems import Side
from bot.answers.vocabulary import loose_key

WIDEST_GAP: Final = 4
"""Words that may stand between those of a row."""

REACH: Final = 11
"""Words within which those stand that may come in any order."""

_SHORTEST_SLIP: Final = 5
_SHORT: Final = 3
_SHORTEST_MODIFIER: Final = 4
_SHORTEST_HEAD: Final = 5
_END: Final = "$"
_CLASS = re.compile(r"\{(\w+)\}")

Run = tuple[int, ...]
"""The places in a text of the words that fill a slot, a row or several."""

Words = Mapping[str, Mapping[str, Sequence[str]]]
"""Classes of words by their name, then by language."""


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """One of several words or short phrases, by the first word of each; `end`: or the text's end."""

    phrases: Mapping[str, tuple[tuple[str, ...], ...]]
    end: bool = False

    def runs(self, spoken: Sequence[str]) -> tuple[Run, ...]:
        """Return every place where this is said."""
        return tuple(
            tuple(range(start, start + len(phrase)))
            for start, key in enumerate(spoken)
            for phrase in self.phrases.get(key, ())
            if tuple(spoken[start : start + len(phrase)]) == phrase
        )


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """A row of slots, in order unless they stand `together`; `ends` if nothing may follow."""

    topic: str
    slots: tuple[Slot, ...]
    ends: bool = False
    together: bool = False


@dataclass(frozen=True, slots=True)
class Patterns:
    """All rows of one side, by every word with which their first slot can begin."""

    opening: Mapping[str, tuple[Pattern, ...]]
    slips: Mapping[str, tuple[str, ...]]
    """Words that tell something, by what is left of them when one letter is forgotten."""

    @classmethod
    def build(cls, patterns: Iterable[Pattern]) -> Self:
        """Index `patterns`."""
        opening: dict[str, list[Pattern]] = {}
        told: set[str] = set()
        for pattern in patterns:
            for key in pattern.slots[0].phrases:
                opening.setdefault(key, []).append(pattern)
            for slot in pattern.slots:
                told.update(key for keys in slot.phrases.values() for each in keys for key in each)
        slips: dict[str, list[str]] = {}
        for key in sorted(told):
            if len(key) >= _SHORTEST_SLIP:
                for left in deletions(key):
                    slips.setdefault(left, []).append(key)
        return cls(
            {key: tuple(found) for key, found in opening.items()},
            {left: tuple(keys) for left, keys in slips.items()},
        )

    def meant(self, key: str) -> str:
        """Return the telling word that is one slip of the finger away from `key`, or `key`."""
        if len(key) < _SHORTEST_SLIP or self._tells(key):
            return key
        near = {known for left in deletions(key) for known in self.slips.get(left, ())}
        return next((known for known in sorted(near) if one_slip(key, known)), key)

    def head(self, key: str) -> str:
        """Return the telling word that a German compound ends with, or `key`: Turnlehrer, Lehrer."""
        if self._tells(key):
            return key
        ends = range(_SHORTEST_MODIFIER, len(key) - _SHORTEST_HEAD + 1)
        return next((key[start:] for start in ends if self._tells(key[start:])), key)

    def _tells(self, key: str) -> bool:
        return key in self.slips.get(key, ())

    def found(self, spoken: Sequence[str]) -> Iterator[tuple[str, Run]]:
        """Yield the topic and the places of every row that is said."""
        said: dict[Slot, tuple[Run, ...]] = {}

        def runs(slot: Slot) -> tuple[Run, ...]:
            if slot not in said:
                said[slot] = slot.runs(spoken)
            return said[slot]

        seen: set[Pattern] = set()
        for key in spoken:
            for pattern in self.opening.get(key, ()):
                if pattern in seen:
                    continue
                seen.add(pattern)
                if all(runs(slot) or slot.end for slot in pattern.slots):
                    places = [said[slot] for slot in pattern.slots]
                    found = _together(places) if pattern.together else _row(pattern, places, spoken)
                    for run in found:
                        yield pattern.topic, run


def spelt_for(word: str, loose: str) -> str:
    """Return how a word is compared: by its sound or stem, a short one letter by letter.

    Tee and the dialect "de" sound alike, but nobody in distress speaks of tea.
    """
    return loose if len(loose) > _SHORT else f"={fold(word)}"


def read(document: Mapping[str, Any]) -> dict[Side, Patterns]:
    """Take the parsed file locales/alarms.yaml."""
    classes: Words = document.get("words", {})
    patterns: dict[Side, list[Pattern]] = {"fr": [], "de": []}
    slots: dict[tuple[str, Side], Slot] = {}
    for section in ("rows", "together"):
        for topic, languages in document.get(section, {}).items():
            for language, lines in languages.items():
                side: Side = "fr" if language == "fr" else "de"
                for line in lines:
                    row = [_slot(each, side, classes, known=slots) for each in str(line).split()]
                    if section == "together":  # the fewer words open it, the less is looked at
                        row.sort(key=lambda slot: len(slot.phrases))
                    ends = not row[-1].phrases
                    patterns[side].append(
                        Pattern(topic, tuple(row[: len(row) - ends]), ends, section == "together")
                    )
    return {side: Patterns.build(found) for side, found in patterns.items()}


def _slot(written: str, side: Side, classes: Words, *, known: dict[tuple[str, Side], Slot]) -> Slot:
    """Return the slot `written`; the same one for the same words."""
    if (written, side) not in known:
        phrases: dict[str, dict[tuple[str, ...], None]] = {}
        for each in _alternatives(written, side, classes):
            found = words(each.replace("_", " "))
            # Of "s'étouffe" the verb counts: each alternative stands for one word.
            spelt = found if "_" in each else [max(found, key=len)]
            keys = tuple(spelt_for(word, loose_key(word, side)) for word in spelt)
            phrases.setdefault(keys[0], {})[keys] = None
        kept = {first: tuple(keys) for first, keys in phrases.items()}
        known[written, side] = Slot(kept, end=_END in written.split("|"))
    return known[written, side]


def _alternatives(written: str, side: Side, classes: Words) -> Iterator[str]:
    for each in written.split("|"):
        named = _CLASS.fullmatch(each)
        if named:
            yield from classes[named[1]][side]
        elif each != _END:
            yield each


def _row(pattern: Pattern, places: list[tuple[Run, ...]], spoken: Sequence[str]) -> Iterator[Run]:
    """Yield where the slots are filled in order, each as early as can be."""
    length = len(spoken)
    for first in places[0]:
        run = first
        last = first[0] + len(places) - 1 + WIDEST_GAP
        for slot, found in zip(pattern.slots[1:], places[1:], strict=True):
            following = (each for each in found if run[-1] < each[0] and each[-1] <= last)
            nearest = min(following, default=None)
            if nearest is None and not (slot.end and run[-1] == length - 1):
                break
            run = (*run, *(nearest or ()))
        else:
            if not pattern.ends or run[-1] == length - 1:
                yield run


def _together(places: list[tuple[Run, ...]]) -> Iterator[Run]:
    """Yield one way for each first slot in which all are filled near one another."""
    for first in places[0]:
        found = _near(first, places[1:])
        if found:
            yield found


def _near(taken: Run, places: Sequence[tuple[Run, ...]]) -> Run:
    """Return `taken` with a place for each of the other slots, () if there is none."""
    if not places:
        return taken
    for run in places[0]:
        together = (*taken, *run)
        if set(taken).isdisjoint(run) and max(together) - min(together) < REACH:
            found = _near(together, places[1:])
            if found:
                return found
    return ()
