"""Polls: what is asked, the kept tally, ballots, who took part, and what was counted in the room."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _poll()
    _counting()
    _voting()


def downgrade() -> None:
    for table in (
        *("poll_room", "poll_turnout", "poll_ballot", "poll_tally", "poll_option"),
        *("poll_key", "poll"),
    ):
        op.drop_table(table)


def _of_poll(*, primary_key: bool = False, index: bool | None = None) -> sa.Column[int]:
    parent = sa.ForeignKey("poll.id", ondelete="CASCADE")
    return sa.Column(
        "poll_id", _NUMBER, parent, nullable=False, primary_key=primary_key, index=index
    )


def _by_contact(name: str, *, index: bool | None = None) -> sa.Column[str]:
    contact = sa.ForeignKey("contact.id", ondelete="SET NULL")
    return sa.Column(name, sa.String, contact, index=index)


def _poll() -> None:
    op.create_table(
        "poll",
        sa.Column("id", _NUMBER, primary_key=True),
        sa.Column("question", sa.JSON, nullable=False),
        sa.Column("terms", sa.JSON, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("centre", sa.String),
        _by_contact("created_by"),
        sa.Column("created_at", _MOMENT, nullable=False),
        *(sa.Column(name, _MOMENT) for name in ("opens_at", "closes_at", "opened_at", "closed_at")),
        sa.Column("votes", sa.Integer, nullable=False),
        sa.Column("shown", sa.JSON),
        sa.Column("candidate", sa.JSON),
        sa.Column("told", sa.Boolean, nullable=False),
        sqlite_autoincrement=True,
    )
    conditions = {
        "open": (["closes_at", "id"], "state = 'open'"),
        "scheduled": (["opens_at", "id"], "state = 'draft' AND opens_at IS NOT NULL"),
        "untold": (["id"], "state = 'closed' AND told = false"),
    }
    for name, (columns, condition) in conditions.items():
        where = sa.text(condition)
        op.create_index(
            f"ix_poll_{name}", "poll", columns, sqlite_where=where, postgresql_where=where
        )
    op.create_index("ix_poll_centre", "poll", ["centre", sa.text("id DESC")])


def _counting() -> None:
    op.create_table(
        "poll_option",
        sa.Column("id", _NUMBER, primary_key=True),
        _of_poll(index=True),
        sa.Column("text", sa.JSON, nullable=False),
        sa.Column("cost", sa.Integer, nullable=False),
        sa.Column("starts", sa.String),
        sa.Column("standing", sa.String, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "poll_tally",
        _of_poll(primary_key=True),
        sa.Column("option_id", _NUMBER, primary_key=True, autoincrement=False),
        sa.Column("what", sa.String, primary_key=True),
        sa.Column("amount", sa.Integer, nullable=False),
    )
    op.create_table(
        "poll_room",
        _of_poll(primary_key=True),
        sa.Column("source", sa.String, primary_key=True),
        sa.Column("option_id", _NUMBER, primary_key=True, autoincrement=False),
        sa.Column("amount", sa.Integer, nullable=False),
        _by_contact("counted_by"),
    )


def _voting() -> None:
    op.create_table(
        "poll_key",
        _of_poll(primary_key=True),
        sa.Column("key_sealed", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "poll_ballot",
        _of_poll(primary_key=True),
        sa.Column("voter", sa.String, primary_key=True),
        sa.Column("choice", sa.JSON, nullable=False),
        _by_contact("contact_id", index=True),
        sa.Column("name_sealed", sa.LargeBinary),
        sqlite_with_rowid=False,
    )
    contact = sa.ForeignKey("contact.id", ondelete="CASCADE")
    op.create_table(
        "poll_turnout",
        _of_poll(primary_key=True),
        sa.Column("contact_id", sa.String, contact, nullable=False, primary_key=True, index=True),
        sqlite_with_rowid=False,
    )
