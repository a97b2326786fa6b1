"""The terms of a poll, set by taps: how, for whom, and from when to when."""

from __future__ import annotations

import re
from dataclasses import replace

from telegram import Update

from bot.domain.errors import OutdatedError
from bot.domain.poll_turns import turned
from bot.phrases import poll_drafting as phrases
from bot.phrases import poll_terms
from bot.telegram.desk import on_press
from bot.telegram.drafts import argument
from bot.telegram.poll_desk import draft_of, expect, leave, put_terms, show_times, stop
from bot.telegram.visit import Visit

MONEY = "poll_keep_money"
_HOURS = (0, 1, 24, 72, 168, 336)
_DAYS = (0, 1, 7)
_DEAREST = 10_000_000


async def turn(_update: Update, visit: Visit) -> None:
    """Turn one of the terms to its next value."""
    poll = await draft_of(visit)
    await put_terms(visit, poll, turned(poll, argument(visit, 2)))


async def ask_envelope(_update: Update, visit: Visit) -> None:
    """Ask how much money there is."""
    poll = await draft_of(visit)
    await expect(visit, MONEY, number=poll.number)
    visit.edit(phrases.ask_envelope(visit.voice, poll.number))


async def choose_envelope(_update: Update, visit: Visit) -> None:
    """Keep the tapped amount."""
    poll = await draft_of(visit)
    await put_terms(visit, poll, replace(poll.terms, envelope=visit.number(3)))


async def take_money(_update: Update, visit: Visit) -> None:
    """Keep the written amount."""
    number = visit.begun(MONEY)["number"]
    amount = int(re.sub(r"\D", "", visit.text)[:8] or 0)
    if not 0 < amount < _DEAREST:
        visit.say(phrases.ask_envelope(visit.voice, number))
        return
    poll = await visit.services.poll_keeping.look(visit.resident, number)
    await stop(visit)
    await put_terms(visit, poll, replace(poll.terms, envelope=amount))


async def ask_where(_update: Update, visit: Visit) -> None:
    """Ask who is to answer."""
    poll = await draft_of(visit)
    visit.edit(poll_terms.where(visit.voice, poll, visit.services.asking.neighbourhoods()))


async def choose_where(_update: Update, visit: Visit) -> None:
    """Ask the whole town, or one neighbourhood."""
    poll, chosen = await draft_of(visit), visit.args[-1] or None
    if chosen and chosen not in visit.services.asking.directory.neighbourhoods:
        raise OutdatedError
    await put_terms(visit, poll, replace(poll.terms, neighbourhood=chosen))


async def ask_times(_update: Update, visit: Visit) -> None:
    """Ask when it opens and closes."""
    show_times(visit, await draft_of(visit))


async def choose_opening(_update: Update, visit: Visit) -> None:
    """Open by hand, or on a morning to come."""
    poll, days = await draft_of(visit), visit.number(2)
    if days not in _DAYS:
        raise OutdatedError
    service = visit.services.poll_keeping
    opens = service.morning(days) if days else None
    lasts = poll.closes_at - poll.opens_at if poll.closes_at and poll.opens_at else None
    closes = opens + lasts if opens and lasts else poll.closes_at
    show_times(
        visit,
        await service.schedule(
            visit.cause, visit.resident, poll.number, opens_at=opens, closes_at=closes
        ),
    )


async def choose_closing(_update: Update, visit: Visit) -> None:
    """Close by hand, or so many hours after it opens."""
    poll, hours = await draft_of(visit), visit.number(2)
    if hours not in _HOURS:
        raise OutdatedError
    service = visit.services.poll_keeping
    closes = service.later(hours, than=poll.opens_at) if hours else None
    show_times(
        visit,
        await service.schedule(
            visit.cause, visit.resident, poll.number, opens_at=poll.opens_at, closes_at=closes
        ),
    )


async def park(_update: Update, visit: Visit) -> None:
    """Wait for words no longer; what was kept stays."""
    await leave(visit)


HANDLERS = (
    on_press(r"^pk:turn:", turn),
    on_press(r"^pk:envelope:", ask_envelope),
    on_press(r"^pk:set:\d+:envelope:", choose_envelope),
    on_press(r"^pk:where:", ask_where),
    on_press(r"^pk:ask:", choose_where),
    on_press(r"^pk:times:", ask_times),
    on_press(r"^pk:opens:", choose_opening),
    on_press(r"^pk:closes:", choose_closing),
)
FLOWS = {MONEY: take_money}
PARKS = dict.fromkeys(FLOWS, park)
