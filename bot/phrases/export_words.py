"""The words of exported tables: headings, and what stands in the cells instead of our codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from bot.domain.contribution_records import Record, Value
from bot.domain.contribution_states import State
from bot.domain.contributions import Kind, NameLevel, Origin
from bot.domain.directory import Neighbourhood
from bot.domain.localized import Localized
from bot.i18n import Voice, voice
from bot.phrases.casework import event_word
from bot.phrases.categories import category_name
from bot.phrases.contributed import state_word
from bot.phrases.contributions import kind_name
from bot.phrases.names import level_name

WIDE = frozenset({"text", "title", "summary", "reason", "passed_to", "helpers", "note"})
"""Columns of sentences."""

_OF_STATE = ("state", "told_state", "from", "to")
_OF_CODES = frozenset(
    {*_OF_STATE, "kind", "language", "theme", "neighbourhood", "event", "name_level", "origin"}
)
"""Columns of codes, for which there are words."""

Quarters = Callable[[], Mapping[str, Neighbourhood]]
"""What gives the neighbourhoods as the directory names them now."""


@dataclass(frozen=True, slots=True)
class Words:
    """One language's words for records; `quarters` are the names of neighbourhoods by id.

    `known` remembers what a code is called: a table says the same few words ten thousand times.
    """

    voice: Voice
    quarters: Mapping[str, Localized]
    known: dict[tuple[str, str], str] = field(default_factory=dict, compare=False)

    def heading(self, column: str) -> str:
        """Return a column's heading; texts in one language say which."""
        name, _, code = column.partition("/")
        said = _headings(self.voice)[name]
        return f"{said} ({code})" if code else said

    def cells(self, record: Record) -> list[Value]:
        """Return the row of a record, its codes in words."""
        return [self._cell(name, value) for name, value in record.items()]

    def quarter(self, neighbourhood: str) -> str:
        """Return a neighbourhood's name; what is not known any more keeps its id."""
        known = self.quarters.get(neighbourhood)
        return known.told(self.voice.language).text if known else neighbourhood

    def _cell(self, column: str, value: Value) -> Value:
        v = self.voice
        if isinstance(value, bool):
            return v.plain("yes") if value else v.plain("no")
        if column not in _OF_CODES or not isinstance(value, str) or not value:
            return value
        if (column, value) not in self.known:
            self.known[column, value] = self._said(column)(value)
        return self.known[column, value]

    def _said(self, column: str) -> Callable[[str], str]:
        v = self.voice
        sayings: Mapping[str, Callable[[str], str]] = {
            "kind": lambda code: kind_name(v, Kind(code)),
            **dict.fromkeys(_OF_STATE, lambda code: state_word(v, State(code))),
            "language": lambda code: language_word(v, code),
            "theme": lambda code: category_name(v, code) or code,
            "neighbourhood": self.quarter,
            "event": lambda code: event_word(v, code),
            "name_level": lambda code: level_name(v, NameLevel(code)),
            "origin": lambda code: _origin(v, Origin(code)),
        }
        return sayings[column]


def words_of(language: str, quarters: Mapping[str, Neighbourhood]) -> Words:
    """Return the words of one language."""
    return Words(voice(language), {key: known.name for key, known in quarters.items()})


def language_word(v: Voice, code: str) -> str:
    """Return a language as a word."""
    return {"fr": v.plain("French"), "de": v.plain("German")}.get(code, code)


def _origin(v: Voice, origin: Origin) -> str:
    return {
        Origin.BOT: v.plain("by the bot"),
        Origin.PAPER: v.plain("on paper"),
        Origin.PHONE: v.plain("by phone"),
        Origin.COUNTER: v.plain("at the counter"),
        Origin.TEAM: v.plain("by the team"),
        Origin.SESSION: v.plain("at a session"),
    }[origin]


@lru_cache(maxsize=4)
def _headings(v: Voice) -> Mapping[str, str]:
    return {
        "number": v.plain("Number"),
        "kind": v.plain("Kind"),
        "state": v.plain("Stands"),
        "told_state": v.plain("Told so far"),
        "language": v.plain("Language"),
        "title": v.plain("Title"),
        "text": v.plain("Author's words"),
        "summary": v.plain("Public text"),
        "theme": v.plain("Theme"),
        "neighbourhood": v.plain("Neighbourhood"),
        "address": v.plain("Address"),
        "latitude": v.plain("Latitude"),
        "longitude": v.plain("Longitude"),
        "supports": v.plain("Supports"),
        "reason": v.plain("Reason"),
        "passed_to": v.plain("Passed on to"),
        "helpers": v.plain("Who does it"),
        "helpers_wanted": v.plain("Helpers wanted"),
        "helpers_until": v.plain("Until"),
        "received_on": v.plain("Received on"),
        "due_on": v.plain("Answer due on"),
        "promised_on": v.plain("News promised for"),
        "answered_on": v.plain("First answer on"),
        "closed_on": v.plain("Closed on"),
    } | _rarer(v)


def _rarer(v: Voice) -> dict[str, str]:
    return {
        "name_level": v.plain("Name"),
        "wants_reply": v.plain("Wants an answer"),
        "origin": v.plain("Came"),
        "on_board": v.plain("On the board"),
        "assigned": v.plain("Somebody is responsible"),
        "high_priority": v.plain("Priority"),
        "urgent": v.plain("Urgent"),
        "critical": v.plain("Critical"),
        "merged_into": v.plain("Goes on as number"),
        "split_from": v.plain("Part of number"),
        "day": v.plain("Day"),
        "event": v.plain("What happened"),
        "from": v.plain("Stood before"),
        "to": v.plain("Stood after"),
        "note": v.plain("What was said"),
        "published": v.plain("Public"),
        "about": v.plain("Other number"),
        "internal_note": v.plain("Note of the team"),
    }
