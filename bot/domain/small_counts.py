"""Counts of people that may leave the team: none under five, and none that a difference gives away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FEW: Final = 5
"""From this many people on a count says nothing about anybody."""


def protected(counts: Mapping[str, int], *, few: int = FEW) -> dict[str, int | None]:
    """Return the counts with None for what must not be told, though their sum is known.

    Under `few` nothing is told but that nobody is there. Where the sum and the others would give
    away what is hidden, the next smallest is hidden as well, and where nothing is left to hide
    behind, all of them are.
    """
    hidden = {name for name, count in counts.items() if 0 < count < few}
    if not hidden:
        return dict(counts)
    rest = sorted((name for name in counts if counts[name] >= few), key=lambda name: counts[name])
    while not _ambiguous([counts[name] for name in hidden], few):
        if not rest:
            return dict.fromkeys(counts)
        hidden |= _next(rest, counts)
    return {name: None if name in hidden else count for name, count in counts.items()}


def _ambiguous(hidden: list[int], few: int) -> bool:
    """Tell whether several counts fit what is hidden, when its sum is known.

    Two unlike ones may be swapped; of like ones only nothing but ones, and nothing but counts just
    under the limit, make a sum that fits in no other way.
    """
    return len(hidden) > 1 and set(hidden) not in ({1}, {few - 1})


def _next(rest: list[str], counts: Mapping[str, int]) -> set[str]:
    """Take the smallest off `rest`, with all that are as large: an order among equals would tell."""
    size = counts[rest[0]]
    taken = {name for name in rest if counts[name] == size}
    rest[:] = [name for name in rest if name not in taken]
    return taken
