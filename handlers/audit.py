"""The audit for coordinators: who did what and when, a page at a time, by topic."""

from __future__ import annotations

from math import ceil

from telegram import Update

from bot.domain.audit import TOPICS
from bot.phrases import audit as phrases
from bot.services.audit import ON_PAGE
from bot.telegram.desk import on_press
from bot.telegram.visit import Visit


async def show(_update: Update, visit: Visit) -> None:
    """Show a page in place."""
    visit.only_in_private()
    number, wanted = visit.number(0), visit.args[1] if len(visit.args) > 1 else ""
    topic = next((each for each in TOPICS if each == wanted), None)
    lines, many = await visit.services.audit.page(visit.resident, number, topic)
    message = phrases.page(
        visit.voice,
        lines,
        zone=visit.services.audit.zone,
        number=number,
        pages=ceil(many / ON_PAGE),
        topic=topic,
    )
    visit.edit(message)


HANDLERS = (on_press(r"^audit:", show),)
