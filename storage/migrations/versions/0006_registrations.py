"""Registrations: lists and who is on them, reminders, attendance, invitations to groups."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_LIVE = "state IN ('registered', 'waiting', 'offered')"


def upgrade() -> None:
    _rolls()
    _registrations()
    _reminders()
    _attendance()
    _people()


def downgrade() -> None:
    for table in (
        *("calendar_link", "group_member", "group_invite", "to_phone", "headcount", "presence"),
        *("courtesy", "reminder", "freed", "registration", "roll"),
    ):
        op.drop_table(table)


def _of_contact(
    name: str = "contact_id", *, primary_key: bool = False, index: bool | None = None
) -> sa.Column[str]:
    """Go with the contact."""
    contact = sa.ForeignKey("contact.id", ondelete="CASCADE")
    return sa.Column(name, sa.String, contact, nullable=False, primary_key=primary_key, index=index)


def _by_contact(name: str, *, index: bool | None = None) -> sa.Column[str]:
    """Outlive the contact."""
    contact = sa.ForeignKey("contact.id", ondelete="SET NULL")
    return sa.Column(name, sa.String, contact, index=index)


def _of_registration(*, primary_key: bool = False) -> sa.Column[int]:
    parent = sa.ForeignKey("registration.id", ondelete="CASCADE")
    return sa.Column(
        "registration_id",
        _NUMBER,
        parent,
        nullable=False,
        primary_key=primary_key,
        index=not primary_key,
    )


def _needed(*names: str, kind: sa.types.TypeEngine[Any]) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=False) for name in names]


def _partial(
    table: str, name: str, columns: list[str], *, where: str, unique: bool = False
) -> None:
    condition = sa.text(where)
    op.create_index(
        f"ix_{table}_{name}",
        table,
        columns,
        unique=unique,
        sqlite_where=condition,
        postgresql_where=condition,
    )


def _rolls() -> None:
    op.create_table(
        "roll",
        sa.Column("id", _NUMBER, primary_key=True),
        *_needed("entry_id", "name", "original", "starts", "ends", kind=sa.String()),
        sa.Column("starts_at", _MOMENT, nullable=False),
        sa.Column("ends_at", _MOMENT, nullable=False, index=True),
        sa.Column("capacity", sa.Integer),
        *_needed("taken", "waiting", "arrivals", kind=sa.Integer()),
        sa.Column("called_off", sa.Boolean, nullable=False),
        sa.UniqueConstraint("entry_id", "name", name="uq_roll_entry_id_name"),
    )
    _partial("roll", "queues", ["starts_at"], where="waiting > 0")
    op.create_table(
        "freed",
        sa.Column("entry_id", sa.String, primary_key=True),
        sa.Column("day", sa.String, primary_key=True),
        sa.Column("places", sa.Integer, nullable=False),
    )


def _registrations() -> None:
    roll = sa.ForeignKey("roll.id", ondelete="CASCADE")
    op.create_table(
        "registration",
        sa.Column("id", _NUMBER, primary_key=True),
        sa.Column("roll_id", _NUMBER, roll, nullable=False),
        _by_contact("contact_id", index=True),
        _by_contact("entered_by"),
        *_needed("state", "origin", kind=sa.String()),
        *_needed("adults", "children", kind=sa.SmallInteger()),
        sa.Column("ages", sa.JSON, nullable=False),
        *_needed("places", "held", kind=sa.SmallInteger()),
        sa.Column("arrived", sa.Integer, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("name_sealed", sa.LargeBinary),
        sa.Column("phone_sealed", sa.LargeBinary),
        sa.Column("wish", sa.String),
        sa.Column("offer", sa.SmallInteger, nullable=False),
        sa.Column("offered_until", _MOMENT),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT),
        sqlite_autoincrement=True,
    )
    _partial("registration", "live", ["roll_id", "contact_id"], where=_LIVE, unique=True)
    _partial("registration", "offered", ["offered_until"], where="state = 'offered'")
    op.create_index("ix_registration_queue", "registration", ["roll_id", "arrived"])


def _reminders() -> None:
    op.create_table(
        "reminder",
        _of_registration(primary_key=True),
        sa.Column("kind", sa.String, primary_key=True),
        *_needed("original", "starts", kind=sa.String()),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
    )
    op.create_index("ix_reminder_due", "reminder", ["due_at", "registration_id"])
    op.create_table(
        "courtesy",
        _of_contact(primary_key=True),
        *_needed("remind_day", "remind_hours", kind=sa.Boolean()),
        sa.Column("pushes", sa.JSON, nullable=False),
    )


def _attendance() -> None:
    op.create_table(
        "presence",
        _of_registration(primary_key=True),
        sa.Column("original", sa.String, primary_key=True),
        sa.Column("came", sa.Boolean, nullable=False),
    )
    counts = ("children", "adults", "absent", "more_children", "more_adults", "volunteers")
    op.create_table(
        "headcount",
        sa.Column("entry_id", sa.String, primary_key=True),
        sa.Column("original", sa.String, primary_key=True),
        *_needed(*counts, kind=sa.Integer()),
    )


def _people() -> None:
    op.create_table(
        "to_phone",
        sa.Column("id", _NUMBER, primary_key=True),
        _of_registration(),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("original", sa.String),
        sa.Column("cause", sa.String, nullable=False, unique=True),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("until", _MOMENT),
        sa.Column("done_at", _MOMENT),
        _by_contact("done_by"),
    )
    _partial("to_phone", "undone", ["at"], where="done_at IS NULL")
    op.create_table(
        "group_invite",
        sa.Column("token_hash", sa.String, primary_key=True),
        sa.Column("entry_id", sa.String, nullable=False),
        _by_contact("created_by"),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("uses", sa.Integer, nullable=False),
    )
    op.create_table(
        "group_member",
        sa.Column("entry_id", sa.String, primary_key=True),
        _of_contact(primary_key=True, index=True),
        sa.Column("since", _MOMENT, nullable=False),
    )
    op.create_table(
        "calendar_link",
        _of_contact(primary_key=True),
        sa.Column("token_hash", sa.String, nullable=False, unique=True),
        sa.Column("created_at", _MOMENT, nullable=False),
    )
