"""Bringing an idea or a concern in under a minute; what is begun waits for days and survives restarts."""

from __future__ import annotations

from dataclasses import replace

from telegram import Update

from bot.domain.contributions import RESIDENTS_KINDS, Draft
from bot.domain.drafting import GATHERING, PLACING, WAITING, Sketch
from bot.domain.errors import OutdatedError
from bot.phrases import contributing as phrases
from bot.phrases import menu
from bot.telegram.desk import on_key, on_press
from bot.telegram.drafts import argument, fresh, helped_first, keep, known, show, sketch_of
from bot.telegram.notice import tell_change
from bot.telegram.parcels import Parcel, open_parcel, original
from bot.telegram.visit import Visit
from bot.text import one_line


async def begin(_update: Update, visit: Visit) -> None:
    """Ask what somebody brings, or offer to go on with what waits."""
    visit.only_in_private()
    await tell_change(visit)
    sketch = sketch_of(visit)
    if sketch is not None and not sketch.empty:
        await keep(visit, replace(sketch, rewriting=None), flow=WAITING)
        visit.grow(phrases.resume(visit.voice, sketch.draft))
        return
    await keep(visit, Sketch(Draft()))
    visit.grow(phrases.ask_kind(visit.voice))


async def begin_anew(_update: Update, visit: Visit) -> None:
    """Drop what waits and begin with nothing."""
    visit.only_in_private()
    await keep(visit, Sketch(Draft()))
    visit.grow(phrases.ask_kind(visit.voice))


async def begin_with(update: Update, visit: Visit) -> None:
    """Begin with the photo, voice message or place that somebody sent out of the blue."""
    visit.only_in_private()
    message = original(update)
    parcel = open_parcel(message) if message else Parcel(refused="kind")
    if parcel.refused:
        raise OutdatedError
    sketch = _added(fresh(visit), parcel)
    await keep(visit, sketch)
    show(visit, sketch)


async def choose_kind(_update: Update, visit: Visit) -> None:
    """Note what it is, and invite the words or show what is there."""
    visit.only_in_private()
    kind = next((each for each in RESIDENTS_KINDS if each == argument(visit)), None)
    if kind is None:
        raise OutdatedError
    sketch = fresh(visit)
    sketch = replace(sketch, base=replace(sketch.base, kind=kind), rewriting=None)
    await keep(visit, sketch)
    show(visit, sketch)


async def take(update: Update, visit: Visit) -> None:
    """Take a message as a piece of the draft."""
    message, sketch = update.effective_message, known(visit)
    if message is None:
        return
    parcel, corrected = open_parcel(message), update.edited_message is not None
    if corrected and parcel.piece and not sketch.holds(parcel.piece):
        return
    refused = "full" if sketch.full and not corrected else parcel.refused
    if refused:
        show(visit, sketch, note=phrases.not_taken(visit.voice, refused))
        return
    grown = _added(sketch, parcel)
    await keep(visit, grown)
    if helped_first(visit, grown):
        return
    album = parcel.piece.album if parcel.piece else ""
    same = corrected or bool(album and album == sketch.album)
    show(visit, grown, note=phrases.left_out(visit.voice, grown.left_out), in_place=same)


async def take_place(update: Update, visit: Visit) -> None:
    """Take written words as a street; what else is sent is a piece of the draft as ever."""
    message, sketch = update.effective_message, known(visit)
    if message is None or not visit.text or update.message is None or message.caption:
        await take(update, visit)
        return
    address = one_line(visit.text, limit=200)
    sketch = replace(sketch, base=replace(sketch.base, address=address))
    await keep(visit, sketch)
    show(visit, sketch)


async def go_on_anyway(_update: Update, visit: Visit) -> None:
    """Go on with what tells of distress: the help lines have been seen."""
    sketch = replace(known(visit), cared=True)
    await keep(visit, sketch)
    show(visit, sketch)


async def show_draft(_update: Update, visit: Visit) -> None:
    """Show what has been gathered; from now on messages belong to it again."""
    sketch = known(visit)
    await keep(visit, sketch)
    show(visit, sketch)


async def ask_place(_update: Update, visit: Visit) -> None:
    """Ask where it is; the next words are a street."""
    sketch = known(visit)
    await keep(visit, sketch, flow=PLACING)
    neighbourhoods = visit.services.asking.neighbourhoods()
    visit.grow(phrases.ask_place(visit.voice, neighbourhoods, chosen=_placed(sketch)))


async def choose_neighbourhood(_update: Update, visit: Visit) -> None:
    """Note the neighbourhood it is about."""
    sketch = known(visit)
    chosen = argument(visit)
    if chosen not in visit.services.asking.directory.neighbourhoods:
        raise OutdatedError
    sketch = replace(sketch, base=replace(sketch.base, neighbourhood=chosen))
    await keep(visit, sketch)
    show(visit, sketch)


async def ask_change(_update: Update, visit: Visit) -> None:
    """Ask what is to be changed."""
    sketch = known(visit)
    visit.grow(phrases.ask_change(visit.voice, sketch.draft, place=_placed(sketch)))


async def ask_kind(_update: Update, visit: Visit) -> None:
    """Ask anew what it is."""
    known(visit)
    visit.grow(phrases.ask_kind(visit.voice))


async def drop_part(_update: Update, visit: Visit) -> None:
    """Take one part out of the draft."""
    sketch = known(visit).without(argument(visit))
    await keep(visit, sketch)
    show(visit, sketch)


async def drop(_update: Update, visit: Visit) -> None:
    """Drop the draft."""
    visit.only_in_private()
    if sketch_of(visit) is not None:
        await visit.services.dialogues.forget_draft(visit.cause, visit.resident.contact_id)
    visit.edit(phrases.dropped(visit.voice))


async def park(_update: Update, visit: Visit) -> None:
    """Let the draft wait while its author looks at something else, and offer to resume."""
    sketch = known(visit)
    await keep(visit, sketch, flow=WAITING)
    if not sketch.empty:
        visit.grow(phrases.waits(visit.voice))


def _added(sketch: Sketch, parcel: Parcel) -> Sketch:
    if parcel.point is not None:
        address = parcel.address or sketch.base.address
        return replace(sketch, base=replace(sketch.base, point=parcel.point, address=address))
    return sketch.with_piece(parcel.piece) if parcel.piece else sketch


def _placed(sketch: Sketch) -> bool:
    base = sketch.base
    return bool(base.point or base.address or base.neighbourhood)


HANDLERS = (
    on_key(menu.in_every_language(menu.contribution_key), begin, leaves=False),
    on_press(r"^ct:new$", begin_anew),
    on_press(r"^ct:from$", begin_with),
    on_press(r"^ct:kind:", choose_kind),
    on_press(r"^ct:draft$", show_draft),
    on_press(r"^ct:still$", go_on_anyway),
    on_press(r"^ct:where$", ask_place),
    on_press(r"^ct:in:", choose_neighbourhood),
    on_press(r"^ct:fix$", ask_change),
    on_press(r"^ct:kinds$", ask_kind),
    on_press(r"^ct:drop:", drop_part),
    on_press(r"^ct:cancel$", drop),
)
FLOWS = {GATHERING: take, PLACING: take_place}
PARKS = {GATHERING: park, PLACING: park}
