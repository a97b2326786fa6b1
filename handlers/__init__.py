"""The front desk: Telegram update -> service -> phrase; one ordered list of themes."""

from __future__ import annotations

from bot.telegram.desk import Desk
from handlers import (
    asking,
    audit,
    broadcast_runs,
    broadcasts,
    contributed,
    contributing,
    critical,
    deciding,
    entering,
    entry_edits,
    exporting,
    noticed,
    pointing,
    publishing,
    questions,
    reasons,
    refusals,
    sorting,
    statistics,
    submitting,
    subscriptions,
    team,
    things,
    town_edits,
    triage,
    welcome,
)

_DESK_OF_THE_TEAM = (triage, deciding, publishing, sorting, entering)
_COORDINATORS_DESK = (exporting, statistics)
THEMES = (
    team,
    noticed,
    welcome,
    things,
    subscriptions,
    broadcasts,
    broadcast_runs,
    audit,
    town_edits,
    entry_edits,
    critical,
    pointing,
    questions,
    *_DESK_OF_THE_TEAM,
    reasons,
    *_COORDINATORS_DESK,
    contributing,
    submitting,
    contributed,
    asking,
)
"""A new theme is one more name here."""

_WITH_DIALOGUES = (
    contributing,
    contributed,
    broadcasts,
    town_edits,
    entry_edits,
    *_DESK_OF_THE_TEAM,
)


def desk() -> Desk:
    """Return the front desk with every theme at its place."""
    handlers = [handler for theme in THEMES for handler in theme.HANDLERS]
    flows = {flow: step for theme in _WITH_DIALOGUES for flow, step in theme.FLOWS.items()}
    return Desk(
        handlers=(*handlers, *refusals.HANDLERS, *asking.FREE_TEXT),
        yields={
            asking.ask: {**questions.FLOWS, **pointing.FLOWS, **flows},
            asking.only_words: {
                **contributing.FLOWS,
                **entering.FLOWS,
                **broadcasts.TAKES_FILES,
            },
        },
        corrects=contributing.FLOWS.keys(),
        parks={flow: park for theme in _WITH_DIALOGUES for flow, park in theme.PARKS.items()},
        refuse=refusals.refuse,
    )
