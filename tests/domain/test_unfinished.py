"""Layers of what somebody has begun."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.contributions import Draft, Kind
from bot.domain.conversations import Conversation
from bot.domain.drafting import (
    ENTERING,
    ENTRY_WAITS,
    GATHERING,
    OF_A_DRAFT,
    OF_AN_ENTRY,
    REWRITING,
    WAITING,
    Piece,
    Sketch,
)
from bot.domain.unfinished import above, found, layers, without

_SKETCH = Sketch(Draft(Kind.IDEA), (Piece(1, "Ein Fest"),), rewriting=7).to_json()
_SLIP = {**Draft(Kind.WISH, "Bänke").to_json(), "origin": "paper"}
_FLOWS = {
    GATHERING: _SKETCH,
    WAITING: _SKETCH,
    REWRITING: _SKETCH,
    ENTERING: _SLIP,
    ENTRY_WAITS: _SLIP,
    "triage_note": {"number": 3},
    "answering": {"number": 4},
}


def test_a_draft_beneath_only_waits_and_rewrites_nothing() -> None:
    note = above(Conversation("triage_note", "words"), Conversation(REWRITING, "", _SKETCH))
    beneath = note.beneath
    assert beneath is not None
    assert (beneath.flow, Sketch.from_json(beneath.data).rewriting) == (WAITING, None)


def test_nothing_to_lose_is_not_kept() -> None:
    empty = Conversation(GATHERING, "", Sketch(Draft(Kind.IDEA)).to_json())
    assert above(Conversation("triage_note", ""), empty).beneath is None
    blank = Conversation(ENTERING, "words", {"kind": "wish", "origin": "paper"})
    assert above(Conversation(GATHERING, ""), blank).beneath is None


@given(st.lists(st.sampled_from(sorted(_FLOWS)), max_size=12))
def test_whatever_is_begun_in_whatever_order_one_draft_and_one_slip_survive(
    flows: list[str],
) -> None:
    begun: Conversation | None = None
    for flow in flows:
        begun = above(Conversation(flow, "", _FLOWS[flow]), begun)
    for kin in (OF_A_DRAFT, OF_AN_ENTRY):
        kept = [each for each in layers(begun) if each.flow in kin]
        assert len(kept) == bool(kin.intersection(flows))
        assert (found(begun, kin) is not None) == bool(kept)
        assert found(without(begun, kin), kin) is None
    assert all(each.flow in {WAITING, ENTRY_WAITS} for each in list(layers(begun))[1:])
