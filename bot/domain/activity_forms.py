"""What the team fills in about an activity or one of its dates, step by step, in the chat.

A form keeps plain values by step, as typed or tapped and understood; from them it makes the document
of an activity or the wish to change a date. It knows no words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Any

from bot.domain.activity_rules import ending, on_weekday, ruled
from bot.domain.activity_steps import (
    HOLIDAYS_ASKED,
    MAY_SKIP,
    READ,
    SKIP,
    STEPS,
    WRITE,
    Purpose,
)
from bot.domain.date_changes import Wish
from bot.domain.documents import Document
from bot.domain.localized import LANGUAGES, Localized
from bot.domain.occurrences import OccurrenceKey
from bot.domain.series import span as span_on

_ROUTE = 8


@dataclass(frozen=True, slots=True)
class Form:
    """One form: what it is for, and what has been answered, by step."""

    purpose: Purpose
    entry_id: str = ""
    stamp: str = ""
    over: str = ""
    step: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    base: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return the form as a dict that a dialogue can keep."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Form:
        """Return the form that `to_json` took apart."""
        return cls(**{name: data[name] for name in cls.__dataclass_fields__ if name in data})

    def next_step(self) -> str:
        """Return the first step that still needs an answer, "" if none does."""
        return next((each for each in STEPS[self.purpose] if self._open(each)), "")

    def _open(self, step: str) -> bool:
        if step in self.values:
            return False
        return step != "holidays" or self.values.get("rhythm") in HOLIDAYS_ASKED

    def at(self, step: str) -> Form:
        """Return this form, waiting for the answer to `step`."""
        return replace(self, step=step)

    def answered(self, step: str, text: str, *, today: date) -> Form | None:
        """Return the form with an answer, typed or tapped; None if it was not understood."""
        read = READ.get(step)
        if read is None:
            return None
        if text == SKIP and step in MAY_SKIP:
            value: Any = SKIP
        else:
            value = read(text, today)
        if value is None or (step == "itinerary" and len(self._route(value)) > _ROUTE):
            return None
        if step == "itinerary":
            value = self._route(value)
        return replace(self, step="", values={**self.values, step: value})

    def _route(self, place: str) -> list[str]:
        """Return the places that take turns, with one more, or without one that was among them."""
        known = self.values.get("itinerary")
        if known is None:
            route = (self.base.get("schedule") or {}).get("itinerary") or {}
            known = route.get("places") or []
        return [each for each in known if each != place] if place in known else [*known, place]

    def note(self) -> Localized:
        """Return the reason for a change of a date, in the languages it was given in."""
        found = {code: self.values.get(f"why_{code}") for code in LANGUAGES}
        return Localized({code: text for code, text in found.items() if text and text != SKIP})

    def wish(self, *, usual: tuple[time, time]) -> Wish | None:
        """Return what shall become of a date; None if the form is for something else."""
        if self.purpose == "cancel":
            key = OccurrenceKey.stamped(self.entry_id, self.stamp)
            return Wish(key, "cancelled", note=self.note()) if key else None
        if self.purpose not in {"move", "add"}:
            return None
        times = self.values["day_times"]
        starts, ends = usual if times == SKIP else map(time.fromisoformat, times)
        begin, end = span_on(date.fromisoformat(self.values["day"]), starts, ends)
        place = self.values.get("day_place")
        if self.purpose == "add":
            key = OccurrenceKey(self.entry_id, begin)
            return Wish(key, "added", (begin, end), place, self.note())
        moved = OccurrenceKey.stamped(self.entry_id, self.stamp)
        return Wish(moved, "moved", (begin, end), place, self.note()) if moved else None

    def document(self, *, neighbourhood: str, phone: str) -> Document:
        """Return the activity with what was answered; what is new begins with what is usual."""
        document: dict[str, Any] = dict(self.base) or {
            "neighbourhood": neighbourhood,
            "cost": {"chf": 0},
            "contact": {"phone": phone} if phone else {},
        }
        for step, value in self.values.items():
            if step in WRITE and value != SKIP:
                document = WRITE[step](document, value)
        document = {**document, "schedule": self._schedule(document.get("schedule") or {})}
        if self.purpose == "guest":
            document["guests"] = self._guests(document.get("guests") or ())
        if not document.get("description"):
            document["description"] = document.get("summary")
        return document

    def _guests(self, known: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """Return who comes on which day, with whom is expected on the day of this form."""
        names = {code: self.values.get(f"guest_{code}") for code in LANGUAGES}
        name = {code: text for code, text in names.items() if text and text != SKIP}
        guest = {"date": self.values["guest_day"], "name": name}
        kept = [each for each in known if each["date"] != guest["date"]]
        return sorted((*kept, guest), key=lambda each: str(each["date"]))

    def _schedule(self, schedule: Mapping[str, Any]) -> dict[str, Any]:
        changed = dict(schedule)
        values = self.values
        if "rhythm" in values and "first" in values:
            changed |= ruled(values["rhythm"], date.fromisoformat(values["first"]))
        if values.get("holidays") in {"outside", "always"}:
            changed["exclude_school_holidays"] = values["holidays"] == "outside"
        if "times" in values:
            changed["start"], changed["end"] = values["times"]
        if self.purpose == "shift" and not self.next_step():
            changed["changes"] = self._changes(schedule)
        if "until" in values:
            changed = ending(changed, values["until"])
        if values.get("itinerary"):
            turn = values.get("turn") or (schedule.get("itinerary") or {}).get("turn") or "meeting"
            changed["itinerary"] = {"turn": turn, "places": list(values["itinerary"])}
        elif "itinerary" in values:
            changed["itinerary"] = None
        if "cycle" in values:
            first, last = values["cycle"]
            cycle = {"id": first[:7], "first_day": first, "last_day": last}
            kept = [each for each in changed.get("cycles") or () if each["last_day"] < first]
            changed["cycles"] = [*kept, cycle]
        return changed

    def _changes(self, schedule: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Return the later rhythms with one more; those planned for after it give way."""
        since, weekday = self.values["since"], self.values["weekday"]
        kept = [each for each in schedule.get("changes") or () if each["from"] < since]
        before: dict[str, Any] = dict(schedule)
        for each in kept:
            before |= each
        change: dict[str, Any] = {"from": since}
        if self.values["new_times"] != SKIP:
            change["start"], change["end"] = self.values["new_times"]
        change["rrule"] = on_weekday(before.get("rrule") or "", weekday)
        return [*kept, change]
