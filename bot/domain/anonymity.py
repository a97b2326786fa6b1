"""The three honest levels of a name: who learns what of the author, and the code of who cannot be linked."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, tzinfo

from bot.domain.contribution_states import Column, Decision, State, board_column
from bot.domain.contributions import Contribution, Event, Kind, NameLevel, Point, Priority, steps
from bot.domain.localized import Localized

_CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_LETTERS = 26
"""26 letters of 5 bits: more than the 128 bits nobody guesses."""
_GROUP = 4
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


@dataclass(frozen=True, slots=True)
class Shown:
    """A contribution as anybody may see it; nothing in it points to a person."""

    number: int
    kind: Kind
    state: State
    column: Column
    language: str
    title: Localized
    summary: Localized
    category: str | None
    neighbourhood: str | None
    near: Point | None
    supports: int
    decision: Decision
    received_on: date
    shown_at: datetime | None
    answered_at: datetime | None


def seen_by_team(contribution: Contribution) -> Contribution:
    """Return what the team sees: a pseudonym only where the author agreed, never a confidential one."""
    if contribution.level is NameLevel.HIDDEN:
        return contribution
    return replace(contribution, author=None)


def events_seen_by_team(
    contribution: Contribution, events: list[Event], team: frozenset[str]
) -> list[Event]:
    """Return what happened; `by` names the team only, unless the author may be known as such."""
    known = team | (
        {contribution.author} if contribution.level is NameLevel.HIDDEN else frozenset()
    )
    return [event if event.by in known else replace(event, by=None) for event in events]


def seen_by_author(contribution: Contribution) -> Contribution:
    """Return what the author sees: what has been published, nothing the team has not told yet."""
    told = contribution.told or Decision(contribution.told_state)
    return replace(
        contribution,
        state=contribution.told_state,
        reason=told.reason,
        passed_to=told.passed_to,
        helpers=told.helpers,
        assignee=None,
        entered_by=None,
        priority=Priority.NORMAL,
        urgent=False,
        critical=False,
        promised_at=None,
    )


def seen_by_supporter(contribution: Contribution) -> Contribution:
    """Return what a supporter sees: the team's words and the rounded place, never the author's own."""
    return replace(seen_by_author(contribution), author=None, text="", point=None, address="")


def seen_by_public(contribution: Contribution, *, zone: tzinfo = UTC) -> Shown | None:
    """Return what the board may show, days as in `zone`; None where it may show nothing."""
    column = board_column(contribution.published_state)
    if not contribution.public or column is None or contribution.kind is Kind.OBSERVATION:
        return None
    return Shown(
        number=contribution.number,
        kind=contribution.kind,
        state=contribution.told_state,
        column=column,
        language=contribution.language,
        title=contribution.title,
        summary=contribution.summary,
        category=contribution.category,
        neighbourhood=contribution.neighbourhood,
        near=contribution.near,
        supports=steps(contribution.supports),
        decision=contribution.told or Decision(contribution.told_state),
        received_on=contribution.created_at.astimezone(zone).date(),
        shown_at=contribution.shown_at,
        answered_at=contribution.first_answer_at,
    )


def new_code() -> str:
    """Return a tracking code in readable groups; it is kept nowhere, see `code_hash`."""
    letters = [secrets.choice(_CODE_ALPHABET) for _ in range(_CODE_LETTERS)]
    return "-".join(
        "".join(letters[start : start + _GROUP]) for start in range(0, _CODE_LETTERS, _GROUP)
    )


def code_hash(code: str) -> str | None:
    """Return what is stored of a code however it was typed; None if it cannot be one."""
    typed = "".join(char for char in code.upper() if char.isalnum()).translate(_MISREAD)
    if len(typed) != _CODE_LETTERS or not set(typed) <= set(_CODE_ALPHABET):
        return None
    return hashlib.sha256(typed.encode()).hexdigest()
