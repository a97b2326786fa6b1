"""Looking up what has topics in common."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.resemblance import LEAST, LOOKED_AT, Topics

_WEIGHTS = st.dictionaries(st.sampled_from("abcdef"), st.floats(LEAST, 1.0), max_size=4)


def test_the_most_in_common_comes_first_and_the_younger_of_two() -> None:
    topics = Topics()
    topics.put(1, {"bench": 0.9, "shade": 0.4})
    topics.put(2, {"bench": 0.9})
    topics.put(3, {"bench": 0.9})
    topics.put(4, {"light": 1.0})
    assert topics.nearest({"bench": 0.8, "shade": 0.6}, limit=5) == [1, 3, 2]
    assert topics.nearest({"bench": 0.8}, limit=1) == [3]


def test_what_says_too_little_looks_nothing_up() -> None:
    topics = Topics()
    topics.put(1, {"park": LEAST - 0.01})
    assert (len(topics), topics.nearest({"park": 1.0}, limit=5)) == (0, [])


def test_a_rare_topic_is_found_however_old() -> None:
    topics = Topics()
    topics.put(1, {"beehive": 1.0, "tree": 0.5})
    for number in range(2, 3 * LOOKED_AT):
        topics.put(number, {"tree": 1.0})
    assert topics.nearest({"beehive": 1.0, "tree": 0.3}, limit=1) == [1]


@given(st.lists(st.tuples(st.integers(1, 9), _WEIGHTS), max_size=30), _WEIGHTS)
def test_it_knows_the_last_that_was_noted_and_nothing_else(
    notes: list[tuple[int, dict[str, float]]], wanted: dict[str, float]
) -> None:
    topics, expected = Topics(), dict(notes)
    for number, weights in notes:
        topics.put(number, weights)
    common = {n for n, weights in expected.items() if weights.keys() & wanted.keys()}
    assert set(topics.nearest(wanted, limit=99)) == common
    assert len(topics) == sum(bool(weights) for weights in expected.values())
