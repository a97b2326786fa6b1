"""What an import of directory files would do to what is held already; it only decides.

An edit made in the chat is never overwritten in silence: where the file has changed too, that is a
conflict, which a person settles with `prefer`. Only what came from files is ever retired by them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from bot.domain.directory import Kind
from bot.domain.documents import Document, Published, fingerprint

Source = Literal["file", "chat"]
Prefer = Literal["files", "chat"]


@dataclass(frozen=True, slots=True)
class Held:
    """One entry as it is kept.

    `file_hash` is the fingerprint of the file's version when it was last imported; `edited_at` is
    set while the chat's version differs from it.
    """

    id: str
    kind: Kind
    position: int
    document: Document
    source: Source = "file"
    file_hash: str | None = None
    edited_at: datetime | None = None
    retired_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """An entry edited in the chat that the files have meanwhile changed, too, or left out."""

    id: str
    removed: bool = False

    def __str__(self) -> str:
        """Say what happened on both sides, in one line."""
        files = "left out of the files" if self.removed else "changed in the files"
        return f"{self.id}: edited in the chat and {files} since the last import"


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What happens to each entry by its id, and the rows to write for it.

    `unchanged` includes entries whose chat edit stays. Entries in `conflicts` are left as they are.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    surroundings: tuple[str, ...] = ()
    rows: tuple[Held, ...] = ()

    @property
    def nothing_to_do(self) -> bool:
        """Whether an import would leave everything as it is."""
        return not (self.rows or self.surroundings)

    def lines(self) -> tuple[str, ...]:
        """Return what happens as printable lines, the number first, the ids after it."""
        told = {"added": self.added, "changed": self.changed, "retired": self.retired}
        lines = [f"{len(ids)} {name}: {', '.join(ids)}" for name, ids in told.items() if ids]
        lines += [f"changed: {', '.join(self.surroundings)}"] if self.surroundings else []
        lines += [f"{len(self.unchanged)} unchanged"]
        lines += [f"conflict: {conflict}" for conflict in self.conflicts]
        return tuple(lines)


_Outcome = Literal["added", "changed", "retired", "unchanged", "conflict"]


def plan_import(
    held: Mapping[str, Held],
    published: Published,
    *,
    now: datetime,
    before: Published | None = None,
    prefer: Prefer | None = None,
) -> ImportPlan:
    """Decide what importing `published` does to the entries `held`.

    `before` is what is held of places and holidays, which belong to the files alone.
    """
    decided: list[tuple[_Outcome, Held]] = []
    for position, (key, (kind, document)) in enumerate(published.entries.items()):
        fresh = Held(key, kind, position, document, file_hash=_hash(kind, document))
        decided.append(_offered(held.get(key), fresh, prefer))
    gone = [row for key, row in held.items() if key not in published.entries]
    decided += [_left_out(row, now=now, prefer=prefer) for row in gone]
    return ImportPlan(
        added=_ids(decided, "added"),
        changed=_ids(decided, "changed"),
        retired=_ids(decided, "retired"),
        unchanged=_ids(decided, "unchanged"),
        conflicts=tuple(
            Conflict(row.id, removed=row.id not in published.entries)
            for outcome, row in decided
            if outcome == "conflict"
        ),
        surroundings=_surroundings(before, published) if before else (),
        rows=tuple(row for _, row in decided if row != held.get(row.id)),
    )


def _offered(row: Held | None, fresh: Held, prefer: Prefer | None) -> tuple[_Outcome, Held]:
    """Decide about an entry that the files contain."""
    if row is None:
        return "added", fresh
    moved = replace(row, position=fresh.position)
    taken = replace(fresh, source=row.source)
    if row.edited_at is None:
        if row.retired_at is not None:
            return "added", taken
        return ("unchanged" if row.file_hash == fresh.file_hash else "changed"), taken
    if row.retired_at is None and _hash(row.kind, row.document) == fresh.file_hash:
        return "unchanged", taken
    if row.file_hash == fresh.file_hash:
        return "unchanged", moved
    if prefer == "files":
        return "changed", taken
    if prefer == "chat":
        return "unchanged", replace(moved, file_hash=fresh.file_hash)
    return "conflict", row


def _left_out(row: Held, *, now: datetime, prefer: Prefer | None) -> tuple[_Outcome, Held]:
    """Decide about an entry that the files do not contain (any more)."""
    if row.source == "chat" or row.retired_at is not None:
        return "unchanged", row
    if row.edited_at is None or prefer == "files":
        return "retired", replace(row, retired_at=now, edited_at=None)
    if prefer == "chat":
        return "unchanged", replace(row, source="chat")
    return "conflict", row


def _surroundings(before: Published, after: Published) -> tuple[str, ...]:
    pairs = {
        "neighbourhoods": (list(before.neighbourhoods.items()), list(after.neighbourhoods.items())),
        "places": (list(before.places.items()), list(after.places.items())),
        "school holidays": (before.school_holidays, after.school_holidays),
        "public holidays": (before.public_holidays, after.public_holidays),
        "note on holidays": (before.holidays_note, after.holidays_note),
    }
    return tuple(name for name, (old, new) in pairs.items() if old != new)


def _ids(decided: list[tuple[_Outcome, Held]], wanted: _Outcome) -> tuple[str, ...]:
    return tuple(row.id for outcome, row in decided if outcome == wanted)


def _hash(kind: Kind, document: Document) -> str:
    return fingerprint({"kind": kind, "document": document})
