"""Showing a contribution to somebody who has come from the board, at once or after the first words."""

from __future__ import annotations

import re

from bot.domain.errors import OutdatedError
from bot.phrases import noticed as phrases
from bot.telegram.drafts import place_name
from bot.telegram.visit import Visit

FROM_BOARD = r"^/start c\d{1,9}$"
"""The start link on a page of the board, a QR code, a poster."""

_NUMBER = re.compile(r"c(\d{1,9})")


def wanted(visit: Visit, position: int = 0) -> int | None:
    """Return the number of the contribution that a link or a button names, None if none."""
    args = visit.args
    match = _NUMBER.fullmatch(args[position]) if position < len(args) else None
    return int(match[1]) if match else None


async def show_noticed(visit: Visit, number: int) -> None:
    """Show a contribution as the board does, or say that it stands there no longer."""
    shown = await visit.services.board.one(number)
    if shown is None:
        visit.say(phrases.gone(visit.voice, number, board=visit.board()))
        return
    visit.say(
        phrases.page(
            visit.voice,
            shown,
            place=place_name(visit, shown.neighbourhood, ""),
            concerned=await _concerned(visit, shown.number),
            board=visit.board(shown.number),
        )
    )


async def _concerned(visit: Visit, number: int) -> bool:
    """Tell whether it is their own, or they support it."""
    try:
        await visit.services.contributions.see(visit.resident, number)
    except OutdatedError:
        return False
    return True
