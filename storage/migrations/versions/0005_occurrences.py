"""Occurrences: what the team changed about single dates of an activity."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "occurrence_change",
        sa.Column(
            "entry_id", sa.String, sa.ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("original_start", sa.String, primary_key=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("new_start", sa.String),
        sa.Column("new_end", sa.String),
        sa.Column("place", sa.String),
        sa.Column("note", sa.JSON, nullable=False),
        sa.Column("by_contact", sa.String, sa.ForeignKey("contact.id", ondelete="SET NULL")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("occurrence_change")
