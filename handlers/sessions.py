"""Taking part in a gathering: join by link or code, and from then on every message is an idea."""

from __future__ import annotations

from telegram import Update
from telegram.ext import filters

from bot.domain.conversations import Conversation
from bot.domain.errors import OutdatedError, TooMuchError
from bot.phrases import sessions as phrases
from bot.phrases import welcome
from bot.telegram.desk import on_command, on_message, on_press
from bot.telegram.visit import Visit

THERE = "session"
_LINK = filters.Regex(r"^/start k\d{6}$")
_CODE = (
    filters.Regex(r"^\s*\d{3}\s?\d{3}\s*$") & filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
)


async def follow_link(_update: Update, visit: Visit) -> None:
    """Join by the link on the wall; newcomers choose their language beside it."""
    visit.only_in_private()
    await _join(visit, visit.args[0][1:])
    if not visit.resident.language_chosen:
        visit.say(welcome.choose_language(visit.language))


async def type_code(_update: Update, visit: Visit) -> None:
    """Join by the six digits on the wall."""
    await _join(visit, "".join(visit.text.split()))


async def take_idea(_update: Update, visit: Visit) -> None:
    """Send what was written to the session."""
    number = visit.begun(THERE)["number"]
    if not visit.text:
        visit.say(phrases.only_words(visit.voice))
        return
    try:
        session = await visit.services.gatherings.suggest(
            visit.cause, visit.resident, number, visit.text
        )
    except TooMuchError:
        visit.say(phrases.enough(visit.voice))
    except OutdatedError:
        await _leave(visit)
        visit.say(phrases.over(visit.voice))
    else:
        visit.say(phrases.idea_taken(visit.voice, session))


async def leave(_update: Update, visit: Visit) -> None:
    """Send no more ideas."""
    visit.only_in_private()
    await _leave(visit)
    visit.edit(phrases.left(visit.voice))


async def park(_update: Update, visit: Visit) -> None:
    """Take what follows for no idea: the person has gone elsewhere with a key."""
    await _leave(visit)


async def _join(visit: Visit, code: str) -> None:
    try:
        session = await visit.services.gatherings.join(visit.cause, visit.resident, code)
    except OutdatedError:
        visit.say(phrases.unknown_code(visit.voice))
        return
    there = Conversation(THERE, "idea", {"number": session.number})
    await visit.services.dialogues.begin(visit.cause, visit.resident.contact_id, there)
    visit.say(phrases.joined(visit.voice, session))


async def _leave(visit: Visit) -> None:
    if visit.conversation and visit.conversation.flow == THERE:
        await visit.services.dialogues.end(visit.cause, visit.resident.contact_id)


HANDLERS = (
    on_command("start", follow_link, only=_LINK),
    on_message(_CODE, type_code),
    on_press(r"^kf:leave:", leave),
)
FLOWS = {THERE: take_idea}
PARKS = {THERE: park}
