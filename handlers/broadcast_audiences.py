"""Choosing whom an announcement is for, and in which language."""

from __future__ import annotations

from telegram import Update

from bot.domain.audiences import Audience
from bot.domain.broadcasts import Broadcast
from bot.domain.errors import OutdatedError
from bot.domain.localized import LANGUAGES
from bot.phrases import broadcast_audiences as phrases
from bot.telegram.composing import audience_name, looked
from bot.telegram.desk import on_press
from bot.telegram.visit import Visit


async def ask_audience(_update: Update, visit: Visit) -> None:
    """Offer whom this member may write to."""
    draft = await looked(visit)
    await _offer_audience(visit, draft, kind=visit.args[2] if len(visit.args) > 2 else "")  # noqa: PLR2004


async def address(_update: Update, visit: Visit) -> None:
    """Choose whom it is for, or the language."""
    draft = await looked(visit)
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


async def _offer_audience(visit: Visit, draft: Broadcast, *, kind: str) -> None:
    options = await visit.services.broadcasts.offered(visit.resident)
    named = [(each, audience_name(visit, each)) for each in options]
    visit.edit(phrases.ask_audience(visit.voice, draft, named, kind=kind))


HANDLERS = (
    on_press(r"^bc:who:", ask_audience),
    on_press(r"^bc:(to|lang):", address),
)
