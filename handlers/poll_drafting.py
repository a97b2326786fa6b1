"""Drafting polls from a phone: two typed messages in both languages, or one ready-made."""

from __future__ import annotations

import re

from telegram import Update

from bot.domain.errors import OutdatedError
from bot.domain.localized import LANGUAGES, Localized
from bot.domain.poll_text import LineError, both, options
from bot.domain.polls import LONGEST_OPTION, LONGEST_QUESTION, CountError, Method, Terms
from bot.phrases import poll_drafting as phrases
from bot.telegram.desk import on_press
from bot.telegram.drafts import argument
from bot.telegram.poll_desk import draft_of, expect, leave, method_of, show_poll, stop
from bot.telegram.visit import Visit

ASKING, WORDING, CHOICES = "poll_keep_question", "poll_keep_words", "poll_keep_choices"
MONEY = "poll_keep_money"


async def show_list(_update: Update, visit: Visit) -> None:
    """List the polls somebody may hold."""
    visit.only_in_private()
    await leave(visit)
    closed, page = visit.args[0] == "closed", visit.number(1)
    polls, more = await visit.services.poll_keeping.mine(visit.resident, closed=closed, page=page)
    visit.edit(phrases.listing(visit.voice, polls, closed=closed, page=page, more=more))


async def choose_kind(_update: Update, visit: Visit) -> None:
    """Begin a poll."""
    visit.only_in_private()
    service = visit.services.poll_keeping
    await service.mine(visit.resident, closed=False)
    visit.edit(phrases.choose_kind(visit.voice, service.templates))


async def ask_question(_update: Update, visit: Visit) -> None:
    """Ask what is to be asked."""
    visit.only_in_private()
    method = method_of(argument(visit, 1))
    await visit.services.poll_keeping.mine(visit.resident, closed=False)
    await expect(visit, ASKING, method=method.value)
    visit.edit(phrases.ask_question(visit.voice))


async def take_ready(_update: Update, visit: Visit) -> None:
    """Take a ready-made poll as a draft."""
    visit.only_in_private()
    service = visit.services.poll_keeping
    ready = next((each for each in service.templates if each.id == visit.args[1]), None)
    if ready is None:
        raise OutdatedError
    number = await service.draft(
        visit.cause,
        visit.resident,
        question=ready.question,
        options=ready.options,
        terms=Terms(ready.method),
    )
    await show_poll(visit, number)


async def take_question(_update: Update, visit: Visit) -> None:
    """Keep the question; where one language is missing, ask for it."""
    begun = visit.begun(ASKING)
    if not visit.text:
        return
    text = visit.text[: 2 * LONGEST_QUESTION]
    question = Localized(begun.get("question", {}))
    if question:
        language = next(code for code in LANGUAGES if code not in question)
        await _begin(visit, begun["method"], Localized({**question, language: text}))
        return
    question = both(text, visit.language)
    missing = next((code for code in LANGUAGES if code not in question), None)
    if missing is None:
        await _begin(visit, begun["method"], question)
        return
    await expect(visit, ASKING, method=begun["method"], question=dict(question))
    visit.say(phrases.ask_other(visit.voice, question, missing))


async def skip_language(_update: Update, visit: Visit) -> None:
    """Go on with one language for now."""
    begun = visit.begun(ASKING)
    question = Localized(begun.get("question", {}))
    if not question:
        raise OutdatedError
    await _begin(visit, begun["method"], question)


async def show(_update: Update, visit: Visit) -> None:
    """Show a draft, or how a poll stands."""
    visit.only_in_private()
    await leave(visit)
    await show_poll(visit, visit.number(1))


async def ask_more(_update: Update, visit: Visit) -> None:
    """Ask for (more) options."""
    poll = await draft_of(visit)
    await expect(visit, CHOICES, number=poll.number)
    visit.edit(phrases.ask_options(visit.voice, poll.number, poll.terms.method))


async def take_choices(_update: Update, visit: Visit) -> None:
    """Add the options that were written."""
    number = visit.begun(CHOICES)["number"]
    if not visit.text:
        return
    service = visit.services.poll_keeping
    poll = await service.look(visit.resident, number)
    method, today = poll.terms.method, visit.services.town.day()
    try:
        written = options(visit.text, method, first=visit.language, today=today)
    except LineError as error:
        visit.say(phrases.not_read(visit.voice, error.line, method))
        return
    await service.add_options(visit.cause, visit.resident, number, written)
    await stop(visit)
    if method is Method.BUDGET and not poll.terms.envelope:
        await expect(visit, MONEY, number=number)
        visit.say(phrases.ask_envelope(visit.voice, number))
        return
    await show_poll(visit, number)


async def drop_last(_update: Update, visit: Visit) -> None:
    """Take the last option away."""
    poll = await draft_of(visit)
    if not poll.options:
        raise OutdatedError
    await visit.services.poll_keeping.drop_option(
        visit.cause, visit.resident, poll.number, poll.options[-1].id
    )
    await show_poll(visit, poll.number)


async def ask_words(_update: Update, visit: Visit) -> None:
    """Ask for question and answers in one language."""
    poll, language = await draft_of(visit), argument(visit, 2)
    if language not in LANGUAGES:
        raise OutdatedError
    await expect(visit, WORDING, number=poll.number, language=language)
    visit.edit(phrases.ask_words(visit.voice, poll, language))


async def take_words(_update: Update, visit: Visit) -> None:
    """Keep question and answers in one language."""
    begun = visit.begun(WORDING)
    if not visit.text:
        return
    lines = [re.sub(r"^\d{1,2}[.)]\s+", "", line.strip()) for line in visit.text.splitlines()]
    texts = [line[:LONGEST_QUESTION] for line in lines if line]
    if not texts:
        return
    try:
        await visit.services.poll_keeping.word(
            visit.cause,
            visit.resident,
            begun["number"],
            language=begun["language"],
            texts=[texts[0], *(text[:LONGEST_OPTION] for text in texts[1:])],
        )
    except CountError as error:
        visit.say(phrases.lines_differ(visit.voice, error.wanted, len(texts)))
        return
    await stop(visit)
    await show_poll(visit, begun["number"])


async def park(_update: Update, visit: Visit) -> None:
    """Wait for words no longer; what was kept stays."""
    await leave(visit)


async def _begin(visit: Visit, method: str, question: Localized) -> None:
    number = await visit.services.poll_keeping.draft(
        visit.cause, visit.resident, question=question, terms=Terms(method_of(method))
    )
    if method_of(method) is Method.COUNT:
        await stop(visit)
        await show_poll(visit, number)
        return
    await expect(visit, CHOICES, number=number)
    visit.edit(phrases.ask_options(visit.voice, number, method_of(method)))


HANDLERS = (
    on_press(r"^pk:(list|closed):", show_list),
    on_press(r"^pk:new", choose_kind),
    on_press(r"^pk:kind:", ask_question),
    on_press(r"^pk:ready:", take_ready),
    on_press(r"^pk:later", skip_language),
    on_press(r"^pk:page:", show),
    on_press(r"^pk:more:", ask_more),
    on_press(r"^pk:less:", drop_last),
    on_press(r"^pk:words:", ask_words),
)
FLOWS = {ASKING: take_question, WORDING: take_words, CHOICES: take_choices}
PARKS = dict.fromkeys(FLOWS, park)
