"""Which entries the lexicon hardly knows, and by which of their words; it answers nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.answers.fields import KEYWORD, entry_languages, weighted_texts
from bot.answers.matching import Matcher
from bot.answers.spelling import stops, words
from bot.domain.directory import Directory, Entry

FEWEST: Final = {"service": 2, "activity": 2, "faq": 1}
"""Concepts that an entry's titles, keywords and questions should speak of."""

_SHORTEST: Final = 4


@dataclass(frozen=True, slots=True)
class Uncovered:
    """An entry that is found by its letters only, and the important words no concept knows."""

    entry_id: str
    concepts: int
    words: tuple[str, ...]


def uncovered(directory: Directory, matcher: Matcher) -> Iterator[Uncovered]:
    """Yield the entries whose important words speak of too few concepts of the lexicon."""
    for entry in directory.entries.values():
        known, unknown = _split(entry, directory, matcher)
        if len(known) < FEWEST[entry.kind]:
            yield Uncovered(entry.id, len(known), tuple(dict.fromkeys(unknown)))


def _split(entry: Entry, directory: Directory, matcher: Matcher) -> tuple[set[str], list[str]]:
    """Return the concepts of an entry's important words, and the words that have none."""
    known: set[str] = set()
    unknown: list[str] = []
    for language in entry_languages(entry):
        for text, weight in weighted_texts(entry, directory, language=language):
            if weight < KEYWORD:
                continue
            found = words(text)
            hits = matcher.hits(found, "fr" if language == "fr" else "de", asked=False)
            places = {place for hit in hits for place in range(hit.start, hit.end)}
            known.update(hit.concept for hit in hits if not _beside(hit.concept, matcher))
            unknown += [w for p, w in enumerate(found) if p not in places and _important(w)]
    return known, unknown


def _beside(concept: str, matcher: Matcher) -> bool:
    return bool(matcher.lexicon.concepts[concept].facet)


def _important(word: str) -> bool:
    return not stops(word) and len(word) >= _SHORTEST and word.isalpha()
