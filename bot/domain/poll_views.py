"""What somebody gets to see of a poll: never more than its terms and its secrecy allow."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.domain.ballots import Choice
from bot.domain.disclosure import Disclosure, Veil, veil
from bot.domain.polls import Poll, PollState
from bot.domain.tallies import Line, Result, Room, Tally, result


@dataclass(frozen=True, slots=True)
class Counted:
    """All that is known of how a poll stands, before anybody looks at it."""

    tally: Tally
    room: Room
    disclosure: Disclosure = field(default_factory=Disclosure)


@dataclass(frozen=True, slots=True)
class Seen:
    """A poll as one person sees it.

    `result` is None while `veil` hides the numbers, and has lines without numbers where only the
    leading option may be named; `as_of` is the number of votes it stands for.
    """

    poll: Poll
    result: Result | None
    veil: Veil
    mine: Choice | None = None
    voted: bool = False
    as_of: int = 0


def seen(poll: Poll, counted: Counted, *, mine: Choice | None, voted: bool) -> Seen:
    """Return `poll` as somebody sees it who may have voted."""
    hides = veil(poll, counted.disclosure, has_voted=voted)
    tally, votes = _visible(poll, counted)
    shown = None
    if hides is Veil.NONE:
        shown = result(poll, tally, votes, counted.room)
    elif hides is Veil.LEADER_ONLY:
        shown = _leader(result(poll, counted.tally, poll.votes, counted.room))
    elif any(counted.room.values()) and hides is Veil.TOO_FEW:
        shown = result(poll, {}, 0, counted.room)
    return Seen(poll, shown, hides, mine, voted, votes)


def _visible(poll: Poll, counted: Counted) -> tuple[Tally, int]:
    if not poll.secret or poll.state is PollState.CLOSED:
        return counted.tally, poll.votes
    shown = counted.disclosure.shown
    return (shown.tally, shown.votes) if shown else ({}, 0)


def _leader(whole: Result) -> Result:
    leading = tuple(Line(line.option, 0, leads=True) for line in whole.lines if line.leads)
    return Result(leading, 0)
