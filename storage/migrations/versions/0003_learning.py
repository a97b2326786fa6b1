"""What the town teaches: urgent questions, what was asked in vain, what was chosen from a list."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "open_question",
        sa.Column("urgent", sa.Boolean, nullable=False, server_default=sa.false()),
    )
    op.create_table(
        "unanswered",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("concept", sa.String, primary_key=True),
        sa.Column("language", sa.String, primary_key=True),
        sa.Column("times", sa.Integer, nullable=False),
    )
    op.create_table(
        "chosen",
        sa.Column("concept", sa.String, primary_key=True),
        sa.Column(
            "entry_id", sa.String, sa.ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("times", sa.Integer, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("today", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("chosen")
    op.drop_table("unanswered")
    op.drop_column("open_question", "urgent")
