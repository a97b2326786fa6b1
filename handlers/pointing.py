"""The answer is in the directory already: find the entry, look at the words, send it."""

from __future__ import annotations

from telegram import Update

from bot.domain.conversations import Conversation
from bot.domain.errors import OutdatedError
from bot.domain.questions import OpenQuestion
from bot.phrases import pointing as phrases
from bot.phrases import questions
from bot.services.directory import MAX_QUESTION
from bot.telegram.desk import on_press
from bot.telegram.visit import Visit
from bot.text import one_line

SEARCHING = "searching"
POINTING = "pointing"


async def search(_update: Update, visit: Visit) -> None:
    """Ask for words to look for."""
    question = await _still_open(visit, visit.number(1))
    if question:
        await _begin(visit, SEARCHING, {"number": question.number})
        visit.edit(phrases.search(visit.voice, question))


async def take_search(_update: Update, visit: Visit) -> None:
    """Take what was typed as words to look for."""
    question = await _under_way(visit, SEARCHING)
    if question and visit.text:
        visit.say(phrases.results(visit.voice, question, visit.services.asking.nearest(visit.text)))


async def pick(_update: Update, visit: Visit) -> None:
    """Show an entry, and the person's words that would stay with it, before anything is sent."""
    question = await _still_open(visit, visit.number(1))
    if question is None or len(visit.args) < 3:  # noqa: PLR2004 - oq:is:number:entry
        return
    wording = "" if question.urgent else one_line(question.text, limit=MAX_QUESTION)
    await _show(visit, question, visit.args[2], wording)


async def take_wording(_update: Update, visit: Visit) -> None:
    """Take what was typed in place of the person's own words."""
    state = visit.begun(POINTING)
    question = await _under_way(visit, POINTING)
    if question and visit.text:
        wording = "" if question.urgent else one_line(visit.text, limit=MAX_QUESTION)
        await _show(visit, question, state["entry"], wording)


async def give(_update: Update, visit: Visit) -> None:
    """Send the entry, and keep the words with it if that was wanted."""
    state, number = visit.begun(POINTING), visit.number(1)
    if state["number"] != number:
        raise OutdatedError
    wording = state["wording"] if visit.args[2:] == ("words",) else ""
    told = await visit.services.pointing.give(
        visit.cause, visit.resident, number, entry_id=state["entry"], wording=wording
    )
    visit.edit(phrases.sent(visit.voice, people=told, wording=wording))


async def _show(visit: Visit, question: OpenQuestion, entry_id: str, wording: str) -> None:
    card = visit.services.asking.card(entry_id)
    if card is None:
        raise OutdatedError
    state = {"number": question.number, "entry": entry_id, "wording": wording}
    await _begin(visit, POINTING, state)
    visit.edit(phrases.preview(visit.voice, question, card, wording))


async def _under_way(visit: Visit, flow: str) -> OpenQuestion | None:
    """Return the question of a dialogue; if it no longer waits, say so and end the dialogue."""
    question = None
    try:
        question = await _still_open(visit, visit.begun(flow)["number"])
    finally:
        if question is None:  # or it would swallow every further text
            await visit.services.dialogues.end(visit.cause, visit.resident.contact_id)
    return question


async def _still_open(visit: Visit, number: int) -> OpenQuestion | None:
    """Return the question, or tell the team that somebody was quicker and return None."""
    question = await visit.services.questions.open(visit.resident, number)
    if question.waits:
        return question
    visit.edit(questions.already_answered(visit.voice, question))
    return None


async def _begin(visit: Visit, flow: str, data: dict[str, object]) -> None:
    conversation = Conversation(flow, "text", data)
    await visit.services.dialogues.begin(visit.cause, visit.resident.contact_id, conversation)


HANDLERS = (
    on_press(r"^oq:search:", search),
    on_press(r"^oq:is:", pick),
    on_press(r"^oq:give:", give),
)
FLOWS = {SEARCHING: take_search, POINTING: take_wording}
