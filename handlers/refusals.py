"""The one place where a refusal becomes words, and where a button nobody knows any more ends."""

from __future__ import annotations

from telegram import Update
from telegram.ext import filters

from bot.domain.errors import OnlyPrivateError, RefusedError
from bot.phrases import menu, refusals
from bot.telegram.desk import on_message, on_press
from bot.telegram.visit import Visit


async def refuse(_update: Update, visit: Visit, error: RefusedError) -> None:
    """Tell the person kindly why nothing happened; what they had in view stays."""
    if isinstance(error, OnlyPrivateError):
        visit.say(refusals.only_private(visit.voice, visit.link), quoting=True)
    else:
        visit.say(refusals.refused(visit.voice, error))


async def old_button(_update: Update, visit: Visit) -> None:
    """Answer a button that nothing knows any more; in a group, with silence."""
    if visit.private:
        visit.say(refusals.outdated(visit.voice))


async def unknown_command(_update: Update, visit: Visit) -> None:
    """Answer an unknown command with the menu; in a group, with silence."""
    if visit.private:
        staff = await visit.services.team.role_of(visit.resident)
        visit.say(menu.menu(visit.voice, staff))


HANDLERS = (
    on_press("", old_button),
    on_message(filters.COMMAND, unknown_command),
)
