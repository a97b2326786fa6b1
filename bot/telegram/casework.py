"""What the team's handlers share: the page of a contribution, and waiting for words about it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.domain.cases import Case
from bot.domain.contributions import Contribution
from bot.domain.conversations import Conversation
from bot.domain.errors import NotAllowedError, OutdatedError, RefusedError
from bot.phrases import casework as phrases
from bot.telegram.drafts import argument, place_name
from bot.telegram.visit import Visit

_OURS = "triage_"
"""How the names of the team's dialogues begin."""


async def case_of(visit: Visit, found: Contribution, *, back: str = "") -> Case:
    """Gather everything that the page of a contribution says."""
    services, number = visit.services, found.number
    me = await services.team.role_of(visit.resident)
    if me is None:
        raise NotAllowedError
    today = services.town.day()
    due_on = services.town.day(found.due_at) if found.due_at else None
    linked = await services.decisions.linked(visit.resident, number)
    return Case(
        found,
        today,
        me,
        place=place_name(visit, found.neighbourhood, found.address),
        due_on=due_on,
        promised_on=services.town.day(found.promised_at) if found.promised_at else None,
        late=due_on is not None and due_on < today,
        media=await services.media.of(visit.resident, number),
        linked=[each.number for each in linked],
        back=back,
    )


async def show_case(visit: Visit, found: Contribution, *, back: str = "") -> None:
    """Show the page of a contribution in place of what was pressed, else below."""
    visit.edit(phrases.page(visit.voice, await case_of(visit, found, back=back)))


async def looked(visit: Visit, position: int = 1) -> Contribution:
    """Return the contribution a button names; nothing is noted, and nobody is waited for any more."""
    visit.only_in_private()
    found = await visit.services.triage.look(visit.resident, visit.number(position))
    await stop(visit)
    return found


async def expect(visit: Visit, flow: str, number: int, **more: str | int) -> None:
    """Take the next message for the words that `flow` waits for."""
    data = {"number": number, **more}
    await visit.services.dialogues.begin(
        visit.cause, visit.resident.contact_id, Conversation(flow, "words", data)
    )


async def stop(visit: Visit) -> None:
    """Wait for words no longer; what the person has begun as a resident is left alone."""
    if visit.conversation is None or not visit.conversation.flow.startswith(_OURS):
        return
    await visit.services.dialogues.end(visit.cause, visit.resident.contact_id)


@asynccontextmanager
async def words_taken(visit: Visit) -> AsyncIterator[None]:
    """Wait for words no longer once they are kept, or once they can no longer be."""
    try:
        yield
    except RefusedError:
        await stop(visit)
        raise
    await stop(visit)


def yes(visit: Visit, position: int = 2) -> bool:
    """Return whether a button says yes; OutdatedError if it says neither."""
    answer = argument(visit, position)
    if answer not in {"yes", "no", "on", "off"}:
        raise OutdatedError
    return answer in {"yes", "on"}
