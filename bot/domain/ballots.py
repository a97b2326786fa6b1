"""Ballots: what one voter chose, checked against the poll's rule, and what it adds to the tally."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from bot.domain.polls import ChoiceError, Method, Poll

MOST_PEOPLE = 20
"""As many as one voter may announce at once: who brings more writes to the team."""

Slot = tuple[int, str]
"""What is counted: an option's number (0: the poll itself) and what of it."""

YES, PERHAPS, POINTS, FIRST, PEOPLE = "yes", "perhaps", "points", "first", "people"


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody chose: options (in order, where that matters), those that would do, or people."""

    picks: tuple[int, ...] = ()
    perhaps: tuple[int, ...] = ()
    people: int = 0

    def to_json(self) -> dict[str, Any]:
        """Return the choice as it is kept."""
        return {"picks": list(self.picks), "perhaps": list(self.perhaps), "people": self.people}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """Return what `to_json` made."""
        return cls(tuple(kept["picks"]), tuple(kept["perhaps"]), int(kept["people"]))


def checked(poll: Poll, choice: Choice) -> Choice:
    """Return `choice` in the one form in which it is kept; ChoiceError if the rule forbids it."""
    known = {each.id for each in poll.offered}
    chosen = (*choice.picks, *choice.perhaps)
    if len(set(chosen)) != len(chosen) or not known.issuperset(chosen):
        raise ChoiceError
    method = poll.terms.method
    if (choice.perhaps and method is not Method.DATE) or not _RULES[method](poll, choice):
        raise ChoiceError
    if method is Method.RANKING:
        return choice
    return Choice(tuple(sorted(choice.picks)), tuple(sorted(choice.perhaps)), choice.people)


def counted(poll: Poll, choice: Choice) -> Mapping[Slot, int]:
    """Return what a checked choice adds to the tally.

    A ranking gives the first of n options n points, the second n - 1, and so on; options that were
    not ranked get none (Borda's count, as used for partial rankings).
    """
    method = poll.terms.method
    if method is Method.COUNT:
        return {(0, PEOPLE): choice.people}
    tally: Counter[Slot] = Counter()
    if method is Method.RANKING:
        for place, pick in enumerate(choice.picks):
            tally[pick, POINTS] = len(poll.offered) - place
        tally[choice.picks[0], FIRST] = 1
        return tally
    tally.update({(pick, YES): 1 for pick in choice.picks})
    tally.update({(pick, PERHAPS): 1 for pick in choice.perhaps})
    return tally


def change(poll: Poll, *, old: Choice | None, new: Choice) -> Mapping[Slot, int]:
    """Return what replacing `old` by `new` adds to and takes from the tally; zeros are left out."""
    total = Counter(counted(poll, new))
    if old is not None:
        total.subtract(counted(poll, old))
    return {slot: amount for slot, amount in total.items() if amount}


def spent(poll: Poll, picks: tuple[int, ...]) -> int:
    """Return what the picked projects cost together, in francs."""
    return sum(each.cost for each in poll.offered if each.id in picks)


def _one(_poll: Poll, choice: Choice) -> bool:
    return len(choice.picks) == 1


def _several(poll: Poll, choice: Choice) -> bool:
    return poll.terms.least <= len(choice.picks) <= poll.terms.most


def _ranked(_poll: Poll, choice: Choice) -> bool:
    return bool(choice.picks)


def _dates(_poll: Poll, _choice: Choice) -> bool:
    return True  # none at all says: on none of these days


def _projects(poll: Poll, choice: Choice) -> bool:
    keeps = not poll.terms.knapsack or spent(poll, choice.picks) <= poll.terms.envelope
    return bool(choice.picks) and keeps


def _people(_poll: Poll, choice: Choice) -> bool:
    return not choice.picks and 0 <= choice.people <= MOST_PEOPLE


_RULES = {
    Method.SINGLE: _one,
    Method.MULTIPLE: _several,
    Method.RANKING: _ranked,
    Method.DATE: _dates,
    Method.BUDGET: _projects,
    Method.COUNT: _people,
}
