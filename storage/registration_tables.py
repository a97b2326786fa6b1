"""The tables of registrations: lists with their counters, who is on them, and what follows from it.

`storage.schema` shows them with all others. Moments on the wall (`original`, `first`) are local words
such as `2026-12-02T10:00`; `starts_at` and `ends_at` are the same as moments, for the clock ticks.
A list refers to its entry by name alone: entries are retired, never deleted.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column, Named, Table, TypedColumns

from storage.columns import NUMBER, UtcDateTime, contact_column, sealed_column
from storage.metadata import metadata, partial

LIVE = "state IN ('registered', 'waiting', 'offered')"
OFFERED = "state = 'offered'"
QUEUES = "waiting > 0"
UNDONE = "done_at IS NULL"


def _of_registration(*, primary_key: bool = False) -> sa.Column[Any]:
    parent = sa.ForeignKey("registration.id", ondelete="CASCADE")
    return Column(NUMBER, parent, primary_key=primary_key, index=not primary_key, nullable=False)


class _Roll(TypedColumns):
    id: Named[int] = Column(NUMBER, primary_key=True)
    entry_id: Named[str] = Column(sa.String)
    name: Named[str] = Column(sa.String)
    original: Named[str] = Column(sa.String)
    starts: Named[str] = Column(sa.String)
    ends: Named[str] = Column(sa.String)
    starts_at: Named[datetime] = Column(UtcDateTime)
    ends_at: Named[datetime] = Column(UtcDateTime, index=True)
    capacity: Named[int | None] = Column(sa.Integer)
    taken: Named[int] = Column(sa.Integer)
    waiting: Named[int] = Column(sa.Integer)
    arrivals: Named[int] = Column(sa.Integer)
    called_off: Named[bool] = Column(sa.Boolean)


class _Registration(TypedColumns):
    id: Named[int] = Column(NUMBER, primary_key=True)
    roll_id: Named[int] = Column(
        NUMBER, sa.ForeignKey("roll.id", ondelete="CASCADE"), nullable=False
    )
    contact_id: Named[str | None] = contact_column("set_null", index=True)
    entered_by: Named[str | None] = contact_column("set_null")
    state: Named[str] = Column(sa.String)
    origin: Named[str] = Column(sa.String)
    adults: Named[int] = Column(sa.SmallInteger)
    children: Named[int] = Column(sa.SmallInteger)
    ages: Named[Any] = Column(sa.JSON, nullable=False)
    places: Named[int] = Column(sa.SmallInteger)
    held: Named[int] = Column(sa.SmallInteger)
    arrived: Named[int] = Column(sa.Integer)
    language: Named[str] = Column(sa.String)
    name_sealed: Named[bytes | None] = sealed_column(nullable=True, of="contact_id")
    phone_sealed: Named[bytes | None] = sealed_column(nullable=True, of="contact_id")
    wish: Named[str | None] = Column(sa.String)
    offer: Named[int] = Column(sa.SmallInteger)
    offered_until: Named[datetime | None] = Column(UtcDateTime)
    created_at: Named[datetime] = Column(UtcDateTime)
    ended_at: Named[datetime | None] = Column(UtcDateTime)


class _Freed(TypedColumns):
    # How many places went to somebody who waited: what an estimate of the wait is made from.
    entry_id: Named[str] = Column(sa.String, primary_key=True)
    day: Named[str] = Column(sa.String, primary_key=True)
    places: Named[int] = Column(sa.Integer)


class _Reminder(TypedColumns):
    # The next one of each kind; when it is sent, the row moves on to the date after.
    registration_id: Named[int] = _of_registration(primary_key=True)
    kind: Named[str] = Column(sa.String, primary_key=True)
    original: Named[str] = Column(sa.String)
    starts: Named[str] = Column(sa.String)
    due_at: Named[datetime] = Column(UtcDateTime)
    expires_at: Named[datetime] = Column(UtcDateTime)


class _Courtesy(TypedColumns):
    contact_id: Named[str] = contact_column("delete_row", primary_key=True)
    remind_day: Named[bool] = Column(sa.Boolean)
    remind_hours: Named[bool] = Column(sa.Boolean)
    pushes: Named[Any] = Column(sa.JSON, nullable=False)


class _Presence(TypedColumns):
    registration_id: Named[int] = _of_registration(primary_key=True)
    original: Named[str] = Column(sa.String, primary_key=True)
    came: Named[bool] = Column(sa.Boolean)


class _Headcount(TypedColumns):
    entry_id: Named[str] = Column(sa.String, primary_key=True)
    original: Named[str] = Column(sa.String, primary_key=True)
    children: Named[int] = Column(sa.Integer)
    adults: Named[int] = Column(sa.Integer)
    absent: Named[int] = Column(sa.Integer)
    more_children: Named[int] = Column(sa.Integer)
    more_adults: Named[int] = Column(sa.Integer)
    volunteers: Named[int] = Column(sa.Integer)


class _ToPhone(TypedColumns):
    id: Named[int] = Column(NUMBER, primary_key=True)
    registration_id: Named[int] = _of_registration()
    kind: Named[str] = Column(sa.String)
    original: Named[str | None] = Column(sa.String)
    cause: Named[str] = Column(sa.String, unique=True)
    at: Named[datetime] = Column(UtcDateTime)
    until: Named[datetime | None] = Column(UtcDateTime)
    done_at: Named[datetime | None] = Column(UtcDateTime)
    done_by: Named[str | None] = contact_column("set_null")


class _GroupInvite(TypedColumns):
    token_hash: Named[str] = Column(sa.String, primary_key=True)
    entry_id: Named[str] = Column(sa.String)
    created_by: Named[str | None] = contact_column("set_null")
    expires_at: Named[datetime] = Column(UtcDateTime)
    uses: Named[int] = Column(sa.Integer)


class _GroupMember(TypedColumns):
    entry_id: Named[str] = Column(sa.String, primary_key=True)
    contact_id: Named[str] = contact_column("delete_row", primary_key=True, index=True)
    since: Named[datetime] = Column(UtcDateTime)


class _CalendarLink(TypedColumns):
    contact_id: Named[str] = contact_column("delete_row", primary_key=True)
    token_hash: Named[str] = Column(sa.String, unique=True)
    created_at: Named[datetime] = Column(UtcDateTime)


roll = Table("roll", metadata, _Roll, sa.UniqueConstraint("entry_id", "name"))
# A deleted number is never given again: people see it, and receipts are keyed by it.
registration = Table("registration", metadata, _Registration, sqlite_autoincrement=True)
freed = Table("freed", metadata, _Freed)
reminder = Table("reminder", metadata, _Reminder)
courtesy = Table("courtesy", metadata, _Courtesy)
presence = Table("presence", metadata, _Presence)
headcount = Table("headcount", metadata, _Headcount)
to_phone = Table("to_phone", metadata, _ToPhone)
group_invite = Table("group_invite", metadata, _GroupInvite)
group_member = Table("group_member", metadata, _GroupMember)
calendar_link = Table("calendar_link", metadata, _CalendarLink)

sa.Index(
    "ix_registration_live",
    registration.c.roll_id,
    registration.c.contact_id,
    unique=True,
    sqlite_where=sa.text(LIVE),
    postgresql_where=sa.text(LIVE),
)
sa.Index("ix_registration_queue", registration.c.roll_id, registration.c.arrived)
sa.Index("ix_reminder_due", reminder.c.due_at, reminder.c.registration_id)
partial("ix_registration_offered", registration.c.offered_until, where=OFFERED)
partial("ix_roll_queues", roll.c.starts_at, where=QUEUES)
partial("ix_to_phone_undone", to_phone.c.at, where=UNDONE)
