"""Slips of the finger: when two spellings are one keystroke apart; it knows no words."""

from __future__ import annotations

import re

_BONES = (
    (re.compile("ph"), "f"),
    (re.compile("qu|ck|c(?=[aourlt])"), "k"),
    (re.compile("y"), "i"),
    (re.compile("th"), "t"),
    (re.compile(r"(.)\1+"), r"\1"),
)


def bones(word: str) -> str:
    """Return a folded word without what people write in two ways: ph and f, tt and t."""
    for pattern, replacement in _BONES:
        word = pattern.sub(replacement, word)
    return word


def deletions(word: str) -> set[str]:
    """Return `word` and all that is left of it when one letter is forgotten, never the first."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(1, len(word)))}


def one_slip(written: str, meant: str) -> bool:
    """Return whether one letter is missing, too many, another, or swapped with its neighbour."""
    if written == meant:
        return True
    if len(written) == len(meant):
        wrong = [place for place, letter in enumerate(written) if letter != meant[place]]
        first, last = wrong[0], wrong[-1]
        swapped = written[first : last + 1] == meant[first : last + 1][::-1]
        return first == last or (last == first + 1 and swapped)
    shorter, longer = sorted((written, meant), key=len)
    return len(longer) - len(shorter) == 1 and shorter in deletions(longer)
