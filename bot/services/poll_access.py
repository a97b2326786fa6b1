"""Who may hold a poll: an animator for their centre, a coordinator for the town."""

from __future__ import annotations

from bot.domain.errors import NotAllowedError, OutdatedError
from bot.domain.polls import Poll
from bot.domain.residents import Resident
from bot.domain.roles import Role, Staff, demand
from storage import polls, staff
from storage.store import Tx


async def member(tx: Tx, resident: Resident) -> Staff:
    """Return the resident's membership of the team; NotAllowedError if there is none (any more)."""
    return demand(await staff.of(tx, resident.contact_id), Role.ANIMATOR)


async def found(tx: Tx, number: int) -> Poll:
    """Return a poll; OutdatedError if there is none of that number."""
    poll = await polls.get(tx, number)
    if poll is None:
        raise OutdatedError
    return poll


async def held(tx: Tx, resident: Resident, number: int) -> Poll:
    """Return a poll for who may hold it: their centre's; a coordinator's and a whole team's are all."""
    me = await member(tx, resident)
    poll = await found(tx, number)
    everywhere = me.role is Role.COORDINATOR or me.centre is None
    if not everywhere and poll.centre != me.centre:
        raise NotAllowedError
    return poll
