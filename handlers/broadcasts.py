"""Composing an announcement in the chat: words first, then what one likes, then a preview."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, time, timedelta

from telegram import Message, Update

from bot.domain.audiences import Audience
from bot.domain.broadcasts import Broadcast, Missing, TooLongError
from bot.domain.errors import OutdatedError, RefusedError
from bot.domain.localized import LANGUAGES
from bot.domain.messages import StoredFile
from bot.domain.moments import read_moment
from bot.i18n import voice
from bot.phrases import broadcast_runs as running
from bot.phrases import broadcasts as phrases
from bot.telegram.composing import (
    audience_name,
    expect,
    languages_first,
    now_here,
    show_card,
    stop,
    when,
)
from bot.telegram.desk import on_press
from bot.telegram.drafts import argument
from bot.telegram.formatting import html_of
from bot.telegram.visit import Visit

WORDS, FILE, LINK, WHEN = ("broadcast_words", "broadcast_file", "broadcast_link", "broadcast_when")
_OFFERED = ((0, 17), (1, 9), (1, 17))
"""Days from today and hours at which an announcement is usually sent."""


async def begin(_update: Update, visit: Visit) -> None:
    """Begin with the words, in the language of whoever writes."""
    visit.only_in_private()
    draft = await visit.services.broadcasts.begin(visit.cause, visit.resident)
    await _ask_words(visit, draft, next(languages_first(visit, LANGUAGES)))


async def show(_update: Update, visit: Visit) -> None:
    """Show the draft."""
    show_card(visit, await _looked(visit))


async def ask_words(_update: Update, visit: Visit) -> None:
    """Ask for the words in one language."""
    draft, language = await _looked(visit), argument(visit, 2)
    if language not in LANGUAGES:
        raise OutdatedError
    await _ask_words(visit, draft, language)


async def take_words(update: Update, visit: Visit) -> None:
    """Keep the words, a photo along with them as well, and ask for the other language."""
    begun, message = visit.begun(WORDS), update.effective_message
    number, language = int(begun["number"]), str(begun["language"])
    html = html_of(message) if message else ""
    if message is None or not (html or _file(message)):
        return
    async with _taken(visit):
        draft = await _store(visit, number, language=language, html=html, file=_file(message))
    missing = next(languages_first(visit, draft.lacks), None)
    if missing is not None and language in draft.text:
        await _ask_words(visit, draft, missing)
    elif language in draft.text:
        show_card(visit, draft)
    else:
        await _ask_words(visit, draft, language)


async def ask_file(_update: Update, visit: Visit) -> None:
    """Ask for a photo or a file."""
    draft = await _looked(visit)
    await expect(visit, FILE, draft.number)
    visit.edit(phrases.ask_file(visit.voice, draft))


async def take_file(update: Update, visit: Visit) -> None:
    """Keep the photo or file."""
    number, message = int(visit.begun(FILE)["number"]), update.effective_message
    file = _file(message) if message else None
    if file is None:
        draft = await visit.services.broadcasts.draft(visit.resident, number)
        show_card(visit, draft, note=phrases.only_words(visit.voice))
        return
    async with _taken(visit):
        draft = await visit.services.broadcasts.attach(visit.cause, visit.resident, number, file)
    show_card(visit, draft)


async def drop_file(_update: Update, visit: Visit) -> None:
    """Take the photo or file away."""
    number = (await _looked(visit)).number
    service = visit.services.broadcasts
    show_card(visit, await service.attach(visit.cause, visit.resident, number, None))


async def ask_entry(_update: Update, visit: Visit) -> None:
    """Ask what the button shall show."""
    draft = await _looked(visit)
    await expect(visit, LINK, draft.number)
    visit.edit(phrases.ask_entry(visit.voice, draft))


async def take_search(_update: Update, visit: Visit) -> None:
    """Offer the entries that come nearest to the words."""
    draft = await visit.services.broadcasts.draft(visit.resident, int(visit.begun(LINK)["number"]))
    if visit.text:
        found = [each.entry for each in visit.services.asking.nearest(visit.text)]
        visit.say(phrases.entries(visit.voice, draft, found))


async def link(_update: Update, visit: Visit) -> None:
    """Put a button to an entry under it, or take it away."""
    number = (await _looked(visit)).number
    entry = argument(visit, 2) if visit.args[0] == "entry" else None
    service = visit.services.broadcasts
    show_card(visit, await service.link(visit.cause, visit.resident, number, entry))


async def ask_audience(_update: Update, visit: Visit) -> None:
    """Offer whom this member may write to."""
    draft = await _looked(visit)
    await _offer_audience(visit, draft, kind=visit.args[2] if len(visit.args) > 2 else "")  # noqa: PLR2004


async def address(_update: Update, visit: Visit) -> None:
    """Choose whom it is for, or the language."""
    draft = await _looked(visit)
    kind, value = (*visit.args[2:4], "", "")[:2]
    if visit.args[0] == "lang":
        if kind not in {"", *LANGUAGES}:
            raise OutdatedError
        audience = Audience(draft.audience.kind, draft.audience.value, language=kind)
    else:
        kind = phrases.kind_of(kind)
        audience = Audience(kind, value, language=draft.audience.language)
    service = visit.services.broadcasts
    changed = await service.address(visit.cause, visit.resident, draft.number, audience)
    await _offer_audience(visit, changed, kind="" if visit.args[0] == "lang" else kind)


async def ask_when(_update: Update, visit: Visit) -> None:
    """Offer moments to send it at; one may be typed."""
    draft = await _looked(visit)
    await expect(visit, WHEN, draft.number)
    now = now_here(visit)
    moments = [
        datetime.combine(now.date() + timedelta(days=days), time(hour), tzinfo=now.tzinfo)
        for days, hour in _OFFERED
    ]
    offers = [(each, when(visit, each)) for each in moments if each > now]
    visit.edit(phrases.ask_when(visit.voice, draft, offers))


async def take_moment(_update: Update, visit: Visit) -> None:
    """Read a typed day and time; it is shown again before anything is sent."""
    number, now = int(visit.begun(WHEN)["number"]), now_here(visit)
    moment = read_moment(visit.text, now=now, zone=visit.services.audit.zone)
    service = visit.services.broadcasts
    if moment is None:
        draft = await service.draft(visit.resident, number)
        show_card(visit, draft, note=phrases.unread_moment(visit.voice))
        return
    async with _taken(visit):
        draft = await service.schedule(visit.cause, visit.resident, number, moment)
    show_card(visit, draft)


async def choose_moment(_update: Update, visit: Visit) -> None:
    """Take an offered moment, or none: at once."""
    number, moment = (await _looked(visit)).number, None
    if visit.args[0] == "at":
        moment = _moment(visit, argument(visit, 2))
    service = visit.services.broadcasts
    show_card(visit, await service.schedule(visit.cause, visit.resident, number, moment))


async def settle(_update: Update, visit: Visit) -> None:
    """Say what happens where a language is missing, then show the preview."""
    draft, said = await _looked(visit), argument(visit, 2)
    if said not in {Missing.LEAVE_OUT, Missing.MARK}:
        raise OutdatedError
    service = visit.services.broadcasts
    await service.settle(visit.cause, visit.resident, draft.number, Missing(said))
    await _preview(visit, draft.number)


async def look(_update: Update, visit: Visit) -> None:
    """Send oneself the announcement as each language gets it, and ask for the last time."""
    draft = await _looked(visit)
    if draft.undecided:
        visit.edit(phrases.ask_missing(visit.voice, draft))
    else:
        await _preview(visit, draft.number)


async def drop(_update: Update, visit: Visit) -> None:
    """Throw the draft away."""
    number = (await _looked(visit)).number
    await visit.services.broadcasts.drop(visit.cause, visit.resident, number)
    visit.edit(phrases.dropped(visit.voice, number))


async def park(_update: Update, visit: Visit) -> None:
    """Wait for words no longer."""
    await stop(visit)


async def _preview(visit: Visit, number: int) -> None:
    plan = await visit.services.broadcasts.plan(visit.resident, number)
    letter = visit.services.broadcasts.letter(plan.broadcast)
    for language in LANGUAGES:
        reads = plan.broadcast.audience.language in {"", language}
        if language in plan.broadcast.reaches and reads:
            visit.say(phrases.delivered(voice(language), letter))
    here = now_here(visit)
    starts = plan.starts_at.astimezone(here.tzinfo)
    visit.say(running.confirm(visit.voice, plan, starts, today=here))


async def _offer_audience(visit: Visit, draft: Broadcast, *, kind: str) -> None:
    member = await visit.services.team.role_of(visit.resident)
    if member is None:
        raise OutdatedError
    options = visit.services.broadcasts.choices(member)
    named = [(each, audience_name(visit, each)) for each in options]
    visit.edit(phrases.ask_audience(visit.voice, draft, named, kind=kind))


async def _ask_words(visit: Visit, draft: Broadcast, language: str) -> None:
    await expect(visit, WORDS, draft.number, language=language)
    visit.edit(phrases.ask_words(visit.voice, draft, language))


async def _store(
    visit: Visit, number: int, *, language: str, html: str, file: StoredFile | None
) -> Broadcast:
    service, draft = visit.services.broadcasts, None
    if file is not None:
        draft = await service.attach(visit.cause, visit.resident, number, file)
    if html:
        draft = await service.write(
            visit.cause, visit.resident, number, language=language, html=html
        )
    if draft is None:
        raise OutdatedError
    return draft


async def _looked(visit: Visit) -> Broadcast:
    """Return the draft a button names; nothing is waited for any more."""
    visit.only_in_private()
    draft = await visit.services.broadcasts.draft(visit.resident, visit.number(1))
    await stop(visit)
    return draft


@asynccontextmanager
async def _taken(visit: Visit) -> AsyncIterator[None]:
    """Wait no longer once it is kept or can no longer be; what is too long may be sent again."""
    try:
        yield
    except TooLongError:
        raise
    except RefusedError:
        await stop(visit)
        raise
    await stop(visit)


def _file(message: Message) -> StoredFile | None:
    if message.photo:
        return StoredFile("photo", message.photo[-1].file_id)
    document = message.document
    return StoredFile("document", document.file_id) if document else None


def _moment(visit: Visit, code: str) -> datetime:
    try:
        naive = datetime.strptime(code, "%Y%m%d%H%M")  # noqa: DTZ007 - the zone is the town's
    except ValueError:
        raise OutdatedError from None
    return naive.replace(tzinfo=visit.services.audit.zone)


HANDLERS = (
    on_press(r"^bc:new$", begin),
    on_press(r"^bc:card:", show),
    on_press(r"^bc:write:", ask_words),
    on_press(r"^bc:file:", ask_file),
    on_press(r"^bc:nofile:", drop_file),
    on_press(r"^bc:link:", ask_entry),
    on_press(r"^bc:(entry|nolink):", link),
    on_press(r"^bc:who:", ask_audience),
    on_press(r"^bc:(to|lang):", address),
    on_press(r"^bc:when:", ask_when),
    on_press(r"^bc:(at|now):", choose_moment),
    on_press(r"^bc:missing:", settle),
    on_press(r"^bc:look:", look),
    on_press(r"^bc:drop:", drop),
)
FLOWS = {WORDS: take_words, FILE: take_file, LINK: take_search, WHEN: take_moment}
PARKS = {WORDS: park, FILE: park, LINK: park, WHEN: park}
TAKES_FILES = {WORDS: take_words, FILE: take_file}
