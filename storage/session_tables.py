"""The tables of gatherings: the session, who is there, ideas, and what was agreed.

`storage.schema` shows them with all others. An idea keeps its author only while the session runs, so
that nobody sends hundreds; the end of the session takes the authors away.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column, Named, Table, TypedColumns

from bot.domain.localized import Localized
from storage.columns import NUMBER, LocalizedText, UtcDateTime, contact_column, words_column
from storage.metadata import metadata, partial


def _of_session(*, primary_key: bool = False, index: bool | None = None) -> sa.Column[Any]:
    """Go with the session."""
    parent = sa.ForeignKey("gathering.id", ondelete="CASCADE")
    return sa.Column(NUMBER, parent, nullable=False, primary_key=primary_key, index=index)


class _Gathering(TypedColumns):
    id: Named[int] = Column(NUMBER, primary_key=True)
    title: Named[Localized] = Column(LocalizedText, nullable=False)
    code: Named[str] = Column(sa.String)
    centre: Named[str | None] = Column(sa.String)
    topic: Named[Localized] = Column(LocalizedText, nullable=False)
    round: Named[int] = Column(sa.Integer)
    room: Named[int] = Column(sa.Integer)
    started_at: Named[datetime] = Column(UtcDateTime)
    ends_at: Named[datetime | None] = Column(UtcDateTime)
    ended_at: Named[datetime | None] = Column(UtcDateTime)
    created_by: Named[str | None] = contact_column("set_null")


class _GatheringMember(TypedColumns):
    session_id: Named[int] = _of_session(primary_key=True)
    contact_id: Named[str] = contact_column("delete_row", primary_key=True, index=True)


class _GatheringIdea(TypedColumns):
    id: Named[int] = Column(NUMBER, primary_key=True)
    session_id: Named[int] = _of_session(index=True)
    author_contact: Named[str | None] = contact_column("set_null", index=True)
    text: Named[str] = words_column(sa.Text(), of="author_contact")
    language: Named[str] = Column(sa.String)
    state: Named[str] = Column(sa.String)
    round: Named[int] = Column(sa.Integer)
    source: Named[str] = Column(sa.String)
    joined: Named[int | None] = Column(NUMBER)
    contribution: Named[int | None] = Column(NUMBER)
    translation: Named[str] = words_column(sa.Text(), of="author_contact")


class _GatheringTask(TypedColumns):
    id: Named[int] = Column(NUMBER, primary_key=True)
    session_id: Named[int] = _of_session(index=True)
    text: Named[str] = Column(sa.Text)
    who: Named[str] = Column(sa.String)
    due: Named[str] = Column(sa.String)


# Without AUTOINCREMENT SQLite would give a deleted number again, and buttons keep these numbers.
gathering = Table("gathering", metadata, _Gathering, sqlite_autoincrement=True)
gathering_member = Table("gathering_member", metadata, _GatheringMember, sqlite_with_rowid=False)
gathering_idea = Table("gathering_idea", metadata, _GatheringIdea, sqlite_autoincrement=True)
gathering_task = Table("gathering_task", metadata, _GatheringTask, sqlite_autoincrement=True)

RUNNING = "ended_at IS NULL"
"""The condition of the partial index; a statement must say the same in the same words."""

partial("ix_gathering_code", gathering.c.code, where=RUNNING)
