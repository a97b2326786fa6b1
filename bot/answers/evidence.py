"""Gathering what speaks for the first card of a ranking; it neither ranks nor decides."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import Final

from bot.answers.accounts import Account
from bot.answers.confidence import NOTHING, Evidence
from bot.answers.meanings import Meanings
from bot.answers.wanted import Wanted
from bot.answers.weights import Likeness

ENOUGH_WORDS: Final = 5
"""Words that say as much as any number of them."""

CLEAR: Final = 0.4
"""The score from which an entry cannot match much better, except word for word."""

MUCH: Final = 3.0
"""Words of the rarest kind that an entry need not account for more of."""

Cards = Sequence[Sequence[str]]


def evidence(
    wanted: Wanted,
    ranked: Cards,
    *,
    scores: Mapping[str, float],
    likeness: Mapping[str, Likeness],
    account: Account,
    meanings: Meanings,
    named: Mapping[str, Container[str]],
    helps: float,
) -> Evidence:
    """Return what speaks for the first of the cards in `ranked`.

    `named` are the words that each entry says foremost, by their stems.
    """
    if not ranked:
        return NOTHING
    card = ranked[0]
    score = scores[card[0]]
    rival = scores[ranked[1][0]] if len(ranked) > 1 else 0.0
    about = [meanings.about[key] for key in card]
    held = max(account.held(key, meanings.about[key], named[key]) for key in card)
    sure = meanings.meaning(hit for hit in wanted.hits if not hit.guessed)
    return Evidence(
        score=min(1.0, score / CLEAR),
        margin=max(0.0, score - rival) / (score or 1.0),
        explained=held / account.whole,
        accounted=min(1.0, held / (MUCH * account.rarest)),
        said=min(1.0, len(account.words) / ENOUGH_WORDS),
        telling=meanings.most_telling(meanings.meaning(wanted.hits), about),
        missing=meanings.most_missing(sure, about),
        letters=_lead(card, likeness),
        helps=helps,
    )


def _lead(card: Sequence[str], likeness: Mapping[str, Likeness]) -> float:
    """Return how far a card leads in letters, below 0 where another entry does."""
    own = max((likeness[key].letters for key in card if key in likeness), default=0.0)
    others = (like.letters for key, like in likeness.items() if key not in card)
    return own - max(others, default=0.0)
