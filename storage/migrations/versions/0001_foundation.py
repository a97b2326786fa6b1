"""The first tables: people, intake, outbox, town and directory, open questions, privacy."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _people()
    _team()
    _intake()
    _outbox()
    _town()
    _questions()
    _privacy()


def downgrade() -> None:
    for table in (
        *("consent", "erasure", "deletion", "open_question"),
        *("holiday", "entry", "place", "neighbourhood", "town_setting"),
        *("outbox", "conversation", "set_aside", "update_seen"),
        *("invite", "staff", "resident", "contact"),
    ):
        op.drop_table(table)


def _of_contact(
    name: str, *, primary_key: bool = False, index: bool | None = None
) -> sa.Column[str]:
    """Go with the contact."""
    contact = sa.ForeignKey("contact.id", ondelete="CASCADE")
    return sa.Column(name, sa.String, contact, nullable=False, primary_key=primary_key, index=index)


def _by_contact(name: str) -> sa.Column[str]:
    """Outlive the contact."""
    return sa.Column(name, sa.String, sa.ForeignKey("contact.id", ondelete="SET NULL"))


def _people() -> None:
    op.create_table(
        "contact",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("telegram_sealed", sa.LargeBinary, nullable=False),
        sa.Column("fingerprint", sa.String, nullable=False, unique=True),
        sa.Column("created_at", _MOMENT, nullable=False),
    )
    op.create_table(
        "resident",
        _of_contact("contact_id", primary_key=True),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("language_chosen", sa.Boolean, nullable=False),
        sa.Column("neighbourhood", sa.String),
        sa.Column("simple", sa.Boolean, nullable=False),
        sa.Column("paused", sa.Boolean, nullable=False),
        sa.Column("reachable", sa.Boolean, nullable=False),
        sa.Column("noticed_version", sa.Integer, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("seen_at", _MOMENT, nullable=False),
    )


def _team() -> None:
    op.create_table(
        "staff",
        sa.Column("id", _NUMBER, primary_key=True),
        _of_contact("contact_id", index=True),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("centre", sa.String),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("until", _MOMENT),
        _by_contact("invited_by"),
    )
    op.create_table(
        "invite",
        sa.Column("token_hash", sa.String, primary_key=True),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("centre", sa.String),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        _by_contact("used_by"),
        sa.Column("used_at", _MOMENT),
    )


def _intake() -> None:
    op.create_table(
        "update_seen",
        sa.Column("update_id", _NUMBER, primary_key=True, autoincrement=False),
        sa.Column("at", _MOMENT, nullable=False),
    )
    op.create_table(
        "set_aside",
        sa.Column("id", _NUMBER, primary_key=True),
        sa.Column("update_id", sa.BigInteger, nullable=False),
        sa.Column("raw_sealed", sa.LargeBinary, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
    )
    op.create_table(
        "conversation",
        _of_contact("chat_contact", primary_key=True),
        _of_contact("person_contact", primary_key=True),
        sa.Column("flow", sa.String, nullable=False),
        sa.Column("step", sa.String, nullable=False),
        sa.Column("data_sealed", sa.LargeBinary, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
    )


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", _NUMBER, primary_key=True),
        _of_contact("contact_id"),
        sa.Column("lane", sa.SmallInteger, nullable=False),
        sa.Column("key", sa.String, nullable=False, unique=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("payload_sealed", sa.LargeBinary),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("not_before", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT),
        sa.Column("attempts", sa.SmallInteger, nullable=False),
        sa.Column("on_doubt", sa.String, nullable=False),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("error", sa.String),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("done_at", _MOMENT),
        sqlite_autoincrement=True,
    )
    _partial_index("ix_outbox_live", ["contact_id", "lane", "id"], "state IN ('queued', 'sending')")
    _partial_index("ix_outbox_queued", ["lane", "id"], "state = 'queued'")
    _partial_index("ix_outbox_done", ["done_at"], "done_at IS NOT NULL")


def _partial_index(name: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, "outbox", columns, sqlite_where=condition, postgresql_where=condition)


def _town() -> None:
    op.create_table(
        "town_setting",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("value", sa.JSON, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("updated_at", _MOMENT, nullable=False),
    )
    op.create_table("neighbourhood", *_listed())
    op.create_table("place", *_listed())
    op.create_table(
        "entry",
        *_listed(),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("file_hash", sa.String),
        sa.Column("edited_at", _MOMENT),
        sa.Column("retired_at", _MOMENT),
        sa.Column("updated_at", _MOMENT, nullable=False),
    )
    op.create_table("holiday", sa.Column("kind", sa.String, primary_key=True), *_listed())


def _listed() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("document", sa.JSON, nullable=False),
    )


def _questions() -> None:
    op.create_table(
        "open_question",
        sa.Column("id", _NUMBER, primary_key=True),
        _by_contact("contact_id"),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("answered_at", _MOMENT),
        _by_contact("answered_by"),
        sa.Column("answer", sa.JSON),
        sa.Column("answer_group", sa.BigInteger),
        sa.Column("entry_id", sa.String, sa.ForeignKey("entry.id", ondelete="SET NULL")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_open_question_contact_id", "open_question", ["contact_id"])
    op.create_index("ix_open_question_state", "open_question", ["state", "id"])


def _privacy() -> None:
    op.create_table(
        "deletion",
        _of_contact("contact_id", primary_key=True),
        sa.Column("requested_at", _MOMENT, nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
    )
    op.create_table(
        "erasure",
        sa.Column("fingerprint", sa.String, primary_key=True),
        sa.Column("at", _MOMENT, nullable=False),
    )
    op.create_table(
        "consent",
        sa.Column("id", _NUMBER, primary_key=True),
        _of_contact("contact_id", index=True),
        sa.Column("purpose", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("granted", sa.Boolean, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
    )
