"""How words are made comparable: folded letters, the sound of a German word, pieces of words.

It knows nothing of the directory and never decides what a question is about.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from bot.answers.function_words import DIALECT, FRENCH, GERMAN

_WORD = re.compile(r"[^\W_]+")
_LETTERS: Final = str.maketrans({"ß": "ss", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "ı": "i"})
_MAX_WORD = 40
"""Letters kept of one word: longer ones are noise and would only cost time."""

_Rules = tuple[tuple[re.Pattern[str], str], ...]


def words(text: str) -> list[str]:
    """Return the words of `text` in lower case, with their accents."""
    lowered = unicodedata.normalize("NFC", text).lower()
    return [word[:_MAX_WORD] for word in _WORD.findall(lowered)]


def plain(word: str) -> str:
    """Return `word` without accents."""
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFD", word.translate(_LETTERS))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


_DIGRAPH = re.compile(r"([aou])e")


def fold(word: str) -> str:
    """Return `word` so that ä, ae and a (likewise ö and ü) are written alike, without accents."""
    return _DIGRAPH.sub(r"\1", plain(word))


def _spellings(*tables: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(word) for table in tables for word in table)


STOP_WORDS = _spellings(FRENCH, GERMAN, DIALECT)
"""Folded words that never count when an entry is looked for."""

_ANY = (frozenset(FRENCH | GERMAN | DIALECT), STOP_WORDS)
_BY_SIDE = {
    "fr": (frozenset(FRENCH), _spellings(FRENCH)),
    "de": (frozenset(GERMAN | DIALECT), _spellings(GERMAN, DIALECT)),
}


def stops(word: str, side: str = "") -> bool:
    """Return whether a word, as written, never counts when an entry is looked for.

    Accents may be left out, but one put in makes another word: "ou" may stand for "où", while the
    neighbourhood of Mâche is not the German "mache". With a `side` only its small words count.
    """
    as_written, folded = _BY_SIDE.get(side, _ANY)
    return word in as_written or (word.isascii() and fold(word) in folded)


def topic_words(text: str) -> list[str]:
    """Return the words of `text` that can say what it is about, unfolded, in order."""
    return [word for word in words(text) if not stops(word)]


def _rules(*pairs: tuple[str, str]) -> _Rules:
    return tuple((re.compile(pattern), replacement) for pattern, replacement in pairs)


_FROM_DIALECT = _rules(
    (r"(ä|e|a|o|ö|i|ü|ue|üe|ie)u+(?=[bcdfghklmnprstwz]|$)", r"\1l"),
    (r"(?<=...)li$", ""),
)
_SOUND = _rules(
    (r"äu|eu|öi", "oi"),
    (r"ä|ae", "e"),
    (r"ö|oe", "o"),
    (r"üe|ue|uu|au|ü", "u"),
    (r"ie|ii|ei|y", "i"),
    (r"ck|ch|gg", "k"),
    (r"nd|ng", "n"),
    (r"(.)\1+", r"\1"),
    (r"v|ph", "f"),
    (r"tz", "z"),
    (r"d", "t"),
    (r"b", "p"),
    (r"(?<=...)(?:un|en|e|er|es|em|n|ig|i)$", ""),
)
_TO_DIALECT = _rules(
    (r"eu", "öi"),
    (r"^k(?=[aeiouäöülnr])", "ch"),
    (r"nd(?=e|$)", "ng"),
    (r"(?<=[aeiouäöü])l(?=[bcdfghkmnprstwz]|$)", "u"),
    (r"(?<!^)s(?=[tp])", "sch"),
    (r"^ge(?=[bdfghklmnprstwz])", "g"),
    (r"nicht", "nid"),
    (r"ei(?=n)", "i"),
    (r"ung$", "ig"),
    (r"(?<=..)en$", "e"),
)


def _apply(rules: _Rules, word: str) -> str:
    for pattern, replacement in rules:
        word = pattern.sub(replacement, word)
    return word


def sound(word: str, *, dialect: bool = False) -> str:
    """Return a rough spelling that a German word and its Bernese form have in common.

    With `dialect` the rules that lead back from Bernese writing come first: gäud → geld, schueu →
    schuel, büechli → büech. Two words that sound alike may meet here; that is its purpose.
    """
    return plain(_apply(_SOUND, _apply(_FROM_DIALECT, word) if dialect else word))


def bernese(word: str) -> str:
    """Return how a German word might be written in Bernese German: kinder → chinger."""
    return _apply(_TO_DIALECT, word)


def pieces(word: str, *, shortest: int = 3, longest: int = 5) -> Iterator[str]:
    """Yield the runs of `shortest` to `longest` characters of `word`; its edges count as blanks."""
    padded = f" {word} "
    size = len(padded)
    for length in range(shortest, longest + 1):
        if size <= length:
            yield padded
            return
        for start in range(size - length + 1):
            yield padded[start : start + length]
