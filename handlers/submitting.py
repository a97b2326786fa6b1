"""From the draft to the team: what is alike, whether an answer is wanted, the name, the preview, sent once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from telegram import Update

from bot.domain.contribution_lists import Alike
from bot.domain.contributions import Kind, NameLevel
from bot.domain.drafting import Sketch
from bot.domain.errors import OutdatedError
from bot.phrases import alike, names
from bot.phrases import contributing as phrases
from bot.telegram.desk import on_press
from bot.telegram.drafts import (
    argument,
    helped_first,
    keep,
    known,
    place_name,
    show,
    show_preview,
    sketch_of,
)
from bot.telegram.visit import Visit


async def go_on(_update: Update, visit: Visit) -> None:
    """Show what others have brought that is alike; where nothing is, go on."""
    sketch = known(visit)
    if sketch.draft.missing():
        show(visit, sketch)
        return
    if helped_first(visit, sketch):
        return
    found = await _alike(visit, sketch)
    if found:
        places = {each.neighbourhood or "": _where(visit, each) for each in found}
        visit.grow(alike.offer(visit.voice, found, places=places))
        return
    _ask_next(visit, sketch)


async def join(_update: Update, visit: Visit) -> None:
    """Support what is there already, in place of one's own."""
    visit.only_in_private()
    number = visit.number(1)
    joined = await visit.services.supports.join(visit.cause, visit.resident, number)
    if sketch_of(visit) is not None:
        await visit.services.dialogues.forget_draft(visit.cause, visit.resident.contact_id)
    page = visit.board(joined.number) if joined.public else None
    visit.edit(alike.joined(visit.voice, joined, board=page))


async def decline(_update: Update, visit: Visit) -> None:
    """Go on with one's own: what was offered is not offered again."""
    sketch = known(visit)
    offered = tuple(each.number for each in await _alike(visit, sketch))
    sketch = replace(sketch, declined=(*sketch.declined, *offered))
    await keep(visit, sketch)
    _ask_next(visit, sketch)


async def choose_reply(_update: Update, visit: Visit) -> None:
    """Note whether an answer is wanted, and show everything."""
    sketch = known(visit)
    wants = argument(visit) == "yes"
    sketch = replace(sketch, base=replace(sketch.base, wants_reply=wants), asked=True)
    await keep(visit, sketch)
    show_preview(visit, sketch)


async def preview(_update: Update, visit: Visit) -> None:
    """Show everything as it will be sent."""
    show_preview(visit, known(visit))


async def ask_name(_update: Update, visit: Visit) -> None:
    """Explain the three levels of a name."""
    visit.grow(names.choose(visit.voice, known(visit).base.level))


async def choose_name(_update: Update, visit: Visit) -> None:
    """Note the level of the name; what it may not carry is named first."""
    level = next((each for each in NameLevel if each == argument(visit)), None)
    if level is None:
        raise OutdatedError
    sketch = known(visit)
    wished = replace(sketch, base=replace(sketch.base, level=level))
    if wished.draft.too_much():
        visit.grow(names.carries_too_much(visit.voice, wished.draft.too_much()))
        return
    await keep(visit, wished)
    show_preview(visit, wished)


async def leave_out(_update: Update, visit: Visit) -> None:
    """Make the draft unlinkable: without photos, voice and exact address."""
    sketch = known(visit).without("photos").without("voice")
    base = replace(sketch.base, level=NameLevel.UNLINKABLE, address="")
    sketch = replace(sketch, base=base)
    await keep(visit, sketch)
    show_preview(visit, sketch)


async def send(_update: Update, visit: Visit) -> None:
    """Send it, once; the receipt comes as a message of its own, the code of the unlinkable at once."""
    visit.only_in_private()
    sketch = sketch_of(visit)
    if sketch is None:
        visit.say(phrases.sent_already(visit.voice))
        return
    draft = sketch.draft
    if draft.missing() or draft.too_much():
        show_preview(visit, sketch)
        return
    if helped_first(visit, sketch):
        return
    care = visit.services.asking.care(draft.text)
    draft = replace(
        draft,
        language=_language_of(visit, draft.text),
        critical=care is not None and care.for_few,
    )
    receipt = await visit.services.contributions.submit(visit.cause, visit.resident, draft)
    visit.edit(phrases.sending(visit.voice))
    if receipt.code:
        visit.say(names.code(visit.voice, receipt.code))


def _ask_next(visit: Visit, sketch: Sketch) -> None:
    if sketch.asked or sketch.base.kind is Kind.THANKS:
        show_preview(visit, sketch)
    else:
        visit.grow(phrases.ask_reply(visit.voice, sketch.draft))


async def _alike(visit: Visit, sketch: Sketch) -> Sequence[Alike]:
    found = await visit.services.supports.similar(visit.resident, sketch.draft)
    return [each for each in found if each.number not in sketch.declined]


def _where(visit: Visit, each: Alike) -> str:
    return place_name(visit, each.neighbourhood, "")


def _language_of(visit: Visit, text: str) -> str:
    """Return the language of the words where it is clear, else the one their author reads."""
    found = visit.services.asking.find(
        text, language=visit.language, interpreter=visit.town.interpreter
    )
    return found.language if found.switched and not found.foreign else visit.language


HANDLERS = (
    on_press(r"^ct:on$", go_on),
    on_press(r"^ct:join:", join),
    on_press(r"^ct:other$", decline),
    on_press(r"^ct:reply:", choose_reply),
    on_press(r"^ct:preview$", preview),
    on_press(r"^ct:names$", ask_name),
    on_press(r"^ct:name:", choose_name),
    on_press(r"^ct:bare$", leave_out),
    on_press(r"^ct:send$", send),
)
