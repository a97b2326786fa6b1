"""Column types that mean the same on both engines; they know no table and no statement."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

from bot.domain.localized import Localized

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect

AnyRow: TypeAlias = "sa.Row[*tuple[Any, ...]]"
"""A row of whatever columns were selected."""

OnErase = Literal["delete_row", "set_null"]
"""What happens to a row when the person in this column is erased."""


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: refuses naive values, stores UTC, returns aware UTC (SQLite alone loses zones)."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without a zone and turn any other to UTC."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            message = "a moment needs its zone; got a naive datetime"
            raise ValueError(message)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the stored moment as aware UTC."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class LocalizedText(TypeDecorator[Localized]):
    """A text in several languages, kept as one JSON document."""

    impl = sa.JSON(none_as_null=True)
    cache_ok = True

    def process_result_value(
        self, value: dict[str, str] | None, dialect: Dialect
    ) -> Localized | None:
        """Return the document as a Localized."""
        del dialect
        return None if value is None else Localized(value)


NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""A 64-bit row number; SQLite counts upwards by itself only for plain INTEGER."""


def contact_column(
    on_erase: OnErase, *, primary_key: bool = False, index: bool | None = None
) -> sa.Column[Any]:
    """Return a column that refers to a contact and says what an erasure does to its row.

    The database carries out the same rule, so that no path that deletes a contact can forget it.
    """
    reaction = {"delete_row": "CASCADE", "set_null": "SET NULL"}[on_erase]
    return sa.Column(
        sa.String,
        sa.ForeignKey("contact.id", ondelete=reaction),
        info={"on_erase": on_erase},
        nullable=on_erase == "set_null",
        primary_key=primary_key,
        index=index,
    )


def sealed_column(*, nullable: bool = False, of: str | None = None) -> sa.Column[Any]:
    """Return a column of bytes that only the key ring reads; `of` as in `words_column`."""
    info = {"sealed": True} if of is None else {"sealed": True, "words_of": of}
    return sa.Column(sa.LargeBinary, info=info, nullable=nullable)


def words_column(
    kind: sa.types.TypeEngine[Any], *, of: str, nullable: bool = False
) -> sa.Column[Any]:
    """Return a column of words that belong to the person in column `of` and go with that person."""
    return sa.Column(kind, info={"words_of": of}, nullable=nullable)


def literal(value: str) -> sa.ColumnElement[str]:
    """Return a state constant written into the statement.

    Behind a parameter an engine may not see that a partial index applies: PostgreSQL's general
    plans never do.
    """
    return sa.literal(value, literal_execute=True)
