"""The front desk: Telegram update -> service -> phrase; one ordered list of themes."""

from __future__ import annotations

from bot.telegram.desk import Desk
from handlers import (
    agenda,
    asking,
    attending,
    contributed,
    contributing,
    critical,
    deciding,
    entering,
    filling,
    managing,
    pointing,
    publishing,
    questions,
    refusals,
    registered,
    registering,
    sorting,
    submitting,
    taking_over,
    team,
    things,
    triage,
    welcome,
)

_DESK_OF_THE_TEAM = (triage, deciding, publishing, sorting, entering, filling, taking_over)
THEMES = (
    team,
    attending,  # before the welcome: an invitation to a group begins the bot, too
    managing,
    agenda,  # before the welcome: its links begin the bot, too
    welcome,
    things,
    registering,
    registered,
    critical,
    pointing,
    questions,
    *_DESK_OF_THE_TEAM,
    contributing,
    submitting,
    contributed,
    asking,
)
"""A new theme is one more name here."""

_WITH_DIALOGUES = (contributing, contributed, registering, *_DESK_OF_THE_TEAM)


def desk() -> Desk:
    """Return the front desk with every theme at its place."""
    handlers = [handler for theme in THEMES for handler in theme.HANDLERS]
    flows = {flow: step for theme in _WITH_DIALOGUES for flow, step in theme.FLOWS.items()}
    return Desk(
        handlers=(*handlers, *refusals.HANDLERS, *asking.FREE_TEXT),
        yields={
            asking.ask: {**questions.FLOWS, **pointing.FLOWS, **agenda.FLOWS, **flows},
            asking.only_words: {
                **contributing.FLOWS,
                **entering.FLOWS,
                **agenda.FLOWS,
                **taking_over.FLOWS,
            },
        },
        corrects=contributing.FLOWS.keys(),
        parks={flow: park for theme in _WITH_DIALOGUES for flow, park in theme.PARKS.items()},
        refuse=refusals.refuse,
    )
