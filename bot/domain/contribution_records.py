"""A contribution as a file holds it: one value a column, for the team or for everybody, never a person.

Every moment is a day. An hour beside the hours of its neighbours would tell when something
unlinkable came, since numbers are given in order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from bot.domain.anonymity import Shown, seen_by_public, seen_by_team
from bot.domain.contribution_lists import Fact
from bot.domain.contribution_states import CLOSED, Decision, State
from bot.domain.contributions import Contribution, Event, Kind, Origin, Point
from bot.domain.localized import LANGUAGES, Localized

Value = str | int | float | bool | date | None
"""What one cell holds."""

Record = Mapping[str, Value]
"""A row by column; texts in both languages stand in `title/fr` and `title/de`."""


def _both(*names: str) -> tuple[str, ...]:
    return tuple(f"{name}/{code}" for name in names for code in LANGUAGES)


_WHERE = ("neighbourhood", "latitude", "longitude")
_SAID = _both("reason", "passed_to", "helpers")

PUBLIC_COLUMNS = (
    *("number", "kind", "state", "language", *_both("title", "summary"), "theme", *_WHERE),
    *("supports", *_SAID, "helpers_wanted", "helpers_until", "received_on", "answered_on"),
)
"""What anybody may see: the board's wording, rounded places, supports in coarse steps."""

TEAM_COLUMNS = (
    *("number", "kind", "state", "told_state", "language", *_both("title"), "text"),
    *(*_both("summary"), "theme", "neighbourhood", "address", "latitude", "longitude", "supports"),
    *(*_SAID, "helpers_wanted", "helpers_until"),
    *("received_on", "due_on", "promised_on", "answered_on", "closed_on"),
    *("name_level", "wants_reply", "origin", "on_board", "assigned", "high_priority"),
    *("urgent", "critical", "merged_into", "split_from"),
)
"""What the team sees; neither who wrote it nor who of the team did what."""

EVENT_COLUMNS = ("number", "day", "event", "from", "to", *_both("note"), "published", "about")
TEAM_EVENT_COLUMNS = (*EVENT_COLUMNS, "internal_note")

_DIGITS = 6
"""Decimals of a degree, a few centimetres."""

_ABOUT_ANOTHER = frozenset({"merged", "joined", "split", "split_from", "linked", "unlinked"})


@dataclass(frozen=True, slots=True)
class Row:
    """A contribution ready for a file: its record, its rounded place, and what is counted of it."""

    record: Record
    near: Point | None
    fact: Fact


def team_row(contribution: Contribution, zone: tzinfo) -> Row:
    """Return a contribution as the team's files hold it."""
    c = seen_by_team(contribution)
    record: dict[str, Value] = {
        "number": c.number,
        "kind": c.kind.value,
        "state": c.state.value,
        "told_state": c.told_state.value,
        "language": c.language,
        "text": c.text,
        **_words("title", c.title),
        **_words("summary", c.summary),
        "theme": c.category,
        "neighbourhood": c.neighbourhood,
        "address": c.address or None,
        **_place(c.point or c.near),
        "supports": c.supports,
        **_said(c.decision),
        **_days_of(c, zone),
        "name_level": c.level.value,
        "wants_reply": c.wants_reply,
        "origin": c.origin.value,
        "on_board": c.public,
        "assigned": c.assignee is not None,
        "high_priority": bool(c.priority),
        "urgent": c.urgent,
        "critical": c.critical,
        "merged_into": c.merged_into,
        "split_from": c.split_from,
    }
    return Row({name: record[name] for name in TEAM_COLUMNS}, c.near, _fact(c))


def public_row(contribution: Contribution, zone: tzinfo) -> Row | None:
    """Return a contribution as everybody's files hold it; None if the board does not show it."""
    shown = seen_by_public(contribution, zone=zone)
    if shown is None or contribution.critical:
        return None
    record: dict[str, Value] = {
        "number": shown.number,
        "kind": shown.kind.value,
        "state": shown.state.value,
        "language": shown.language,
        **_words("title", shown.title),
        **_words("summary", shown.summary),
        "theme": shown.category,
        "neighbourhood": shown.neighbourhood,
        **_place(shown.near),
        "supports": shown.supports,
        **_said(shown.decision),
        "received_on": shown.received_on,
        "answered_on": _day(shown.answered_at, zone),
    }
    fact = _public_fact(contribution, shown)
    return Row({name: record[name] for name in PUBLIC_COLUMNS}, shown.near, fact)


def event_records(events: Sequence[Event], zone: tzinfo, *, public: bool) -> list[Record]:
    """Return what happened, in order; the public learns what has been published alone."""
    columns = EVENT_COLUMNS if public else TEAM_EVENT_COLUMNS
    told = (_event(event, zone) for event in events if event.published or not public)
    return [{name: record[name] for name in columns} for record in told]


def _event(event: Event, zone: tzinfo) -> Record:
    return {
        "number": event.contribution,
        "day": _day(event.at, zone),
        "event": event.kind,
        "from": event.old.value if event.old else None,
        "to": event.new.value if event.new else None,
        **_words("note", event.public_note),
        "published": event.published,
        "about": event.about if event.kind in _ABOUT_ANOTHER else None,
        "internal_note": event.private_note or None,
    }


def _words(name: str, texts: Localized) -> dict[str, Value]:
    return {f"{name}/{code}": texts.get(code) for code in LANGUAGES}


def _place(point: Point | None) -> dict[str, Value]:
    return {
        "latitude": round(point.lat, _DIGITS) if point else None,
        "longitude": round(point.lon, _DIGITS) if point else None,
    }


def _said(decision: Decision) -> dict[str, Value]:
    return {
        **_words("reason", decision.reason),
        **_words("passed_to", decision.passed_to),
        **_words("helpers", decision.helpers.who),
        "helpers_wanted": decision.helpers.wanted,
        "helpers_until": decision.helpers.until,
    }


def _days_of(c: Contribution, zone: tzinfo) -> dict[str, Value]:
    return {
        "received_on": _day(c.created_at, zone),
        "due_on": _day(c.due_at, zone),
        "promised_on": _day(c.promised_at, zone),
        "answered_on": _day(c.first_answer_at, zone),
        "closed_on": _day(c.closed_at, zone),
    }


def _day(moment: datetime | None, zone: tzinfo) -> date | None:
    return moment.astimezone(zone).date() if moment else None


def _fact(c: Contribution) -> Fact:
    return Fact(
        number=c.number,
        kind=c.kind,
        state=c.state,
        language=c.language,
        category=c.category,
        neighbourhood=c.neighbourhood,
        origin=c.origin,
        created_at=c.created_at,
        due_at=c.due_at,
        first_answer_at=c.first_answer_at,
        closed_at=c.closed_at,
        public=c.public,
        supports=c.supports,
    )


def _public_fact(c: Contribution, shown: Shown) -> Fact:
    """Return what may be counted in public: as told, supports in their coarse steps."""
    return Fact(
        number=shown.number,
        kind=Kind(shown.kind),
        state=State(shown.state),
        language=shown.language,
        category=shown.category,
        neighbourhood=shown.neighbourhood,
        origin=Origin.BOT,
        created_at=c.created_at,
        due_at=None,
        first_answer_at=shown.answered_at,
        closed_at=c.closed_at if shown.state in CLOSED else None,
        public=True,
        supports=shown.supports,
    )
