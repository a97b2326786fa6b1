"""Who may run a gathering: an animator of its centre, any animator of the whole team, a coordinator."""

from __future__ import annotations

from bot.domain.errors import NotAllowedError, OutdatedError
from bot.domain.residents import Resident
from bot.domain.roles import Role
from bot.domain.sessions import Idea, Session
from bot.services.poll_access import member
from storage import gatherings
from storage.store import Tx


async def run_by(tx: Tx, resident: Resident, number: int, *, ended: bool = False) -> Session:
    """Return a session for who may run it, locked in a writing transaction.

    NotAllowedError for others; OutdatedError once it is over, unless `ended` ones are wanted as well.
    """
    me = await member(tx, resident)
    session = await gatherings.get(tx, number)
    if session is None or (session.ended_at is not None and not ended):
        raise OutdatedError
    everywhere = me.role is Role.COORDINATOR or me.centre is None
    if not everywhere and session.centre != me.centre:
        raise NotAllowedError
    return session


async def idea_of(tx: Tx, resident: Resident, number: int, idea: int) -> Idea:
    """Return an idea for who may run its session, even when that is over."""
    await run_by(tx, resident, number, ended=True)
    found = await gatherings.idea(tx, number, idea)
    if found is None:
        raise OutdatedError
    return found
