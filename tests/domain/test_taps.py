"""What people choose moves ahead of near ties, within bounds."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.taps import AT_MOST, favoured


@dataclass(frozen=True)
class Entry:
    """An entry of a ranking."""

    entry_id: str
    score: float
    siblings: tuple[str, ...] = ()


def order(ranking: list[Entry], taps: dict[str, dict[str, int]]) -> list[str]:
    return [entry.entry_id for entry in favoured(ranking, ["skating"], taps)]


def test_a_near_tie_that_people_choose_comes_first() -> None:
    near = [Entry("pool", 1.0), Entry("rink", 0.95)]

    assert order(near, {}) == ["pool", "rink"]
    assert order(near, {"skating": {"rink": 2}}) == ["pool", "rink"]
    assert order(near, {"skating": {"rink": 20}}) == ["rink", "pool"]
    assert order(near, {"skating": {"rink": 20, "pool": 60}}) == ["pool", "rink"]
    assert order(near, {"swimming": {"rink": 20}}) == ["pool", "rink"]


def test_no_number_of_taps_pushes_what_fits_less_well() -> None:
    assert order([Entry("pool", 1.0), Entry("rink", 0.9)], {"skating": {"rink": 10**9}}) == [
        "pool",
        "rink",
    ]


def test_a_card_stays_together() -> None:
    ranking = [
        Entry("pool", 1.0),
        Entry("faq-rink", 0.97, ("svc-rink",)),
        Entry("svc-rink", 0.4, ("faq-rink",)),
    ]

    assert order(ranking, {"skating": {"svc-rink": 30}}) == ["faq-rink", "svc-rink", "pool"]


@given(
    st.lists(st.floats(0.01, 2.0), min_size=1, max_size=8),
    st.dictionaries(st.integers(0, 7), st.integers(0, 1000)),
)
def test_nothing_is_lost_and_nothing_moves_further_than_the_bound(
    scores: list[float], chosen: dict[int, int]
) -> None:
    ranking = [Entry(str(place), score) for place, score in enumerate(sorted(scores, reverse=True))]
    after = favoured(ranking, ["any"], {"any": {str(key): n for key, n in chosen.items()}})

    assert sorted(entry.entry_id for entry in after) == sorted(e.entry_id for e in ranking)
    for place, entry in enumerate(after):
        for passed in after[place + 1 :]:
            assert passed.score <= entry.score * (1 + AT_MOST) + 1e-9
