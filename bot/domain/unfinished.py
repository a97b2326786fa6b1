"""What somebody has begun and not finished: it waits beneath what they do in between, and comes back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.domain.contributions import Draft
from bot.domain.conversations import Conversation
from bot.domain.drafting import ENTRY_WAITS, OF_A_DRAFT, OF_AN_ENTRY, WAITING, Sketch

_LASTING = (OF_A_DRAFT, OF_AN_ENTRY)


def layers(begun: Conversation | None) -> Iterator[Conversation]:
    """Yield what somebody is at and all that waits beneath, from the top."""
    while begun is not None:
        yield begun
        begun = begun.beneath


def found(begun: Conversation | None, flows: frozenset[str]) -> Conversation | None:
    """Return the layer that belongs to one of the flows, None if there is none."""
    return next((each for each in layers(begun) if each.flow in flows), None)


def above(new: Conversation, before: Conversation | None) -> Conversation:
    """Return what is begun, with what was begun before beneath it, as far as that is worth keeping."""
    mine = _kin(new)
    kept = [_waiting(each) for each in layers(before) if _kin(each) and _kin(each) != mine]
    return replace(new, beneath=_stacked([each for each in kept if each is not None]))


def without(before: Conversation | None, flows: frozenset[str]) -> Conversation | None:
    """Return what is left once the layers of some flows are forgotten."""
    return _stacked([each for each in layers(before) if each.flow not in flows])


def _stacked(kept: Sequence[Conversation]) -> Conversation | None:
    top = None
    for each in reversed(kept):
        top = replace(each, beneath=top)
    return top


def _kin(begun: Conversation) -> frozenset[str]:
    return next((flows for flows in _LASTING if begun.flow in flows), frozenset())


def _waiting(begun: Conversation) -> Conversation | None:
    """Return it as it waits: the next words are not its own; None if nothing would be lost with it."""
    if begun.flow in OF_A_DRAFT:
        sketch = replace(Sketch.from_json(begun.data), rewriting=None)
        return None if sketch.empty else Conversation(WAITING, "", sketch.to_json())
    draft = Draft.from_json(begun.data)
    empty = not (draft.text or draft.photos)
    return None if empty else Conversation(ENTRY_WAITS, begun.step, begun.data)
