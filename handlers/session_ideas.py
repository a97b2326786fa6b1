"""Ideas of a gathering on their way to the wall, and from the wall into a poll."""

from __future__ import annotations

from telegram import Update

from bot.domain.errors import OutdatedError
from bot.domain.localized import Localized
from bot.domain.polls import LONGEST_OPTION, MOST_OPTIONS, Method, Option, Terms
from bot.domain.sessions import Idea, IdeaState, cards
from bot.phrases import session_running as phrases
from bot.telegram.desk import on_press
from bot.telegram.drafts import argument
from bot.telegram.poll_desk import show_poll
from bot.telegram.session_desk import asked, leave, show_session
from bot.telegram.visit import Visit

NOTE = "session_note"
_THREE = 3


async def show_ideas(_update: Update, visit: Visit) -> None:
    """Show the ideas that wait."""
    await _ideas(visit, visit.number(1))


async def settle(_update: Update, visit: Visit) -> None:
    """Put an idea on the wall, or aside."""
    visit.only_in_private()
    number, state = visit.number(1), IdeaState.SHOWN
    if visit.args[0] == "aside":
        state = IdeaState.ASIDE
    await visit.services.gatherings.settle(
        visit.cause, visit.resident, number, visit.number(2), state
    )
    await _ideas(visit, number)


async def settle_all(_update: Update, visit: Visit) -> None:
    """Put every idea that waits on the wall."""
    visit.only_in_private()
    number, service = visit.number(1), visit.services.gatherings
    for idea in (await service.scene(visit.resident, number)).ideas:
        if idea.state is IdeaState.WAITING:
            await service.settle(visit.cause, visit.resident, number, idea.number, IdeaState.SHOWN)
    await show_session(visit, number)


async def choose_card(_update: Update, visit: Visit) -> None:
    """Ask to which card an idea belongs."""
    visit.only_in_private()
    scene = await visit.services.gatherings.scene(visit.resident, visit.number(1))
    idea = next((each for each in scene.ideas if each.number == visit.number(2)), None)
    if idea is None:
        raise OutdatedError
    visit.edit(phrases.choose_card(visit.voice, scene, idea))


async def group(_update: Update, visit: Visit) -> None:
    """Put an idea on another card."""
    visit.only_in_private()
    number = visit.number(1)
    await visit.services.gatherings.group(
        visit.cause, visit.resident, number, visit.number(2), onto=visit.number(3)
    )
    await _ideas(visit, number)


async def choose_vote(_update: Update, visit: Visit) -> None:
    """Ask how people vote on the cards."""
    visit.only_in_private()
    scene = await visit.services.gatherings.scene(visit.resident, visit.number(1))
    visit.edit(phrases.choose_vote(visit.voice, scene))


async def make_poll(_update: Update, visit: Visit) -> None:
    """Make a poll of the cards: a draft, one tap from being open."""
    visit.only_in_private()
    number = visit.number(1)
    method = next((each for each in Method if each == argument(visit, 2)), None)
    if method not in {Method.SINGLE, Method.MULTIPLE, Method.RANKING}:
        raise OutdatedError
    scene = await visit.services.gatherings.scene(visit.resident, number)
    hanging = cards(scene.ideas)[:MOST_OPTIONS]
    if len(hanging) <= 1:
        visit.edit(phrases.too_few_cards(visit.voice, number))
        return
    session = scene.session
    poll = await visit.services.poll_keeping.draft(
        visit.cause,
        visit.resident,
        question=session.topic or session.title,
        options=[Option(0, _answer(head)) for head, _ in hanging],
        terms=Terms(method, most=min(_THREE, len(hanging)), few=True, session=number),
    )
    await show_poll(visit, poll)


async def ask_note(_update: Update, visit: Visit) -> None:
    """Ask for ideas from the room."""
    number = await asked(visit, NOTE)
    visit.edit(phrases.ask_note(visit.voice, number))


async def take_note(_update: Update, visit: Visit) -> None:
    """Put what was said in the room on the wall."""
    number = visit.begun(NOTE)["number"]
    texts = [line.strip() for line in visit.text.splitlines() if line.strip()]
    if not texts:
        return
    await visit.services.gatherings.note(visit.cause, visit.resident, number, texts[:30])
    await show_session(visit, number)


async def park(_update: Update, visit: Visit) -> None:
    """Wait for words no longer."""
    await leave(visit)


def _answer(idea: Idea) -> Localized:
    return Localized({code: words[:LONGEST_OPTION] for code, words in idea.words.items()})


async def _ideas(visit: Visit, number: int) -> None:
    visit.only_in_private()
    scene = await visit.services.gatherings.scene(visit.resident, number)
    visit.edit(phrases.ideas(visit.voice, scene))


HANDLERS = (
    on_press(r"^ks:ideas:", show_ideas),
    on_press(r"^ks:(show|aside):", settle),
    on_press(r"^ks:all:", settle_all),
    on_press(r"^ks:join:", choose_card),
    on_press(r"^ks:onto:", group),
    on_press(r"^ks:vote:", choose_vote),
    on_press(r"^ks:poll:", make_poll),
    on_press(r"^ks:note:", ask_note),
)
FLOWS = {NOTE: take_note}
PARKS = dict.fromkeys(FLOWS, park)
