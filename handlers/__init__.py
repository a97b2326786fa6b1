"""The front desk: Telegram update -> service -> phrase; one ordered list of themes."""

from __future__ import annotations

from bot.telegram.desk import Desk
from handlers import asking, critical, pointing, questions, refusals, team, things, welcome

THEMES = (team, welcome, things, critical, pointing, questions, asking)
"""A new theme is one more name here."""


def desk() -> Desk:
    """Return the front desk with every theme at its place."""
    handlers = [handler for theme in THEMES for handler in theme.HANDLERS]
    return Desk(
        handlers=(*handlers, *refusals.HANDLERS, *asking.FREE_TEXT),
        free_text=asking.ask,
        flows={**questions.FLOWS, **pointing.FLOWS},
        refuse=refusals.refuse,
    )
