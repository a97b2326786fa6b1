"""What contributions are about, by number: finds those that have something in common with a draft."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Mapping
from typing import Final

LEAST: Final = 0.3
"""What a topic must count for by itself to look others up: where something is says too little."""

LOOKED_AT: Final = 200
"""Contributions with a topic that are looked at, the youngest: some topics half the town writes about."""


class Topics:
    """Topics to numbers and back; it holds no words, and what it finds is compared in earnest later."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._by_number: dict[int, Mapping[str, float]] = {}
        self._by_topic: defaultdict[str, list[int]] = defaultdict(list)

    def __len__(self) -> int:
        """Return how many contributions are known."""
        return len(self._by_number)

    def put(self, number: int, topics: Mapping[str, float]) -> None:
        """Note what a contribution is about, in place of what was noted before."""
        self.drop(number)
        telling = {topic: weight for topic, weight in topics.items() if weight >= LEAST}
        if not telling:
            return
        self._by_number[number] = telling
        for topic in telling:
            insort(self._by_topic[topic], number)

    def drop(self, number: int) -> None:
        """Forget a contribution."""
        for topic in self._by_number.pop(number, {}):
            numbers = self._by_topic[topic]
            del numbers[bisect_left(numbers, number)]
            if not numbers:
                del self._by_topic[topic]

    def nearest(self, topics: Mapping[str, float], *, limit: int) -> list[int]:
        """Return the numbers that have most in common with `topics`, the best first."""
        common: defaultdict[int, float] = defaultdict(float)
        for topic, weight in topics.items():
            for number in self._by_topic.get(topic, ())[-LOOKED_AT:]:
                common[number] += weight * self._by_number[number][topic]
        return sorted(common, key=lambda number: (-common[number], -number))[:limit]
