"""An index of entries by the concepts of the lexicon; it compares meanings, never letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import Final, Self

from bot.answers.fields import entry_languages, labels, weighted_texts
from bot.answers.lexicon import Concept
from bot.answers.matching import Hit, Matcher
from bot.answers.spelling import words
from bot.answers.stems import Side
from bot.domain.directory import Directory, Entry

NEAR: Final = 0.35
"""What a related concept is worth beside the one that was said."""

SERVED: Final = 0.8
"""What a concept is worth that is offered to whoever says the other."""

LENGTH_NORM: Final = 0.5
"""How much an entry of many concepts is held back."""

FACETS: Final = {"asking": 0.15, "time": 0.25, "people": 0.6}
"""What a concept is worth that is no topic of its own."""

SAID: Final = 0.5
"""From which weight on a concept counts as said, not guessed."""

ABOUT: Final = 2.2
"""Raises the square of a field's weight: a keyword is nearly certain, a description is not."""

_HEAVIEST_FIELD: Final = 3.2
_LABEL: Final = 0.4
_PRESENT: Final = 0.3

RELATED_HELP: Final = 0.75
"""How much an entry about a related concept counts as help for somebody in distress."""

Meaning = Mapping[str, float]
"""Concepts with their weight, 0 to 1."""

Ties = Mapping[str, Meaning]
"""What a concept's relatives are worth beside it."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """Concepts with what each tells, and what all of them tell together."""

    worths: tuple[tuple[str, float], ...]
    whole: float

    @classmethod
    def of(cls, meaning: Meaning, rarity: Meaning, unknown: float) -> Self:
        """Weigh `meaning` by how rare each concept is; one that no entry has is `unknown`."""
        worths = tuple((c, weight * rarity.get(c, unknown)) for c, weight in meaning.items())
        return cls(worths, sum(worth for _, worth in worths) or 1.0)

    def share(self, told: Meaning) -> float:
        """Return how much of these, by what they tell, is `told`."""
        return sum(worth * told[c] for c, worth in self.worths if c in told) / self.whole


@dataclass(frozen=True, slots=True)
class Meanings:
    """What each entry is about, and how rare each concept is among them."""

    ties: Ties
    facets: Mapping[str, float]
    aside: frozenset[str]
    critical: Mapping[str, Meaning]
    told: Mapping[str, Meaning]
    """What each entry says anywhere, related concepts included."""
    about: Mapping[str, Meaning]
    """What each entry is about, not what it mentions in passing, likewise."""
    titles: Mapping[str, Sequence[Weighed]]
    """What the title of each entry says, in each of its languages."""
    postings: Mapping[str, Mapping[str, float]]
    rarity: Mapping[str, float]
    unknown: float

    @classmethod
    def build(cls, directory: Directory, matcher: Matcher) -> Self:
        """Tag every entry of `directory`."""
        concepts = matcher.lexicon.concepts.values()
        facets = {c.id: FACETS[c.facet] for c in concepts if c.facet}
        tagged = {
            entry.id: list(_tags(entry, directory, matcher)) for entry in directory.entries.values()
        }
        of_entry = {key: _combined(tags) for key, tags in tagged.items()}
        foremost = {key: _foremost(tags) for key, tags in tagged.items()}
        held = _held(foremost.values())
        ties = {concept.id: _tied(concept, held.get(concept.id, 0.0)) for concept in concepts}
        reach = _reach(ties)
        spread = Counter(
            concept
            for meaning in of_entry.values()
            for concept, weight in meaning.items()
            if weight >= _PRESENT
        )
        total = len(of_entry) + 1
        rarity = {c: log(total / (0.5 + spread[c])) for m in of_entry.values() for c in m}
        return cls(
            ties,
            facets,
            frozenset(concept.id for concept in concepts if concept.facet == "asking"),
            _critical(concepts),
            {key: widened(meaning, reach) for key, meaning in of_entry.items()},
            {key: widened(meaning, reach) for key, meaning in foremost.items()},
            {
                entry.id: [
                    Weighed.of(title, rarity, log(total / 0.5))
                    for title in _titles(entry, matcher, facets)
                ]
                for entry in directory.entries.values()
            },
            _postings(of_entry, rarity),
            rarity,
            log(total / 0.5),
        )

    def meaning(self, hits: Iterable[Hit]) -> dict[str, float]:
        """Return what the hits in a question come to."""
        said = _combined((hit.concept, hit.worth) for hit in hits)
        return {c: weight * self.facets.get(c, 1.0) for c, weight in said.items()}

    def scores(self, asked: Meaning) -> dict[str, float]:
        """Return how well each entry means what is `asked`."""
        found: dict[str, float] = {}
        length = 0.0
        for concept, weight in asked.items():
            length += (weight * self.rarity.get(concept, self.unknown)) ** 2
        for concept, weight in widened(asked, self.ties).items():
            for key, worth in self.postings.get(concept, {}).items():
                found[key] = found.get(key, 0.0) + weight * worth
        norm = sqrt(length) or 1.0
        return {key: score / norm for key, score in found.items()}

    def weighed(self, meaning: Meaning) -> Weighed:
        """Return `meaning`, each concept with what it tells."""
        return Weighed.of(meaning, self.rarity, self.unknown)

    def said(self, hits: Iterable[Hit]) -> dict[str, float]:
        """Return what the hits come to as a title is read: with relatives, and facets in full."""
        return widened(_combined((hit.concept, hit.worth) for hit in hits), self.ties)

    def most_telling(self, asked: Meaning, told: Sequence[Meaning]) -> float:
        """Return how telling the most telling topic of `asked` is that one of `told` is about."""
        return self._most(
            (weight * _share(concept, told), concept)
            for concept, weight in asked.items()
            if concept not in self.facets
        )

    def most_missing(self, asked: Meaning, told: Sequence[Meaning]) -> float:
        """Return how telling the most telling of what is `asked` is that none of `told` is about."""
        return self._most(
            (weight * (1 - _share(concept, told)), concept) for concept, weight in asked.items()
        )

    def _most(self, weighed: Iterable[tuple[float, str]]) -> float:
        most = max((weight * self.weight(concept) for weight, concept in weighed), default=0.0)
        return most / self.unknown

    def telling(self, hits: Iterable[Hit]) -> tuple[str, ...]:
        """Return what a question is about, the most telling first, without when and for whom."""
        said = {
            concept: weight * self.weight(concept)
            for concept, weight in self.meaning(hits).items()
            if concept not in self.facets and weight >= SAID
        }
        return tuple(sorted(said, key=lambda concept: (-said[concept], concept)))

    def helping(self, topic: str) -> dict[str, float]:
        """Return how much each entry is about a critical `topic`, where it is at all."""
        wanted = self.critical.get(topic, {})
        found: dict[str, float] = {}
        for concept, weight in wanted.items():
            for key in self.postings.get(concept, ()):
                held = weight * self.told[key][concept]
                if held >= _PRESENT:
                    found[key] = max(found.get(key, 0.0), held)
        return found

    def weight(self, concept: str) -> float:
        """Return how much a concept tells one entry from the others."""
        return self.rarity.get(concept, self.unknown)


def _share(concept: str, told: Sequence[Meaning]) -> float:
    return max(meaning.get(concept, 0.0) for meaning in told)


def widened(meaning: Meaning, ties: Ties) -> dict[str, float]:
    """Return `meaning` with the concepts tied to it."""
    wide = dict(meaning)
    for concept, weight in meaning.items():
        for other, worth in ties.get(concept, {}).items():
            wide[other] = max(wide.get(other, 0.0), worth * weight)
    return wide


def _held(foremost: Iterable[Meaning]) -> dict[str, float]:
    """Return how much the entry that is most about a concept is about it."""
    held: dict[str, float] = {}
    for meaning in foremost:
        for concept, weight in meaning.items():
            held[concept] = max(held.get(concept, 0.0), weight)
    return held


def _tied(concept: Concept, held: float) -> Meaning:
    """Return the relatives of a concept; where an entry has it itself, who else serves counts less."""
    serves = NEAR + (SERVED - NEAR) * (1 - held)
    return dict.fromkeys(concept.near, NEAR) | dict.fromkeys(concept.served, serves)


def _reach(ties: Ties) -> dict[str, dict[str, float]]:
    """Return for each concept those that are tied to it."""
    reach: dict[str, dict[str, float]] = {}
    for concept, others in ties.items():
        for other, worth in others.items():
            reach.setdefault(other, {})[concept] = worth
    return reach


def _critical(concepts: Iterable[Concept]) -> dict[str, dict[str, float]]:
    """Return the concepts of each critical topic, and those near them."""
    topics: dict[str, dict[str, float]] = {}
    for concept in concepts:
        if concept.critical:
            wanted = topics.setdefault(concept.critical, {})
            for other in concept.near:
                wanted.setdefault(other, RELATED_HELP)
            wanted[concept.id] = 1.0
    return topics


def _combined(parts: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Add up evidence for the same concept, never beyond certainty."""
    left: dict[str, float] = {}
    for concept, weight in parts:
        left[concept] = left.get(concept, 1.0) * (1 - min(weight, 0.97))
    return {concept: 1 - rest for concept, rest in left.items()}


def _foremost(tags: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Return for each concept the weight of the best place it is said in, a title being certain."""
    best: dict[str, float] = {}
    for concept, weight in tags:
        best[concept] = max(best.get(concept, 0.0), weight)
    return {concept: min(1.0, ABOUT * weight**2) for concept, weight in best.items()}


def _tags(entry: Entry, directory: Directory, matcher: Matcher) -> Iterator[tuple[str, float]]:
    for language in entry_languages(entry):
        side: Side = "fr" if language == "fr" else "de"
        for text, weight in weighted_texts(entry, directory, language=language):
            for hit in matcher.hits(words(text), side, asked=False):
                yield hit.concept, weight / _HEAVIEST_FIELD * hit.worth
    for label in labels(entry):
        if label in matcher.lexicon.concepts:
            yield label, _LABEL


def _titles(entry: Entry, matcher: Matcher, facets: Meaning) -> list[Meaning]:
    """Return what an entry's title says in each of its languages."""
    titles: list[Meaning] = []
    for language, title in entry.title.items():
        hits = matcher.hits(words(title), "fr" if language == "fr" else "de", asked=False)
        said = _combined((hit.concept, hit.worth) for hit in hits)
        titles.append({c: weight * facets.get(c, 1.0) for c, weight in said.items()})
    return titles


def _postings(
    of_entry: Mapping[str, Meaning], rarity: Mapping[str, float]
) -> dict[str, dict[str, float]]:
    norms = {
        key: sqrt(sum((w * rarity[c]) ** 2 for c, w in meaning.items()))
        for key, meaning in of_entry.items()
    }
    usual = sum(norms.values()) / len(norms) if norms else 1.0
    postings: dict[str, dict[str, float]] = {}
    for key, meaning in of_entry.items():
        divisor = (norms[key] ** LENGTH_NORM * usual ** (1 - LENGTH_NORM)) or 1.0
        for concept, weight in meaning.items():
            postings.setdefault(concept, {})[key] = weight * rarity[concept] ** 2 / divisor
    return postings
