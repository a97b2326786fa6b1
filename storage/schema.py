"""The tables: what each column means is written here once, how it is used in the theme's module.

People appear only as `contact_id`. A column that refers to a contact says in `info["on_erase"]`
what an erasure does to its row; `info["sealed"]` marks bytes that only the key ring opens;
`info["words_of"]` names the column of the person whose words these are. Text columns have no
length: SQLite would not keep it and PostgreSQL would refuse what SQLite took.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column, Named, Table, TypedColumns

from bot.domain.localized import Localized
from storage.agenda_tables import occurrence_change
from storage.broadcast_tables import audit, audit_head, broadcast, subscription
from storage.columns import (
    NUMBER,
    LocalizedText,
    UtcDateTime,
    contact_column,
    sealed_column,
    words_column,
)
from storage.contribution_tables import (
    attachment,
    contribution,
    contribution_event,
    contribution_link,
    media_wanted,
    morning_wish,
    sender_limit,
    support,
)
from storage.metadata import metadata, partial
from storage.poll_tables import (
    poll,
    poll_ballot,
    poll_key,
    poll_option,
    poll_room,
    poll_tally,
    poll_turnout,
)
from storage.registration_tables import (
    calendar_link,
    courtesy,
    freed,
    group_invite,
    group_member,
    headcount,
    presence,
    registration,
    reminder,
    roll,
    to_phone,
)
from storage.session_tables import (
    gathering,
    gathering_idea,
    gathering_member,
    gathering_task,
)

__all__ = [
    "attachment",
    "audit",
    "audit_head",
    "broadcast",
    "calendar_link",
    "consent",
    "contact",
    "contact_columns",
    "contribution",
    "contribution_event",
    "contribution_link",
    "conversation",
    "courtesy",
    "deletion",
    "entry",
    "erasure",
    "freed",
    "gathering",
    "gathering_idea",
    "gathering_member",
    "gathering_task",
    "group_invite",
    "group_member",
    "headcount",
    "holiday",
    "invite",
    "media_wanted",
    "metadata",
    "morning_wish",
    "neighbourhood",
    "occurrence_change",
    "open_question",
    "outbox",
    "place",
    "poll",
    "poll_ballot",
    "poll_key",
    "poll_option",
    "poll_room",
    "poll_tally",
    "poll_turnout",
    "presence",
    "registration",
    "reminder",
    "resident",
    "roll",
    "sender_limit",
    "set_aside",
    "staff",
    "subscription",
    "support",
    "to_phone",
    "town_setting",
    "update_seen",
]


class _Contact(TypedColumns):
    id: Named[str] = Column(sa.String, primary_key=True)
    kind: Named[str] = Column(sa.String)
    telegram_sealed: Named[bytes] = sealed_column()
    fingerprint: Named[str] = Column(sa.String, unique=True)
    created_at: Named[datetime] = Column(UtcDateTime)


class _Resident(TypedColumns):
    contact_id: Named[str] = contact_column("delete_row", primary_key=True)
    language: Named[str] = Column(sa.String)
    language_chosen: Named[bool] = Column(sa.Boolean)
    neighbourhood: Named[str | None] = Column(sa.String)
    simple: Named[bool] = Column(sa.Boolean)
    paused: Named[bool] = Column(sa.Boolean)
    reachable: Named[bool] = Column(sa.Boolean)
    noticed_version: Named[int] = Column(sa.Integer)
    created_at: Named[datetime] = Column(UtcDateTime)
    seen_at: Named[datetime] = Column(UtcDateTime)


class _Staff(TypedColumns):
    id: Named[int] = Column(NUMBER, primary_key=True)
    contact_id: Named[str] = contact_column("delete_row", index=True)
    role: Named[str] = Column(sa.String)
    centre: Named[str | None] = Column(sa.String)
    since: Named[datetime] = Column(UtcDateTime)
    until: Named[datetime | None] = Column(UtcDateTime)
    invited_by: Named[str | None] = contact_column("set_null")


class _Invite(TypedColumns):
    token_hash: Named[str] = Column(sa.String, primary_key=True)
    role: Named[str] = Column(sa.String)
    centre: Named[str | None] = Column(sa.String)
    created_at: Named[datetime] = Column(UtcDateTime)
    expires_at: Named[datetime] = Column(UtcDateTime)
    used_by: Named[str | None] = contact_column("set_null")
    used_at: Named[datetime | None] = Column(UtcDateTime)


class _UpdateSeen(TypedColumns):
    update_id: Named[int] = Column(NUMBER, primary_key=True, autoincrement=False)
    at: Named[datetime] = Column(UtcDateTime)


class _SetAside(TypedColumns):
    id: Named[int] = Column(NUMBER, primary_key=True)
    update_id: Named[int] = Column(sa.BigInteger)
    raw_sealed: Named[bytes] = sealed_column()
    reason: Named[str] = Column(sa.String)
    at: Named[datetime] = Column(UtcDateTime)


class _Conversation(TypedColumns):
    chat_contact: Named[str] = contact_column("delete_row", primary_key=True)
    person_contact: Named[str] = contact_column("delete_row", primary_key=True)
    flow: Named[str] = Column(sa.String)
    step: Named[str] = Column(sa.String)
    data_sealed: Named[bytes] = sealed_column(of="person_contact")
    expires_at: Named[datetime] = Column(UtcDateTime)


class _AnswerContext(TypedColumns):
    contact_id: Named[str] = contact_column("delete_row", primary_key=True)
    data_sealed: Named[bytes] = sealed_column(of="contact_id")
    expires_at: Named[datetime] = Column(UtcDateTime)


class _Outbox(TypedColumns):
    id: Named[int] = Column(NUMBER, primary_key=True)
    contact_id: Named[str] = contact_column("delete_row")
    lane: Named[int] = Column(sa.SmallInteger)
    key: Named[str] = Column(sa.String, unique=True)
    kind: Named[str] = Column(sa.String)
    payload_sealed: Named[bytes | None] = sealed_column(nullable=True, of="contact_id")
    state: Named[str] = Column(sa.String)
    not_before: Named[datetime] = Column(UtcDateTime)
    expires_at: Named[datetime | None] = Column(UtcDateTime)
    attempts: Named[int] = Column(sa.SmallInteger, default=0)
    on_doubt: Named[str] = Column(sa.String)
    message_id: Named[int | None] = Column(sa.BigInteger)
    error: Named[str | None] = Column(sa.String)
    created_at: Named[datetime] = Column(UtcDateTime)
    done_at: Named[datetime | None] = Column(UtcDateTime)


class _TownSetting(TypedColumns):
    key: Named[str] = Column(sa.String, primary_key=True)
    value: Named[Any] = Column(sa.JSON, nullable=False)
    source: Named[str] = Column(sa.String)
    updated_at: Named[datetime] = Column(UtcDateTime)


class _Listed(TypedColumns):
    id: Named[str] = Column(sa.String, primary_key=True)
    position: Named[int] = Column(sa.Integer)
    document: Named[Any] = Column(sa.JSON, nullable=False)


class _Neighbourhood(_Listed):
    pass


class _Place(_Listed):
    pass


class _Entry(_Listed):
    kind: Named[str] = Column(sa.String)
    source: Named[str] = Column(sa.String)
    file_hash: Named[str | None] = Column(sa.String)
    edited_at: Named[datetime | None] = Column(UtcDateTime)
    retired_at: Named[datetime | None] = Column(UtcDateTime)
    updated_at: Named[datetime] = Column(UtcDateTime)


class _Holiday(TypedColumns):
    kind: Named[str] = Column(sa.String, primary_key=True)
    id: Named[str] = Column(sa.String, primary_key=True)
    position: Named[int] = Column(sa.Integer)
    document: Named[Any] = Column(sa.JSON, nullable=False)


class _OpenQuestion(TypedColumns):
    id: Named[int] = Column(NUMBER, primary_key=True)
    contact_id: Named[str | None] = contact_column("set_null", index=True)
    language: Named[str] = Column(sa.String)
    text: Named[str] = words_column(sa.Text(), of="contact_id")
    state: Named[str] = Column(sa.String)
    asked_at: Named[datetime] = Column(UtcDateTime)
    answered_at: Named[datetime | None] = Column(UtcDateTime)
    answered_by: Named[str | None] = contact_column("set_null")
    answer: Named[Localized | None] = words_column(LocalizedText(), of="contact_id", nullable=True)
    answer_group: Named[int | None] = Column(sa.BigInteger)
    entry_id: Named[str | None] = Column(sa.ForeignKey("entry.id", ondelete="SET NULL"))
    urgent: Named[bool] = Column(sa.Boolean, server_default=sa.false())


class _Unanswered(TypedColumns):
    # How often a meaning was asked about in vain: a day, a concept, a language, never a person.
    day: Named[date] = Column(sa.Date, primary_key=True)
    concept: Named[str] = Column(sa.String, primary_key=True)
    language: Named[str] = Column(sa.String, primary_key=True)
    times: Named[int] = Column(sa.Integer)


class _Chosen(TypedColumns):
    # How often an entry was chosen from a list when a concept was asked about; `today` is of `day`.
    concept: Named[str] = Column(sa.String, primary_key=True)
    entry_id: Named[str] = Column(sa.ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True)
    times: Named[int] = Column(sa.Integer)
    day: Named[date] = Column(sa.Date)
    today: Named[int] = Column(sa.Integer)


class _Deletion(TypedColumns):
    contact_id: Named[str] = contact_column("delete_row", primary_key=True)
    requested_at: Named[datetime] = Column(UtcDateTime)
    due_at: Named[datetime] = Column(UtcDateTime)


class _Erasure(TypedColumns):
    fingerprint: Named[str] = Column(sa.String, primary_key=True)
    at: Named[datetime] = Column(UtcDateTime)


class _Consent(TypedColumns):
    id: Named[int] = Column(NUMBER, primary_key=True)
    contact_id: Named[str] = contact_column("delete_row", index=True)
    purpose: Named[str] = Column(sa.String)
    version: Named[int] = Column(sa.Integer)
    language: Named[str] = Column(sa.String)
    granted: Named[bool] = Column(sa.Boolean)
    at: Named[datetime] = Column(UtcDateTime)


contact = Table("contact", metadata, _Contact)
resident = Table("resident", metadata, _Resident)
staff = Table("staff", metadata, _Staff)
invite = Table("invite", metadata, _Invite)
update_seen = Table("update_seen", metadata, _UpdateSeen)
set_aside = Table("set_aside", metadata, _SetAside)
conversation = Table("conversation", metadata, _Conversation)
answer_context = Table("answer_context", metadata, _AnswerContext)
# Without AUTOINCREMENT SQLite would give a deleted number again: people see a question's number,
# and the outbox keeps its order by number.
outbox = Table("outbox", metadata, _Outbox, sqlite_autoincrement=True)
town_setting = Table("town_setting", metadata, _TownSetting)
neighbourhood = Table("neighbourhood", metadata, _Neighbourhood)
place = Table("place", metadata, _Place)
entry = Table("entry", metadata, _Entry)
holiday = Table("holiday", metadata, _Holiday)
open_question = Table("open_question", metadata, _OpenQuestion, sqlite_autoincrement=True)
unanswered = Table("unanswered", metadata, _Unanswered)
chosen = Table("chosen", metadata, _Chosen)
deletion = Table("deletion", metadata, _Deletion)
erasure = Table("erasure", metadata, _Erasure)
consent = Table("consent", metadata, _Consent)


partial(
    "ix_outbox_live",
    outbox.c.contact_id,
    outbox.c.lane,
    outbox.c.id,
    where="state IN ('queued', 'sending')",
)
partial("ix_outbox_queued", outbox.c.lane, outbox.c.id, where="state = 'queued'")
partial("ix_outbox_done", outbox.c.done_at, where="done_at IS NOT NULL")
sa.Index("ix_open_question_state", open_question.c.state, open_question.c.id)


def contact_columns(table: sa.Table) -> list[sa.Column[Any]]:
    """Return the columns of `table` that refer to a contact."""
    return [column for column in table.columns if "on_erase" in column.info]
