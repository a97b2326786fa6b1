"""Contributions: what residents bring, its media, its history, who supports it, who must pause."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_Columns = list[str | sa.TextClause]
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _contribution()
    _indexes()
    _media()
    _history()
    _people()


def downgrade() -> None:
    for table in (
        *("morning_wish", "sender_limit", "support", "contribution_link", "contribution_event"),
        *("media_wanted", "attachment", "contribution"),
    ):
        op.drop_table(table)


def _of_contact(
    name: str, *, primary_key: bool = False, index: bool | None = None
) -> sa.Column[str]:
    """Go with the contact."""
    contact = sa.ForeignKey("contact.id", ondelete="CASCADE")
    return sa.Column(name, sa.String, contact, nullable=False, primary_key=primary_key, index=index)


def _by_contact(name: str, *, index: bool | None = None) -> sa.Column[str]:
    """Outlive the contact."""
    contact = sa.ForeignKey("contact.id", ondelete="SET NULL")
    return sa.Column(name, sa.String, contact, index=index)


def _of_contribution(
    name: str = "contribution_id", *, primary_key: bool = False, index: bool | None = None
) -> sa.Column[int]:
    parent = sa.ForeignKey("contribution.id", ondelete="CASCADE")
    return sa.Column(name, _NUMBER, parent, nullable=False, primary_key=primary_key, index=index)


def _another(name: str) -> sa.Column[int]:
    return sa.Column(name, _NUMBER, sa.ForeignKey("contribution.id", ondelete="SET NULL"))


def _contribution() -> None:
    op.create_table(
        "contribution",
        sa.Column("id", _NUMBER, primary_key=True),
        *_words(),
        *_whereabouts(),
        *_handling(),
        *_moments(),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_contribution_author_contact", "contribution", ["author_contact"])


def _words() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("published_state", sa.String, nullable=False),
        sa.Column("board_column", sa.String),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("title", sa.JSON),
        sa.Column("summary", sa.JSON),
    )


def _whereabouts() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("category", sa.String),
        sa.Column("neighbourhood", sa.String),
        sa.Column("lat", sa.Double),
        sa.Column("lon", sa.Double),
        sa.Column("near_lat", sa.Double),
        sa.Column("near_lon", sa.Double),
        sa.Column("cell", sa.String),
        sa.Column("address", sa.Text),
    )


def _handling() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("level", sa.String, nullable=False),
        sa.Column("wants_reply", sa.Boolean, nullable=False),
        sa.Column("origin", sa.String, nullable=False),
        _by_contact("author_contact"),
        _by_contact("entered_by"),
        _by_contact("assignee_contact"),
        sa.Column("priority", sa.SmallInteger, nullable=False),
        sa.Column("urgent", sa.Boolean, nullable=False),
        sa.Column("critical", sa.Boolean, nullable=False),
        sa.Column("public", sa.Boolean, nullable=False),
        sa.Column("reason", sa.JSON),
        sa.Column("passed_to", sa.JSON),
        sa.Column("helpers_who", sa.JSON),
        sa.Column("helpers_until", sa.Date),
        sa.Column("helpers_wanted", sa.Integer),
        sa.Column("told", sa.JSON),
        sa.Column("untold", sa.Boolean, nullable=False),
        sa.Column("translated", sa.Boolean, nullable=False),
        sa.Column("supports_apart", sa.Integer, nullable=False),
        _another("merged_into"),
        _another("split_from"),
        sa.Column("tracking_hash", sa.String, unique=True),
    )


def _moments() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("due_at", _MOMENT),
        sa.Column("promised_at", _MOMENT),
        sa.Column("expected_at", _MOMENT),
        sa.Column("reminded_at", _MOMENT),
        sa.Column("reviewed_at", _MOMENT),
        sa.Column("shown_at", _MOMENT),
        sa.Column("first_answer_at", _MOMENT),
        sa.Column("closed_at", _MOMENT),
    )


def _indexes() -> None:
    inbox: _Columns = [sa.text("urgent DESC"), sa.text("priority DESC"), "id"]
    board: _Columns = [sa.text("shown_at DESC"), sa.text("id DESC")]
    for name, column in (
        *(("", None), ("_state", "state"), ("_kind", "kind"), ("_category", "category")),
        *(("_neighbourhood", "neighbourhood"), ("_assignee", "assignee_contact")),
    ):
        _index(f"open{name}", [*([column] if column else []), *inbox], "closed_at IS NULL")
    for name, column in (
        *(("", None), ("_column", "board_column")),
        *(("_category", "category"), ("_neighbourhood", "neighbourhood")),
    ):
        _index(f"board{name}", [*([column] if column else []), *board], "board_column IS NOT NULL")
    filtered: _Columns = ["neighbourhood", "category", "kind", *board]
    _index("board_filtered", filtered, "board_column IS NOT NULL")
    _index("expected", ["expected_at", "id"], "closed_at IS NULL")
    _index("promised", ["promised_at", "id"], "closed_at IS NULL AND promised_at IS NOT NULL")
    _index("untold", ["id"], "untold = true")
    _index("untranslated", ["id"], "translated = false")
    _index("closed", ["closed_at"], "closed_at IS NOT NULL")
    op.create_index("ix_contribution_cell", "contribution", ["cell", "id"])
    op.create_index("ix_contribution_neighbourhood", "contribution", ["neighbourhood", "id"])


def _index(name: str, columns: _Columns, where: str) -> None:
    condition = sa.text(where)
    op.create_index(
        f"ix_contribution_{name}",
        "contribution",
        columns,
        sqlite_where=condition,
        postgresql_where=condition,
    )


def _media() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", _NUMBER, primary_key=True),
        _of_contribution(index=True),
        _by_contact("author_contact", index=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("content_sealed", sa.LargeBinary),
        sa.Column("mime", sa.String, nullable=False),
        sa.Column("width", sa.Integer, nullable=False),
        sa.Column("height", sa.Integer, nullable=False),
        sa.Column("released", sa.Boolean, nullable=False),
        sa.Column("position", sa.SmallInteger, nullable=False),
    )
    op.create_table(
        "media_wanted",
        sa.Column("id", _NUMBER, primary_key=True),
        _of_contribution(index=True),
        _of_contact("author_contact", index=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("file_id_sealed", sa.LargeBinary, nullable=False),
        sa.Column("position", sa.SmallInteger, nullable=False),
        sa.Column("attempts", sa.SmallInteger, nullable=False),
        sa.Column("not_before", _MOMENT, nullable=False),
    )


def _history() -> None:
    op.create_table(
        "contribution_event",
        sa.Column("id", _NUMBER, primary_key=True),
        _of_contribution(index=True),
        sa.Column("at", _MOMENT, nullable=False),
        _by_contact("by_contact"),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("from_state", sa.String),
        sa.Column("to_state", sa.String),
        sa.Column("public_note", sa.JSON),
        sa.Column("private_note", sa.Text),
        sa.Column("published", sa.Boolean, nullable=False),
        sa.Column("about", sa.BigInteger),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "contribution_link",
        _of_contribution(primary_key=True),
        _of_contribution("other_id", primary_key=True, index=True),
    )


def _people() -> None:
    op.create_table(
        "support",
        _of_contribution(primary_key=True),
        _of_contact("contact_id", primary_key=True, index=True),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("follows", sa.Boolean, nullable=False),
    )
    op.create_table(
        "sender_limit",
        _of_contact("contact_id", primary_key=True),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("until", _MOMENT),
        _by_contact("limited_by"),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_table(
        "morning_wish",
        _of_contact("contact_id", primary_key=True),
        sa.Column("last_on", sa.Date),
    )
