"""Buttons that lead out of the chat, to the board."""

from __future__ import annotations

from bot.domain.messages import Button
from bot.i18n import Voice

Rows = tuple[tuple[Button, ...], ...]


def see(v: Voice, address: str | None) -> Rows:
    """Return the button to a contribution's page; none where nobody has said where the board is."""
    return ((Button(v.plain("📌 See it on the board"), url=address),),) if address else ()


def the_board(v: Voice, address: str | None) -> Rows:
    """Return the button to the board; none where nobody has said where it is."""
    return ((Button(v.plain("📌 The board"), url=address),),) if address else ()
