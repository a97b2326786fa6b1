"""Changing the town's settings: look, type, look again, save."""

from __future__ import annotations

from telegram import Update

from bot.domain.conversations import Conversation
from bot.domain.errors import OutdatedError, RefusedError
from bot.domain.town_edits import Edit, Field, UnreadableError, current, read_typed
from bot.phrases import town_edits as phrases
from bot.telegram.desk import on_press
from bot.telegram.drafts import argument
from bot.telegram.visit import Visit

EDITING = "town_edit"


async def show(_update: Update, visit: Visit) -> None:
    """Show how the town is set; nothing is waited for any more."""
    visit.only_in_private()
    town = await visit.services.town_edits.look(visit.resident)
    await _stop(visit)
    visit.edit(phrases.page(visit.voice, town))


async def begin(_update: Update, visit: Visit) -> None:
    """Ask for a new value."""
    visit.only_in_private()
    field = next((each for each in Field if each == argument(visit)), None)
    if field is None:
        raise OutdatedError
    await _ask(visit, Edit(field, {}))


async def take(_update: Update, visit: Visit) -> None:
    """Take what was typed: ask for the other language, or show old and new."""
    edit = _under_way(visit)
    language = edit.next_language
    if not visit.text or language is None:
        return
    try:
        town = await visit.services.town_edits.look(visit.resident)
        typed = {**edit.typed, language: read_typed(edit.field, visit.text)}
    except UnreadableError:
        visit.say(phrases.unreadable(visit.voice))
        return
    except RefusedError:
        await _stop(visit)
        raise
    grown = Edit(edit.field, typed)
    if grown.next_language is not None:
        await _ask(visit, grown)
        return
    await _keep(visit, grown)
    visit.say(phrases.preview(visit.voice, grown, current(town, grown.field)))


async def save(_update: Update, visit: Visit) -> None:
    """Let it hold."""
    visit.only_in_private()
    edit = _under_way(visit)
    if edit.version != argument(visit):
        raise OutdatedError
    town = await visit.services.town_edits.save(visit.cause, visit.resident, edit)
    await _stop(visit)
    visit.edit(phrases.page(visit.voice, town, note=phrases.saved(visit.voice)))


async def park(_update: Update, visit: Visit) -> None:
    """Wait for words no longer."""
    await _stop(visit)


async def _ask(visit: Visit, edit: Edit) -> None:
    town = await visit.services.town_edits.look(visit.resident)
    await _keep(visit, edit)
    visit.edit(phrases.ask(visit.voice, edit.field, town, edit.next_language or ""))


async def _keep(visit: Visit, edit: Edit) -> None:
    data = {"field": edit.field.value, "typed": dict(edit.typed)}
    await visit.services.dialogues.begin(
        visit.cause, visit.resident.contact_id, Conversation(EDITING, "value", data)
    )


def _under_way(visit: Visit) -> Edit:
    begun = visit.begun(EDITING)
    return Edit(Field(begun["field"]), dict(begun["typed"]))


async def _stop(visit: Visit) -> None:
    if visit.conversation is not None and visit.conversation.flow == EDITING:
        await visit.services.dialogues.end(visit.cause, visit.resident.contact_id)


HANDLERS = (
    on_press(r"^set:page$", show),
    on_press(r"^set:edit:", begin),
    on_press(r"^set:save:", save),
)
FLOWS = {EDITING: take}
PARKS = {EDITING: park}
