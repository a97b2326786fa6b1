"""What was shown last to each person, for a few minutes, so that they can go on about it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "answer_context",
        sa.Column(
            "contact_id",
            sa.String,
            sa.ForeignKey("contact.id", ondelete="CASCADE"),
            primary_key=True,
            nullable=False,
        ),
        sa.Column("data_sealed", sa.LargeBinary, nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("answer_context")
