"""Recognising somebody in distress: which critical topic a text is about, if any.

Recall comes first, for help lines cost nothing; everyday sayings that only sound alike are let
through. It remembers nothing and tells nobody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from bot.answers import alarm_patterns
from bot.answers.alarm_patterns import Patterns, Run, spelt_for
from bot.answers.matching import GAPPED, HEAD, HEARD, Hit, Matcher, Text
from bot.answers.spelling import fold
from bot.answers.stems import Side
from bot.answers.wanted import Wanted

HARMLESS: Final = "harmless"
"""The topic in locales/alarms.yaml under which sayings stand that are no cry for help."""

SURE: Final = 0.45
"""What a hit of a critical concept must be worth, said as written, by sound or with gaps."""

_LONG_WORD: Final = 10
"""Letters from which a compound or a slip of the finger is hardly another word by chance."""

CHILD: Final = "child-in-danger"
_AGAINST_SOMEBODY: Final = {CHILD, "violence"}
"""Where a child may be meant, the child comes first."""

_OTHER: Final[Mapping[Side, Side]] = {"fr": "de", "de": "fr"}


@dataclass(frozen=True, slots=True)
class Alarms:
    """What tells of distress, for each side."""

    patterns: Mapping[Side, Patterns]

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """Take the parsed file locales/alarms.yaml."""
        return cls(alarm_patterns.read(data))

    def topic(self, wanted: Wanted, matcher: Matcher) -> str:
        """Return the critical topic of what somebody wrote, "" if there is none."""
        found = list(self._found(wanted.text, wanted.side, matcher))
        harmless = {place for topic, run in found if topic == HARMLESS for place in run}
        told: dict[str, float] = {}
        for topic, run in found:
            if topic != HARMLESS and harmless.isdisjoint(run):
                told[topic] = told.get(topic, 0.0) + GAPPED
        for hit in wanted.hits:
            topic = matcher.lexicon.concepts[hit.concept].critical
            if not topic or not harmless.isdisjoint(range(hit.start, hit.end)):
                continue
            if _certain(hit, wanted, matcher):
                told[topic] = max(told.get(topic, 0.0), hit.worth / HEARD)
        if told.keys() <= _AGAINST_SOMEBODY and CHILD in told:
            return CHILD
        return max(sorted(told), key=told.__getitem__, default="")

    def _found(self, text: Text, side: Side, matcher: Matcher) -> list[tuple[str, Run]]:
        """Return the rows that are said; in the other language where this one has none.

        A few words of dialect look French, and the other way round.
        """
        found = list(self._said(text, side, matcher))
        if found:
            return found
        other = _OTHER[side]
        return list(self._said(Text.read(text.words, other), other, matcher))

    def _said(self, text: Text, side: Side, matcher: Matcher) -> list[tuple[str, Run]]:
        patterns = self.patterns.get(side)
        if patterns is None:
            return []
        known = matcher.sides[side].known
        return list(patterns.found(_spoken(text, side, patterns, known=known)))


def _spoken(text: Text, side: Side, patterns: Patterns, *, known: frozenset[str]) -> Sequence[str]:
    """Return the words of a text; those that nobody writes like this, as they may be meant."""
    keys = []
    for word, loose in zip(text.words, text.loose, strict=True):
        key = spelt_for(word, loose)
        if side == "de":
            key = patterns.head(key)
        keys.append(key if fold(word) in known else patterns.meant(key))
    return keys


def _certain(hit: Hit, wanted: Wanted, matcher: Matcher) -> bool:
    """Return whether a critical word or phrase was said, and not only something near it.

    A single word counts in the form that is listed: who drinks a coffee is no drinker.
    """
    if hit.guessed or hit.worth < SURE:
        return False
    if hit.end - hit.start > 1:
        return True
    vocabulary, word = matcher.sides[wanted.side], wanted.text.folded[hit.start]
    if word in vocabulary.known:
        return hit.concept in vocabulary.terms.folded.get(word, ())
    return hit.worth >= (HEAD if len(word) >= _LONG_WORD else HEARD)


NO_ALARMS: Final = Alarms({})
"""For a caller who has not read the file: only the lexicon tells what is critical."""
