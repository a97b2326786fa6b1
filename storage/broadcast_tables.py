"""The tables of what is announced: who wants to hear of what, each announcement, and the audit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column, Named, Table, TypedColumns

from bot.domain.localized import Localized
from storage.columns import NUMBER, LocalizedText, UtcDateTime, contact_column, words_column
from storage.metadata import metadata


class _Subscription(TypedColumns):
    # `kind` all (value ""), category, neighbourhood or centre.
    contact_id: Named[str] = contact_column("delete_row", primary_key=True)
    kind: Named[str] = Column(sa.String, primary_key=True)
    value: Named[str] = Column(sa.String, primary_key=True)
    at: Named[datetime] = Column(UtcDateTime)


class _Broadcast(TypedColumns):
    # The team's published words: they stay when their author leaves, the name does not.
    id: Named[int] = Column(NUMBER, primary_key=True)
    author: Named[str | None] = contact_column("set_null", index=True)
    seconded_by: Named[str | None] = contact_column("set_null")
    centre: Named[str | None] = Column(sa.String)
    state: Named[str] = Column(sa.String)
    text: Named[Localized] = Column(LocalizedText(), nullable=False)
    file_kind: Named[str] = Column(sa.String)
    file_id: Named[str] = Column(sa.String)
    entry_id: Named[str | None] = Column(sa.String)
    audience: Named[Any] = Column(sa.JSON, nullable=False)
    missing: Named[str] = Column(sa.String)
    fingerprint: Named[str] = Column(sa.String)
    planned: Named[int] = Column(sa.Integer)
    outcome: Named[Any] = Column(sa.JSON, nullable=False)
    # How far it has been written into the outbox: the last contact, in order of their names.
    cursor: Named[str] = Column(sa.String)
    send_at: Named[datetime | None] = Column(UtcDateTime)
    created_at: Named[datetime] = Column(UtcDateTime)
    starts_at: Named[datetime | None] = Column(UtcDateTime)
    expanded_at: Named[datetime | None] = Column(UtcDateTime)
    finished_at: Named[datetime | None] = Column(UtcDateTime)
    # The message in the author's chat that tells how far it is, until it has told the end.
    shown_in: Named[int | None] = Column(sa.BigInteger)


class _Audit(TypedColumns):
    # `actor` and `about` go with the person; what is hashed are the marks, which stay.
    id: Named[int] = Column(NUMBER, primary_key=True, autoincrement=False)
    at: Named[datetime] = Column(UtcDateTime)
    actor: Named[str | None] = contact_column("set_null")
    actor_salt: Named[str | None] = words_column(sa.String(), of="actor", nullable=True)
    actor_mark: Named[str] = Column(sa.String)
    role: Named[str] = Column(sa.String)
    action: Named[str] = Column(sa.String)
    about: Named[str | None] = contact_column("set_null")
    about_salt: Named[str | None] = words_column(sa.String(), of="about", nullable=True)
    about_mark: Named[str] = Column(sa.String)
    subject: Named[str] = Column(sa.String)
    details: Named[Any] = Column(sa.JSON, nullable=False)
    previous_hash: Named[str] = Column(sa.String)
    hash: Named[str] = Column(sa.String)


class _AuditHead(TypedColumns):
    # One row: how long the chain is and where it ends; whoever appends holds it.
    id: Named[int] = Column(sa.Integer, primary_key=True, autoincrement=False)
    entries: Named[int] = Column(sa.Integer)
    hash: Named[str] = Column(sa.String)


subscription = Table("subscription", metadata, _Subscription)
broadcast = Table("broadcast", metadata, _Broadcast, sqlite_autoincrement=True)
audit = Table("audit", metadata, _Audit)
audit_head = Table("audit_head", metadata, _AuditHead)

sa.Index("ix_subscription_kind_value", subscription.c.kind, subscription.c.value)
