"""Contributions in figures, for coordinators: the summary, and one chart a question."""

from __future__ import annotations

from telegram import Update

from bot.domain.errors import OutdatedError
from bot.phrases import statistics as phrases
from bot.phrases.statistics import Topic
from bot.telegram.desk import on_press
from bot.telegram.visit import Visit


async def show(_update: Update, visit: Visit) -> None:
    """Show totals and waiting times."""
    visit.only_in_private()
    figures = await visit.services.statistics.figures(visit.resident)
    visit.edit(phrases.summary(visit.voice, figures))


async def draw(_update: Update, visit: Visit) -> None:
    """Send a chart as a picture, with the same in words."""
    visit.only_in_private()
    topic = next((each for each in Topic if each == visit.args[0]), None)
    if topic is None:
        raise OutdatedError
    visit.say(await visit.services.statistics.picture(visit.resident, topic))


HANDLERS = (
    on_press(r"^st:$", show),
    on_press(r"^st:", draw),
)
