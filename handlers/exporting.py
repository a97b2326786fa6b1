"""The desk at which coordinators take contributions home: chosen by taps, made while they look on."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Final

from telegram import Update

from bot.clock import monotonic
from bot.domain.cases import View
from bot.domain.errors import NotAllowedError
from bot.domain.exports import Progress
from bot.domain.messages import Message
from bot.phrases import exporting as phrases
from bot.phrases.exporting import Choice
from bot.services.contribution_exports import TooLargeError
from bot.telegram.desk import on_press
from bot.telegram.drafts import argument
from bot.telegram.visit import Visit

_PAUSE: Final = 2.0
"""Seconds between two changes of the same message, so that the chat does not flicker."""


async def show(_update: Update, visit: Visit) -> None:
    """Show what is chosen; every press changes one thing."""
    visit.only_in_private()
    await visit.services.exports.admit(visit.resident)
    choice, view = _chosen(visit)
    visit.edit(phrases.desk(visit.voice, choice, view))


async def make(_update: Update, visit: Visit) -> None:
    """Begin to make the file; how far it is and the file itself follow."""
    visit.only_in_private()
    await visit.services.exports.admit(visit.resident)
    visit.edit(phrases.begun(visit.voice))
    visit.errand = _made(visit, *_chosen(visit))


async def _made(visit: Visit, choice: Choice, view: View) -> AsyncGenerator[Message, None]:
    v, me = visit.voice, visit.resident
    wanted = choice.wanted(
        view, me=me.contact_id, new_year=visit.services.town.new_year(), language=v.language
    )
    told = monotonic()
    try:
        async with aclosing(visit.services.exports.for_coordinator(me, wanted)) as steps:
            async for step in steps:
                if not isinstance(step, Progress):
                    yield phrases.made(v, step, choice, view)
                    for message in phrases.documents(v, step, choice, view):
                        yield message
                elif monotonic() - told > _PAUSE:
                    told = monotonic()
                    yield phrases.under_way(v, step)
    except TooLargeError:
        yield phrases.too_large(v, choice, view)
    except NotAllowedError:
        yield phrases.failed(v)


def _chosen(visit: Visit) -> tuple[Choice, View]:
    return Choice.of(argument(visit)), View.of(argument(visit, 2))


HANDLERS = (
    on_press(r"^ex:show:", show),
    on_press(r"^ex:make:", make),
)
