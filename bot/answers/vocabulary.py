"""One side of the lexicon, compiled: its words, phrases and sounds by what they are looked up with.

It is built once at start and never changes; `matching` reads it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Final, Self

from bot.answers.lexicon import Lexicon
from bot.answers.slips import bones, deletions
from bot.answers.spelling import bernese, fold, sound, stops, words
from bot.answers.stems import Side, stem

SHORTEST_MISTYPED: Final = 6
"""Letters of a word from which a slip of the finger is thought of."""

_SHORTEST_STEM: Final = 4
"""Letters of a stem that is looked up for another word: `aide` is not `Aids`."""

_PLURAL: Final = "sxn"
"""Letters that a short word may have more of in the plural."""

ALONE: Final = 0.6
"""What a phrase is worth of which only one word carries meaning, if no other phrase says it."""

_NEGATIONS: Final = frozenset(
    fold(word)
    for word in (
        *("pas", "plus", "rien", "sans", "jamais", "aucun", "aucune", "trop", "seul", "seule"),
        *("nicht", "nichts", "nie", "kein", "keine", "keinen", "ohne", "nid", "nöd", "nüt", "nüüt"),
        *("nix", "ke", "kei", "keis", "kes", "kis", "nümm", "nümme", "nüme", "nimme", "nie"),
    )
)

Keys = Mapping[str, tuple[str, ...]]
"""Concepts by a spelling."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A term of several words."""

    concept: str
    keys: tuple[str, ...]
    """All its words, in order, as `loose_key` spells them."""
    carried: frozenset[str]
    """Those that carry meaning, as their sense: "crèche" and "garderie" are one."""
    whole: float
    """The rarity of these together."""
    telling: float
    """How much it tells: a phrase whose only word is said in many others tells little."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What terms mean: single words as written and without accents, all terms by their stems."""

    written: Keys
    folded: Keys
    stems: Keys

    def single(self, word: str, folded: str, stemmed: str) -> tuple[str, ...]:
        """Return what a single word means, the nearest spelling first."""
        concepts = self.written.get(word) or self.folded.get(folded)
        if concepts:
            return concepts
        if stemmed == folded or len(stemmed) >= _SHORTEST_STEM:
            return self.stems.get(stemmed, ())
        return self.folded.get(folded[:-1], ()) if folded[-1] in _PLURAL else ()

    def sense(self, word: str, folded: str, stemmed: str, loose: str) -> str:
        """Return what stands for a word inside phrases: its meaning if it has one, else itself."""
        concepts = self.single(word, folded, stemmed)
        return f"@{concepts[0]}" if concepts else loose


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms of one side: single words as written and folded, all by stems, phrases by words."""

    side: Side
    terms: Terms
    openings: frozenset[str]
    phrases: tuple[Phrase, ...]
    said_in: Mapping[str, tuple[int, ...]]
    rarest_in: Mapping[str, tuple[int, ...]]
    rarity: Mapping[str, float]
    known: frozenset[str]
    """Every folded word that stands anywhere in the lexicon."""
    slips: Keys
    sounds: Keys
    special: Mapping[str, float]
    """How special each word is: 0 for one that is said about everything, near 1 for one thing's."""

    @classmethod
    def build(cls, lexicon: Lexicon, side: Side) -> Self:
        """Compile the French, or the German and dialect terms."""
        languages = ("fr",) if side == "fr" else ("de", "gsw")
        terms = [
            (concept.id, words(term), language)
            for concept in lexicon.concepts.values()
            for language in languages
            for term in concept.terms[language]
        ]
        speller = Speller(side)
        singles = [
            (concept, found[0])
            for concept, found, _ in terms
            if len(found) == 1 and carries(found[0], side)
        ]
        phrases = [(concept, found) for concept, found, _ in terms if len(found) > 1]
        meanings = Terms(
            _grouped((word, concept) for concept, word in singles),
            _grouped((speller.folded(word), concept) for concept, word in singles),
            _grouped(
                (" ".join([speller.stem(word) for word in found]), concept)
                for concept, found in [*phrases, *((concept, [word]) for concept, word in singles)]
            ),
        )
        return cls(
            side,
            meanings,
            frozenset(key.split(" ", 1)[0] for key in meanings.stems if " " in key),
            *_compiled(phrases, speller, meanings),
            frozenset(speller.folded(word) for _, found, _ in terms for word in found),
            _slips(speller.folded(word) for _, word in singles),
            _sounds(terms, speller) if side == "de" else {},
            _special(terms, speller),
        )


class Speller:
    """Spells words for one side and remembers how: for building, where words come back often."""

    def __init__(self, side: Side) -> None:
        self.side: Side = side
        self._folded: dict[str, str] = {}
        self._stems: dict[str, str] = {}
        self._loose: dict[str, str] = {}

    def folded(self, word: str) -> str:
        """Return `word` folded."""
        if word not in self._folded:
            self._folded[word] = fold(word)
        return self._folded[word]

    def stem(self, word: str) -> str:
        """Return the stem of `word`."""
        if word not in self._stems:
            self._stems[word] = stem(self.folded(word), self.side)
        return self._stems[word]

    def loose(self, word: str) -> str:
        """Return `word` as it is spelt inside phrases: by sound in German, by stem in French."""
        if word not in self._loose:
            self._loose[word] = loose_key(word, self.side)
        return self._loose[word]


def loose_key(word: str, side: Side) -> str:
    """Return how a word is spelt when phrases are compared: Wohnung and Wohnig alike."""
    return stem(fold(word), "fr") if side == "fr" else sound(word, dialect=True)


def carries(word: str, side: Side) -> bool:
    """Return whether a word, as it is written, can carry a meaning of its own."""
    return len(word) > 1 and not stops(word, side)


def matters(word: str, side: Side) -> bool:
    """Return whether a word matters inside a phrase: "nothing to eat" is not "eat"."""
    return fold(word) in _NEGATIONS or carries(word, side)


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for key, concept in pairs:
        found.setdefault(key, {})[concept] = None
    return {key: tuple(concepts) for key, concepts in found.items()}


def _special(terms: Iterable[tuple[str, list[str], str]], speller: Speller) -> dict[str, float]:
    """Take the lexicon for what people talk about: verbs like `prendre` are in every corner of it."""
    told: dict[str, set[str]] = {}
    for concept, found, _ in terms:
        for word in found:
            told.setdefault(speller.loose(word), set()).add(concept)
    most = log(2 + len({concept for concepts in told.values() for concept in concepts}))
    return {word: 1 - log(1 + len(concepts)) / most for word, concepts in told.items()}


def _compiled(
    terms: Sequence[tuple[str, list[str]]], speller: Speller, meanings: Terms
) -> tuple[
    tuple[Phrase, ...],
    dict[str, tuple[int, ...]],
    dict[str, tuple[int, ...]],
    dict[str, float],
]:
    """Return phrases, in which each word is said, in which it is the rarest, how rare it is."""

    def senses(word: str) -> str:
        spelt = speller.folded(word), speller.stem(word), speller.loose(word)
        return meanings.sense(word, *spelt)

    spelt = dict.fromkeys(
        (
            concept,
            tuple([speller.loose(word) for word in found]),
            frozenset(senses(word) for word in found if matters(word, speller.side)),
        )
        for concept, found in terms
    )
    spread = Counter(key for _, keys, carried in spelt for key in {*keys, *carried})
    rarity = {key: log((len(spelt) + 1) / seen) for key, seen in spread.items()}
    phrases = tuple(
        Phrase(
            concept,
            keys,
            carried,
            sum(rarity[key] for key in carried) or 1.0,
            ALONE / spread[min(carried)] if len(carried) == 1 else 1.0,
        )
        for concept, keys, carried in spelt
    )
    said = ((key, number) for number, phrase in enumerate(phrases) for key in phrase.carried)
    rarest = (
        (max(phrase.keys, key=rarity.__getitem__), number) for number, phrase in enumerate(phrases)
    )
    return phrases, _numbers(said), _numbers(rarest), rarity


def _numbers(pairs: Iterable[tuple[str, int]]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for key, number in pairs:
        found.setdefault(key, []).append(number)
    return {key: tuple(numbers) for key, numbers in found.items()}


def _slips(singles: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return long single words by what is left of them when a letter is forgotten."""
    return _grouped(
        (left, word)
        for word in dict.fromkeys(singles)
        if len(word) >= SHORTEST_MISTYPED
        for left in deletions(bones(word))
    )


def _sounds(
    terms: Iterable[tuple[str, list[str], str]], speller: Speller
) -> dict[str, tuple[str, ...]]:
    """Return terms by their sound, German ones respelt as in Bern as well."""
    plainly: dict[str, str] = {}
    respelt: dict[str, str] = {}

    def keys(found: list[str], language: str) -> Iterable[str]:
        for word in found:
            if word not in plainly:
                plainly[word] = sound(word)
                respelt[word] = sound(bernese(word), dialect=True)
        yield " ".join([speller.loose(word) for word in found])
        yield " ".join([plainly[word] for word in found])
        if language == "de":
            yield " ".join([respelt[word] for word in found])

    return _grouped(
        (key, concept)
        for concept, found, language in terms
        if len(found) > 1 or (found and carries(found[0], speller.side))
        for key in keys(found, language)
    )
