"""By when a contribution is answered, how long that took, and when what is kept of it ends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.contributions import Contribution, Kind

ANSWER_WITHIN: Final[Mapping[str, int]] = {
    Kind.CONCERN: 7,
    Kind.OFFER: 7,
    Kind.IDEA: 14,
    Kind.WISH: 14,
    Kind.OBSERVATION: 14,
}
"""Days until the first answer where the town sets nothing; thanks wait for none."""

FORGET_AUTHOR_AFTER: Final = timedelta(days=730)
"""After closing, what the team keeps apart from the public words goes: text, exact place, author."""

FORGET_CONCERN_AFTER: Final = timedelta(days=183)
"""The same for concerns, which may speak of others."""

CLOSE_TO_DUE: Final = timedelta(days=2)
"""So long before the due date the responsible person is reminded."""


def due(
    kind: Kind, category: str | None, *, now: datetime, days: Mapping[str, int]
) -> datetime | None:
    """Return by when an answer is due; what the town says of a category goes before the kind's."""
    known: Mapping[str, int] = {**ANSWER_WITHIN, **days}
    within = known.get(category or "") or known.get(kind)
    return now + timedelta(days=within) if within else None


def day_only(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return noon of the day in the town: all that is kept of when something unlinkable came."""
    local = moment.astimezone(zone)
    return local.replace(hour=12, minute=0, second=0, microsecond=0).astimezone(UTC)


def days_to_answer(contribution: Contribution) -> int | None:
    """Return after how many days the first answer was published; None while there is none."""
    if contribution.first_answer_at is None:
        return None
    return max(0, (contribution.first_answer_at - contribution.created_at).days)


def overdue(contribution: Contribution, now: datetime) -> bool:
    """Tell whether somebody has waited too long for an answer or for what was promised."""
    if not contribution.waits:
        return False
    late = contribution.first_answer_at is None and _past(contribution.due_at, now)
    return late or _past(contribution.promised_at, now)


def forget_author_at(contribution: Contribution) -> datetime | None:
    """Return when the link to the author and all unpublished words end; None while it is open."""
    if contribution.closed_at is None:
        return None
    concern = contribution.kind is Kind.CONCERN
    return contribution.closed_at + (FORGET_CONCERN_AFTER if concern else FORGET_AUTHOR_AFTER)


def _past(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and moment < now
