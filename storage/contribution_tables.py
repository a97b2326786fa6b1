"""The tables of contributions: what residents bring, what became of it, who supports it.

`storage.schema` shows them with all others. A row that is unlinkable has nothing in any column that
refers to a contact, and only the day in `created_at`. What follows from other columns and is
searched for (`board_column`, `cell`, `expected_at`, `untold`, `translated`) is written with them by
`storage.contributions`. `supports_apart` counts supports that name nobody: of people who were erased.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column, Named, Table, TypedColumns

from bot.domain.localized import Localized
from storage.columns import (
    NUMBER,
    LocalizedText,
    UtcDateTime,
    contact_column,
    sealed_column,
    words_column,
)
from storage.metadata import metadata, partial

_AUTHOR = "author_contact"


def _of_contribution(*, primary_key: bool = False, index: bool | None = None) -> sa.Column[Any]:
    """Go with the contribution."""
    parent = sa.ForeignKey("contribution.id", ondelete="CASCADE")
    return sa.Column(NUMBER, parent, nullable=False, primary_key=primary_key, index=index)


def _another_contribution() -> sa.Column[Any]:
    return sa.Column(NUMBER, sa.ForeignKey("contribution.id", ondelete="SET NULL"), nullable=True)


class _Contribution(TypedColumns):
    id: Named[int] = Column(NUMBER, primary_key=True)
    kind: Named[str] = Column(sa.String)
    state: Named[str] = Column(sa.String)
    published_state: Named[str] = Column(sa.String)
    board_column: Named[str | None] = Column(sa.String)
    language: Named[str] = Column(sa.String)
    text: Named[str] = words_column(sa.Text(), of=_AUTHOR)
    title: Named[Localized | None] = Column(LocalizedText)
    summary: Named[Localized | None] = Column(LocalizedText)
    category: Named[str | None] = Column(sa.String)
    neighbourhood: Named[str | None] = Column(sa.String)
    lat: Named[float | None] = words_column(sa.Double(), of=_AUTHOR, nullable=True)
    lon: Named[float | None] = words_column(sa.Double(), of=_AUTHOR, nullable=True)
    near_lat: Named[float | None] = Column(sa.Double)
    near_lon: Named[float | None] = Column(sa.Double)
    cell: Named[str | None] = Column(sa.String)
    address: Named[str | None] = words_column(sa.Text(), of=_AUTHOR, nullable=True)
    level: Named[str] = Column(sa.String)
    wants_reply: Named[bool] = Column(sa.Boolean)
    origin: Named[str] = Column(sa.String)
    author_contact: Named[str | None] = contact_column("set_null", index=True)
    entered_by: Named[str | None] = contact_column("set_null")
    assignee_contact: Named[str | None] = contact_column("set_null")
    priority: Named[int] = Column(sa.SmallInteger)
    urgent: Named[bool] = Column(sa.Boolean)
    critical: Named[bool] = Column(sa.Boolean)
    public: Named[bool] = Column(sa.Boolean)
    reason: Named[Localized | None] = Column(LocalizedText)
    passed_to: Named[Localized | None] = Column(LocalizedText)
    helpers_who: Named[Localized | None] = Column(LocalizedText)
    helpers_until: Named[date | None] = Column(sa.Date)
    helpers_wanted: Named[int | None] = Column(sa.Integer)
    told: Named[Any | None] = Column(sa.JSON(none_as_null=True))
    untold: Named[bool] = Column(sa.Boolean)
    translated: Named[bool] = Column(sa.Boolean)
    supports_apart: Named[int] = Column(sa.Integer)
    merged_into: Named[int | None] = _another_contribution()
    split_from: Named[int | None] = _another_contribution()
    tracking_hash: Named[str | None] = Column(sa.String, unique=True)
    created_at: Named[datetime] = Column(UtcDateTime)
    due_at: Named[datetime | None] = Column(UtcDateTime)
    promised_at: Named[datetime | None] = Column(UtcDateTime)
    expected_at: Named[datetime | None] = Column(UtcDateTime)
    reminded_at: Named[datetime | None] = Column(UtcDateTime)
    reviewed_at: Named[datetime | None] = Column(UtcDateTime)
    shown_at: Named[datetime | None] = Column(UtcDateTime)
    first_answer_at: Named[datetime | None] = Column(UtcDateTime)
    closed_at: Named[datetime | None] = Column(UtcDateTime)


class _Attachment(TypedColumns):
    id: Named[int] = Column(NUMBER, primary_key=True)
    contribution_id: Named[int] = _of_contribution(index=True)
    author_contact: Named[str | None] = contact_column("set_null", index=True)
    kind: Named[str] = Column(sa.String)
    content_sealed: Named[bytes | None] = sealed_column(nullable=True, of=_AUTHOR)
    mime: Named[str] = Column(sa.String)
    width: Named[int] = Column(sa.Integer)
    height: Named[int] = Column(sa.Integer)
    released: Named[bool] = Column(sa.Boolean)
    position: Named[int] = Column(sa.SmallInteger)


class _MediaWanted(TypedColumns):
    id: Named[int] = Column(NUMBER, primary_key=True)
    contribution_id: Named[int] = _of_contribution(index=True)
    author_contact: Named[str] = contact_column("delete_row", index=True)
    kind: Named[str] = Column(sa.String)
    file_id_sealed: Named[bytes] = sealed_column(of=_AUTHOR)
    position: Named[int] = Column(sa.SmallInteger)
    attempts: Named[int] = Column(sa.SmallInteger)
    not_before: Named[datetime] = Column(UtcDateTime)


class _ContributionEvent(TypedColumns):
    id: Named[int] = Column(NUMBER, primary_key=True)
    contribution_id: Named[int] = _of_contribution(index=True)
    at: Named[datetime] = Column(UtcDateTime)
    by_contact: Named[str | None] = contact_column("set_null")
    kind: Named[str] = Column(sa.String)
    from_state: Named[str | None] = Column(sa.String)
    to_state: Named[str | None] = Column(sa.String)
    public_note: Named[Localized | None] = Column(LocalizedText)
    private_note: Named[str | None] = Column(sa.Text)
    published: Named[bool] = Column(sa.Boolean)
    about: Named[int | None] = Column(sa.BigInteger)


class _ContributionLink(TypedColumns):
    contribution_id: Named[int] = _of_contribution(primary_key=True)
    other_id: Named[int] = _of_contribution(primary_key=True, index=True)


class _Support(TypedColumns):
    contribution_id: Named[int] = _of_contribution(primary_key=True)
    contact_id: Named[str] = contact_column("delete_row", primary_key=True, index=True)
    at: Named[datetime] = Column(UtcDateTime)
    follows: Named[bool] = Column(sa.Boolean)


class _SenderLimit(TypedColumns):
    contact_id: Named[str] = contact_column("delete_row", primary_key=True)
    since: Named[datetime] = Column(UtcDateTime)
    until: Named[datetime | None] = Column(UtcDateTime)
    limited_by: Named[str | None] = contact_column("set_null")
    reason: Named[str] = Column(sa.Text)


class _MorningWish(TypedColumns):
    contact_id: Named[str] = contact_column("delete_row", primary_key=True)
    last_on: Named[date | None] = Column(sa.Date)


# Without AUTOINCREMENT SQLite would give a deleted number again, and people keep these numbers.
contribution = Table("contribution", metadata, _Contribution, sqlite_autoincrement=True)
attachment = Table("attachment", metadata, _Attachment)
media_wanted = Table("media_wanted", metadata, _MediaWanted)
# A notice's key names its event: a number must never come twice.
contribution_event = Table(
    "contribution_event", metadata, _ContributionEvent, sqlite_autoincrement=True
)
contribution_link = Table("contribution_link", metadata, _ContributionLink)
support = Table("support", metadata, _Support)
sender_limit = Table("sender_limit", metadata, _SenderLimit)
morning_wish = Table("morning_wish", metadata, _MorningWish)

OPEN = "closed_at IS NULL"
"""The rows somebody still waits for, as the indexes of the inbox name them."""

PUBLIC = "board_column IS NOT NULL"
"""The rows the board may show: `board_column` is empty for all others."""

PROMISED = "closed_at IS NULL AND promised_at IS NOT NULL"
UNTOLD = "untold = true"
UNTRANSLATED = "translated = false"
"""Conditions of partial indexes; a statement must say the same in the same words."""


def _for_the_inbox(name: str, *filtered: sa.Column[Any]) -> None:
    c = contribution.c
    order = (c.urgent.desc(), c.priority.desc(), c.id)
    partial(f"ix_contribution_open{name}", *filtered, *order, where=OPEN)


def _for_the_board(name: str, *filtered: sa.Column[Any]) -> None:
    c = contribution.c
    order = (c.shown_at.desc(), c.id.desc())
    partial(f"ix_contribution_board{name}", *filtered, *order, where=PUBLIC)


_for_the_inbox("")
_for_the_inbox("_state", contribution.c.state)
_for_the_inbox("_kind", contribution.c.kind)
_for_the_inbox("_category", contribution.c.category)
_for_the_inbox("_neighbourhood", contribution.c.neighbourhood)
_for_the_inbox("_assignee", contribution.c.assignee_contact)
_for_the_board("")
_for_the_board("_column", contribution.c.board_column)
_for_the_board("_category", contribution.c.category)
_for_the_board("_neighbourhood", contribution.c.neighbourhood)
_for_the_board(
    "_filtered", contribution.c.neighbourhood, contribution.c.category, contribution.c.kind
)
partial("ix_contribution_expected", contribution.c.expected_at, contribution.c.id, where=OPEN)
partial(
    "ix_contribution_promised",
    contribution.c.promised_at,
    contribution.c.id,
    where=PROMISED,
)
partial("ix_contribution_untold", contribution.c.id, where=UNTOLD)
partial("ix_contribution_untranslated", contribution.c.id, where=UNTRANSLATED)
partial("ix_contribution_closed", contribution.c.closed_at, where="closed_at IS NOT NULL")
sa.Index("ix_contribution_cell", contribution.c.cell, contribution.c.id)
sa.Index("ix_contribution_neighbourhood", contribution.c.neighbourhood, contribution.c.id)
