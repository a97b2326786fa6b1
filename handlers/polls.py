"""Polls as residents meet them: a list, a card, taps that are counted, an option of one's own."""

from __future__ import annotations

from telegram import Update
from telegram.ext import filters

from bot.domain import poll_marks
from bot.domain.ballots import checked
from bot.domain.conversations import Conversation
from bot.domain.errors import OutdatedError
from bot.domain.poll_views import Seen
from bot.domain.polls import LONGEST_OPTION, ChoiceError, Method, NotInvitedError
from bot.phrases import menu, welcome
from bot.phrases import polls as phrases
from bot.telegram.desk import on_command, on_key, on_press
from bot.telegram.visit import Visit

NAMING = "poll_name"
ADDING = "poll_option"
_LONGEST_NAME = 40
_MARKS = 2
"""Where a button carries what has been tapped: `po:cast:7:0100`."""
_LINK = filters.Regex(r"^/start p\d{1,9}$")


async def show_all(_update: Update, visit: Visit) -> None:
    """List the polls that ask the resident."""
    visit.only_in_private()
    staff = await visit.services.team.role_of(visit.resident)
    seen = await visit.services.polls.running(visit.resident)
    visit.edit(phrases.running(visit.voice, seen, staff=staff is not None))


async def follow_link(_update: Update, visit: Visit) -> None:
    """Open a poll from its link or code; newcomers choose their language beside it."""
    visit.only_in_private()
    seen = await visit.services.polls.see(visit.resident, int(visit.args[0][1:]))
    _show(visit, seen)
    if not visit.resident.language_chosen:
        visit.say(welcome.choose_language(visit.language))


async def show(_update: Update, visit: Visit) -> None:
    """Show a poll as it stands now."""
    visit.only_in_private()
    await _leave(visit)
    _show(visit, await visit.services.polls.see(visit.resident, visit.number(1)))


async def mark(_update: Update, visit: Visit) -> None:
    """Mark an option; nothing is counted yet."""
    visit.only_in_private()
    seen = await visit.services.polls.see(visit.resident, visit.number(1))
    try:
        marks = poll_marks.tapped(seen.poll, _marks(visit), visit.number(3))
    except ChoiceError:
        raise OutdatedError from None
    _show(visit, seen, marks)


async def cast(_update: Update, visit: Visit) -> None:
    """Count a choice; in a named poll the first one asks for a name."""
    visit.only_in_private()
    number, marks = visit.number(1), _marks(visit)
    seen = await visit.services.polls.see(visit.resident, number)
    if not _fits(visit, seen, marks):
        return
    if seen.poll.terms.named and seen.mine is None:
        waiting = Conversation(NAMING, "name", {"number": number, "marks": marks})
        await visit.services.dialogues.begin(visit.cause, visit.resident.contact_id, waiting)
        visit.edit(phrases.ask_name(visit.voice, seen.poll))
        return
    await _count(visit, seen, marks)


async def take_name(_update: Update, visit: Visit) -> None:
    """Vote under the name that was written."""
    begun = visit.begun(NAMING)
    if not visit.text:
        return
    seen = await visit.services.polls.see(visit.resident, begun["number"])
    await _count(visit, seen, begun["marks"], name=visit.text[:_LONGEST_NAME])
    await visit.services.dialogues.end(visit.cause, visit.resident.contact_id)


async def ask_option(_update: Update, visit: Visit) -> None:
    """Ask for one more option."""
    visit.only_in_private()
    number = visit.number(1)
    seen = await visit.services.polls.see(visit.resident, number)
    if not visit.services.polls.takes_options(seen.poll):
        raise OutdatedError
    waiting = Conversation(ADDING, "text", {"number": number})
    await visit.services.dialogues.begin(visit.cause, visit.resident.contact_id, waiting)
    visit.edit(phrases.ask_option(visit.voice, seen.poll))


async def take_option(_update: Update, visit: Visit) -> None:
    """Add the option that was written."""
    number = visit.begun(ADDING)["number"]
    if not visit.text:
        return
    text = " ".join(visit.text.split())[:LONGEST_OPTION]
    try:
        _, standing = await visit.services.polls.propose(visit.cause, visit.resident, number, text)
    except ChoiceError:
        note = phrases.option_known(visit.voice)
    else:
        note = phrases.option_added(visit.voice, standing)
    await visit.services.dialogues.end(visit.cause, visit.resident.contact_id)
    seen = await visit.services.polls.see(visit.resident, number)
    _show(visit, seen, note=note)


async def park(_update: Update, visit: Visit) -> None:
    """Wait for words no longer."""
    await _leave(visit)


def _marks(visit: Visit) -> str:
    """Return the marks a button carries, "" for none; OutdatedError if it has no place for them."""
    if len(visit.args) <= _MARKS:
        raise OutdatedError
    return visit.args[_MARKS]


def _fits(visit: Visit, seen: Seen, marks: str) -> bool:
    """Tell whether the marks may be counted; otherwise say what to do."""
    v, poll = visit.voice, seen.poll
    try:
        chosen = poll_marks.choice(poll, marks)
    except ChoiceError:
        raise OutdatedError from None
    nothing = not chosen.picks and poll.terms.method not in {Method.COUNT, Method.DATE}
    try:
        checked(poll, chosen)
    except ChoiceError:
        note = phrases.tap_first(v) if nothing else phrases.against_the_rule(v, poll)
        _show(visit, seen, marks, note=note)
        return False
    return True


async def _count(visit: Visit, seen: Seen, marks: str, *, name: str | None = None) -> None:
    choice = poll_marks.choice(seen.poll, marks)
    try:
        after = await visit.services.polls.vote(
            visit.cause, visit.resident, seen.poll.number, choice, name=name
        )
    except NotInvitedError:
        visit.edit(phrases.not_invited(visit.voice))
        return
    _show(visit, after)


def _show(visit: Visit, seen: Seen, marks: str | None = None, *, note: str = "") -> None:
    known = poll_marks.marks_of(seen.poll, seen.mine) if marks is None else marks
    closes = visit.services.polls.local(seen.poll.closes_at)
    visit.edit(phrases.card(visit.voice, seen, known, closes=closes, note=note))


async def _leave(visit: Visit) -> None:
    if visit.conversation and visit.conversation.flow in FLOWS:
        await visit.services.dialogues.end(visit.cause, visit.resident.contact_id)


HANDLERS = (
    on_command("start", follow_link, only=_LINK),
    on_key(menu.in_every_language(menu.polls_key), show_all),
    on_press(r"^po:all", show_all),
    on_press(r"^po:see:", show),
    on_press(r"^po:mark:", mark),
    on_press(r"^po:cast:", cast),
    on_press(r"^po:add:", ask_option),
)
FLOWS = {NAMING: take_name, ADDING: take_option}
PARKS = dict.fromkeys(FLOWS, park)
