"""A resident's own things, and their rights over them."""

from __future__ import annotations

from telegram import Update

from bot.domain.errors import OutdatedError
from bot.phrases import contributed, menu, questions, registered, things
from bot.telegram.desk import on_command, on_key, on_press
from bot.telegram.notice import tell_change
from bot.telegram.visit import Visit


async def show(_update: Update, visit: Visit) -> None:
    """Show the resident's questions, contributions and settings."""
    visit.only_in_private()
    await tell_change(visit)
    mine = await visit.services.contributions.mine(visit.resident)
    supported = await visit.services.supports.supported(visit.resident)
    asked = await visit.services.questions.mine(visit.resident)
    neighbourhoods = visit.services.asking.directory.neighbourhoods
    lives = neighbourhoods.get(visit.resident.neighbourhood or "")
    name = lives.name.told(visit.language).text if lives else ""
    brought = contributed.lines(visit.voice, mine, supported)
    seats = await visit.services.registrations.mine(visit.resident)
    booked = registered.lines(visit.voice, seats, today=visit.services.town.day())
    visit.say(
        things.page(
            visit.voice,
            visit.resident,
            asked,
            brought=brought,
            neighbourhood=name,
            booked=booked,
        )
    )


async def take_back(_update: Update, visit: Visit) -> None:
    """Withdraw an open question of one's own."""
    visit.only_in_private()
    number = visit.number(1)
    await visit.services.questions.take_back(visit.cause, visit.resident, number)
    visit.edit(questions.withdrawn(visit.voice, number))


async def read_answer(_update: Update, visit: Visit) -> None:
    """Show the team's answer to a question of one's own once more: it may never have arrived."""
    visit.only_in_private()
    number = visit.number(1)
    mine = await visit.services.questions.mine(visit.resident)
    question = next((q for q in mine if q.number == number and q.answer), None)
    if question is None or question.answer is None:
        raise OutdatedError
    visit.say(questions.reply(visit.voice, question.text, question.answer, number=number))


async def privacy(_update: Update, visit: Visit) -> None:
    """Say what happens with people's data."""
    visit.say(things.privacy(visit.voice, visit.town))


async def my_data(_update: Update, visit: Visit) -> None:
    """Hand over everything kept about the resident."""
    visit.only_in_private()
    content, today = await visit.services.privacy.my_data(visit.resident)
    visit.say(things.my_data(visit.voice, content, today=today))


async def ask_deletion(_update: Update, visit: Visit) -> None:
    """Say what a deletion takes, and ask for the second tap."""
    visit.only_in_private()
    visit.say(
        things.confirm_deletion(visit.voice, await visit.services.privacy.count(visit.resident))
    )


async def delete(_update: Update, visit: Visit) -> None:
    """Delete everything in ten minutes; the receipt comes as a message of its own."""
    visit.only_in_private()
    await visit.services.privacy.request_deletion(visit.cause, visit.resident)
    visit.edit(things.deletion_noted(visit.voice))


async def keep(_update: Update, visit: Visit) -> None:
    """Stop the deletion that was begun; who says no to a second one means the first as well."""
    visit.only_in_private()
    undone = await visit.services.privacy.undo_deletion(visit.cause, visit.resident)
    asked_first = visit.args[0] == "no"
    phrase = things.deletion_undone if undone or asked_first else things.deletion_too_late
    visit.edit(phrase(visit.voice))


HANDLERS = (
    on_key(menu.in_every_language(menu.things_key), show),
    on_command("privacy", privacy),
    on_command("mydata", my_data),
    on_command("delete", ask_deletion),
    on_press(r"^oq:back:", take_back),
    on_press(r"^oq:read:", read_answer),
    on_press(r"^privacy:", privacy),
    on_press(r"^mydata:", my_data),
    on_press(r"^delete:yes", delete),
    on_press(r"^delete:(no|undo)", keep),
    on_press(r"^delete:$", ask_deletion),
)
