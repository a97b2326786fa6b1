"""Coming from the board: a link shows a contribution in the chat, and one tap supports it."""

from __future__ import annotations

from telegram import Update
from telegram.ext import filters

from bot.phrases import alike, noticed, welcome
from bot.telegram.desk import on_command, on_press
from bot.telegram.noticed import FROM_BOARD, show_noticed, wanted
from bot.telegram.visit import Visit


async def arrive(_update: Update, visit: Visit) -> None:
    """Show the contribution of the link; newcomers choose their language first, and see it after."""
    visit.only_in_private()
    number = wanted(visit) or 0
    if visit.resident.paused:
        await visit.services.residents.pause(visit.cause, visit.resident, paused=False)
    if not visit.resident.language_chosen:
        visit.say(welcome.choose_language(visit.language, then=f"c{number}"))
        return
    await show_noticed(visit, number)


async def join(_update: Update, visit: Visit) -> None:
    """Support what stands on the board; a draft under way stays as it is."""
    visit.only_in_private()
    number = visit.number(1)
    if await visit.services.board.one(number) is None:
        visit.edit(noticed.gone(visit.voice, number, board=visit.board()))
        return
    joined = await visit.services.supports.join(visit.cause, visit.resident, number)
    visit.edit(alike.joined(visit.voice, joined, board=visit.board(joined.number)))


HANDLERS = (
    on_command("start", arrive, only=filters.Regex(FROM_BOARD)),
    on_press(r"^bd:join:", join),
)
