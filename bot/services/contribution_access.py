"""Who may touch which contribution: its author, whoever may bring something, the team by its roles."""

from __future__ import annotations

from datetime import datetime

from bot.domain.contribution_errors import LimitedError
from bot.domain.contributions import Contribution
from bot.domain.errors import OutdatedError
from bot.domain.residents import Resident
from bot.domain.roles import Role, Staff, demand
from storage import contributions, sender_limits, staff
from storage.store import Tx


async def member_of_team(tx: Tx, resident: Resident, role: Role = Role.ANIMATOR) -> Staff:
    """Return the resident's membership; NotAllowedError if the role does not suffice."""
    return demand(await staff.of(tx, resident.contact_id), role)


async def handled(
    tx: Tx, resident: Resident, number: int, role: Role = Role.ANIMATOR
) -> Contribution:
    """Return a contribution for the team, its author included: never show it before `seen_by_team`.

    Critical ones are for coordinators alone; OutdatedError if there is none of that number.
    """
    member = await member_of_team(tx, resident, role)
    found = await contributions.get(tx, number)
    if found is None:
        raise OutdatedError
    if found.critical:
        demand(member, Role.COORDINATOR)
    return found


async def theirs(tx: Tx, resident: Resident, number: int) -> Contribution:
    """Return the resident's own contribution; OutdatedError if it is not theirs."""
    found = await contributions.get(tx, number)
    if found is None or found.author != resident.contact_id:
        raise OutdatedError
    return found


async def refuse_limited(tx: Tx, contact_id: str, now: datetime) -> None:
    """Raise LimitedError if the team has asked this person to pause."""
    limit = await sender_limits.of(tx, contact_id, now)
    if limit is not None:
        raise LimitedError(limit.until)


async def living(tx: Tx, number: int) -> Contribution:
    """Return the contribution, or the one into which it has been merged; OutdatedError if there is none."""
    seen: set[int] = set()
    found = await contributions.get(tx, number)
    while found is not None and found.merged_into is not None and found.number not in seen:
        seen.add(found.number)
        found = await contributions.get(tx, found.merged_into)
    if found is None:
        raise OutdatedError
    return found
