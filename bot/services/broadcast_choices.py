"""Whom a member of the team may write to: by place and theme, and those at what they hold."""

from __future__ import annotations

from datetime import datetime

from bot.domain.audiences import Audience, allowed, of_registered, of_session
from bot.domain.directory import Directory
from bot.domain.hosting import hosts
from bot.domain.roles import Role, Staff
from bot.domain.sessions import Session
from bot.domain.town import Town
from storage import gatherings, rolls
from storage.store import Tx

_LATEST = 20
"""Gatherings looked through for those still running."""


async def choices(
    tx: Tx, member: Staff, *, town: Town, directory: Directory, now: datetime
) -> tuple[Audience, ...]:
    """Return whom this member may write to, the usual one first.

    Beside centres, neighbourhoods and themes: who is registered for an activity of theirs, for all of
    an age group, and who is at a gathering of theirs that is still running.
    """
    parts = tuple(each for each in directory.neighbourhoods if each != "city")
    known = directory.entries
    theirs = [
        known[each]
        for each in await rolls.entries(tx)
        if each in known and hosts(member, known[each], town)
    ]
    running = [
        of_session(each.number, each.title)
        for each in await gatherings.latest(tx, centre=None, limit=_LATEST)
        if each.running(now) and _runs(member, each)
    ]
    return (*allowed(member, town, parts), *of_registered(theirs), *running)


def _runs(member: Staff, session: Session) -> bool:
    everywhere = member.role is Role.COORDINATOR or member.centre is None
    return everywhere or session.centre == member.centre
