"""The words in which people ask what, when and for whom: locales/asking.yaml, ready to be matched.

It finds phrases in a text and says what each means; what follows from that is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from ruamel.yaml import YAML

from bot.answers.spelling import fold
from bot.i18n import LOCALES

EDGE: Final = "|"
"""Stands at the beginning and the end of each clause, so that a phrase may ask for it."""

_TOKEN = re.compile(r"\d+|[^\W\d_]+|[.,;:!?()\n]+")
_LANGUAGES: Final = ("fr", "de", "gsw")
_MOST_TOKENS: Final = 120
_SLIP_FROM: Final = 6
"""Letters a word must have before a typing error in it is forgiven."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found at the tokens from `start` up to `end`: what it means, by group and key."""

    group: str
    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Scan:
    """A text in tokens, folded, with edges; `words` are the tokens as written, `hits` by position."""

    tokens: tuple[str, ...]
    words: tuple[str, ...]
    hits: tuple[Hit, ...]

    def of(self, group: str) -> tuple[Hit, ...]:
        """Return the hits of one group."""
        return tuple(hit for hit in self.hits if hit.group == group)


@dataclass(slots=True)
class Wording:
    """Every phrase by its folded tokens; the longest one at a place wins."""

    phrases: dict[tuple[str, ...], tuple[tuple[str, str], ...]] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)
    forgiven: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    marks: dict[str, frozenset[str]] = field(default_factory=dict)

    def add(self, phrase: str, group: str, key: str) -> None:
        """Let `phrase` mean `group` and `key` from now on, besides what it means already."""
        tokens = tuple(token for token, _ in _tokens(phrase))
        meaning = (group, key)
        known = self.phrases.get(tokens, ())
        if tokens and meaning not in known:
            self.phrases[tokens] = (*known, meaning)
            self.longest[tokens[0]] = max(self.longest.get(tokens[0], 0), len(tokens))

    def scan(self, text: str) -> Scan:
        """Return the tokens of `text` with every phrase in them, the longest first at each place."""
        pairs = [(EDGE, ""), *_tokens(text), (EDGE, "")][:_MOST_TOKENS]
        tokens = tuple(token for token, _ in pairs)
        hits: list[Hit] = []
        place = 0
        while place < len(tokens):
            found = list(self._at(tokens, place))
            hits += found
            place = max((self._next(tokens, hit) for hit in found), default=place + 1)
        return Scan(tokens, tuple(word for _, word in pairs), tuple(hits))

    def _at(self, tokens: tuple[str, ...], place: int) -> Iterator[Hit]:
        for size in range(self.longest.get(tokens[place], 0), 0, -1):
            meanings = self.phrases.get(tokens[place : place + size])
            if meanings and place + size <= len(tokens):
                yield from (Hit(group, key, place, place + size) for group, key in meanings)
                return
        for group, key in self._slip(tokens[place]):
            yield Hit(group, key, place, place + 1)

    @staticmethod
    def _next(tokens: tuple[str, ...], hit: Hit) -> int:
        # An edge may close one phrase and open the next.
        shared = tokens[hit.end - 1] == EDGE and hit.end - hit.start > 1
        return hit.end - 1 if shared else hit.end

    def _slip(self, token: str) -> tuple[tuple[str, str], ...]:
        """Return what a mistyped weekday or month means: one letter off, the first one right."""
        if len(token) < _SLIP_FROM or not token.isalpha():
            return ()
        near = (
            meaning
            for word, meaning in self.forgiven.items()
            if word[0] == token[0] and _one_off(word, token)
        )
        return next(near, ())


@lru_cache(maxsize=1)
def wording() -> Wording:
    """Return the wording in locales/asking.yaml, read once."""
    return read(YAML(typ="safe").load(LOCALES / "asking.yaml"))


def read(data: Mapping[str, Any]) -> Wording:
    """Return the wording that the parsed file describes."""
    known = Wording()
    for group, content in data.items():
        for key, phrase in _phrases(content):
            known.add(phrase, group, key)
    _compounds(known, data)
    _languages(known, data)
    for group in ("weekdays", "months"):
        for key, phrase in _phrases(data[group]):
            token = fold_word(phrase)
            if len(token) >= _SLIP_FROM:
                known.forgiven[token] = ((group, key),)
    for season, content in data["holidays"].items():
        known.marks[season] = frozenset(fold_word(mark) for mark in content.get("marks", ()))
    return known


def fold_word(word: str) -> str:
    """Return `word` as it is compared; « où » alone keeps its accent, for "ou" means another thing."""
    lowered = word.lower()
    return lowered if lowered == "où" else fold(lowered)


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    for part in text.replace("|", " ; ").lower().split("\n"):
        for match in _TOKEN.finditer(part):
            word = match[0]
            is_word = word[0].isalnum()
            yield (fold_word(word), word) if is_word else (EDGE, word)


def _phrases(content: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - parsed YAML
    """Yield key and phrase of a group, whether it has keys or only languages."""
    if isinstance(content, list):
        yield from (("", phrase) for phrase in content)
    elif set(content) & set(_LANGUAGES) and not any(isinstance(v, dict) for v in content.values()):
        for language in _LANGUAGES:
            yield from (("", phrase) for phrase in content.get(language, ()))
    else:
        for key, inner in content.items():
            yield from ((str(key), phrase) for _, phrase in _phrases(inner))


def _compounds(known: Wording, data: Mapping[str, Any]) -> None:
    """Add Samstagabend, Mittwuchnami and samstags: what German writes in one word."""
    parts = [(part, fold_word(p)) for part, p in _phrases(data["parts"]) if p.isalpha()]
    parts += [("morning", "morgen"), ("morning", "morge"), ("noon", "mittag")]
    for key, phrase in list(_phrases(data["weekdays"])):
        if not phrase.isalpha():
            continue
        known.add(f"{phrase}s", "weekdays", key)
        for part, suffix in parts:
            known.add(phrase + suffix, "weekdays", key)
            known.add(phrase + suffix, "parts", part)


def _languages(known: Wording, data: Mapping[str, Any]) -> None:
    """Let "en français" and "uf dütsch" name a language; the bare word is a topic."""
    for key, phrase in list(_phrases(data["languages"])):
        known.phrases.pop(tuple(token for token, _ in _tokens(phrase)), None)
        for before in data["in_language"]:
            known.add(f"{before} {phrase}", "language", key)


def _one_off(word: str, typed: str) -> bool:
    """Return whether one letter was left out, added, changed or swapped with its neighbour."""
    if abs(len(word) - len(typed)) > 1 or word == typed:
        return word == typed
    place = next((i for i, (a, b) in enumerate(_zip(word, typed)) if a != b), None)
    if place is None:
        return True
    rests: Iterable[tuple[str, str]] = (
        (word[place + 1 :], typed[place + 1 :]),
        (word[place + 1 :], typed[place:]),
        (word[place:], typed[place + 1 :]),
    )
    swapped = word[place : place + 2] == typed[place : place + 2][::-1]
    return any(a == b for a, b in rests) or (swapped and word[place + 2 :] == typed[place + 2 :])


def _zip(word: str, typed: str) -> Iterable[tuple[str, str]]:
    return zip(word, typed, strict=False)
