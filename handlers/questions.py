"""The team's inbox: reading open questions, answering them, keeping the answer for the next person."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from telegram import Update

from bot.domain.conversations import Conversation
from bot.domain.errors import OutdatedError, RefusedError
from bot.domain.localized import LANGUAGES, Localized
from bot.domain.messages import Message
from bot.domain.questions import OpenQuestion
from bot.phrases import menu
from bot.phrases import questions as phrases
from bot.telegram.desk import on_key, on_press
from bot.telegram.drafts import drop_begun
from bot.telegram.visit import Visit

ANSWERING = "answering"
FIRST = 1
"""The version of an answer that was written once and not changed since."""

MAX_ANSWER = 3000
"""Characters of an answer: one message, and an entry of the directory."""

REWORDING = "rewording"
NEUTRAL = "neutral"


async def inbox(_update: Update, visit: Visit) -> None:
    """List what waits for an answer, a page at a time, in place; what was begun is dropped."""
    visit.only_in_private()
    page = visit.number(1) if len(visit.args) > 1 and visit.update.callback_query else 0
    waiting, total = await visit.services.questions.inbox(visit.resident, page)
    if total and not waiting:  # what stood on this page has been answered since
        page = 0
        waiting, total = await visit.services.questions.inbox(visit.resident, page)
    await drop_begun(visit)
    visit.edit(phrases.inbox(visit.voice, waiting, total=total, page=page))


async def open_question(_update: Update, visit: Visit) -> None:
    """Show one question and what can be done about it."""
    question = await _still_open(visit, visit.number(1))
    await drop_begun(visit)
    if question:
        nearest = visit.services.asking.nearest(question.text)
        visit.edit(phrases.opened(visit.voice, question, nearest))


async def begin_answer(_update: Update, visit: Visit) -> None:
    """Invite the answer in the language of the person who asked."""
    question = await _still_open(visit, visit.number(1))
    if question:
        await _await_text(visit, question, language=question.language, answer={}, ticked=[])
        visit.edit(phrases.write_answer(visit.voice, question, question.language))


async def change_language(_update: Update, visit: Visit) -> None:
    """Invite the answer in the other language, or the missing one of the two."""
    state = visit.begun(ANSWERING)
    question = await _still_open(visit, visit.number(1))
    language = visit.args[2] if len(visit.args) > 2 else ""  # noqa: PLR2004 - oq:in:number:language
    if language not in LANGUAGES:
        raise OutdatedError
    if question is None:
        return
    if state["number"] != question.number:  # what was written since is for another question
        raise OutdatedError
    await _await_text(
        visit, question, language=language, answer=state["answer"], ticked=state["ticked"]
    )
    visit.edit(phrases.write_answer(visit.voice, question, language))


async def take_answer(_update: Update, visit: Visit) -> None:
    """Take what was typed as the answer and show it before anything is sent."""
    state = visit.begun(ANSWERING)
    async with _ending_with_a_refusal(visit):
        question = await _still_open(visit, state["number"])
    if question is None:
        await visit.services.dialogues.end(visit.cause, visit.resident.contact_id)
        return
    if not visit.text:
        return
    if len(visit.text) > MAX_ANSWER:
        visit.say(phrases.too_long(visit.voice, MAX_ANSWER))
        return
    answer = {**state["answer"], state["language"]: visit.text}
    version = await _await_text(
        visit, question, language=state["language"], answer=answer, ticked=state["ticked"]
    )
    visit.say(await _preview(visit, question, answer, ticked=state["ticked"], version=version))


async def tick(_update: Update, visit: Visit) -> None:
    """Add or remove another question that gets the same answer."""
    state = visit.begun(ANSWERING)
    question = await _still_open(visit, visit.number(1))
    if question is None or state.get("number") != question.number:
        raise OutdatedError
    ticked = sorted(set(state["ticked"]) ^ {visit.number(2)})
    version = await _await_text(
        visit, question, language=state["language"], answer=state["answer"], ticked=ticked
    )
    visit.edit(await _preview(visit, question, state["answer"], ticked=ticked, version=version))


async def send(_update: Update, visit: Visit) -> None:
    """Send the answer to everybody it is for."""
    state = visit.begun(ANSWERING)
    number = visit.number(1)
    seen = visit.number(2) if len(visit.args) > 2 else FIRST  # noqa: PLR2004 - oq:send:number:version
    if state.get("number") != number or not state["answer"] or state["version"] != seen:
        raise OutdatedError  # only what was seen is sent, not what was written since
    told = await visit.services.questions.answer(
        visit.cause,
        visit.resident,
        [number, *state["ticked"]],
        answer=Localized.of(state["answer"]),
    )
    visit.edit(phrases.sent(visit.voice, number, people=told))


async def keep(_update: Update, visit: Visit) -> None:
    """Make the answer a frequent question with one tap."""
    number = visit.number(1)
    question = await visit.services.questions.open(visit.resident, number)
    if question.urgent and question.entry_id is None:
        await _ask_neutral_wording(visit, question)
        return
    kept = await visit.services.questions.keep(visit.cause, visit.resident, number)
    visit.edit(phrases.kept(visit.voice, number, kept))


async def keep_alone(_update: Update, visit: Visit) -> None:
    """Leave other people's wordings out of a kept question."""
    number = visit.number(1)
    kept = await visit.services.questions.keep_alone(visit.cause, visit.resident, number)
    visit.edit(phrases.kept(visit.voice, number, kept))


async def ask_wording(_update: Update, visit: Visit) -> None:
    """Ask how a kept question should read."""
    question = await visit.services.questions.open(visit.resident, visit.number(1))
    data = {"number": question.number, "language": question.language}
    await visit.services.dialogues.begin(
        visit.cause, visit.resident.contact_id, Conversation(REWORDING, "text", data)
    )
    visit.edit(phrases.reword(visit.voice, question.text))


async def take_wording(_update: Update, visit: Visit) -> None:
    """Take what was typed as the wording of a kept question."""
    state = visit.begun(REWORDING)
    if not visit.text:
        return
    if visit.conversation and visit.conversation.step == NEUTRAL:
        await _keep_as(visit, state["number"], visit.text)
        return
    async with _ending_with_a_refusal(visit):
        kept = await visit.services.questions.reword(
            visit.cause,
            visit.resident,
            state["number"],
            text=visit.text,
            language=state["language"],
        )
    visit.say(phrases.kept(visit.voice, state["number"], kept))


async def _keep_as(visit: Visit, number: int, wording: str) -> None:
    async with _ending_with_a_refusal(visit):
        kept = await visit.services.questions.keep(
            visit.cause, visit.resident, number, wording=wording
        )
    visit.say(phrases.kept(visit.voice, number, kept))


async def _ask_neutral_wording(visit: Visit, question: OpenQuestion) -> None:
    data = {"number": question.number, "language": question.language}
    await visit.services.dialogues.begin(
        visit.cause, visit.resident.contact_id, Conversation(REWORDING, NEUTRAL, data)
    )
    visit.edit(phrases.neutral_wording(visit.voice))


async def leave_wording(_update: Update, visit: Visit) -> None:
    """Leave a kept question as it reads."""
    await visit.services.dialogues.end(visit.cause, visit.resident.contact_id)
    waiting, total = await visit.services.questions.inbox(visit.resident, 0)
    visit.edit(phrases.inbox(visit.voice, waiting, total=total, page=0))


async def take_out(_update: Update, visit: Visit) -> None:
    """Take a kept question out of the directory again."""
    await visit.services.questions.unkeep(visit.cause, visit.resident, visit.number(1))
    visit.edit(phrases.taken_out(visit.voice))


async def _still_open(visit: Visit, number: int) -> OpenQuestion | None:
    """Return the question, or tell the team that somebody was quicker and return None."""
    question = await visit.services.questions.open(visit.resident, number)
    if question.state == "open":
        return question
    visit.edit(phrases.already_answered(visit.voice, question))
    return None


@asynccontextmanager
async def _ending_with_a_refusal(visit: Visit) -> AsyncIterator[None]:
    """End the dialogue if it is refused its next step, or it would swallow every further text."""
    try:
        yield
    except RefusedError:
        await visit.services.dialogues.end(visit.cause, visit.resident.contact_id)
        raise


async def _await_text(
    visit: Visit,
    question: OpenQuestion,
    *,
    language: str,
    answer: dict[str, str],
    ticked: Sequence[int],
) -> int:
    """Remember the answer so far and return its version: it counts up with each change."""
    before = visit.conversation.data if visit.conversation else {}
    version = int(before.get("version", 0)) + 1 if answer else 0
    data = {
        "number": question.number,
        "language": language,
        "answer": answer,
        "ticked": list(ticked),
        "version": version,
    }
    await visit.services.dialogues.begin(
        visit.cause, visit.resident.contact_id, Conversation(ANSWERING, "text", data)
    )
    return version


async def _preview(
    visit: Visit,
    question: OpenQuestion,
    answer: dict[str, str],
    *,
    ticked: Sequence[int],
    version: int,
) -> Message:
    others = await visit.services.questions.others(visit.resident, question.number)
    marked = [(other, other.number in ticked) for other in others]
    told = Localized.of(answer)
    return phrases.preview(visit.voice, question, told, others=marked, version=version)


HANDLERS = (
    on_key(menu.in_every_language(menu.inbox_key), inbox),
    on_press(r"^oq:list:", inbox),
    on_press(r"^oq:open:", open_question),
    on_press(r"^oq:answer:", begin_answer),
    on_press(r"^oq:in:", change_language),
    on_press(r"^oq:tick:", tick),
    on_press(r"^oq:send:", send),
    on_press(r"^oq:faq:", keep),
    on_press(r"^oq:alone:", keep_alone),
    on_press(r"^oq:reword:", ask_wording),
    on_press(r"^oq:leave", leave_wording),
    on_press(r"^oq:unkeep:", take_out),
)
FLOWS = {ANSWERING: take_answer, REWORDING: take_wording}
