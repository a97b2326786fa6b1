"""Cards of a gathering's wall: in the other language, off the wall, onto the board."""

from __future__ import annotations

from telegram import Update

from bot.domain.errors import OutdatedError
from bot.domain.sessions import Card, cards
from bot.phrases import session_cards as phrases
from bot.telegram.desk import on_press
from bot.telegram.session_desk import expect, leave
from bot.telegram.visit import Visit

SPEAK = "session_speak"
_WITH_CARD = 3


async def show_wall(_update: Update, visit: Visit) -> None:
    """Show the cards as they hang."""
    visit.only_in_private()
    scene = await visit.services.gatherings.scene(visit.resident, visit.number(1))
    visit.edit(phrases.wall(visit.voice, scene))


async def show_card(_update: Update, visit: Visit) -> None:
    """Show one card."""
    visit.only_in_private()
    await leave(visit)
    await _show(visit, visit.number(1), visit.number(2))


async def ask_translation(_update: Update, visit: Visit) -> None:
    """Ask for the words in the other language."""
    visit.only_in_private()
    number, idea = visit.number(1), visit.number(2)
    head, _ = await _card(visit, number, idea)
    await expect(visit, SPEAK, number=number, idea=idea)
    visit.edit(phrases.ask_translation(visit.voice, number, head))


async def take_translation(_update: Update, visit: Visit) -> None:
    """Keep the words in the other language."""
    begun = visit.begun(SPEAK)
    if not visit.text:
        return
    number, idea = begun["number"], begun["idea"]
    cards_of = visit.services.session_cards
    await cards_of.translate(visit.cause, visit.resident, number, idea, visit.text)
    await leave(visit)
    await _show(visit, number, idea)


async def enter(_update: Update, visit: Visit) -> None:
    """Put a card, or all of them, on the board."""
    visit.only_in_private()
    number = visit.number(1)
    only = visit.number(2) if len(visit.args) == _WITH_CARD else None

    def distress(text: str) -> bool:
        care = visit.services.asking.care(text)
        return care is not None and care.for_few

    numbers = await visit.services.session_cards.enter(
        visit.cause, visit.resident, number, distress=distress, only=only
    )
    visit.edit(phrases.entered(visit.voice, number, numbers, visit.board()))


async def park(_update: Update, visit: Visit) -> None:
    """Wait for words no longer."""
    await leave(visit)


async def _show(visit: Visit, number: int, idea: int) -> None:
    visit.edit(phrases.card(visit.voice, number, await _card(visit, number, idea)))


async def _card(visit: Visit, number: int, idea: int) -> Card:
    scene = await visit.services.gatherings.scene(visit.resident, number)
    found = next((each for each in cards(scene.ideas) if each[0].number == idea), None)
    if found is None:
        raise OutdatedError
    return found


HANDLERS = (
    on_press(r"^ks:wall:", show_wall),
    on_press(r"^ks:card:", show_card),
    on_press(r"^ks:speak:", ask_translation),
    on_press(r"^ks:board:", enter),
)
FLOWS = {SPEAK: take_translation}
PARKS = dict.fromkeys(FLOWS, park)
