"""Deciding on a contribution and publishing it: each word is kept at once, nobody hears before the last tap."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from telegram import Update

from bot.domain.contribution_errors import IncompleteError
from bot.domain.contribution_states import Decision, State
from bot.domain.contributions import Contribution
from bot.domain.errors import OutdatedError
from bot.domain.localized import LANGUAGES, Localized
from bot.phrases import deciding as phrases
from bot.phrases.triage import no_day
from bot.telegram.casework import expect, looked, stop, words_taken
from bot.telegram.desk import on_press
from bot.telegram.drafts import argument
from bot.telegram.visit import Visit

REASONING, ENDING = "triage_decision", "triage_until"
_ASKS = {"why": phrases.ask_reason, "whom": phrases.ask_whom, "who": phrases.ask_who}


async def choose(_update: Update, visit: Visit) -> None:
    """Let the team choose what becomes of it."""
    visit.edit(phrases.choose(visit.voice, await looked(visit)))


async def decide(_update: Update, visit: Visit) -> None:
    """Note the chosen state; what was said for the same state stays."""
    found = await looked(visit)
    state = next((each for each in State if each == argument(visit, 2)), None)
    if state is None:
        raise OutdatedError
    decision = found.decision if state is found.state else Decision(state)
    await _decide(visit, found, decision)


async def as_told(_update: Update, visit: Visit) -> None:
    """Leave it as it was told last."""
    found = await looked(visit)
    if found.told is None:
        raise OutdatedError
    await visit.services.decisions.decide(visit.cause, visit.resident, found.number, found.told)
    changed = await visit.services.triage.look(visit.resident, found.number)
    visit.edit(phrases.choose(visit.voice, changed))


async def show(_update: Update, visit: Visit) -> None:
    """Show what is decided as people will read it."""
    _show(visit, await looked(visit))


async def ask_words(_update: Update, visit: Visit) -> None:
    """Ask for the reason, to whom, or who does it, in one language."""
    found = await looked(visit)
    what, language = visit.args[0], argument(visit, 2)
    if language not in LANGUAGES:
        raise OutdatedError
    await expect(visit, REASONING, found.number, what=what, language=language)
    visit.edit(_ASKS[what](visit.voice, found, language))


async def take_words(_update: Update, visit: Visit) -> None:
    """Keep what was written as part of the decision, and show everything."""
    begun = visit.begun(REASONING)
    if not visit.text:
        return
    async with words_taken(visit):
        found = await visit.services.triage.look(visit.resident, begun["number"])
        decision = _worded(found.decision, begun["what"], begun["language"], visit.text)
        await _decide(visit, found, decision)


async def ask_until(_update: Update, visit: Visit) -> None:
    """Ask until when it is done together; a day may be typed."""
    found = await looked(visit)
    await expect(visit, ENDING, found.number)
    today = visit.services.town.day()
    visit.edit(phrases.ask_until(visit.voice, found.number, today=today))


async def take_until(_update: Update, visit: Visit) -> None:
    """Take a typed day as the end of what is done together."""
    number, day = visit.begun(ENDING)["number"], visit.services.asking.day_in(visit.text)
    if day is None:
        visit.say(no_day(visit.voice, f"tr:say:{number}"))
        return
    async with words_taken(visit):
        found = await visit.services.triage.look(visit.resident, number)
        helpers = replace(found.helpers, until=day)
        await _decide(visit, found, replace(found.decision, helpers=helpers))


async def choose_until(_update: Update, visit: Visit) -> None:
    """Note until when it is done together."""
    found, days = await looked(visit), visit.number(2)
    if days not in phrases.UNTIL:
        raise OutdatedError
    until = visit.services.town.day() + timedelta(days=days)
    helpers = replace(found.helpers, until=until)
    await _decide(visit, found, replace(found.decision, helpers=helpers))


async def ask_wanted(_update: Update, visit: Visit) -> None:
    """Ask how many hands are wanted."""
    visit.edit(phrases.ask_wanted(visit.voice, (await looked(visit)).number))


async def choose_wanted(_update: Update, visit: Visit) -> None:
    """Note how many hands are wanted."""
    found, wanted = await looked(visit), visit.number(2)
    if wanted not in {0, *phrases.WANTED}:
        raise OutdatedError
    helpers = replace(found.helpers, wanted=wanted or None)
    await _decide(visit, found, replace(found.decision, helpers=helpers))


async def publish(_update: Update, visit: Visit) -> None:
    """Tell author and supporters; where something is missing, say what."""
    visit.only_in_private()
    number = visit.number(1)
    try:
        told = await visit.services.decisions.publish(visit.cause, visit.resident, number)
    except IncompleteError:
        _show(visit, await visit.services.triage.look(visit.resident, number))
    else:
        visit.edit(phrases.published(visit.voice, number, told))


async def park(_update: Update, visit: Visit) -> None:
    """Wait for words no longer; what is decided stays noted."""
    await stop(visit)


async def _decide(visit: Visit, found: Contribution, decision: Decision) -> None:
    number, service = found.number, visit.services.decisions
    await service.decide(visit.cause, visit.resident, number, decision)
    _show(visit, await visit.services.triage.look(visit.resident, number))


def _show(visit: Visit, found: Contribution) -> None:
    today = visit.services.town.day()
    visit.edit(phrases.draft(visit.voice, found, today=today))


def _worded(decision: Decision, what: str, language: str, text: str) -> Decision:
    def with_it(texts: Localized) -> Localized:
        return Localized.of({**texts, language: text})

    if what == "why":
        return replace(decision, reason=with_it(decision.reason))
    if what == "whom":
        return replace(decision, passed_to=with_it(decision.passed_to))
    who = with_it(decision.helpers.who)
    return replace(decision, helpers=replace(decision.helpers, who=who))


HANDLERS = (
    on_press(r"^tr:decide:", choose),
    on_press(r"^tr:state:", decide),
    on_press(r"^tr:astold:", as_told),
    on_press(r"^tr:say:", show),
    on_press(r"^tr:(why|whom|who):", ask_words),
    on_press(r"^tr:untils:", ask_until),
    on_press(r"^tr:until:", choose_until),
    on_press(r"^tr:wanteds:", ask_wanted),
    on_press(r"^tr:wanted:", choose_wanted),
    on_press(r"^tr:publish:", publish),
)
FLOWS = {REASONING: take_words, ENDING: take_until}
PARKS = {REASONING: park, ENDING: park}
