"""Announcements: who wants to hear of what, each announcement with its course, and the audit."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _subscription()
    _broadcast()
    _audit()


def downgrade() -> None:
    for table in ("audit_head", "audit", "broadcast", "subscription"):
        op.drop_table(table)


def _by_contact(name: str, *, index: bool | None = None) -> sa.Column[str]:
    """Outlive the contact."""
    contact = sa.ForeignKey("contact.id", ondelete="SET NULL")
    return sa.Column(name, sa.String, contact, index=index)


def _subscription() -> None:
    contact = sa.ForeignKey("contact.id", ondelete="CASCADE")
    op.create_table(
        "subscription",
        sa.Column("contact_id", sa.String, contact, nullable=False, primary_key=True),
        sa.Column("kind", sa.String, nullable=False, primary_key=True),
        sa.Column("value", sa.String, nullable=False, primary_key=True),
        sa.Column("at", _MOMENT, nullable=False),
    )
    op.create_index("ix_subscription_kind_value", "subscription", ["kind", "value"])


def _broadcast() -> None:
    op.create_table(
        "broadcast",
        sa.Column("id", _NUMBER, primary_key=True),
        _by_contact("author", index=True),
        _by_contact("seconded_by"),
        sa.Column("centre", sa.String),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("text", sa.JSON, nullable=False),
        sa.Column("file_kind", sa.String, nullable=False),
        sa.Column("file_id", sa.String, nullable=False),
        sa.Column("entry_id", sa.String),
        sa.Column("audience", sa.JSON, nullable=False),
        sa.Column("missing", sa.String, nullable=False),
        sa.Column("fingerprint", sa.String, nullable=False),
        *_course(),
        sqlite_autoincrement=True,
    )


def _course() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("planned", sa.Integer, nullable=False),
        sa.Column("outcome", sa.JSON, nullable=False),
        sa.Column("cursor", sa.String, nullable=False),
        sa.Column("send_at", _MOMENT),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("starts_at", _MOMENT),
        sa.Column("expanded_at", _MOMENT),
        sa.Column("finished_at", _MOMENT),
        sa.Column("shown_in", sa.BigInteger),
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", _NUMBER, primary_key=True, autoincrement=False),
        sa.Column("at", _MOMENT, nullable=False),
        _by_contact("actor"),
        sa.Column("actor_salt", sa.String),
        sa.Column("actor_mark", sa.String, nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("action", sa.String, nullable=False),
        _by_contact("about"),
        sa.Column("about_salt", sa.String),
        sa.Column("about_mark", sa.String, nullable=False),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("details", sa.JSON, nullable=False),
        sa.Column("previous_hash", sa.String, nullable=False),
        sa.Column("hash", sa.String, nullable=False),
    )
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("entries", sa.Integer, nullable=False),
        sa.Column("hash", sa.String, nullable=False),
    )
