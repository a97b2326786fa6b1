"""What a tap on one of a draft's terms makes of them."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

from bot.domain.errors import OutdatedError
from bot.domain.polls import Additions, Poll, Results, Terms

_Word = TypeVar("_Word", bound=StrEnum)


def turned(poll: Poll, what: str) -> Terms:
    """Return the poll's terms with `what` turned to its next value; OutdatedError if there is no such."""
    now = poll.terms
    match what:
        case "named":
            return replace(now, named=not now.named, few=False)
        case "results":
            return replace(now, results=_next(now.results, Results))
        case "additions":
            return replace(now, additions=_next(now.additions, Additions))
        case "bounds":
            return _bounded(poll)
        case "knapsack":
            return replace(now, knapsack=not now.knapsack)
        case "few":
            return replace(now, few=not now.few)
        case _:
            raise OutdatedError


def _bounded(poll: Poll) -> Terms:
    """Go through 1 to n, 1 to n - 1, … 1 to 2, then exactly 2, exactly 3, … and begin again."""
    options = max(len(poll.offered), 2)
    most, least = min(poll.terms.most, options), poll.terms.least
    if least == 1 and most > 2:  # noqa: PLR2004 - "several" means two at least
        return replace(poll.terms, least=1, most=most - 1)
    exactly = 2 if least == 1 else least + 1
    if exactly < options:
        return replace(poll.terms, least=exactly, most=exactly)
    return replace(poll.terms, least=1, most=options)


def _next(word: _Word, words: type[_Word]) -> _Word:
    order = list(words)
    return order[(order.index(word) + 1) % len(order)]
