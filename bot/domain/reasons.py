"""Reasons that are ready made: what a decision may be explained with, in both languages at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from bot.domain.contribution_states import State
from bot.domain.localized import LANGUAGES, Localized

MOST = 20
"""Reasons a town may add: more nobody reads through."""


@dataclass(frozen=True, slots=True)
class ReadyReason:
    """One of them; `id` travels in buttons, `states` are the decisions it is offered for."""

    id: str
    states: frozenset[State]
    text: Localized

    @classmethod
    def of(cls, id_: str, data: Mapping[str, Any]) -> Self:
        """Return what a file or the town's settings say."""
        text = Localized((code, str(data[code]).strip()) for code in LANGUAGES)
        return cls(id_, frozenset(State(each) for each in data["states"]), text)

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {"states": sorted(self.states), **self.text}


@dataclass(frozen=True, slots=True)
class ReadyReasons:
    """All that a town offers: those of the file without what was taken away, and its own."""

    given: Sequence[ReadyReason]
    own: Sequence[ReadyReason] = ()
    gone: frozenset[str] = frozenset()

    def offered(self, state: State) -> list[ReadyReason]:
        """Return those for a decision, the town's own first."""
        known = [*self.own, *(each for each in self.given if each.id not in self.gone)]
        return [each for each in known if state in each.states]

    def find(self, id_: str) -> ReadyReason | None:
        """Return the reason of this id, if it is offered."""
        known = [*self.own, *(each for each in self.given if each.id not in self.gone)]
        return next((each for each in known if each.id == id_), None)

    def with_own(self, state: State, text: Localized) -> ReadyReasons:
        """Return them with one more of the town's own; the same words are kept once."""
        if any(each.text == text and state in each.states for each in self.offered(state)):
            return self
        taken = {int(each.id[1:]) for each in self.own}
        new = ReadyReason(f"+{max(taken, default=0) + 1}", frozenset({state}), text)
        return ReadyReasons(self.given, (new, *self.own)[:MOST], self.gone)

    def without(self, id_: str) -> ReadyReasons:
        """Return them without one."""
        own = tuple(each for each in self.own if each.id != id_)
        given = {each.id for each in self.given}
        return ReadyReasons(self.given, own, self.gone | ({id_} & given))
