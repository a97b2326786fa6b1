"""Holding a poll: opening, counting the room, what residents propose, closing."""

from __future__ import annotations

import re
from contextlib import suppress

from telegram import Update

from bot.domain.errors import OutdatedError
from bot.domain.polls import LackingError, Method, PollState, untranslated
from bot.phrases import poll_drafting, poll_results
from bot.phrases import poll_holding as phrases
from bot.telegram.desk import on_press
from bot.telegram.drafts import argument
from bot.telegram.poll_desk import draft_of, expect, leave, show_poll, stop
from bot.telegram.visit import Visit

COUNTING = "poll_keep_room"


async def open_now(_update: Update, visit: Visit) -> None:
    """Open it; who would meet the other language is named before."""
    poll = await draft_of(visit)
    lacking = untranslated(poll)
    if lacking and visit.args[-1] != "anyway":
        visit.edit(poll_drafting.warn(visit.voice, poll, lacking[0]))
        return
    with suppress(LackingError):  # the draft says what it lacks
        await visit.services.poll_keeping.open(visit.cause, visit.resident, poll.number)
    await show_poll(visit, poll.number)


async def ask_close(_update: Update, visit: Visit) -> None:
    """Ask before it is closed."""
    visit.only_in_private()
    poll = await visit.services.poll_keeping.look(visit.resident, visit.number(1))
    visit.edit(phrases.confirm_close(visit.voice, poll))


async def close(_update: Update, visit: Visit) -> None:
    """Close it; everybody who took part hears the result."""
    visit.only_in_private()
    await visit.services.poll_keeping.close(visit.cause, visit.resident, visit.number(1))
    await show_poll(visit, visit.number(1))


async def ask_discard(_update: Update, visit: Visit) -> None:
    """Ask before a draft is thrown away."""
    visit.edit(phrases.confirm_discard(visit.voice, await draft_of(visit)))


async def discard(_update: Update, visit: Visit) -> None:
    """Throw a draft away."""
    visit.only_in_private()
    service = visit.services.poll_keeping
    await service.discard(visit.cause, visit.resident, visit.number(1))
    polls, more = await service.mine(visit.resident, closed=False)
    visit.edit(poll_drafting.listing(visit.voice, polls, closed=False, page=0, more=more))


async def ask_room(_update: Update, visit: Visit) -> None:
    """Ask for what was counted in the room."""
    visit.only_in_private()
    poll = await visit.services.poll_keeping.look(visit.resident, visit.number(1))
    source = argument(visit, 2)
    if poll.state is not PollState.OPEN or source not in {"hands", "paper"}:
        raise OutdatedError
    await expect(visit, COUNTING, number=poll.number, source=source)
    visit.edit(phrases.ask_room(visit.voice, poll, source))


async def take_room(_update: Update, visit: Visit) -> None:
    """Keep what was counted in the room."""
    begun = visit.begun(COUNTING)
    poll = await visit.services.poll_keeping.look(visit.resident, begun["number"])
    slots = [0] if poll.terms.method is Method.COUNT else [each.id for each in poll.offered]
    counted = [int(each[:5]) for each in re.findall(r"\d+", visit.text)]
    if len(counted) != len(slots):
        visit.say(phrases.numbers_wanted(visit.voice, len(slots)))
        return
    await visit.services.polls.room(
        visit.cause,
        visit.resident,
        poll.number,
        begun["source"],
        dict(zip(slots, counted, strict=True)),
    )
    await stop(visit)
    await show_poll(visit, poll.number)


async def show_proposed(_update: Update, visit: Visit) -> None:
    """Show what residents propose."""
    visit.only_in_private()
    poll = await visit.services.poll_keeping.look(visit.resident, visit.number(1))
    visit.edit(phrases.proposed(visit.voice, poll))


async def settle(_update: Update, visit: Visit) -> None:
    """Offer or refuse what a resident proposed."""
    visit.only_in_private()
    poll = await visit.services.poll_keeping.settle(
        visit.cause,
        visit.resident,
        visit.number(1),
        visit.number(2),
        offered=visit.args[0] == "offer",
    )
    visit.edit(phrases.proposed(visit.voice, poll))


async def show_names(_update: Update, visit: Visit) -> None:
    """Show who chose what in a named poll."""
    visit.only_in_private()
    number = visit.number(1)
    poll = await visit.services.poll_keeping.look(visit.resident, number)
    texts = {each.id: poll_results.option(visit.voice, each) for each in poll.options}
    voters = await visit.services.polls.names(visit.resident, number)
    shown = [
        (name, ", ".join(texts[pick] for pick in (*c.picks, *c.perhaps)) or str(c.people))
        for name, c in voters
    ]
    visit.edit(phrases.names(visit.voice, poll, shown))


async def park(_update: Update, visit: Visit) -> None:
    """Wait for words no longer; what was kept stays."""
    await leave(visit)


HANDLERS = (
    on_press(r"^pk:open:", open_now),
    on_press(r"^pk:close:", ask_close),
    on_press(r"^pk:closed_now:", close),
    on_press(r"^pk:drop:", ask_discard),
    on_press(r"^pk:gone:", discard),
    on_press(r"^pk:room:", ask_room),
    on_press(r"^pk:proposed:", show_proposed),
    on_press(r"^pk:(offer|refuse):", settle),
    on_press(r"^pk:names:", show_names),
)
FLOWS = {COUNTING: take_room}
PARKS = dict.fromkeys(FLOWS, park)
