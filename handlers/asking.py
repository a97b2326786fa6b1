"""Asking: any free text is a question; cards, suggestions, and the way to the team."""

from __future__ import annotations

from telegram import Update
from telegram.ext import filters

from bot.domain.errors import OutdatedError
from bot.domain.messages import Button
from bot.i18n import voice
from bot.phrases import asking as phrases
from bot.phrases import cards, menu, questions, welcome
from bot.telegram.addressing import without_name
from bot.telegram.desk import on_key, on_message, on_press
from bot.telegram.parcels import open_parcel
from bot.telegram.visit import Visit


async def invite(_update: Update, visit: Visit) -> None:
    """Invite a question, with examples."""
    visit.say(menu.invite_question(visit.voice, visit.services.asking.examples(visit.language)))


async def ask(_update: Update, visit: Visit) -> None:
    """Answer a question from the directory, or offer what comes nearest, or the team."""
    question = without_name(visit.text, visit.bot_name)
    if not question:
        visit.say(menu.invite_question(visit.voice, visit.services.asking.examples(visit.language)))
        return
    found = visit.services.asking.find(
        question, language=visit.language, interpreter=visit.town.interpreter
    )
    visit.say(
        phrases.reply(found, visit.town, simple=visit.resident.simple, private=visit.private),
        quoting=True,
    )
    if visit.private and not visit.resident.noticed_version:
        await _welcome(visit, found.language)
    elif visit.private and found.switched and not found.foreign:
        visit.say(phrases.offer_switch(voice(found.language)))


async def show_card(_update: Update, visit: Visit) -> None:
    """Show an entry in place of the list or the longer card it was opened from."""
    card = visit.services.asking.card(visit.args[0])
    if card is None:
        raise OutdatedError
    origin = visit.args[1] if len(visit.args) > 1 else ""
    visit.edit(
        cards.card(visit.voice, card, simple=visit.resident.simple, rows=_way_back(visit, origin))
    )


async def show_more(_update: Update, visit: Visit) -> None:
    """Show everything the directory knows about an entry."""
    card = visit.services.asking.card(visit.args[0])
    if card is None:
        raise OutdatedError
    visit.edit(cards.details(visit.voice, card, rows=_way_back(visit, "q")))


async def show_map(_update: Update, visit: Visit) -> None:
    """Send the place as a pin that opens the phone's own map."""
    card = visit.services.asking.card(visit.args[0])
    pin = cards.map_pin(visit.voice, card) if card else None
    if pin is None:
        raise OutdatedError
    visit.say(pin)


async def something_else(_update: Update, visit: Visit) -> None:
    """Offer what else the question may have meant, or the team."""
    question = visit.quoted
    if not question:
        visit.say(phrases.write_again(visit.voice))
        return
    found = visit.services.asking.find(
        question, language=visit.language, interpreter=visit.town.interpreter
    )
    visit.edit(phrases.suggest(visit.voice, found.cards[1:] or found.cards))


async def ask_team(_update: Update, visit: Visit) -> None:
    """Give the question to the team; the receipt comes as a message of its own."""
    visit.only_in_private()
    question = visit.quoted
    if not question:
        visit.say(phrases.write_again(visit.voice))
        return
    await visit.services.questions.pass_on(visit.cause, visit.resident, question)
    visit.edit(questions.handed_over(visit.voice))


async def leave_it(_update: Update, visit: Visit) -> None:
    """Accept that nobody should be asked."""
    visit.edit(phrases.left_it(visit.voice))


async def only_words(update: Update, visit: Visit) -> None:
    """Answer what is not text, in words, with a person to call; it may become a contribution."""
    message = update.effective_message
    if visit.private and message is not None:
        usable = not open_parcel(message).refused
        visit.say(welcome.only_words(visit.voice, visit.town, usable=usable), quoting=usable)


async def _welcome(visit: Visit, language: str) -> None:
    """Greet somebody whose first words were a question: answered first, then who we are."""
    people = visit.services.residents
    visit.resident = await people.choose_language(visit.cause, visit.resident, language)
    staff = await visit.services.team.role_of(visit.resident)
    visit.say(welcome.welcome(visit.voice, visit.town, staff=staff))
    visit.say(welcome.choose_language(language))
    await visit.services.privacy.notice_shown(visit.cause, visit.resident)


def _way_back(visit: Visit, origin: str) -> tuple[tuple[Button, ...], ...]:
    if origin == "new":
        return ((Button(visit.voice.plain("‹ Back"), "new:"),),)
    if visit.private and visit.quoted:
        return ((Button(visit.voice.plain("That is not what I meant"), "ask:other"),),)
    return ()


HANDLERS = (
    on_key(menu.in_every_language(menu.question_key), invite),
    on_press(r"^card:", show_card),
    on_press(r"^more:", show_more),
    on_press(r"^map:", show_map),
    on_press(r"^ask:other", something_else),
    on_press(r"^ask:team", ask_team),
    on_press(r"^ask:no", leave_it),
)
FREE_TEXT = (
    on_message(filters.TEXT & ~filters.COMMAND, ask),
    on_message(~filters.TEXT & ~filters.StatusUpdate.ALL, only_words),
)
