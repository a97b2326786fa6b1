"""A folder of directory files, read and judged whole; nothing is changed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from bot.domain.documents import Document, Published, directory_of
from bot.domain.errors import OperatorError
from bot.formats._nodes import Node, Table, UnreadableError, read_nodes
from bot.formats._shapes import ENTRIES, NEIGHBOURHOOD, PLACE, PUBLIC_HOLIDAY, SCHOOL_HOLIDAY
from bot.formats._spots import Book, Spot
from bot.formats._town_shape import read_town
from bot.formats._values import ID_RULE, SUMMARY, text, usable_id
from bot.formats.problems import Problem, Problems, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from bot.domain.directory import Directory, Kind
    from bot.formats._spots import Read

SERVICES, ACTIVITIES, FAQ, HOLIDAYS, TOWN = (
    f"{stem}.yaml" for stem in ("services", "activities", "faq", "holidays", "town")
)
_SECTIONS = {
    SERVICES: ("neighbourhoods", "places", "services"),
    ACTIVITIES: ("activities",),
    FAQ: ("faq",),
    HOLIDAYS: ("note", "school_holidays", "public_holidays"),
}
_OPTIONAL = {"note", "neighbourhoods", "places"}
_DEFINED_IN = {
    SERVICES: ("place", "neighbourhood", "entry"),
    ACTIVITIES: ("entry",),
    FAQ: ("entry",),
}
_ENTRY_SECTIONS: dict[Kind, tuple[str, str]] = {
    "service": (SERVICES, "services"),
    "activity": (ACTIVITIES, "activities"),
    "faq": (FAQ, "faq"),
}


@dataclass(frozen=True, slots=True)
class Loaded:
    """A folder as read: what is sound in it, and everything that is not.

    `directory` holds the sound entries only; import it only if `problems.errors` is empty.
    """

    directory: Directory
    published: Published
    town: Document | None
    problems: Problems

    def sound(self) -> Loaded:
        """Return this folder; raise OperatorError if it may not be imported."""
        errors = self.problems.errors
        if errors:
            others = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
            raise OperatorError(
                f"The directory has mistakes: {errors[0]}{others}",
                remedy="Run `quartierbot directory check` to see them all.",
            )
        return self


def load(folder: Path, *, today: date | None = None) -> Loaded:
    """Read and judge the directory in `folder`; `today` lets old entries be named."""
    if not folder.is_dir():
        message = f"There is no directory folder {folder}."
        raise OperatorError(message, remedy="Set QUARTIERBOT_DIRECTORY or name another folder.")
    book = Book(today=today)
    published = _read_published(folder, book)
    root = _open(folder, TOWN, book) if (folder / TOWN).exists() else None
    town = read_town(root) if root else None
    _name_stray_files(folder, book)
    book.resolve()
    problems = Problems.sorted(book.problems)
    return Loaded(directory_of(published), published, town, problems)


def _read_published(folder: Path, book: Book) -> Published:
    sections = {name: _sections(folder, name, book) for name in _SECTIONS}
    entries: dict[str, tuple[Kind, Document]] = {}
    for kind, (name, section) in _ENTRY_SECTIONS.items():
        for _, document in _list(sections[name].get(section), ENTRIES[kind]):
            entries.setdefault(document["id"], (kind, document))
    services, holidays = sections[SERVICES], sections[HOLIDAYS]
    note = holidays.get("note")
    return Published(
        entries=entries,
        places=_named(services.get("places"), PLACE, "place"),
        neighbourhoods=_named(services.get("neighbourhoods"), NEIGHBOURHOOD, "neighbourhood"),
        school_holidays=_school_holidays(holidays.get("school_holidays")),
        public_holidays=_public_holidays(holidays.get("public_holidays")),
        holidays_note=text(SUMMARY, required=False)(note) if note else "",
    )


def _open(folder: Path, name: str, book: Book) -> Spot | None:
    try:
        return _spot(book, name, read_nodes((folder / name).read_bytes()))
    except FileNotFoundError:
        book.add(
            Problem(
                name,
                0,
                "",
                "this file is missing.",
                "Copy its beginning from the sample directory.",
            )
        )
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        book.add(
            Problem(name, 0, "", f"this file cannot be read: {reason}.", "Check its permissions.")
        )
    except UnreadableError as error:
        book.add(Problem(name, error.line, "", f"{error.message}.", error.remedy))
    book.unread.update(_DEFINED_IN.get(name, ()))
    return None


def _spot(book: Book, name: str, node: Node) -> Spot:
    return Spot(book, name, "", node, node.line)


def _sections(folder: Path, name: str, book: Book) -> dict[str, Spot]:
    root = _open(folder, name, book)
    if root is None:
        return {}
    known = _SECTIONS[name]
    found = root.fields(f"the parts {', '.join(known)}")
    unknown = found.keys() - set(known)
    missing = [key for key in known if key not in found and key not in _OPTIONAL]
    for key in unknown:
        found[key].bad("this part is not known here.", did_you_mean(key, known))
    for key in missing if isinstance(root.node, Table) else ():
        root.bad(f"the part `{key}:` is missing.", f"Write `{key}: []` if there are none.")
    if unknown or missing:
        book.unread.update(_DEFINED_IN.get(name, ()))
    return found


def _sound(spots: Iterable[Spot], read: Read) -> list[tuple[Spot, Any]]:
    """Return what reads without a mistake; the rest has been complained of and is left out."""
    found = []
    for spot in spots:
        before = spot.book.errors
        document = read(spot)
        if spot.book.errors == before:
            found.append((spot, document))
    return found


def _list(section: Spot | None, read: Read) -> list[tuple[Spot, Any]]:
    present = section is not None and not section.empty
    return _sound(section.items("entries"), read) if section and present else []


def _named(section: Spot | None, read: Read, kind: str) -> dict[str, Any]:
    """Return the sound documents of a group whose keys are their ids."""
    if section is None or section.empty:
        return {}
    spots = section.fields(f"each {kind} under its id")
    for key, spot in spots.items():
        spot.book.register(kind, key, spot)
        if not usable_id(key):
            spot.bad(f"`{key}` is not usable as an id.", ID_RULE)
    names = {id(spot): key for key, spot in spots.items()}
    return {names[id(spot)]: document for spot, document in _sound(spots.values(), read)}


def _school_holidays(section: Spot | None) -> tuple[Document, ...]:
    found = sorted(_list(section, SCHOOL_HOLIDAY), key=lambda pair: str(pair[1]["first_day"]))
    for (_, earlier), (spot, later) in pairwise(found):
        if later["first_day"] <= earlier["last_day"]:
            spot.bad(f"it overlaps with `{earlier['id']}`.", "Correct first_day or last_day.")
    return tuple(document for _, document in found)


def _public_holidays(section: Spot | None) -> tuple[Document, ...]:
    found = sorted(_list(section, PUBLIC_HOLIDAY), key=lambda pair: str(pair[1]["date"]))
    for (_, earlier), (spot, later) in pairwise(found):
        if later["date"] == earlier["date"]:
            spot.bad("this day stands twice.", "Delete one of the two.")
    return tuple(document for _, document in found)


def _name_stray_files(folder: Path, book: Book) -> None:
    known = {*_SECTIONS, TOWN}
    for path in sorted(folder.iterdir()):
        if path.suffix in {".yaml", ".yml"} and path.name not in known:
            remedy = did_you_mean(path.name, known)
            book.add(Problem(path.name, 0, "", "this file is not read.", remedy, warning=True))
