"""What the handlers of holding a poll share: the page of a poll, and waiting for words about it."""

from __future__ import annotations

from bot.domain.conversations import Conversation
from bot.domain.errors import OutdatedError
from bot.domain.polls import Method, Poll, PollState, Terms
from bot.phrases import poll_drafting as phrases
from bot.phrases import poll_holding, poll_terms
from bot.telegram.visit import Visit

_OURS = "poll_keep_"
"""How the names of these dialogues begin."""


async def draft_of(visit: Visit) -> Poll:
    """Return the draft a button names; OutdatedError once it is open."""
    visit.only_in_private()
    await leave(visit)
    poll = await visit.services.poll_keeping.look(visit.resident, visit.number(1))
    if poll.state is not PollState.DRAFT:
        raise OutdatedError
    return poll


async def put_terms(visit: Visit, poll: Poll, terms: Terms) -> None:
    """Keep a draft's terms and show it."""
    await visit.services.poll_keeping.change(visit.cause, visit.resident, poll.number, terms=terms)
    await show_poll(visit, poll.number)


def show_times(visit: Visit, poll: Poll) -> None:
    """Show when a draft opens and closes."""
    local = visit.services.poll_keeping.local
    opens, closes = local(poll.opens_at), local(poll.closes_at)
    visit.edit(poll_terms.times(visit.voice, poll, opens=opens, closes=closes))


async def show_poll(visit: Visit, number: int) -> None:
    """Show a draft, or how a poll stands."""
    service, v = visit.services.poll_keeping, visit.voice
    poll = await service.look(visit.resident, number)
    opens, closes = service.local(poll.opens_at), service.local(poll.closes_at)
    if poll.state is PollState.DRAFT:
        visit.edit(phrases.draft(v, poll, service.lacks(poll), opens=opens, closes=closes))
        return
    seen = await visit.services.polls.see(visit.resident, number)
    link = f"{visit.link}?start=p{number}"
    visit.edit(poll_holding.running(v, seen, link, closes=closes))


def method_of(value: str) -> Method:
    """Return the method a button names."""
    found = next((each for each in Method if each == value), None)
    if found is None:
        raise OutdatedError
    return found


async def expect(visit: Visit, flow: str, **data: object) -> None:
    """Take the next message for what `flow` waits for."""
    await visit.services.dialogues.begin(
        visit.cause, visit.resident.contact_id, Conversation(flow, "text", data)
    )


async def stop(visit: Visit) -> None:
    """Wait for words no longer."""
    await visit.services.dialogues.end(visit.cause, visit.resident.contact_id)


async def leave(visit: Visit) -> None:
    """Wait for words about a poll no longer; other dialogues are left alone."""
    if visit.conversation and visit.conversation.flow.startswith(_OURS):
        await stop(visit)
