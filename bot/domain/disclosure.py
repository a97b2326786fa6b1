"""What of a secret poll may be seen before it is closed, so that no two looks give away one vote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from bot.domain.ballots import Slot
from bot.domain.polls import Poll, PollState, Results

FLOOR = 5
"""Fewer voters than this are never broken down."""

STEP = 3
"""Two states that anybody can compare lie at least so many votes apart."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The tally as it was when `votes` people had voted."""

    votes: int
    tally: Mapping[Slot, int]

    def to_json(self) -> dict[str, Any]:
        """Return the snapshot as it is kept."""
        return {"votes": self.votes, "tally": [[*slot, n] for slot, n in self.tally.items()]}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """Return what `to_json` made."""
        return cls(int(kept["votes"]), {(int(o), str(w)): int(n) for o, w, n in kept["tally"]})


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What is `shown` of a secret poll, and the `candidate` that is shown next.

    A candidate is shown once `STEP` more have voted. So the exact result at the end differs from
    the last state seen by `STEP` votes at least, however many come in between.
    """

    shown: Snapshot | None = None
    candidate: Snapshot | None = None

    def wants(self, votes: int) -> bool:
        """Tell whether the tally of this moment is to be kept for showing."""
        if self.candidate is None:
            return votes >= FLOOR
        return votes >= self.candidate.votes + STEP

    def after(self, snapshot: Snapshot) -> Disclosure:
        """Return what may be seen from now on, `snapshot` being what `wants` asked for."""
        return Disclosure(self.candidate, snapshot)


class Veil(StrEnum):
    """Why somebody does not see the numbers (NONE: they do)."""

    NONE = "none"
    VOTE_FIRST = "vote_first"
    WHEN_CLOSED = "when_closed"
    TOO_FEW = "too_few"
    LEADER_ONLY = "leader_only"


def veil(poll: Poll, disclosure: Disclosure, *, has_voted: bool) -> Veil:
    """Return what stands between a viewer and the numbers."""
    if poll.state is PollState.CLOSED:
        return _at_the_end(poll)
    if poll.terms.results is Results.CLOSED:
        return Veil.WHEN_CLOSED
    if poll.terms.results is Results.VOTED and not has_voted:
        return Veil.VOTE_FIRST
    if poll.secret and disclosure.shown is None:
        return Veil.TOO_FEW
    return Veil.NONE


def _at_the_end(poll: Poll) -> Veil:
    if not poll.secret or poll.votes >= FLOOR or poll.votes == 0:
        return Veil.NONE
    return Veil.LEADER_ONLY if poll.terms.few else Veil.TOO_FEW
