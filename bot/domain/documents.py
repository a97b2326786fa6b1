"""The canonical JSON form of what a directory says, and the way from it to the directory.

Files, tables and exports all hold these documents; nothing here checks them: `bot.formats` does,
once, before anything is stored.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from bot.domain.directory import (
    Contact,
    Cost,
    Directory,
    Entry,
    Guest,
    Hours,
    Kind,
    Neighbourhood,
    Part,
    Place,
    PublicHoliday,
    SchoolHoliday,
    Signup,
)
from bot.domain.localized import Localized
from bot.domain.schedules import schedule_of

Document = Mapping[str, Any]
"""Keys and plain JSON values of one thing, in canonical order."""

KINDS: tuple[Kind, ...] = ("service", "activity", "faq")


@dataclass(frozen=True, slots=True)
class Published:
    """Everything a directory says, document by document, in the order an editor gave it."""

    entries: Mapping[str, tuple[Kind, Document]] = field(default_factory=dict)
    places: Mapping[str, Document] = field(default_factory=dict)
    neighbourhoods: Mapping[str, Document] = field(default_factory=dict)
    school_holidays: tuple[Document, ...] = ()
    public_holidays: tuple[Document, ...] = ()
    holidays_note: str = ""


def directory_of(published: Published) -> Directory:
    """Return the directory that `published` describes."""
    return Directory(
        entries={
            key: entry_of(kind, document) for key, (kind, document) in published.entries.items()
        },
        places={key: _place(key, document) for key, document in published.places.items()},
        neighbourhoods={
            key: Neighbourhood(key, Localized.of(name))
            for key, name in published.neighbourhoods.items()
        },
        school_holidays=tuple(_school_holiday(document) for document in published.school_holidays),
        public_holidays=tuple(_public_holiday(document) for document in published.public_holidays),
    )


def fingerprint(document: Document) -> str:
    """Return a short word that changes with anything in the document but the order of keys."""
    canonical = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:32]


def faq_document(
    entry_id: str,
    *,
    question: Localized,
    answer: Localized,
    questions: Mapping[str, Sequence[str]],
    category: str,
    today: date,
) -> Document:
    """Return the document of a frequent question written in a chat."""
    asked = {language: list(texts) for language, texts in questions.items() if texts}
    return {
        "id": entry_id,
        "category": category,
        "question": dict(question),
        "answer": dict(answer),
        **({"questions": asked} if asked else {}),
        "related": [],
        "updated": today.isoformat(),
    }


def entry_of(kind: Kind, document: Document) -> Entry:
    """Return the entry that `document` describes."""
    faq = kind == "faq"
    waiting = document.get("waiting_list") or {}
    return Entry(
        id=document["id"],
        kind=kind,
        category=document["category"],
        title=Localized.of(document["question" if faq else "title"]),
        summary=Localized.of(document.get("summary")),
        description=Localized.of(document["answer" if faq else "description"]),
        updated=date.fromisoformat(document["updated"]),
        keywords=_word_lists(document.get("keywords")),
        questions=_word_lists(document.get("questions")),
        audience=tuple(document.get("audience") or ()),
        ages=_ages(document.get("ages")),
        neighbourhood=document.get("neighbourhood"),
        place=document.get("place"),
        hours=tuple(_hours(span) for span in document.get("hours") or ()),
        closed_school_holidays=document.get("closed_school_holidays", False),
        schedule=schedule_of(document.get("schedule")),
        capacity=document.get("capacity"),
        waiting=waiting.get("length", 0) if waiting.get("enabled") else None,
        cost=_cost(document.get("cost")),
        languages=tuple(document.get("languages") or ()),
        signup=_signup(document.get("signup")),
        animator=document.get("animator") or "",
        contact=_contact(document.get("contact")),
        related=tuple(document.get("related") or ()),
        months=_months(document.get("ages")),
        adults_only=document.get("adults_only", False),
        partner=document.get("partner") or "",
        material=_cost(document.get("material")),
        guests=tuple(_guest(guest) for guest in document.get("guests") or ()),
        parts=tuple(_part(part) for part in document.get("parts") or ()),
    )


def _word_lists(document: Document | None) -> dict[str, tuple[str, ...]]:
    return {language: tuple(words) for language, words in (document or {}).items()}


def _ages(document: Document | None) -> tuple[int, int] | None:
    """Return the ages in years; months are rounded so that nobody who may come is left out."""
    if not document:
        return None
    if document.get("unit") == "months":
        return document["from"] // 12, -(-document["to"] // 12)
    return document["from"], document["to"]


def _months(document: Document | None) -> tuple[int, int] | None:
    in_months = document is not None and document.get("unit") == "months"
    return (document["from"], document["to"]) if document and in_months else None


def _guest(document: Document) -> Guest:
    return Guest(date.fromisoformat(document["date"]), Localized.of(document["name"]))


def _part(document: Document) -> Part:
    return Part(document["id"], Localized.of(document["title"]), _ages(document.get("ages")))


def _hours(document: Document) -> Hours:
    closes = time() if document["to"] == "24:00" else time.fromisoformat(document["to"])
    return Hours(tuple(document["days"]), time.fromisoformat(document["from"]), closes)


def _cost(document: Document | None) -> Cost | None:
    if not document:
        return None
    chf = document.get("chf")
    return Cost(None if chf is None else float(chf), Localized.of(document.get("note")))


def _signup(document: Document | None) -> Signup | None:
    if not document:
        return None
    return Signup(
        document["required"],
        document["channel"],
        Localized.of(document.get("note")),
        unit=document.get("unit") or "person",
        per=document.get("per") or "date",
        accompanied=document.get("accompanied", False),
        asks_phone=document.get("phone", False),
        invited_only=document.get("invited_only", False),
        slot=document.get("slot") or 0,
        bring=Localized.of(document.get("bring")),
    )


def _contact(document: Document | None) -> Contact | None:
    return Contact(document.get("phone") or "", document.get("email") or "") if document else None


def _place(key: str, document: Document) -> Place:
    return Place(
        id=key,
        name=Localized.of(document["name"]),
        street=Localized.of(document["street"]),
        postcode=document["postcode"],
        city=Localized.of(document["city"]),
        latitude=document.get("lat"),
        longitude=document.get("lon"),
        wheelchair=document.get("wheelchair"),
    )


def _school_holiday(document: Document) -> SchoolHoliday:
    first, last = (date.fromisoformat(document[key]) for key in ("first_day", "last_day"))
    return SchoolHoliday(document["id"], Localized.of(document["name"]), first, last)


def _public_holiday(document: Document) -> PublicHoliday:
    return PublicHoliday(date.fromisoformat(document["date"]), Localized.of(document["name"]))
