"""Telling people what became of a contribution: author, supporters and team, each in their language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from functools import cache

from bot.domain.contribution_lists import Told
from bot.domain.contributions import Contribution
from bot.domain.messages import Message
from bot.domain.pacing import Lane
from bot.domain.roles import Role
from bot.domain.silences import Silence, silence
from bot.i18n import Voice, voice
from bot.services import notices
from storage import outbox, residents, staff, supports
from storage.store import Tx

Words = Callable[[Voice, bool], Message]
"""Makes the notice: the voice to say it in, and whether it is for the author."""


async def announce(
    tx: Tx,
    contribution: Contribution,
    event: int,
    words: Words,
    *,
    now: datetime,
    actor: str | None = None,
) -> Told:
    """Write one notice to author and supporters each, or put on record why not.

    Called in the transaction of the change itself; the event's number keeps it from being told twice.
    """
    said = cache(lambda language, author: words(voice(language), author))
    people, withheld = 0, Counter[str]()
    for listener in await supports.audience(tx, contribution.number):
        person = listener.resident
        key = f"c:{contribution.number}:e{event}:{person.contact_id}"
        why = silence(person, wants=listener.wants, actor=actor)
        if why is None:
            message = said(person.language, person.contact_id == contribution.author)
            await notices.queue(
                tx, person.contact_id, message, key=key, now=now, lane=Lane.REMINDER
            )
            people += 1
        else:
            await _withhold(tx, person.contact_id, key, why, now=now)
            withheld[why.value] += 1
    return Told(people, dict(withheld))


async def tell_team(
    tx: Tx,
    contribution: Contribution,
    words: Callable[[Voice], Message],
    *,
    key: str,
    now: datetime,
) -> None:
    """Tell whoever is responsible: the assignee, else the coordinators, else everybody."""
    for contact_id in await responsible(tx, contribution):
        member = await residents.glance(tx, contact_id)
        if member is not None:
            message = words(voice(member.language))
            await notices.queue(tx, contact_id, message, key=f"{key}:{contact_id}", now=now)


async def responsible(tx: Tx, contribution: Contribution) -> list[str]:
    """Return who of the team answers for a contribution; for a critical one never an animator."""
    team = await staff.everyone(tx)
    coordinators = [member.contact_id for member in team if member.role is Role.COORDINATOR]
    present = {member.contact_id for member in team}
    able = set(coordinators) if contribution.critical else present
    if contribution.assignee in able:
        return [contribution.assignee] if contribution.assignee else []
    return coordinators or [] if contribution.critical else coordinators or sorted(present)


async def _withhold(tx: Tx, contact_id: str, key: str, why: Silence, *, now: datetime) -> None:
    await outbox.withhold(
        tx,
        contact_id=contact_id,
        key=key,
        kind="c",
        reason=why.value,
        now=now,
        end="unreachable" if why is Silence.UNREACHABLE else "cancelled",
    )
