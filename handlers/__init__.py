"""The front desk: Telegram update -> service -> phrase; one ordered list of themes."""

from __future__ import annotations

from bot.telegram.desk import Desk
from handlers import (
    asking,
    contributed,
    contributing,
    questions,
    refusals,
    submitting,
    team,
    things,
    welcome,
)

THEMES = (team, welcome, things, questions, contributing, submitting, contributed, asking)
"""A new theme is one more name here."""


def desk() -> Desk:
    """Return the front desk with every theme at its place."""
    handlers = [handler for theme in THEMES for handler in theme.HANDLERS]
    return Desk(
        handlers=(*handlers, *refusals.HANDLERS, *asking.FREE_TEXT),
        yields={
            asking.ask: {**questions.FLOWS, **contributing.FLOWS, **contributed.FLOWS},
            asking.only_words: contributing.FLOWS,
        },
        parks={**contributing.PARKS, **contributed.PARKS},
        refuse=refusals.refuse,
    )
