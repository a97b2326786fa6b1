"""What became of one's contributions: looking, changing, taking back, and answering what notices ask."""

from __future__ import annotations

from dataclasses import replace

from telegram import Update
from telegram.ext import filters

from bot.domain.contributions import Contribution, NameLevel, may_edit
from bot.domain.critical import Care
from bot.domain.drafting import REWRITING, WAITING
from bot.domain.errors import OutdatedError, RefusedError
from bot.phrases import alike, critical, names
from bot.phrases import contributed as phrases
from bot.telegram.desk import on_command, on_message, on_press
from bot.telegram.drafts import argument, fresh, keep, place_name, sketch_of
from bot.telegram.visit import Visit

TYPED_CODE = r"^(?=.*\d)\s*\w{4}(?:[\s–-]?\w{4}){5}[\s–-]?\w{2}\s*$"
"""A tracking code however it was typed: 26 letters and digits, perhaps in groups."""


async def show_list(_update: Update, visit: Visit) -> None:
    """List what the resident has brought and supports."""
    visit.only_in_private()
    mine = await visit.services.contributions.mine(visit.resident)
    supported = await visit.services.supports.supported(visit.resident)
    visit.edit(phrases.listed(visit.voice, mine, supported, board=visit.board()))


async def show(_update: Update, visit: Visit) -> None:
    """Show how one of them stands."""
    visit.only_in_private()
    await _show(visit, visit.number(1))


async def show_story(_update: Update, visit: Visit) -> None:
    """Show what has been made known about it."""
    visit.only_in_private()
    number = visit.number(1)
    events = await visit.services.contributions.history(visit.resident, number)
    visit.edit(phrases.history(visit.voice, number, events))


async def ask_words(_update: Update, visit: Visit) -> None:
    """Ask for new words, while nobody has reviewed the old ones."""
    visit.only_in_private()
    found = await visit.services.contributions.see(visit.resident, visit.number(1))
    if not may_edit(found, visit.resident.contact_id):
        raise OutdatedError
    await keep(visit, replace(fresh(visit), rewriting=found.number), flow=REWRITING)
    visit.edit(phrases.ask_words(visit.voice, found))


async def take_words(_update: Update, visit: Visit) -> None:
    """Take what was written as the new words of a contribution."""
    number = fresh(visit).rewriting
    if not visit.text or number is None:
        return
    care = visit.services.asking.care(visit.text)
    try:
        await visit.services.contributions.edit(
            visit.cause, visit.resident, number, text=visit.text, critical=_critical(care)
        )
    except RefusedError:
        await _stop_rewriting(visit)
        raise
    await _stop_rewriting(visit)
    if care is not None:
        visit.say(critical.beside(visit.voice, care, visit.town))
    visit.say(phrases.changed(visit.voice, number))


async def park(_update: Update, visit: Visit) -> None:
    """Leave the words as they are: their author looks at something else."""
    await _stop_rewriting(visit)


async def keep_words(_update: Update, visit: Visit) -> None:
    """Leave the words as they are."""
    visit.only_in_private()
    await _stop_rewriting(visit)
    await _show(visit, visit.number(1))


async def choose_level(_update: Update, visit: Visit) -> None:
    """Explain the two levels that may be changed after sending, or change to one of them."""
    visit.only_in_private()
    number, service = visit.number(1), visit.services.contributions
    found = await service.see(visit.resident, number)
    if len(visit.args) == 2:  # noqa: PLR2004 - `level:12`
        visit.edit(names.choose_later(visit.voice, number, found.level))
        return
    level = next((each for each in NameLevel if each == argument(visit, 2)), None)
    if level is None:
        raise OutdatedError
    await service.change_level(visit.cause, visit.resident, number, level=level)
    await _show(visit, number)


async def ask_back(_update: Update, visit: Visit) -> None:
    """Ask for the second tap before something is taken back."""
    visit.only_in_private()
    number = visit.number(1)
    visit.edit(phrases.confirm_back(visit.voice, f"ct:gone:{number}", f"ct:show:{number}"))


async def take_back(_update: Update, visit: Visit) -> None:
    """Take it back."""
    visit.only_in_private()
    number = visit.number(1)
    await visit.services.contributions.withdraw(visit.cause, visit.resident, number)
    visit.edit(phrases.taken_back(visit.voice, number))


async def leave(_update: Update, visit: Visit) -> None:
    """Support it no longer."""
    visit.only_in_private()
    number = visit.number(1)
    await visit.services.supports.leave(visit.cause, visit.resident, number)
    visit.edit(alike.left(visit.voice, number))


async def answer_done(_update: Update, visit: Visit) -> None:
    """Say whether it is really done."""
    visit.only_in_private()
    number, really = visit.number(1), _yes(visit, 3)
    await visit.services.supports.answer_done(
        visit.cause, visit.resident, number, event=visit.number(2), really=really
    )
    visit.edit(phrases.done_answered(visit.voice, number, really=really))


async def answer_transcript(_update: Update, visit: Visit) -> None:
    """Say whether the team has understood the voice message."""
    visit.only_in_private()
    number, right = visit.number(1), _yes(visit, 2)
    await visit.services.contributions.answer_transcript(
        visit.cause, visit.resident, number, right=right
    )
    visit.edit(phrases.transcript_answered(visit.voice, number, right=right))


async def ask_status(_update: Update, visit: Visit) -> None:
    """Show how something stands by the code after the command."""
    visit.only_in_private()
    if visit.args:
        await _by_code(visit, "".join(visit.args))
    else:
        visit.say(phrases.ask_code(visit.voice))


async def read_code(_update: Update, visit: Visit) -> None:
    """Show how something stands by a code that was simply written."""
    visit.only_in_private()
    await _by_code(visit, visit.text)


async def look_again(_update: Update, visit: Visit) -> None:
    """Show how something stands by the code in a button."""
    visit.only_in_private()
    await _by_code(visit, argument(visit))


async def ask_back_by_code(_update: Update, visit: Visit) -> None:
    """Ask for the second tap before something unlinkable is taken back."""
    visit.only_in_private()
    code = argument(visit)
    visit.edit(phrases.confirm_back(visit.voice, f"ct:codegone:{code}", f"ct:look:{code}"))


async def take_back_by_code(_update: Update, visit: Visit) -> None:
    """Take something unlinkable back."""
    visit.only_in_private()
    await visit.services.contributions.withdraw_by_code(visit.cause, argument(visit))
    visit.edit(phrases.taken_back(visit.voice))


async def _show(visit: Visit, number: int) -> None:
    found = await visit.services.contributions.see(visit.resident, number)
    settings = visit.services.town
    visit.edit(
        phrases.page(
            visit.voice,
            found,
            person=visit.resident.contact_id,
            place=place_name(visit, found.neighbourhood, found.address),
            today=settings.day(),
            due_on=settings.day(found.due_at) if _expected(found) else None,
            board=visit.board(found.number) if found.public else None,
        )
    )


async def _by_code(visit: Visit, typed: str) -> None:
    code = "".join(char for char in typed if char.isalnum())
    found = await visit.services.contributions.status(code)
    if found is None:
        visit.say(phrases.no_such_code(visit.voice))
        return
    visit.edit(phrases.by_code(visit.voice, found, code, today=visit.services.town.day()))


async def _stop_rewriting(visit: Visit) -> None:
    """Forget which words were to be changed; a draft that waited before waits on."""
    sketch = sketch_of(visit)
    if sketch is not None:
        await keep(visit, replace(sketch, rewriting=None), flow=WAITING)


def _critical(care: Care | None) -> bool:
    return care is not None and care.for_few


def _expected(found: Contribution) -> bool:
    return found.waits and found.due_at is not None


def _yes(visit: Visit, position: int) -> bool:
    answer = argument(visit, position)
    if answer not in {"yes", "no"}:
        raise OutdatedError
    return answer == "yes"


HANDLERS = (
    on_press(r"^ct:mine$", show_list),
    on_press(r"^ct:show:", show),
    on_press(r"^ct:story:", show_story),
    on_press(r"^ct:edit:", ask_words),
    on_press(r"^ct:keep:", keep_words),
    on_press(r"^ct:level:", choose_level),
    on_press(r"^ct:back:", ask_back),
    on_press(r"^ct:gone:", take_back),
    on_press(r"^ct:leave:", leave),
    on_press(r"^ct:done:", answer_done),
    on_press(r"^ct:script:", answer_transcript),
    on_press(r"^ct:look:", look_again),
    on_press(r"^ct:code:", ask_back_by_code),
    on_press(r"^ct:codegone:", take_back_by_code),
    on_command("status", ask_status),
    on_message(filters.Regex(TYPED_CODE), read_code),
)
FLOWS = {REWRITING: take_words}
PARKS = {REWRITING: park}
