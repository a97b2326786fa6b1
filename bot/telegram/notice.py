"""Telling people once, in a quiet moment, that what we say about their data has changed."""

from __future__ import annotations

from bot.phrases import things as phrases
from bot.telegram.visit import Visit


async def tell_change(visit: Visit) -> None:
    """Say what is new in the privacy notice to whoever knows an earlier one, and note that they know."""
    privacy = visit.services.privacy
    if not visit.private or not privacy.outdated(visit.resident):
        return
    visit.say(phrases.privacy_changed(visit.voice))
    await privacy.notice_shown(visit.cause, visit.resident)
