"""The rarer things on the team's desk: joining, splitting, linking, marking, pausing a sender."""

from __future__ import annotations

from datetime import timedelta

from telegram import Update

from bot.domain.contribution_errors import UnlinkableError
from bot.domain.contributions import Contribution, Limit
from bot.domain.errors import OutdatedError
from bot.phrases import sorting as phrases
from bot.telegram.casework import case_of, expect, looked, show_case, stop, words_taken, yes
from bot.telegram.desk import on_press
from bot.telegram.visit import Visit

JOINING, SPLITTING, PAUSING = "triage_join", "triage_split", "triage_pause"
_PAUSES = (0, 7, 30)


async def show_more(_update: Update, visit: Visit) -> None:
    """Show what is rarely needed; some of it is for coordinators."""
    found = await looked(visit)
    case = await case_of(visit, found)
    limit = await _limit(visit, found.number) if case.coordinated else None
    related = await visit.services.decisions.linked(visit.resident, found.number)
    linked = [
        each.number for each in related if found.number not in {each.merged_into, each.split_from}
    ]
    visit.edit(phrases.more(visit.voice, case, limit, linked=linked))


async def ask_other(_update: Update, visit: Visit) -> None:
    """Ask for the number of the one it is joined with, or belongs together with."""
    found, what = await looked(visit), visit.args[0]
    await expect(visit, JOINING, found.number, what=what)
    visit.edit(phrases.ask_number(visit.voice, found, joining=what == "merge"))


async def take_other(_update: Update, visit: Visit) -> None:
    """Take a number; joining asks once more, linking is done at once."""
    begun = visit.begun(JOINING)
    number = begun["number"]
    other = await _typed(visit, number)
    if other is None:
        visit.say(phrases.no_such_number(visit.voice, number))
        return
    await stop(visit)
    found = await visit.services.triage.look(visit.resident, number)
    if begun["what"] == "merge":
        visit.say(phrases.confirm_joining(visit.voice, found, other))
        return
    await visit.services.decisions.link(visit.cause, visit.resident, number, other=other.number)
    await show_case(visit, found)


async def join(_update: Update, visit: Visit) -> None:
    """Let one go on as part of another."""
    visit.only_in_private()
    number, into = visit.number(1), visit.number(2)
    told = await visit.services.decisions.merge(visit.cause, visit.resident, number, into=into)
    visit.edit(phrases.joined(visit.voice, number, into, told))


async def unlink(_update: Update, visit: Visit) -> None:
    """Note that two do not belong together after all."""
    visit.only_in_private()
    number, other = visit.number(1), visit.number(2)
    await visit.services.decisions.unlink(visit.cause, visit.resident, number, other=other)
    await show_case(visit, await visit.services.triage.look(visit.resident, number))


async def ask_split(_update: Update, visit: Visit) -> None:
    """Ask for the words of the point that gets its own number."""
    found = await looked(visit)
    await expect(visit, SPLITTING, found.number)
    visit.edit(phrases.ask_split(visit.voice, found))


async def take_split(_update: Update, visit: Visit) -> None:
    """Give what was written a number of its own."""
    number = visit.begun(SPLITTING)["number"]
    if not visit.text:
        return
    decisions = visit.services.decisions
    async with words_taken(visit):
        part = await decisions.split(visit.cause, visit.resident, number, text=visit.text)
    visit.say(phrases.split(visit.voice, number, part))


async def reopen(_update: Update, visit: Visit) -> None:
    """Put what was closed back among what the team discusses."""
    visit.only_in_private()
    decisions = visit.services.decisions
    await show_case(visit, await decisions.reopen(visit.cause, visit.resident, visit.number(1)))


async def mark(_update: Update, visit: Visit) -> None:
    """Let a coordinator mark it urgent or critical, or no longer."""
    visit.only_in_private()
    number, value = visit.number(1), yes(visit)
    triage = visit.services.triage
    if visit.args[0] == "urgent":
        found = await triage.mark(visit.cause, visit.resident, number, urgent=value)
    else:
        found = await triage.mark(visit.cause, visit.resident, number, critical=value)
    await show_case(visit, found)


async def ask_pause(_update: Update, visit: Visit) -> None:
    """Ask how long the author is to pause."""
    visit.edit(phrases.ask_pause(visit.voice, (await looked(visit)).number))


async def ask_why_paused(_update: Update, visit: Visit) -> None:
    """Ask why the author is to pause."""
    found, days = await looked(visit), visit.number(2)
    if days not in _PAUSES:
        raise OutdatedError
    await expect(visit, PAUSING, found.number, days=days)
    visit.edit(phrases.ask_why_paused(visit.voice, found.number))


async def take_why_paused(_update: Update, visit: Visit) -> None:
    """Ask the author to pause; nobody learns who it is."""
    begun, town = visit.begun(PAUSING), visit.services.town
    if not visit.text:
        return
    number, days = begun["number"], begun["days"]
    until = town.evening(town.day() + timedelta(days=days)) if days else None
    triage = visit.services.triage
    async with words_taken(visit):
        await triage.limit(visit.cause, visit.resident, number, until=until, reason=visit.text)
    await show_case(visit, await triage.look(visit.resident, number))


async def lift_pause(_update: Update, visit: Visit) -> None:
    """Let the author bring things again."""
    visit.only_in_private()
    number, triage = visit.number(1), visit.services.triage
    await triage.unlimit(visit.cause, visit.resident, number)
    await show_case(visit, await triage.look(visit.resident, number))


async def park(_update: Update, visit: Visit) -> None:
    """Wait for words no longer."""
    await stop(visit)


async def _limit(visit: Visit, number: int) -> Limit | None:
    try:
        return await visit.services.triage.limited(visit.resident, number)
    except UnlinkableError:
        return None  # nobody is behind it who could be asked to pause


async def _typed(visit: Visit, number: int) -> Contribution | None:
    """Return the other contribution whose number was typed; None if there is none."""
    digits = "".join(char for char in visit.text if char.isdecimal())[:9]
    if not digits or int(digits) == number:
        return None
    try:
        return await visit.services.triage.look(visit.resident, int(digits))
    except OutdatedError:
        return None


HANDLERS = (
    on_press(r"^tr:more:", show_more),
    on_press(r"^tr:(merge|link):", ask_other),
    on_press(r"^tr:merged:", join),
    on_press(r"^tr:unlink:", unlink),
    on_press(r"^tr:split:", ask_split),
    on_press(r"^tr:reopen:", reopen),
    on_press(r"^tr:(urgent|critical):", mark),
    on_press(r"^tr:pause:", ask_pause),
    on_press(r"^tr:paused:", ask_why_paused),
    on_press(r"^tr:unpause:", lift_pause),
)
FLOWS = {JOINING: take_other, SPLITTING: take_split, PAUSING: take_why_paused}
PARKS = {JOINING: park, SPLITTING: park, PAUSING: park}
