"""News of the agenda: which activities have come, and who has been told how much of it."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def upgrade() -> None:
    op.create_table(
        "news_item",
        sa.Column("id", _NUMBER, primary_key=True),
        sa.Column("entry_id", sa.String, nullable=False, unique=True),
        sa.Column("at", _MOMENT, nullable=False, index=True),
        sqlite_autoincrement=True,
    )
    contact = sa.ForeignKey("contact.id", ondelete="CASCADE")
    op.create_table(
        "news_reader",
        sa.Column("contact_id", sa.String, contact, nullable=False, primary_key=True),
        sa.Column("through", _NUMBER, nullable=False),
        sa.Column("told_on", sa.String, nullable=False),
        sa.Column("digest_for", sa.String, nullable=False),
    )
    _note_what_is_there()


def _note_what_is_there() -> None:
    """Note what a town had before this, so that nobody is told of it."""
    item = sa.table("news_item", sa.column("entry_id"), sa.column("at", _MOMENT))
    known = sa.table("entry", sa.column("id"), sa.column("kind"))
    op.execute(
        sa.insert(item).from_select(
            ["entry_id", "at"],
            sa.select(known.c.id, sa.literal(_LONG_AGO, _MOMENT)).where(known.c.kind == "activity"),
        )
    )


def downgrade() -> None:
    op.drop_table("news_reader")
    op.drop_table("news_item")
