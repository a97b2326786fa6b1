"""Light stemmers for French and German: they join the forms of one word and are never shown."""

from __future__ import annotations

from typing import Final, Literal

Side = Literal["fr", "de"]
"""French on one side; German and its dialects on the other."""

_SHORTEST: Final = 3
"""Letters a stem keeps at least."""

_FRENCH: Final = frozenset(
    (
        *("aient", "antes", "euses", "ement", "ants", "ante", "euse", "eurs", "erai", "erez"),
        *("ant", "ees", "ent", "ais", "ait", "eur", "ons", "ee", "er", "es", "ez", "e", "s", "x"),
    ),
)
_GERMAN: Final = frozenset(
    (
        *("erinnen", "innen", "erin", "ern", "eli", "em", "en", "er", "es", "et", "li"),
        *("e", "i", "n", "s"),
    ),
)
_LONGEST: Final = max(len(ending) for ending in _FRENCH | _GERMAN)
_LONG_ENOUGH_TO_CUT: Final = {
    "eli": 6,
    "li": 6,
    "innen": 8,
    "erin": 7,
    "i": 5,
    "ement": 8,
    "ent": 8,
    "s": 5,
    "n": 5,
}
"""Letters a word must have before such an ending is cut: Taxi and Liste keep theirs."""


def stem(word: str, side: Side) -> str:
    """Return the stem of a folded word: chercher, cherche → cherch; kinder, kindern → kind."""
    return french_stem(word) if side == "fr" else german_stem(word)


def french_stem(word: str) -> str:
    """Return `word` without the ending of a French plural, feminine or verb."""
    return _single(_cut(word, _FRENCH))


def german_stem(word: str) -> str:
    """Return `word` without a German or dialect ending."""
    return _cut(word, _GERMAN)


def _cut(word: str, endings: frozenset[str]) -> str:
    for size in range(min(_LONGEST, len(word) - _SHORTEST), 0, -1):
        ending = word[-size:]
        if ending in endings and len(word) >= _LONG_ENOUGH_TO_CUT.get(ending, 0):
            return word[:-size]
    return word


def _single(word: str) -> str:
    """Return `word` with one consonant where French doubles it: appell, appel → appel."""
    if len(word) > _SHORTEST and word[-1] == word[-2]:
        return word[:-1]
    return word
