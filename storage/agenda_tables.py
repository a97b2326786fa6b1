"""The tables of the agenda; their columns follow the rules written in `storage.schema`."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Column, Named, Table, TypedColumns

from bot.domain.localized import Localized
from storage.columns import LocalizedText, UtcDateTime, contact_column
from storage.metadata import metadata


class _OccurrenceChange(TypedColumns):
    # Moments of the activity are local wall time, `2026-12-02T10:00`: they belong to no zone.
    entry_id: Named[str] = Column(sa.ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True)
    original_start: Named[str] = Column(sa.String, primary_key=True)
    kind: Named[str] = Column(sa.String)
    new_start: Named[str | None] = Column(sa.String)
    new_end: Named[str | None] = Column(sa.String)
    place: Named[str | None] = Column(sa.String)
    note: Named[Localized] = Column(LocalizedText(), nullable=False)
    by_contact: Named[str | None] = contact_column("set_null")
    at: Named[datetime] = Column(UtcDateTime)
    version: Named[int] = Column(sa.Integer)


occurrence_change = Table("occurrence_change", metadata, _OccurrenceChange)
