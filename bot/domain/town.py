"""What one town sets for its bot: names, numbers, privacy words; neutral until it does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from bot.domain.localized import Localized


@dataclass(frozen=True, slots=True)
class Helpline:
    """A number for an emergency or a hard moment; `checked` is the day somebody verified it."""

    number: str
    label: Localized
    hours: Localized
    checked: date | None = None
    note: Localized = field(default_factory=Localized)
    source: str = ""


@dataclass(frozen=True, slots=True)
class Privacy:
    """Who answers for people's data, how to reach them, and the town's own words."""

    responsible: str = ""
    contact: str = ""
    officer: str = ""
    text: Localized = field(default_factory=Localized)


@dataclass(frozen=True, slots=True)
class Interpreter:
    """The service that interprets for people who speak neither language of the town."""

    name: Localized = field(default_factory=Localized)
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """Whom the team calls when something cannot wait."""

    phone: str = ""
    hours: Localized = field(default_factory=Localized)


@dataclass(frozen=True, slots=True)
class BroadcastRules:
    """How many announcements a person may send in a day; to more than so many people two agree."""

    second_above: int = 300
    animator_per_day: int = 3
    coordinator_per_day: int = 10


@dataclass(frozen=True, slots=True)
class Centre:
    """A place with a team."""

    id: str
    name: Localized
    place: str | None = None
    neighbourhood: str | None = None
    phone: str = ""


_AROUND_THE_CLOCK = Localized(fr="24 heures sur 24", de="rund um die Uhr")

NATIONAL_HELPLINES = tuple(
    Helpline(number, Localized(fr=fr, de=de), _AROUND_THE_CLOCK)
    for number, fr, de in (
        ("117", "Police", "Polizei"),
        ("118", "Pompiers", "Feuerwehr"),
        ("144", "Ambulance", "Ambulanz"),
        ("145", "Intoxications", "Vergiftungen"),
        ("143", "La Main Tendue, parler à quelqu'un", "Die Dargebotene Hand, mit jemandem reden"),
        ("147", "Aide pour enfants et jeunes", "Hilfe für Kinder und Jugendliche"),
        ("142", "Aide en cas de violence", "Hilfe bei Gewalt"),
        ("112", "Numéro d'urgence européen", "Europäische Notrufnummer"),
    )
)
"""The numbers that hold in the whole country; a town adds its own and may reword these."""


@dataclass(frozen=True, slots=True)
class Town:
    """All that the town has set; whatever it has not is neutral or empty, never missing."""

    name: Localized = field(default_factory=lambda: Localized(fr="Quartierbot", de="Quartierbot"))
    town: Localized = field(default_factory=Localized)
    description: Localized = field(default_factory=Localized)
    short_description: Localized = field(default_factory=Localized)
    phone: str = ""
    helplines: tuple[Helpline, ...] = NATIONAL_HELPLINES
    privacy: Privacy = field(default_factory=Privacy)
    interpreter: Interpreter = field(default_factory=Interpreter)
    duty: Duty = field(default_factory=Duty)
    quiet_from: time = time(20)
    quiet_to: time = time(8)
    offer_hours: int = 12
    canton: str = ""
    first_cards: tuple[str, ...] = ()
    centres: tuple[Centre, ...] = ()
    answer_within: Mapping[str, int] = field(default_factory=dict)
    broadcasts: BroadcastRules = field(default_factory=BroadcastRules)

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Town:
        """Return the town that checked `values` describe, key by key as in town.yaml."""
        set_here: dict[str, Any] = {
            key: read(values[key]) for key, read in _READERS.items() if values.get(key)
        }
        quiet = values.get("quiet_hours")
        if quiet:
            set_here["quiet_from"] = time.fromisoformat(quiet["from"])
            set_here["quiet_to"] = time.fromisoformat(quiet["to"])
        return cls(**set_here)

    def centre(self, centre_id: str | None) -> Centre | None:
        """Return the centre of that id, if the town has it."""
        return next((centre for centre in self.centres if centre.id == centre_id), None)

    def missing(self) -> tuple[str, ...]:
        """Return the keys of town.yaml that an operator still must set before residents come."""
        needed = {
            "name": self.name != Town().name,
            "town": self.town,
            "phone": self.phone,
            "privacy.responsible": self.privacy.responsible,
            "privacy.contact": self.privacy.contact,
            "privacy.text": self.privacy.text,
            "interpreter.phone": self.interpreter.phone,
            "duty.phone": self.duty.phone,
            "canton": self.canton,
            "first_cards": self.first_cards,
            "centres": self.centres,
        }
        unchecked = any(line.checked is None for line in self.helplines)
        absent = [key for key, value in needed.items() if not value]
        return (*absent, "helplines") if unchecked else tuple(absent)


def _helplines(documents: Iterable[Mapping[str, Any]]) -> tuple[Helpline, ...]:
    # A national number that the town leaves out stays: nobody may lose 144 by an edit.
    own = tuple(
        Helpline(
            number=document["number"],
            label=Localized.of(document["label"]),
            hours=Localized.of(document["hours"]),
            checked=date.fromisoformat(document["checked"]) if document.get("checked") else None,
            note=Localized.of(document.get("note")),
            source=document.get("source") or "",
        )
        for document in documents
    )
    numbers = {line.number for line in own}
    return own + tuple(line for line in NATIONAL_HELPLINES if line.number not in numbers)


def _privacy(document: Mapping[str, Any]) -> Privacy:
    words = {key: document.get(key) or "" for key in ("responsible", "contact", "officer")}
    return Privacy(**words, text=Localized.of(document.get("text")))


def _interpreter(document: Mapping[str, Any]) -> Interpreter:
    return Interpreter(Localized.of(document.get("name")), document.get("phone") or "")


def _duty(document: Mapping[str, Any]) -> Duty:
    return Duty(document.get("phone") or "", Localized.of(document.get("hours")))


def _centres(documents: Iterable[Mapping[str, Any]]) -> tuple[Centre, ...]:
    return tuple(
        Centre(
            id=document["id"],
            name=Localized.of(document["name"]),
            place=document.get("place"),
            neighbourhood=document.get("neighbourhood"),
            phone=document.get("phone") or "",
        )
        for document in documents
    )


_READERS: Mapping[str, Callable[[Any], object]] = {
    **dict.fromkeys(("name", "town", "description", "short_description"), Localized.of),
    **dict.fromkeys(("phone", "canton"), str),
    "offer_hours": int,
    "helplines": _helplines,
    "privacy": _privacy,
    "interpreter": _interpreter,
    "duty": _duty,
    "first_cards": tuple,
    "centres": _centres,
    "answer_within": dict,
    "broadcasts": lambda document: BroadcastRules(
        **{key: value for key, value in document.items() if value is not None}
    ),
}
