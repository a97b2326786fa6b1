"""A calendar from elsewhere, sent as a file: shown as activities first, published with a tap."""

from __future__ import annotations

from telegram import Message as Sent
from telegram import Update
from telegram.error import TelegramError

from bot.domain.conversations import Conversation
from bot.domain.errors import OperatorError, OutdatedError
from bot.phrases import taking_over as phrases
from bot.services.activities import UnsoundError
from bot.telegram.desk import on_press
from bot.telegram.visit import Visit

TAKING = "calendar"
_LARGEST = 2_000_000


async def begin(_update: Update, visit: Visit) -> None:
    """Ask for the file."""
    visit.only_in_private()
    await visit.services.activities.managed(visit.resident)
    await _keep(visit, [])
    visit.edit(phrases.ask_file(visit.voice))


async def take(update: Update, visit: Visit) -> None:
    """Show the activities that the calendar would become; nothing is kept yet."""
    raw = await _file(update.effective_message)
    activities, agenda = visit.services.activities, visit.services.agenda
    try:
        found = activities.read_calendar(
            raw, language=visit.language, home=await activities.home(visit.resident)
        )
    except OperatorError:
        visit.say(phrases.no_calendar(visit.voice))
        return
    await _keep(visit, [each.document for each in found])
    dates = [agenda.dates_of(each.document, count=3) for each in found]
    visit.say(phrases.shown(visit.voice, found, dates, today=visit.services.town.day()))


async def publish(_update: Update, visit: Visit) -> None:
    """Publish what was shown."""
    documents = visit.begun(TAKING)["documents"]
    if not documents:
        raise OutdatedError
    try:
        count = await visit.services.activities.take_over(visit.cause, visit.resident, documents)
    except UnsoundError:
        visit.edit(phrases.no_calendar(visit.voice))
        return
    await visit.services.dialogues.end(visit.cause, visit.resident.contact_id)
    visit.edit(phrases.published(visit.voice, count))


async def park(_update: Update, visit: Visit) -> None:
    """Wait for a file no longer."""
    begun = await visit.services.dialogues.current(visit.resident.contact_id)
    if begun is not None and begun.flow == TAKING:
        await visit.services.dialogues.end(visit.cause, visit.resident.contact_id)


async def _keep(visit: Visit, documents: list[object]) -> None:
    conversation = Conversation(TAKING, "file", {"documents": documents})
    await visit.services.dialogues.begin(visit.cause, visit.resident.contact_id, conversation)


async def _file(message: Sent | None) -> bytes:
    """Return the file somebody sent; b"" where there is none that could be a calendar."""
    document = message.document if message else None
    if document is None or (document.file_size or 0) > _LARGEST:
        return b""
    try:
        file = await document.get_file()
        return bytes(await file.download_as_bytearray())
    except TelegramError:
        return b""


HANDLERS = (on_press(r"^am:in$", begin), on_press(r"^am:in:ok$", publish))
FLOWS = {TAKING: take}
PARKS = {TAKING: park}
