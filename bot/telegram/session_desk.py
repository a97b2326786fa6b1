"""What the handlers of running a gathering share: its page, and waiting for words about it."""

from __future__ import annotations

from bot.domain.conversations import Conversation
from bot.domain.sessions import Session
from bot.phrases import session_running as phrases
from bot.telegram.visit import Visit

_OURS = "session_"
"""How the names of these dialogues begin."""


async def show_session(visit: Visit, number: int) -> None:
    """Show the page of a session."""
    visit.only_in_private()
    await leave(visit)
    scene = await visit.services.gatherings.scene(visit.resident, number)
    ends = visit.services.polls.local(scene.session.ends_at)
    clock = visit.voice.clock(ends.time()) if ends else ""
    wall = wall_of(visit, scene.session)
    link = _link(visit, scene.session)
    visit.edit(phrases.page(visit.voice, scene, link, wall=wall, ends=clock))


def wall_of(visit: Visit, session: Session) -> str | None:
    """Return the address of a session's wall; None where pages have no public address."""
    path = visit.services.gatherings.wall_path(session)
    return visit.public_address and f"{visit.public_address}/wall/{path}"


def minutes_of(visit: Visit, session: Session) -> str | None:
    """Return the address of a session's minutes, to be printed."""
    wall = wall_of(visit, session)
    return wall and f"{wall}/minutes"


def _link(visit: Visit, session: Session) -> str:
    return f"{visit.link}?start=k{session.code}"


async def asked(visit: Visit, flow: str) -> int:
    """Wait for words about the session a button names, and return its number."""
    visit.only_in_private()
    number = visit.number(1)
    await visit.services.gatherings.scene(visit.resident, number)
    await expect(visit, flow, number=number)
    return number


async def expect(visit: Visit, flow: str, **data: object) -> None:
    """Take the next message for what `flow` waits for."""
    await visit.services.dialogues.begin(
        visit.cause, visit.resident.contact_id, Conversation(flow, "text", data)
    )


async def leave(visit: Visit) -> None:
    """Wait for words about a session no longer; other dialogues are left alone."""
    if visit.conversation and visit.conversation.flow.startswith(_OURS):
        await visit.services.dialogues.end(visit.cause, visit.resident.contact_id)
