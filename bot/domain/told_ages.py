"""For which ages an entry is, where no field says it: what its title and summary tell."""

from __future__ import annotations

import re
from typing import Final

from bot.domain.directory import Entry

Ages = tuple[int, int]

_BABIES: Final = (0, 4)
_GROWN: Final = (18, 99)
_OLD: Final = (60, 99)
_OLDEST: Final = 99

_YEARS: Final = r"(?:ans|an|jahren?|j\.|jährige[nr]?)"
_MONTHS: Final = r"(?:mois|monate?n?)"
_SPAN: Final = re.compile(
    rf"(\d{{1,2}})\s*({_MONTHS}|{_YEARS})?\s*(?:-?\s*bis|à|–|-|und|et)\s*(\d{{1,2}})[\s-]*{_YEARS}",
    re.IGNORECASE,
)
_FROM: Final = re.compile(
    rf"(?:\bdès|\bà partir de|\bab|plus de|\büber)\s+(\d{{1,2}})\s*({_MONTHS}|{_YEARS})",
    re.IGNORECASE,
)
_UNTIL: Final = re.compile(
    rf"(?:jusqu['’]à|\bbis|moins de|\bunter)\s+(\d{{1,2}})\s*{_YEARS}", re.IGNORECASE
)
_YOUNG: Final = {"children", "teens", "families"}
_CHILD: Final = re.compile(r"enfant|kind|famil|fils|fille|ado|jeun|jugend", re.IGNORECASE)
_TITLES: Final = (
    (
        _BABIES,
        r"crèche|garderie|bébé|tout-petit|poupon|\bkita\b|krippe|\bbab[yi]|krabbel|kleinkind",
    ),
    (_OLD, r"\baînée?s?\b|\bséniors?\b|senior|retrait|âge d['’]or|pensionier|rentner|alters(?!gr)"),
    (_GROWN, r"\bparents\b|\beltern(?!-kind)|\badultes?\b|erwachsene|\bfemmes?\b|frauen|männer"),
    (_GROWN, r"\bpapas?\b|\bmamans?\b|\bväter|\bmütter"),
)


def ages(entry: Entry) -> Ages | None:
    """Return the ages `entry` is for, both included; None if it does not say."""
    if entry.ages is not None:
        return entry.ages
    for text in (*entry.title.values(), *entry.summary.values()):
        told = _told(text)
        if told:
            return told
    title = " ".join(entry.title.values())
    young = _CHILD.search(title) or _YOUNG & set(entry.audience)
    for known, words in _TITLES:
        if re.search(words, title, re.IGNORECASE) and (known == _BABIES or not young):
            return known
    return None


def _told(text: str) -> Ages | None:
    span = _SPAN.search(text)
    if span:
        in_months = bool(span[2] and re.fullmatch(_MONTHS, span[2], re.IGNORECASE))
        first, last = 0 if in_months else int(span[1]), int(span[3])
        return (first, last) if first <= last else None
    first_said, last_said = _FROM.search(text), _UNTIL.search(text)
    if not (first_said or last_said):
        return None
    first = _years(first_said) if first_said else 0
    return (first, int(last_said[1]) if last_said else _OLDEST)


def _years(said: re.Match[str]) -> int:
    return 0 if re.fullmatch(_MONTHS, said[2], re.IGNORECASE) else int(said[1])
