"""Gatherings: the session, who is there, ideas and what was agreed; polls know their session."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _gathering()
    _people_and_words()


def downgrade() -> None:
    for table in ("gathering_task", "gathering_idea", "gathering_member", "gathering"):
        op.drop_table(table)


def _of_session(*, primary_key: bool = False, index: bool | None = None) -> sa.Column[int]:
    parent = sa.ForeignKey("gathering.id", ondelete="CASCADE")
    return sa.Column(
        "session_id", _NUMBER, parent, nullable=False, primary_key=primary_key, index=index
    )


def _by_contact(name: str, *, index: bool | None = None) -> sa.Column[str]:
    contact = sa.ForeignKey("contact.id", ondelete="SET NULL")
    return sa.Column(name, sa.String, contact, index=index)


def _gathering() -> None:
    op.create_table(
        "gathering",
        sa.Column("id", _NUMBER, primary_key=True),
        sa.Column("title", sa.JSON, nullable=False),
        sa.Column("code", sa.String, nullable=False),
        sa.Column("centre", sa.String),
        sa.Column("topic", sa.JSON, nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("room", sa.Integer, nullable=False),
        sa.Column("started_at", _MOMENT, nullable=False),
        sa.Column("ends_at", _MOMENT),
        sa.Column("ended_at", _MOMENT),
        _by_contact("created_by"),
        sqlite_autoincrement=True,
    )
    where = sa.text("ended_at IS NULL")
    op.create_index(
        "ix_gathering_code", "gathering", ["code"], sqlite_where=where, postgresql_where=where
    )


def _people_and_words() -> None:
    contact = sa.ForeignKey("contact.id", ondelete="CASCADE")
    op.create_table(
        "gathering_member",
        _of_session(primary_key=True),
        sa.Column("contact_id", sa.String, contact, nullable=False, primary_key=True, index=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "gathering_idea",
        sa.Column("id", _NUMBER, primary_key=True),
        _of_session(index=True),
        _by_contact("author_contact", index=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("translation", sa.Text, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("joined", _NUMBER),
        sa.Column("contribution", _NUMBER),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "gathering_task",
        sa.Column("id", _NUMBER, primary_key=True),
        _of_session(index=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("who", sa.String, nullable=False),
        sa.Column("due", sa.String, nullable=False),
        sqlite_autoincrement=True,
    )
