"""The draft that a visit brings along: read from its row, put back, shown."""

from __future__ import annotations

from markupsafe import Markup

from bot.domain.contributions import Draft
from bot.domain.conversations import Conversation
from bot.domain.drafting import GATHERING, OF_A_DRAFT, OF_AN_ENTRY, WAITING, Sketch
from bot.domain.errors import OutdatedError
from bot.domain.unfinished import found
from bot.phrases import contributing as phrases
from bot.phrases import critical, names
from bot.telegram.visit import Visit


def sketch_of(visit: Visit) -> Sketch | None:
    """Return the draft under way or waiting, None if there is none."""
    begun = found(visit.conversation, OF_A_DRAFT)
    return Sketch.from_json(begun.data) if begun else None


def known(visit: Visit) -> Sketch:
    """Return the draft; OutdatedError if there is none any more."""
    sketch = sketch_of(visit)
    if sketch is None:
        raise OutdatedError
    return sketch


def fresh(visit: Visit) -> Sketch:
    """Return the draft, or an empty one to begin with."""
    return sketch_of(visit) or Sketch(Draft())


async def keep(visit: Visit, sketch: Sketch, *, flow: str = GATHERING) -> None:
    """Put the draft into its row; nothing to lose is not kept waiting."""
    if flow == WAITING and sketch.empty:
        await visit.services.dialogues.forget_draft(visit.cause, visit.resident.contact_id)
        return
    await visit.services.dialogues.begin(
        visit.cause, visit.resident.contact_id, Conversation(flow, "", sketch.to_json())
    )


async def drop_begun(visit: Visit) -> None:
    """Forget what the person had begun, or it would take their next words; drafts go on waiting."""
    begun = visit.conversation
    if begun is not None and begun.flow not in OF_A_DRAFT | OF_AN_ENTRY:
        await visit.services.dialogues.end(visit.cause, visit.resident.contact_id)


def place_name(visit: Visit, neighbourhood: str | None, address: str) -> str:
    """Return a place in words: the address and the neighbourhood, as far as they are known."""
    known = visit.services.asking.directory.neighbourhoods.get(neighbourhood or "")
    name = known.name.told(visit.language).text if known else ""
    return ", ".join(part for part in (address, name) if part)


def argument(visit: Visit, position: int = 1) -> str:
    """Return a button's argument; OutdatedError if it carries none."""
    if position >= len(visit.args) or not visit.args[position]:
        raise OutdatedError
    return visit.args[position]


def show(
    visit: Visit, sketch: Sketch, *, note: Markup | None = None, in_place: bool = False
) -> None:
    """Show what is there and what is missing: the kind first, else the pieces."""
    draft = sketch.draft
    place = place_name(visit, draft.neighbourhood, draft.address)
    if draft.kind is None:
        shown = phrases.contents(visit.voice, draft, place=place)
        message = phrases.ask_kind(visit.voice, [note, *shown] if note else shown)
    elif draft.too_much():
        message = names.carries_too_much(visit.voice, draft.too_much())
    else:
        message = phrases.gathering(visit.voice, draft, place=place, note=note)
    visit.grow(message, in_place=in_place)


def helped_first(visit: Visit, sketch: Sketch) -> bool:
    """Show the help lines before anything else if the words tell of distress; once is enough."""
    care = None if sketch.cared else visit.services.asking.care(sketch.draft.text)
    if care is None:
        return False
    visit.grow(critical.before_sending(visit.voice, care, visit.town))
    return True


def show_preview(visit: Visit, sketch: Sketch) -> None:
    """Show everything as it will be sent, or what keeps it from being sent."""
    draft = sketch.draft
    if draft.missing() or draft.too_much():
        show(visit, sketch)
        return
    place = place_name(visit, draft.neighbourhood, draft.address)
    visit.grow(phrases.preview(visit.voice, draft, place=place))
