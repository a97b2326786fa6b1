"""Which entries belong on one card: a frequent question and the services it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from bot.domain.directory import Entry

NEAR: Final = 0.6
"""Share of the better one's score from which a relative joins; below, the topic differs."""


def relatives(entries: Mapping[str, Entry]) -> dict[str, frozenset[str]]:
    """Return for each entry the ids it may share a card with, in both directions."""
    found: dict[str, set[str]] = {}
    for entry in entries.values():
        if entry.kind != "faq":
            continue
        for other in entry.related:
            if other in entries:
                found.setdefault(entry.id, set()).add(other)
                found.setdefault(other, set()).add(entry.id)
    return {entry_id: frozenset(others) for entry_id, others in found.items()}


def cards(
    order: Sequence[str],
    scores: Mapping[str, float],
    *,
    related: Mapping[str, frozenset[str]],
) -> list[tuple[str, ...]]:
    """Group entries, best first, into cards: each takes its near relatives along."""
    taken: set[str] = set()
    grouped = []
    for entry_id in order:
        if entry_id in taken:
            continue
        relatives_left = related.get(entry_id, frozenset()) - taken
        near = NEAR * scores[entry_id]
        card = (entry_id, *(e for e in order if e in relatives_left and scores[e] >= near))
        taken.update(card)
        grouped.append(card)
    return grouped
