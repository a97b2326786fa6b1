"""Entering for somebody what came on paper, by phone or at the counter, or what the team has seen itself."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from telegram import Update

from bot.domain.contributions import RESIDENTS_KINDS, Draft, Kind, Origin
from bot.domain.conversations import Conversation
from bot.domain.errors import NotAllowedError, OutdatedError
from bot.domain.localized import LANGUAGES
from bot.phrases import sorting as phrases
from bot.telegram.casework import stop
from bot.telegram.desk import on_press
from bot.telegram.drafts import argument, place_name
from bot.telegram.parcels import open_parcel
from bot.telegram.visit import Visit

ENTERING = "triage_entry"


class Slip(NamedTuple):
    """What is being entered, and how it came."""

    draft: Draft
    origin: Origin


async def ask_origin(_update: Update, visit: Visit) -> None:
    """Ask how it came."""
    visit.only_in_private()
    if await visit.services.team.role_of(visit.resident) is None:
        raise NotAllowedError
    visit.edit(phrases.ask_origin(visit.voice))


async def ask_kind(_update: Update, visit: Visit) -> None:
    """Ask what it is; what the team saw itself is an observation."""
    visit.only_in_private()
    origin = _origin(argument(visit))
    if origin is Origin.TEAM:
        await _begin(visit, Kind.OBSERVATION, origin)
    else:
        visit.edit(phrases.ask_kind(visit.voice, origin))


async def ask_words(_update: Update, visit: Visit) -> None:
    """Ask for the words."""
    visit.only_in_private()
    kind = next((each for each in RESIDENTS_KINDS if each == argument(visit, 2)), None)
    if kind is None:
        raise OutdatedError
    await _begin(visit, kind, _origin(argument(visit)))


async def take(update: Update, visit: Visit) -> None:
    """Take words and photos as they come, and show what would be entered."""
    slip, message = _slip(visit), update.effective_message
    parcel = open_parcel(message) if message else None
    if parcel is None or parcel.piece is None:
        return
    draft, piece = slip.draft, parcel.piece
    text = "\n".join(part for part in (draft.text, piece.text) if part)
    photos = (*draft.photos, piece.photo) if piece.photo else draft.photos
    await _keep(visit, Slip(replace(draft, text=text, photos=photos), slip.origin))


async def choose_language(_update: Update, visit: Visit) -> None:
    """Note in which language it is."""
    slip, language = _slip(visit), argument(visit)
    if language not in LANGUAGES:
        raise OutdatedError
    await _keep(visit, Slip(replace(slip.draft, language=language), slip.origin))


async def choose_quarter(_update: Update, visit: Visit) -> None:
    """Note the neighbourhood it is about."""
    slip, chosen = _slip(visit), argument(visit)
    if chosen not in visit.services.asking.directory.neighbourhoods:
        raise OutdatedError
    await _keep(visit, Slip(replace(slip.draft, neighbourhood=chosen), slip.origin))


async def enter(_update: Update, visit: Visit) -> None:
    """Enter it, and give the number to pass on."""
    slip = _slip(visit)
    number = await visit.services.triage.enter_on_behalf(
        visit.cause, visit.resident, slip.draft, origin=slip.origin
    )
    await stop(visit)
    visit.edit(phrases.entered(visit.voice, number))


async def park(_update: Update, visit: Visit) -> None:
    """Drop what was being entered: somebody looks at something else."""
    await stop(visit)


async def _begin(visit: Visit, kind: Kind, origin: Origin) -> None:
    if await visit.services.team.role_of(visit.resident) is None:
        raise NotAllowedError
    await _store(visit, Slip(Draft(kind=kind, language=visit.language), origin))
    visit.edit(phrases.ask_words(visit.voice))


async def _keep(visit: Visit, slip: Slip) -> None:
    await _store(visit, slip)
    draft = slip.draft
    place = place_name(visit, draft.neighbourhood, draft.address)
    quarters = visit.services.asking.neighbourhoods()
    visit.grow(
        phrases.entering(visit.voice, draft, slip.origin, place=place, neighbourhoods=quarters)
    )


async def _store(visit: Visit, slip: Slip) -> None:
    data = {**slip.draft.to_json(), "origin": slip.origin.value}
    await visit.services.dialogues.begin(
        visit.cause, visit.resident.contact_id, Conversation(ENTERING, "words", data)
    )


def _slip(visit: Visit) -> Slip:
    visit.only_in_private()
    begun = visit.begun(ENTERING)
    return Slip(Draft.from_json(begun), Origin(begun["origin"]))


def _origin(code: str) -> Origin:
    found = next((each for each in Origin if each == code), None)
    if found is None or found is Origin.BOT:
        raise OutdatedError
    return found


HANDLERS = (
    on_press(r"^tr:enter$", ask_origin),
    on_press(r"^tr:from:", ask_kind),
    on_press(r"^tr:as:", ask_words),
    on_press(r"^tr:speaks:", choose_language),
    on_press(r"^tr:lies:", choose_quarter),
    on_press(r"^tr:entered$", enter),
)
FLOWS = {ENTERING: take}
PARKS = {ENTERING: park}
