"""The tables of polls: what is asked, the kept tally, ballots, and apart from them who took part.

`storage.schema` shows them with all others. The ballots of a secret poll name nobody: `voter` is a
hash under the poll's own key (`poll_key`), which goes when the poll is closed. Neither they nor `poll_turnout`
have a moment, and SQLite keeps both in the order of their keys, so nothing tells who came when.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column, Named, Table, TypedColumns

from bot.domain.localized import Localized
from storage.columns import NUMBER, LocalizedText, UtcDateTime, contact_column, sealed_column
from storage.metadata import metadata, partial

_VOTER = "contact_id"


def _of_poll(*, primary_key: bool = False, index: bool | None = None) -> sa.Column[Any]:
    """Go with the poll."""
    parent = sa.ForeignKey("poll.id", ondelete="CASCADE")
    return sa.Column(NUMBER, parent, nullable=False, primary_key=primary_key, index=index)


class _Poll(TypedColumns):
    id: Named[int] = Column(NUMBER, primary_key=True)
    question: Named[Localized] = Column(LocalizedText, nullable=False)
    terms: Named[Any] = Column(sa.JSON, nullable=False)
    state: Named[str] = Column(sa.String)
    centre: Named[str | None] = Column(sa.String)
    created_by: Named[str | None] = contact_column("set_null")
    created_at: Named[datetime] = Column(UtcDateTime)
    opens_at: Named[datetime | None] = Column(UtcDateTime)
    closes_at: Named[datetime | None] = Column(UtcDateTime)
    opened_at: Named[datetime | None] = Column(UtcDateTime)
    closed_at: Named[datetime | None] = Column(UtcDateTime)
    votes: Named[int] = Column(sa.Integer)
    shown: Named[Any | None] = Column(sa.JSON(none_as_null=True))
    candidate: Named[Any | None] = Column(sa.JSON(none_as_null=True))
    told: Named[bool] = Column(sa.Boolean)


class _PollKey(TypedColumns):
    poll_id: Named[int] = _of_poll(primary_key=True)
    key_sealed: Named[bytes] = sealed_column()


class _PollOption(TypedColumns):
    id: Named[int] = Column(NUMBER, primary_key=True)
    poll_id: Named[int] = _of_poll(index=True)
    text: Named[Localized] = Column(LocalizedText, nullable=False)
    cost: Named[int] = Column(sa.Integer)
    starts: Named[str | None] = Column(sa.String)
    standing: Named[str] = Column(sa.String)


class _PollTally(TypedColumns):
    poll_id: Named[int] = _of_poll(primary_key=True)
    option_id: Named[int] = Column(NUMBER, primary_key=True)
    what: Named[str] = Column(sa.String, primary_key=True)
    amount: Named[int] = Column(sa.Integer)


class _PollBallot(TypedColumns):
    poll_id: Named[int] = _of_poll(primary_key=True)
    voter: Named[str] = Column(sa.String, primary_key=True)
    choice: Named[Any] = Column(sa.JSON, nullable=False)
    contact_id: Named[str | None] = contact_column("set_null", index=True)
    name_sealed: Named[bytes | None] = sealed_column(nullable=True, of=_VOTER)


class _PollTurnout(TypedColumns):
    poll_id: Named[int] = _of_poll(primary_key=True)
    contact_id: Named[str] = contact_column("delete_row", primary_key=True, index=True)


class _PollRoom(TypedColumns):
    poll_id: Named[int] = _of_poll(primary_key=True)
    source: Named[str] = Column(sa.String, primary_key=True)
    option_id: Named[int] = Column(NUMBER, primary_key=True)
    amount: Named[int] = Column(sa.Integer)
    counted_by: Named[str | None] = contact_column("set_null")


# Without AUTOINCREMENT SQLite would give a deleted number again, and buttons keep these numbers.
poll = Table("poll", metadata, _Poll, sqlite_autoincrement=True)
# Apart from the poll, so that closing deletes it and nobody is shown it as something of theirs.
poll_key = Table("poll_key", metadata, _PollKey)
poll_option = Table("poll_option", metadata, _PollOption, sqlite_autoincrement=True)
poll_tally = Table("poll_tally", metadata, _PollTally)
poll_ballot = Table("poll_ballot", metadata, _PollBallot, sqlite_with_rowid=False)
poll_turnout = Table("poll_turnout", metadata, _PollTurnout, sqlite_with_rowid=False)
poll_room = Table("poll_room", metadata, _PollRoom)

OPEN = "state = 'open'"
SCHEDULED = "state = 'draft' AND opens_at IS NOT NULL"
UNTOLD = "state = 'closed' AND told = false"
"""Conditions of partial indexes; a statement must say the same in the same words."""

partial("ix_poll_open", poll.c.closes_at, poll.c.id, where=OPEN)
partial("ix_poll_scheduled", poll.c.opens_at, poll.c.id, where=SCHEDULED)
partial("ix_poll_untold", poll.c.id, where=UNTOLD)
sa.Index("ix_poll_centre", poll.c.centre, poll.c.id.desc())
