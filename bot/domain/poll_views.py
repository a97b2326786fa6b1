"""What somebody gets to see of a poll: never more than its terms and its secrecy allow."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.domain.ballots import Choice
from bot.domain.disclosure import Disclosure, Veil, veil
from bot.domain.polls import Option, Poll, PollState
from bot.domain.tallies import Result, Room, Tally, result

_ROOM_IS_SEEN = {Veil.TOO_FEW, Veil.LEADER_ONLY}
"""Hands are raised before everybody's eyes: they are shown where votes are not."""


@dataclass(frozen=True, slots=True)
class Counted:
    """All that is known of how a poll stands, before anybody looks at it."""

    tally: Tally
    room: Room
    disclosure: Disclosure = field(default_factory=Disclosure)


@dataclass(frozen=True, slots=True)
class Seen:
    """A poll as one person sees it.

    While `veil` hides the votes, `result` holds what was counted in the room, or None; `leading` are
    the options in front where only that may be said; `as_of` is how many votes the result stands for.
    """

    poll: Poll
    result: Result | None
    veil: Veil
    mine: Choice | None = None
    voted: bool = False
    as_of: int = 0
    leading: tuple[Option, ...] = ()


def seen(poll: Poll, counted: Counted, *, mine: Choice | None, voted: bool) -> Seen:
    """Return `poll` as somebody sees it who may have voted."""
    hides = veil(poll, counted.disclosure, has_voted=voted)
    tally, votes = _visible(poll, counted)
    shown: Result | None = None
    leading: tuple[Option, ...] = ()
    if hides is Veil.NONE:
        shown = result(poll, tally, votes, counted.room)
    elif hides in _ROOM_IS_SEEN and any(counted.room.values()):
        shown = result(poll, {}, 0, counted.room)
    if hides is Veil.LEADER_ONLY:
        whole = result(poll, counted.tally, poll.votes, counted.room)
        leading = tuple(line.option for line in whole.lines if line.leads)
    return Seen(poll, shown, hides, mine, voted, votes, leading)


def _visible(poll: Poll, counted: Counted) -> tuple[Tally, int]:
    if not poll.secret or poll.state is PollState.CLOSED:
        return counted.tally, poll.votes
    shown = counted.disclosure.shown
    return (shown.tally, shown.votes) if shown else ({}, 0)
