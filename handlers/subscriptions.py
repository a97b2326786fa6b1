"""What a resident receives unasked: chosen, changed and ended with one tap."""

from __future__ import annotations

from telegram import Update

from bot.domain.errors import OutdatedError
from bot.domain.messages import Message
from bot.domain.subscriptions import CATEGORIES, EVERYTHING, About, Subscription
from bot.phrases import cards
from bot.phrases import subscriptions as phrases
from bot.telegram.desk import on_press
from bot.telegram.visit import Visit


async def show(_update: Update, visit: Visit) -> None:
    """Show what the resident receives."""
    visit.only_in_private()
    wishes = await visit.services.subscriptions.of(visit.resident)
    visit.edit(phrases.page(visit.voice, wishes, paused=visit.resident.paused))


async def show_below(_update: Update, visit: Visit) -> None:
    """Show it below an announcement, which stays readable."""
    visit.only_in_private()
    wishes = await visit.services.subscriptions.of(visit.resident)
    visit.say(phrases.page(visit.voice, wishes, paused=visit.resident.paused))


async def agree(_update: Update, visit: Visit) -> None:
    """Note the yes of somebody new."""
    visit.only_in_private()
    await visit.services.subscriptions.agree(visit.cause, visit.resident)
    visit.edit(phrases.agreed(visit.voice))


async def refuse(_update: Update, visit: Visit) -> None:
    """Note a no: nothing comes unasked."""
    visit.only_in_private()
    await visit.services.subscriptions.refuse(visit.cause, visit.resident)
    visit.edit(phrases.refused(visit.voice))


async def show_list(_update: Update, visit: Visit) -> None:
    """Show the switches of one kind."""
    visit.only_in_private()
    about = phrases.read_code(visit.args[1] if len(visit.args) > 1 else "")
    visit.edit(await _switches(visit, about))


async def switch(_update: Update, visit: Visit) -> None:
    """Turn one switch."""
    visit.only_in_private()
    wish = _wish(visit)
    act = visit.services.subscriptions
    turn = act.agree if visit.args[0] == "on" else act.take_back
    await turn(visit.cause, visit.resident, wish)
    visit.edit(await _switches(visit, wish.about))


async def show_entry(_update: Update, visit: Visit) -> None:
    """Show what an announcement leads to, below it."""
    card = visit.services.asking.card(visit.args[1] if len(visit.args) > 1 else "")
    if card is None:
        raise OutdatedError
    visit.say(cards.card(visit.voice, card, simple=visit.resident.simple))


async def _switches(visit: Visit, about: About | None) -> Message:
    wishes, v = await visit.services.subscriptions.of(visit.resident), visit.voice
    match about:
        case About.NEIGHBOURHOOD:
            return phrases.neighbourhoods(v, visit.services.asking.neighbourhoods(), wishes)
        case About.CENTRE:
            return phrases.centres(v, visit.town.centres, wishes)
        case About.CATEGORY:
            return phrases.themes(v, wishes)
        case _:
            return phrases.page(v, wishes, paused=visit.resident.paused)


def _wish(visit: Visit) -> Subscription:
    """Return the wish a switch is about; OutdatedError if the town knows no such thing (any more)."""
    code, value = (*visit.args[1:3], "", "")[:2]
    about = phrases.read_code(code)
    known = {
        About.ALL: {""},
        About.NEIGHBOURHOOD: {each.id for each in visit.services.asking.neighbourhoods()},
        About.CENTRE: {each.id for each in visit.town.centres},
        About.CATEGORY: set(CATEGORIES),
    }
    if about is None or (visit.args[0] == "on" and value not in known[about]):
        raise OutdatedError
    return EVERYTHING if about is About.ALL else Subscription(about, value)


HANDLERS = (
    on_press(r"^sub:page$", show),
    on_press(r"^sub:less$", show_below),
    on_press(r"^sub:yes$", agree),
    on_press(r"^sub:(no|none)$", refuse),
    on_press(r"^sub:list:", show_list),
    on_press(r"^sub:(on|off):", switch),
    on_press(r"^news:card:", show_entry),
)
