"""The tables of what is new in the agenda and of who has been told how much of it."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Column, Named, Table, TypedColumns

from storage.columns import NUMBER, UtcDateTime, contact_column
from storage.metadata import metadata


class _NewsItem(TypedColumns):
    # One row for each activity there ever was, so that none is new twice.
    id: Named[int] = Column(NUMBER, primary_key=True)
    entry_id: Named[str] = Column(sa.String, unique=True)
    at: Named[datetime] = Column(UtcDateTime, index=True)


class _NewsReader(TypedColumns):
    # `told_on` and `digest_for` are days of the town's calendar, "" for never.
    contact_id: Named[str] = contact_column("delete_row", primary_key=True)
    through: Named[int] = Column(NUMBER)
    told_on: Named[str] = Column(sa.String)
    digest_for: Named[str] = Column(sa.String)


news_item = Table("news_item", metadata, _NewsItem, sqlite_autoincrement=True)
news_reader = Table("news_reader", metadata, _NewsReader)
