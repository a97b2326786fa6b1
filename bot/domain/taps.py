"""Learning from what people choose: an entry chosen often moves ahead of one that fits about as well.

Bounded, so that nobody can push an entry by tapping; counts only, never persons.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar


@dataclass(frozen=True, slots=True)
class Topic:
    """What a question was about and in which language it was: all that is ever counted of one."""

    concepts: tuple[str, ...]
    language: str


Taps = Mapping[str, Mapping[str, int]]
"""How often each entry was chosen, by the concept that was asked about."""

FEWEST: Final = 3
"""Choices of a concept's entries before they say anything."""

PLENTY: Final = 20
"""Choices from which on more of them say no more."""

AT_MOST: Final = 0.1
"""What being chosen is worth at most, as a share of how well an entry fits."""

PER_DAY: Final = 5
"""Choices of one entry for one concept that count in a day, however many people there are."""


class Scored(Protocol):
    """What can be put in order: an entry with its score and the others on its card."""

    @property
    def entry_id(self) -> str:
        """The entry."""

    @property
    def score(self) -> float:
        """How well it fits."""

    @property
    def siblings(self) -> tuple[str, ...]:
        """The other entries on the same card."""


_S = TypeVar("_S", bound=Scored)


def favoured(ranking: Sequence[_S], concepts: Sequence[str], taps: Taps) -> tuple[_S, ...]:
    """Return `ranking` with what people chose moved ahead of near ties; cards stay together."""
    chosen = [taps[concept] for concept in concepts if concept in taps]
    if not chosen:
        return tuple(ranking)
    cards = _cards(ranking)
    cards.sort(key=lambda card: -card[0].score * (1 + max(_bonus(card, each) for each in chosen)))
    return tuple(entry for card in cards for entry in card)


def _cards(ranking: Sequence[_S]) -> list[list[_S]]:
    cards: list[list[_S]] = []
    for entry in ranking:
        if cards and entry.entry_id in cards[-1][0].siblings:
            cards[-1].append(entry)
        else:
            cards.append([entry])
    return cards


def _bonus(card: Sequence[Scored], chosen: Mapping[str, int]) -> float:
    total = sum(chosen.values())
    if total < FEWEST:
        return 0.0
    share = sum(chosen.get(entry.entry_id, 0) for entry in card) / total
    return AT_MOST * share * min(total / PLENTY, 1.0)
