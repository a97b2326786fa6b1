"""Taking a poll's result away: the chart for everybody, a file for who holds it."""

from __future__ import annotations

from telegram import Update

from bot.domain.errors import OutdatedError
from bot.phrases import poll_files as phrases
from bot.telegram.desk import on_press
from bot.telegram.drafts import argument
from bot.telegram.visit import Visit


async def draw(_update: Update, visit: Visit) -> None:
    """Send the result as a picture, with the same in words."""
    visit.only_in_private()
    visit.say(await visit.services.poll_files.picture(visit.resident, visit.number(1)))


async def choose_form(_update: Update, visit: Visit) -> None:
    """Ask in which form the result is taken away."""
    visit.only_in_private()
    poll = await visit.services.poll_keeping.look(visit.resident, visit.number(1))
    visit.edit(phrases.choose_form(visit.voice, poll))


async def hand_over(_update: Update, visit: Visit) -> None:
    """Send the file."""
    visit.only_in_private()
    form = next((each for each in phrases.FORMS if each == argument(visit, 2)), None)
    if form is None:
        raise OutdatedError
    visit.say(await visit.services.poll_files.file(visit.resident, visit.number(1), form))


HANDLERS = (
    on_press(r"^po:chart:", draw),
    on_press(r"^pf:forms:", choose_form),
    on_press(r"^pf:file:", hand_over),
)
