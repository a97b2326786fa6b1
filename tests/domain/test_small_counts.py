"""Small counts of people: nobody who knows the rule and the sum can work out what is hidden."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.small_counts import FEW, protected

NAMES = "abcd"


@pytest.mark.parametrize(("cells", "most"), [(2, 14), (3, 11), (4, 7)])
def test_what_is_hidden_fits_in_more_than_one_way(cells: int, most: int) -> None:
    fitting: dict[tuple[int, tuple[int | None, ...]], list[tuple[int, ...]]] = defaultdict(list)
    for counts in product(range(most + 1), repeat=cells):
        told = protected(dict(zip(NAMES, counts, strict=False)))
        fitting[sum(counts), tuple(told.values())].append(counts)

    for (total, shown), worlds in fitting.items():
        if total >= most * cells - FEW:
            continue  # the worlds next to these are larger than those we have tried
        for place, count in enumerate(shown):
            if count is None and total:
                assert len({world[place] for world in worlds}) > 1, (total, shown, worlds)


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 60), max_size=12))
def test_nothing_small_is_told_and_nothing_told_is_wrong(counts: dict[str, int]) -> None:
    told = protected(counts)
    assert told.keys() == counts.keys()
    for name, count in told.items():
        assert count is None or count == counts[name]
        assert count is None or count == 0 or count >= FEW
    if all(count == 0 or count >= FEW for count in counts.values()):
        assert told == counts


def test_a_single_small_count_takes_the_next_smallest_with_it() -> None:
    assert protected({"fr": 40, "de": 3, "it": 9}) == {"fr": 40, "de": None, "it": None}
    assert protected({"fr": 40, "de": 3, "it": 2}) == {"fr": 40, "de": None, "it": None}
    assert protected({"fr": 9, "de": 9, "it": 1}) == {"fr": None, "de": None, "it": None}
    assert protected({"fr": 2, "de": 0}) == {"fr": None, "de": None}
