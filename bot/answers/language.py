"""Which of French, German and Bernese German a text is written in; it knows no other language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log
from typing import Final, Literal, Self

from bot.answers.fields import entry_languages, weighted_texts
from bot.answers.function_words import DIALECT, FRENCH, GERMAN
from bot.answers.lexicon import NO_LEXICON, WRITTEN, Lexicon
from bot.answers.spelling import bernese, pieces, plain, words
from bot.domain.directory import Directory

Language = Literal["fr", "de", "gsw", "other"]
Reply = Literal["fr", "de"]

CLEAR = 20.0
"""Log-odds between French and German from which a text speaks for itself.

Pieces of words overlap, so this is about two ordinary words. A small word of one language alone
("oui", "ja") is always enough."""

KNOWN_WORD: Final = 8.0
"""Log-odds by which a word speaks that the lexicon knows in one language only."""

_FUNCTION_WORD_COUNT: Final = 8.0
_SMOOTHING: Final = 0.5
_LONGEST_PIECE: Final = 4
_MOST_WORDS: Final = 100
"""Words looked at: the language of a long letter shows in its beginning."""

_FRENCH_ONLY: Final = frozenset(w for w in FRENCH - GERMAN - DIALECT if len(w) > 1)
_GERMANIC_ONLY: Final = frozenset(w for w in (GERMAN | DIALECT) - FRENCH if len(w) > 1)

_TABLES: Final[Mapping[Reply | Literal["gsw"], frozenset[str]]] = {
    "fr": FRENCH,
    "de": GERMAN,
    "gsw": DIALECT,
}


@dataclass(frozen=True, slots=True)
class Spoken:
    """The language of a text; `reply` is the one to answer in, `clear` if the text decides it."""

    language: Language
    reply: Reply
    clear: bool


@dataclass(frozen=True, slots=True)
class Languages:
    """Log-probabilities of word pieces per language, learned from the directory and small words."""

    odds: Mapping[str, tuple[float, float, float]]
    unseen: tuple[float, float, float]
    known: Mapping[str, frozenset[str]]
    """Words by the language they are known in: "fr", "de", "gsw"."""

    @classmethod
    def learn(cls, directory: Directory, lexicon: Lexicon = NO_LEXICON) -> Self:
        """Learn from the town's own texts; Bernese German from its German, respelt by rule.

        The words of `lexicon` speak for the language they are written in there.
        """
        french, german = _written(directory, "fr"), _written(directory, "de")
        dialect: Counter[str] = Counter()
        for word, count in german.items():
            dialect[bernese(word)] += count
        counts = tuple(
            _profile(text, table)
            for text, table in zip((french, german, dialect), _TABLES.values(), strict=True)
        )
        known = {language: _known(lexicon, language) for language in WRITTEN}
        return cls(*_log_probabilities(counts), known)

    def spoken(self, text: str) -> Spoken:
        """Return the language of `text`; one without letters is `other` and never clear."""
        found = words(text)[:_MOST_WORDS]
        if not any(word.isalpha() for word in found):
            return Spoken("other", "fr", clear=False)
        french, german, dialect = self._by_pieces(found)
        lead = french - max(german, dialect)
        side = _side(found) if abs(lead) < CLEAR else None
        clear = side is not None or abs(lead) >= CLEAR
        for_french, for_dialect = self._by_words(found)
        french, dialect = french + for_french, dialect + for_dialect
        if (side or ("fr" if french >= max(german, dialect) else "de")) == "fr":
            return Spoken("fr", "fr", clear)
        return Spoken("gsw" if dialect > german else "de", "de", clear)

    def _by_pieces(self, found: list[str]) -> tuple[float, float, float]:
        french = german = dialect = 0.0
        for word in found:
            for piece in _features(word):
                for_french, for_german, for_dialect = self.odds.get(piece, self.unseen)
                french += for_french
                german += for_german
                dialect += for_dialect
        return french, german, dialect

    def _by_words(self, found: list[str]) -> tuple[float, float]:
        """Return what known words add for French against the others, and for dialect."""
        french = dialect = 0.0
        for word in found:
            is_french, is_german, is_dialect = (word in self.known[known] for known in WRITTEN)
            if is_french != (is_german or is_dialect):
                french += KNOWN_WORD if is_french else -KNOWN_WORD
            if is_german != is_dialect:
                dialect += KNOWN_WORD if is_dialect else -KNOWN_WORD
        return french, dialect


def _known(lexicon: Lexicon, language: str) -> frozenset[str]:
    """Return the words that the lexicon has in a language, with and without their accents."""
    terms = (term for concept in lexicon.concepts.values() for term in concept.terms[language])
    found = {word for term in terms for word in words(term)}
    return frozenset(found | {plain(word) for word in found})


def _side(found: list[str]) -> Reply | None:
    """Return the language whose small words alone appear, None when neither or both do."""
    french, german = _FRENCH_ONLY.isdisjoint(found), _GERMANIC_ONLY.isdisjoint(found)
    if french == german:
        return None
    return "de" if french else "fr"


def _written(directory: Directory, language: str) -> Counter[str]:
    counted: Counter[str] = Counter()
    for entry in directory.entries.values():
        if language in entry_languages(entry):
            for text, _ in weighted_texts(entry, directory, language=language):
                counted.update(words(text))
    return counted


def _features(word: str) -> Iterable[str]:
    yield f"={word}"
    for length in range(1, _LONGEST_PIECE + 1):
        yield from pieces(word, shortest=length, longest=length)


def _profile(text: Mapping[str, int], table: Iterable[str]) -> dict[str, float]:
    """Count the pieces of a language's words; rare and frequent words differ by a root only."""
    weights = {word: float(count) ** 0.5 for word, count in text.items()}
    for word in sorted(table):
        weights[word] = max(weights.get(word, 0.0), _FUNCTION_WORD_COUNT)
    profile: dict[str, float] = {}
    for word, weight in weights.items():
        for spelling in dict.fromkeys((word, plain(word))):
            for piece in _features(spelling):
                profile[piece] = profile.get(piece, 0.0) + weight
    return profile


def _log_probabilities(
    counts: tuple[dict[str, float], ...],
) -> tuple[dict[str, tuple[float, float, float]], tuple[float, float, float]]:
    seen = sorted(set().union(*counts))
    totals = [sum(count.values()) + _SMOOTHING * (len(seen) + 1) for count in counts]
    french, german, dialect = counts

    def logs(piece: str) -> tuple[float, float, float]:
        return (
            log((french.get(piece, 0.0) + _SMOOTHING) / totals[0]),
            log((german.get(piece, 0.0) + _SMOOTHING) / totals[1]),
            log((dialect.get(piece, 0.0) + _SMOOTHING) / totals[2]),
        )

    return {piece: logs(piece) for piece in seen}, logs("")
