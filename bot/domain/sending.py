"""From a draft to a contribution: what must be given, what may not be carried, what becomes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.contribution_errors import UnfinishedError, UnlinkableError
from bot.domain.contribution_states import State
from bot.domain.contributions import Contribution, Draft, Kind, NameLevel
from bot.domain.geography import rounded, valid
from bot.text import clean, one_line


def checked(draft: Draft) -> Draft:
    """Return the draft with its words cleaned; raise what keeps it from being sent."""
    point = draft.point if draft.point and valid(draft.point) else None
    ready = replace(
        draft, text=clean(draft.text), address=one_line(draft.address, limit=200), point=point
    )
    if ready.missing():
        raise UnfinishedError(ready.missing())
    if ready.too_much():
        raise UnlinkableError(ready.too_much())
    return ready


def new_contribution(draft: Draft, *, language: str, now: datetime) -> Contribution:
    """Return the contribution that a draft becomes, without number, author or due date."""
    return Contribution(
        number=0,
        kind=draft.kind or Kind.IDEA,
        state=State.RECEIVED,
        published_state=State.RECEIVED,
        language=language,
        text=draft.text,
        created_at=now,
        level=draft.level,
        wants_reply=draft.wants_reply,
        category=draft.category,
        neighbourhood=draft.neighbourhood,
        point=None if draft.level is NameLevel.UNLINKABLE else draft.point,
        near=rounded(draft.point) if draft.point else None,
        address=draft.address,
        urgent=draft.critical,
        critical=draft.critical,
    )


def files_of(draft: Draft) -> list[tuple[str, str]]:
    """Return the files of a draft as pairs of kind and file id."""
    files = [("photo", file_id) for file_id in draft.photos]
    return [*files, ("voice", draft.voice)] if draft.voice else files


def part_of(found: Contribution, text: str, *, kind: Kind, now: datetime) -> Contribution:
    """Return one point of a contribution as one of its own, read already, not decided on."""
    unlinkable = found.level is NameLevel.UNLINKABLE
    return Contribution(
        number=0,
        kind=kind,
        state=State.READ,
        published_state=State.RECEIVED,
        language=found.language,
        text=text,
        created_at=found.created_at if unlinkable else now,
        level=found.level,
        origin=found.origin,
        wants_reply=found.wants_reply,
        category=found.category,
        neighbourhood=found.neighbourhood,
        point=found.point,
        near=found.near,
        address=found.address,
        author=found.author,
        entered_by=found.entered_by,
        assignee=found.assignee,
        critical=found.critical,
        split_from=found.number,
    )
