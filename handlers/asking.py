"""Asking: any free text is a question; cards, suggestions, and the way to the team."""

from __future__ import annotations

from telegram import Update
from telegram.ext import filters

from bot.domain.cards import Found
from bot.domain.errors import OutdatedError
from bot.domain.listings import Wanted
from bot.domain.messages import Button
from bot.domain.smalltalk import Courtesy
from bot.i18n import voice
from bot.phrases import asking as phrases
from bot.phrases import cards, critical, listings, menu, questions, smalltalk, welcome
from bot.services.wanting import shown_alone
from bot.telegram.addressing import without_name
from bot.telegram.desk import on_key, on_message, on_press
from bot.telegram.drafts import drop_begun
from bot.telegram.parcels import open_parcel
from bot.telegram.visit import Visit


async def invite(_update: Update, visit: Visit) -> None:
    """Invite a question, with examples; what the team had begun is dropped, or it would take it."""
    await drop_begun(visit)
    visit.say(menu.invite_question(visit.voice, visit.services.asking.examples(visit.language)))


async def ask(_update: Update, visit: Visit) -> None:
    """Answer a question from the directory, or offer what comes nearest, or the team."""
    question = without_name(visit.text, visit.bot_name)
    if not question:
        visit.say(menu.invite_question(visit.voice, visit.services.asking.examples(visit.language)))
        return
    polite = visit.services.asking.polite(question)
    if polite is not None and not _about_a_card(visit, polite):
        await _answer_in_kind(visit, polite, question)
        return
    found = _found(visit, question)
    visit.say(
        phrases.reply(found, visit.town, simple=visit.resident.simple, private=visit.private),
        quoting=True,
    )
    if found.care:  # nothing is counted, and nothing pushes the help lines out of sight
        return
    visit.metrics.question(found.outcome, language=found.language)
    if found.outcome != "answer":
        _in_vain(visit, found)
    if visit.private and not visit.resident.noticed_version:
        await _welcome(visit, found.language)
    elif visit.private and found.switched and not found.foreign:
        visit.say(phrases.offer_switch(voice(found.language)))


def _about_a_card(visit: Visit, heard: Courtesy) -> bool:
    """Return whether "I want to sign up" is said of the card that was shown last."""
    if heard.kind != "sign_up" or not visit.private:
        return False
    context = visit.services.contexts.of(visit.resident)
    return bool(context.shown) and not context.listed and not context.offered


async def _answer_in_kind(visit: Visit, heard: Courtesy, said: str) -> None:
    known = visit.resident.language_chosen
    language = visit.language if known else heard.language
    if visit.private and not visit.resident.noticed_version:
        await _welcome(visit, language)
    else:
        offers = visit.services.asking.nearest(said) if heard.kind == "sign_up" else ()
        answer = smalltalk.courtesy(voice(language), heard, visit.town, nearest=offers)
        visit.say(answer, quoting=heard.kind == "sign_up")


async def show_card(_update: Update, visit: Visit) -> None:
    """Show an entry in place of the list or the longer card it was opened from."""
    card = visit.services.asking.opened(visit.args[0], visit.quoted)
    if card is None:
        raise OutdatedError
    if visit.args[1:] == ("q",):
        await _chosen(visit, card.entry.id)
    if visit.private:
        visit.services.contexts.keep(visit.resident, shown_alone(card, visit.language))
    rows = _way_back(visit, visit.args[1:])
    simple = visit.resident.simple
    visit.edit(cards.card(visit.voice, card, simple=simple, rows=rows, along=False))


async def show_list(_update: Update, visit: Visit) -> None:
    """Turn to another page of a list, or back to it, with what is on by now."""
    try:
        wanted = Wanted.of(visit.args[1:])
    except ValueError:
        raise OutdatedError from None
    listing = visit.services.asking.listed(wanted)
    visit.edit(listings.listed(visit.voice, listing, page=visit.number(0), private=visit.private))


async def show_more(_update: Update, visit: Visit) -> None:
    """Show everything the directory knows about an entry."""
    card = visit.services.asking.card(visit.args[0])
    if card is None:
        raise OutdatedError
    visit.edit(cards.details(visit.voice, card, rows=_way_back(visit, ("q",))))


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
    found = _found(visit, question)
    _in_vain(visit, found)
    visit.edit(phrases.suggest(visit.voice, found.cards[1:] or found.cards))


async def ask_team(_update: Update, visit: Visit) -> None:
    """Give the question to the team; the receipt comes as a message of its own."""
    visit.only_in_private()
    question = visit.quoted
    if not question:
        visit.say(phrases.write_again(visit.voice))
        return
    if visit.services.asking.critical(question):
        visit.say(critical.offer_person(visit.voice, visit.town), quoting=True)
        return
    await visit.services.questions.pass_on(
        visit.cause, visit.resident, question, once=visit.quoted_id
    )
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


def _found(visit: Visit, question: str) -> Found:
    """Return what there is for `question`; in private, it may go on about what was shown last."""
    asking, interpreter = visit.services.asking, visit.town.interpreter
    if not visit.private:
        return asking.find(question, language=visit.language, interpreter=interpreter)
    found, context = asking.hear(
        question,
        visit.services.contexts.of(visit.resident),
        language=visit.language,
        interpreter=interpreter,
        home=visit.resident.neighbourhood,
    )
    visit.services.contexts.keep(visit.resident, context)
    return found


def _in_vain(visit: Visit, found: Found) -> None:
    """Count, without whoever asked, what was asked about and not found."""
    if found.topic and not found.foreign:
        visit.services.learning.missed(visit.resident, found.topic)


async def _chosen(visit: Visit, entry_id: str) -> None:
    """Count, without whoever asked, what was chosen from a list."""
    topic = visit.services.asking.topic(visit.quoted) if visit.quoted else None
    if topic:
        await visit.services.learning.chose(visit.cause, visit.resident, topic, entry_id=entry_id)


async def _welcome(visit: Visit, language: str) -> None:
    """Greet somebody whose first words were a question: answered first, then who we are."""
    people = visit.services.residents
    visit.resident = await people.choose_language(visit.cause, visit.resident, language)
    staff = await visit.services.team.role_of(visit.resident)
    visit.say(welcome.welcome(visit.voice, visit.town, staff=staff))
    visit.say(welcome.choose_language(language))
    await visit.services.privacy.notice_shown(visit.cause, visit.resident)


def _way_back(visit: Visit, origin: tuple[str, ...]) -> tuple[tuple[Button, ...], ...]:
    if origin[:1] == ("list",):
        action = ":".join(("list", *origin[1:]))
        return ((Button(visit.voice.plain("‹ Back to the list"), action),),)
    if origin[:1] == ("new",):
        return ((Button(visit.voice.plain("‹ Back"), "new:"),),)
    if visit.private and visit.quoted:
        return ((Button(visit.voice.plain("That is not what I meant"), "ask:other"),),)
    return ()


HANDLERS = (
    on_key(menu.in_every_language(menu.question_key), invite),
    on_press(r"^card:", show_card),
    on_press(r"^list:", show_list),
    on_press(r"^more:", show_more),
    on_press(r"^map:", show_map),
    on_press(r"^ask:other", something_else),
    on_press(r"^ask:team", ask_team),
    on_press(r"^ask:no", leave_it),
)
FREE_TEXT = (
    on_message(filters.TEXT & ~filters.COMMAND, ask),
    on_message(filters.UpdateType.MESSAGE & ~filters.TEXT & ~filters.StatusUpdate.ALL, only_words),
)
