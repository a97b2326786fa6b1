"""The team's day: what takes place today, and who waits."""

from __future__ import annotations

from telegram import Update

from bot.phrases import workday as phrases
from bot.telegram.desk import on_press
from bot.telegram.visit import Visit


async def today(_update: Update, visit: Visit) -> None:
    """Show what takes place today at the member's activities."""
    visit.only_in_private()
    found = await visit.services.workday.today(visit.resident)
    visit.edit(phrases.today(visit.voice, found, day=visit.services.town.day()))


async def waiting(_update: Update, visit: Visit) -> None:
    """Show how many people wait, and where."""
    visit.only_in_private()
    found = await visit.services.workday.waiting(visit.resident)
    visit.edit(phrases.waiting(visit.voice, found))


HANDLERS = (on_press(r"^day:today$", today), on_press(r"^day:waiting$", waiting))
