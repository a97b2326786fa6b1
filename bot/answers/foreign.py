"""Texts in a language the bot does not offer: which one, said only when it is plain to see."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from bot.answers.function_words import DIALECT, FRENCH, GERMAN
from bot.answers.spelling import words

FEWEST_HINTS: Final = 2
"""Different hints a text in Latin letters must hold: one word may be chance, or a name."""

SMALLEST_SHARE: Final = 0.3
"""Share of the words that must be hints of the same language."""

_OURS: Final = FRENCH | GERMAN | DIALECT
_LATIN: Final = "LATIN"


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language the bot recognises and does not speak, and the sentence it says in it."""

    code: str
    name: str
    script: str
    words: frozenset[str]
    letters: frozenset[str]
    without: frozenset[str]
    sentence: str

    def says(self, *, service: str, phone: str) -> str:
        """Return the sentence with the town's interpreter service in it."""
        return self.sentence.format(service=service, phone=phone)


@dataclass(frozen=True, slots=True)
class Tongues:
    """The languages of `locales/foreign.yaml`."""

    by_code: Mapping[str, Tongue]

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """Take the parsed file; a missing key is an error of the file and raises KeyError."""
        return cls({code: _tongue(code, row) for code, row in data["languages"].items()})

    def heard(self, text: str, *, known: Collection[str] = ()) -> str | None:
        """Return the code of the language `text` is plainly written in, or None.

        `known` are words of the town's directory, in lower case: they never speak for another
        language.
        """
        script = script_of(text)
        candidates = [t for t in self.by_code.values() if t.script == script]
        if script != _LATIN:
            return _by_script(text, candidates)
        return _by_hints(words(text), candidates, known)


NO_TONGUES: Final = Tongues({})
"""For a caller who has not read the file: nothing is ever called foreign."""


def _tongue(code: str, row: Mapping[str, Any]) -> Tongue:
    hints = frozenset(part for hint in row["words"] for part in words(hint))
    return Tongue(
        code=code,
        name=row["name"],
        script=row["script"],
        words=hints,
        letters=frozenset(row["letters"]),
        without=frozenset(row["without"]),
        sentence=row["sentence"],
    )


def script_of(text: str) -> str:
    """Return the script of most letters of `text` (LATIN, ARABIC …), "" without letters."""
    counted = Counter(unicodedata.name(c, "").split(" ")[0] for c in text if c.isalpha())
    return min(counted, key=lambda name: (-counted[name], name), default="")


def _by_script(text: str, candidates: Iterable[Tongue]) -> str | None:
    letters, found = set(text.lower()), words(text)
    for tongue in candidates:
        if letters & tongue.without:
            continue
        if letters & tongue.letters or not tongue.letters or not tongue.words.isdisjoint(found):
            return tongue.code
    return None


def _by_hints(found: list[str], candidates: Iterable[Tongue], known: Collection[str]) -> str | None:
    best, strongest, runner_up = None, 0, 0
    for tongue in candidates:
        strength = _strength(tongue, found, known)
        if strength > strongest:
            best, strongest, runner_up = tongue.code, strength, strongest
        else:
            runner_up = max(runner_up, strength)
    return best if strongest > runner_up else None


def _strength(tongue: Tongue, found: list[str], known: Collection[str]) -> int:
    """Return how many different words speak for `tongue`; 0 when that is not plain enough.

    A word that both it and one of our languages use speaks for neither.
    """
    strange = {word for word in found if word not in known and word not in _OURS}
    if any(not tongue.without.isdisjoint(word) for word in strange):
        return 0
    hints = {w for w in strange if w in tongue.words or not tongue.letters.isdisjoint(w)}
    ours = {w for w in found if w in _OURS and len(w) > 1 and w not in tongue.words}
    counted = len(strange | ours)
    if len(hints) < FEWEST_HINTS or len(hints) <= len(ours):
        return 0
    return len(hints) if len(hints) >= SMALLEST_SHARE * counted else 0
