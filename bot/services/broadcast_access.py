"""What every act on an announcement looks at again: who acts, whose it is, how far it has come."""

from __future__ import annotations

from datetime import datetime

from bot.domain.broadcasts import Broadcast, Course
from bot.domain.errors import OutdatedError
from bot.domain.residents import Resident
from bot.domain.roles import Role, Staff, demand
from bot.services import audit
from storage import broadcasts, outbox, staff
from storage.store import Tx


async def member_of_team(tx: Tx, resident: Resident, role: Role = Role.ANIMATOR) -> Staff:
    """Return the resident's membership; NotAllowedError if the role does not suffice."""
    return demand(await staff.of(tx, resident.contact_id), role)


async def found(tx: Tx, number: int) -> Broadcast:
    """Return an announcement; OutdatedError if there is none of that number."""
    known = await broadcasts.get(tx, number)
    if known is None:
        raise OutdatedError
    return known


async def under_control(tx: Tx, resident: Resident, number: int) -> tuple[Staff, Broadcast]:
    """Return who acts and the announcement: it is its author's, and every coordinator's."""
    member = await member_of_team(tx, resident)
    known = await found(tx, number)
    if known.author != member.contact_id:
        demand(member, Role.COORDINATOR)
    return member, known


async def course_of(tx: Tx, known: Broadcast) -> Course:
    """Return how far it is; what has ended is known even after the outbox has forgotten."""
    if known.outcome:
        return Course(known, known.outcome)
    return Course(known, await outbox.counts(tx, key_prefix=broadcasts.key(known.number)))


async def note(
    tx: Tx,
    known: Broadcast,
    action: str,
    *,
    now: datetime,
    by: Staff | None,
    about: str | None = None,
    **details: int,
) -> None:
    """Write an act down in the audit."""
    subject = str(known.number)
    await audit.record(tx, action, now=now, by=by, about=about, subject=subject, **details)
