"""Entering for somebody what came on paper, by phone or at the counter, or what the team has seen itself."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from markupsafe import Markup
from telegram import Update

from bot.domain.contributions import RESIDENTS_KINDS, Draft, Kind, Origin
from bot.domain.conversations import Conversation
from bot.domain.drafting import ENTERING, ENTRY_WAITS, MOST_PHOTOS, OF_AN_ENTRY
from bot.domain.errors import NotAllowedError, OutdatedError
from bot.domain.localized import LANGUAGES
from bot.domain.unfinished import found
from bot.phrases import entering as phrases
from bot.telegram.desk import on_press
from bot.telegram.drafts import argument, place_name
from bot.telegram.parcels import Parcel, open_parcel
from bot.telegram.visit import Visit
from bot.text import one_line

WORDS, PLACE = "words", "place"
"""What the next written words are: part of what was said, or the street it is about."""


class Slip(NamedTuple):
    """What is being entered, and how it came."""

    draft: Draft
    origin: Origin


async def ask_origin(_update: Update, visit: Visit) -> None:
    """Ask how it came, or offer to go on with what waits."""
    await _demand(visit)
    waiting = found(visit.conversation, OF_AN_ENTRY)
    draft = Draft.from_json(waiting.data) if waiting else None
    if draft is not None and (draft.text or draft.photos):
        visit.edit(phrases.resume(visit.voice, draft))
    else:
        visit.edit(phrases.ask_origin(visit.voice))


async def ask_kind(_update: Update, visit: Visit) -> None:
    """Ask what it is; what the team saw itself is an observation."""
    await _demand(visit)
    origin = _origin(argument(visit))
    if origin is Origin.TEAM:
        await _begin(visit, Kind.OBSERVATION, origin)
    else:
        visit.edit(phrases.ask_kind(visit.voice, origin))


async def ask_words(_update: Update, visit: Visit) -> None:
    """Ask for the words."""
    await _demand(visit)
    kind = next((each for each in RESIDENTS_KINDS if each == argument(visit, 2)), None)
    if kind is None:
        raise OutdatedError
    await _begin(visit, kind, _origin(argument(visit)))


async def take(update: Update, visit: Visit) -> None:
    """Take words, photos and places as they come, and show what would be entered."""
    slip, message = _slip(visit), update.effective_message
    parcel = open_parcel(message) if message else Parcel(refused="kind")
    piece = parcel.piece
    if parcel.refused or (piece is not None and piece.voice):
        await _keep(visit, slip, note=phrases.no_voice(visit.voice))
        return
    street = visit.conversation is not None and visit.conversation.step == PLACE
    await _keep(visit, slip._replace(draft=_added(visit, slip.draft, parcel, street=street)))


async def ask_place(_update: Update, visit: Visit) -> None:
    """Ask where it is; the next words are a street."""
    slip = _slip(visit)
    await _store(visit, slip, step=PLACE)
    placed = bool(slip.draft.point or slip.draft.address or slip.draft.neighbourhood)
    quarters = visit.services.asking.neighbourhoods()
    visit.edit(phrases.ask_place(visit.voice, quarters, chosen=placed))


async def choose_language(_update: Update, visit: Visit) -> None:
    """Note in which language it is."""
    slip, language = _slip(visit), argument(visit)
    if language not in LANGUAGES:
        raise OutdatedError
    await _keep(visit, slip._replace(draft=replace(slip.draft, language=language)))


async def choose_quarter(_update: Update, visit: Visit) -> None:
    """Note the neighbourhood it is about."""
    slip, chosen = _slip(visit), argument(visit)
    if chosen not in visit.services.asking.directory.neighbourhoods:
        raise OutdatedError
    await _keep(visit, slip._replace(draft=replace(slip.draft, neighbourhood=chosen)))


async def drop_place(_update: Update, visit: Visit) -> None:
    """Take the place out again."""
    slip = _slip(visit)
    bare = replace(slip.draft, point=None, address="", neighbourhood=None)
    await _keep(visit, slip._replace(draft=bare))


async def drop_words(_update: Update, visit: Visit) -> None:
    """Take the words out, to write them anew."""
    slip = _slip(visit)
    await _keep(visit, slip._replace(draft=replace(slip.draft, text="")))


async def show(_update: Update, visit: Visit) -> None:
    """Show what is being entered; from now on messages belong to it again."""
    await _keep(visit, _slip(visit))


async def enter(_update: Update, visit: Visit) -> None:
    """Enter it, and give the number to pass on."""
    slip = _slip(visit)
    care = visit.services.asking.care(slip.draft.text)
    draft = replace(slip.draft, critical=care is not None and care.for_few)
    number = await visit.services.triage.enter_on_behalf(
        visit.cause, visit.resident, draft, origin=slip.origin
    )
    visit.edit(phrases.entered(visit.voice, number))


async def drop(_update: Update, visit: Visit) -> None:
    """Drop what was being entered."""
    visit.only_in_private()
    await visit.services.dialogues.forget_entry(visit.cause, visit.resident.contact_id)
    visit.edit(phrases.dropped(visit.voice))


async def park(_update: Update, visit: Visit) -> None:
    """Let it wait while somebody looks at something else, and offer to resume."""
    slip = _slip(visit)
    if not (slip.draft.text or slip.draft.photos):
        await visit.services.dialogues.forget_entry(visit.cause, visit.resident.contact_id)
        return
    await _store(visit, slip, flow=ENTRY_WAITS)
    visit.say(phrases.waits(visit.voice))


async def _begin(visit: Visit, kind: Kind, origin: Origin) -> None:
    await _store(visit, Slip(Draft(kind=kind, language=visit.language), origin))
    visit.edit(phrases.ask_words(visit.voice))


def _added(visit: Visit, draft: Draft, parcel: Parcel, *, street: bool) -> Draft:
    if parcel.point is not None:
        return replace(draft, point=parcel.point, address=parcel.address or draft.address)
    piece = parcel.piece
    if piece is None:
        return draft
    if street and not piece.photo:
        return replace(draft, address=one_line(piece.text, limit=200))
    language = draft.language
    if piece.text and not draft.text:
        language = visit.services.asking.written_in(piece.text)
    text = "\n".join(part for part in (draft.text, piece.text) if part)
    photos = (*draft.photos, piece.photo) if piece.photo else draft.photos
    return replace(draft, text=text, photos=photos[:MOST_PHOTOS], language=language)


async def _keep(visit: Visit, slip: Slip, *, note: Markup | None = None) -> None:
    await _store(visit, slip)
    draft = slip.draft
    place = place_name(visit, draft.neighbourhood, draft.address)
    visit.grow(phrases.entering(visit.voice, draft, slip.origin, place=place, note=note))


async def _store(visit: Visit, slip: Slip, *, flow: str = ENTERING, step: str = WORDS) -> None:
    data = {**slip.draft.to_json(), "origin": slip.origin.value}
    await visit.services.dialogues.begin(
        visit.cause, visit.resident.contact_id, Conversation(flow, step, data)
    )


async def _demand(visit: Visit) -> None:
    visit.only_in_private()
    if await visit.services.team.role_of(visit.resident) is None:
        raise NotAllowedError


def _slip(visit: Visit) -> Slip:
    visit.only_in_private()
    begun = found(visit.conversation, OF_AN_ENTRY)
    if begun is None:
        raise OutdatedError
    return Slip(Draft.from_json(begun.data), Origin(begun.data["origin"]))


def _origin(code: str) -> Origin:
    known = next((each for each in Origin if each == code), None)
    if known is None or known in {Origin.BOT, Origin.SESSION}:
        raise OutdatedError
    return known


HANDLERS = (
    on_press(r"^tr:enter$", ask_origin),
    on_press(r"^tr:from:", ask_kind),
    on_press(r"^tr:as:", ask_words),
    on_press(r"^tr:slip$", show),
    on_press(r"^tr:slipgone$", drop),
    on_press(r"^tr:place$", ask_place),
    on_press(r"^tr:nowhere$", drop_place),
    on_press(r"^tr:anew$", drop_words),
    on_press(r"^tr:speaks:", choose_language),
    on_press(r"^tr:lies:", choose_quarter),
    on_press(r"^tr:entered$", enter),
)
FLOWS = {ENTERING: take}
PARKS = {ENTERING: park}
