"""Signing up, tap by tap: the date, who comes, a name, and at the end the registration itself."""

from __future__ import annotations

from dataclasses import replace

from telegram import Update

from bot.domain.conversations import Conversation
from bot.domain.errors import OutdatedError, RefusedError
from bot.domain.occurrences import OccurrenceKey
from bot.domain.registrations import (
    MOST,
    FullError,
    KnownError,
    Origin,
    OverError,
    PartyError,
)
from bot.domain.signing_up import CHOOSING, NAMING, PHONING, SignUp, Step, first, step
from bot.domain.sittings import Opening, slots
from bot.phrases import attending
from bot.phrases import registered as shown
from bot.phrases import registering as phrases
from bot.telegram.desk import on_press
from bot.telegram.drafts import argument
from bot.telegram.visit import Visit
from bot.text import one_line

_DATES = 6
_NAME = 40
_FEWEST_DIGITS, _MOST_DIGITS = 7, 15
_FLOWS = frozenset({CHOOSING, NAMING, PHONING})
_MONTHS = 12 * 120


async def show_dates(_update: Update, visit: Visit) -> None:
    """Offer the next dates of an activity."""
    visit.only_in_private()
    await _show_dates(visit, argument(visit))


async def choose_date(_update: Update, visit: Visit) -> None:
    """Begin a registration for a date; who is on its list already sees that instead."""
    visit.only_in_private()
    key = _key(visit)
    opening = await visit.services.registrations.opening(visit.resident, key)
    if opening.sitting.signup.slot:
        await _show_slots(visit, opening)
    elif opening.number is not None:
        await _show(visit, opening.number)
    else:
        await _begin(visit, opening, SignUp(key.entry_id, key.stamp))


async def choose_slot(_update: Update, visit: Visit) -> None:
    """Begin a registration for an appointment."""
    visit.only_in_private()
    key, slot = _key(visit), visit.number(3)
    opening = await visit.services.registrations.opening(visit.resident, key, slot=slot)
    await _begin(visit, opening, SignUp(key.entry_id, key.stamp, slot))


async def set_number(_update: Update, visit: Visit) -> None:
    """Note how many adults or children come."""
    draft, asked, number = _draft(visit), argument(visit, 1), visit.number(2)
    if number > MOST:
        raise OutdatedError
    if asked == Step.ADULTS:
        draft = replace(draft, adults=number)
    elif asked == Step.CHILDREN:
        draft = replace(draft, children=number, ages=())
    else:
        raise OutdatedError
    await _go_on(visit, draft)


async def only_me(_update: Update, visit: Visit) -> None:
    """Note that one comes alone."""
    await _go_on(visit, replace(_draft(visit), adults=1, children=0, ages=()))


async def set_age(_update: Update, visit: Visit) -> None:
    """Note the age of the next child."""
    draft, months = _draft(visit), visit.number(1)
    if months > _MONTHS or len(draft.ages) >= (draft.children or 0):
        raise OutdatedError
    await _go_on(visit, replace(draft, ages=(*draft.ages, months)))


async def no_name(_update: Update, visit: Visit) -> None:
    """Go on without a name."""
    await _go_on(visit, replace(_draft(visit), name=""))


async def no_phone(_update: Update, visit: Visit) -> None:
    """Go on without a phone number."""
    await _go_on(visit, replace(_draft(visit), phone=""))


async def take_name(_update: Update, visit: Visit) -> None:
    """Take what was written as the name to be called by."""
    if visit.text:
        name = one_line(visit.text, limit=_NAME)
        await _go_on(visit, replace(_draft(visit), name=name), anew=True)


async def take_phone(_update: Update, visit: Visit) -> None:
    """Take what was written as a phone number."""
    digits = sum(char.isdecimal() for char in visit.text)
    other = any(not (char.isdecimal() or char in "+-/(). ") for char in visit.text)
    if other or not _FEWEST_DIGITS <= digits <= _MOST_DIGITS:
        visit.say(phrases.wrong_phone(visit.voice))
        return
    phone = one_line(visit.text, limit=_NAME)
    await _go_on(visit, replace(_draft(visit), phone=phone), anew=True)


async def change_party(_update: Update, visit: Visit) -> None:
    """Ask anew who comes."""
    draft = _draft(visit).anew()
    opening = await _opening(visit, draft)
    await _go_on(visit, first(draft, opening.sitting.entry, opening.sitting.signup))


async def register(_update: Update, visit: Visit) -> None:
    """Register for a place that is free."""
    await _register(visit, may_wait=False)


async def wait(_update: Update, visit: Visit) -> None:
    """Register all the same: on the waiting list, if no place has come free meanwhile."""
    await _register(visit, may_wait=True)


async def stop(_update: Update, visit: Visit) -> None:
    """Forget what was filled in."""
    draft = _draft(visit)
    await visit.services.dialogues.end(visit.cause, visit.resident.contact_id)
    visit.edit(phrases.stopped(visit.voice, draft.entry_id))


async def park(_update: Update, visit: Visit) -> None:
    """Forget what was filled in: somebody looks at something else."""
    await visit.services.dialogues.end(visit.cause, visit.resident.contact_id)


async def begin_for_others(_update: Update, visit: Visit) -> None:
    """Begin a registration that the team fills in for somebody at the counter or on the phone."""
    visit.only_in_private()
    key, origin = _key(visit), argument(visit, 3)
    if origin not in {Origin.COUNTER, Origin.PHONE}:
        raise OutdatedError
    await visit.services.attendance.sheet(visit.resident, key)  # theirs to fill in, or refused
    opening = await visit.services.registrations.opening(visit.resident, key, for_others=True)
    draft = SignUp(key.entry_id, key.stamp, origin=origin)
    if opening.sitting.signup.slot:
        draft = replace(draft, slot=0)
    await _begin(visit, opening, draft)


async def _register(visit: Visit, *, may_wait: bool) -> None:
    draft = _draft(visit)
    key = draft.key
    if key is None:
        raise OutdatedError
    if draft.by_team:
        await _enter(visit, draft, key)
        return
    try:
        await visit.services.registrations.register(
            visit.cause,
            visit.resident,
            key,
            slot=draft.slot,
            party=draft.party,
            who=draft.who,
            may_wait=may_wait,
        )
    except FullError as error:
        visit.edit(phrases.full(visit.voice, draft.entry_id, error.position))
    except KnownError as error:
        await _show(visit, error.number)
    except PartyError as error:
        await _explain(visit, draft, error)
    else:
        visit.edit(phrases.noted(visit.voice))


async def _enter(visit: Visit, draft: SignUp, key: OccurrenceKey) -> None:
    try:
        seat = await visit.services.counter.enter(
            visit.cause,
            visit.resident,
            key,
            slot=draft.slot,
            party=draft.party,
            who=draft.who,
            origin=Origin(draft.origin),
        )
    except PartyError as error:
        await _explain(visit, draft, error)
        return
    await visit.services.dialogues.end(visit.cause, visit.resident.contact_id)
    visit.edit(attending.entered(visit.voice, seat, today=visit.services.town.day()))


async def _explain(visit: Visit, draft: SignUp, error: RefusedError) -> None:
    """Say what does not fit, and ask anew who comes."""
    words = phrases.refused(visit.voice, error)
    if words is not None:
        visit.say(words)
    opening = await _opening(visit, draft)
    await _go_on(visit, first(draft.anew(), opening.sitting.entry, opening.sitting.signup))


async def _show_dates(visit: Visit, entry_id: str) -> None:
    openings = await visit.services.registrations.ahead(visit.resident, entry_id, count=_DATES)
    entry = visit.services.agenda.activity(entry_id)
    if entry is None:
        raise OverError
    today = visit.services.town.day()
    visit.edit(phrases.ahead(visit.voice, entry, openings, today=today))


async def _show_slots(visit: Visit, opening: Opening) -> None:
    what, service = opening.sitting, visit.services.registrations
    free = await service.free_slots(what.first.key, slots(what.signup, what.first))
    today = visit.services.town.day()
    visit.edit(phrases.slots(visit.voice, what, what.first, free, today=today))


async def _show(visit: Visit, number: int) -> None:
    seat = await visit.services.registrations.see(visit.resident, number)
    visit.edit(shown.page(visit.voice, seat, today=visit.services.town.day()))


async def _begin(visit: Visit, opening: Opening, draft: SignUp) -> None:
    what = opening.sitting
    await _go_on(visit, first(draft, what.entry, what.signup))


async def _go_on(visit: Visit, draft: SignUp, *, anew: bool = False) -> None:
    """Keep the draft and ask what comes next, below what was written or in place of the question."""
    opening = await _opening(visit, draft)
    asked = step(draft, opening.sitting.entry, opening.sitting.signup)
    flow = {Step.NAME: NAMING, Step.PHONE: PHONING}.get(asked, CHOOSING)
    await visit.services.dialogues.begin(
        visit.cause, visit.resident.contact_id, Conversation(flow, "", draft.to_json())
    )
    message = phrases.ask(visit.voice, draft, opening, asked, today=visit.services.town.day())
    if anew:
        visit.say(message)
    else:
        visit.edit(message)


async def _opening(visit: Visit, draft: SignUp) -> Opening:
    if draft.key is None:
        raise OutdatedError
    return await visit.services.registrations.opening(
        visit.resident, draft.key, slot=draft.slot, for_others=draft.by_team
    )


def _draft(visit: Visit) -> SignUp:
    visit.only_in_private()
    if visit.conversation is None or visit.conversation.flow not in _FLOWS:
        raise OutdatedError
    return SignUp.from_json(visit.conversation.data)


def _key(visit: Visit) -> OccurrenceKey:
    key = OccurrenceKey.stamped(argument(visit, 1), argument(visit, 2))
    if key is None:
        raise OutdatedError
    return key


HANDLERS = (
    on_press(r"^rg:e:", show_dates),
    on_press(r"^rg:n:", choose_date),
    on_press(r"^rg:s:", choose_slot),
    on_press(r"^rt:as:", begin_for_others),
    on_press(r"^rg:set:", set_number),
    on_press(r"^rg:alone$", only_me),
    on_press(r"^rg:age:", set_age),
    on_press(r"^rg:noname$", no_name),
    on_press(r"^rg:nophone$", no_phone),
    on_press(r"^rg:redo$", change_party),
    on_press(r"^rg:yes$", register),
    on_press(r"^rg:wait$", wait),
    on_press(r"^rg:stop$", stop),
)
FLOWS = {NAMING: take_name, PHONING: take_phone}
PARKS = {CHOOSING: park, NAMING: park, PHONING: park}
