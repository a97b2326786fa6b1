"""The front desk: Telegram update -> service -> phrase; one ordered list of themes."""

from __future__ import annotations

from bot.telegram.desk import Desk
from handlers import (
    asking,
    contributed,
    contributing,
    critical,
    deciding,
    entering,
    exporting,
    noticed,
    pointing,
    poll_drafting,
    poll_files,
    poll_holding,
    poll_setting,
    polls,
    publishing,
    questions,
    reasons,
    refusals,
    session_cards,
    session_ideas,
    session_running,
    sessions,
    sorting,
    statistics,
    submitting,
    team,
    things,
    triage,
    welcome,
)

_DESK_OF_THE_TEAM = (triage, deciding, publishing, sorting, entering)
_POLLS = (polls, poll_drafting, poll_setting, poll_holding)
_SESSIONS = (sessions, session_running, session_ideas, session_cards)
_COORDINATORS_DESK = (exporting, statistics)
THEMES = (
    team,
    noticed,
    polls,
    sessions,
    welcome,
    things,
    critical,
    pointing,
    questions,
    *_DESK_OF_THE_TEAM,
    *_POLLS[1:],
    poll_files,
    *_SESSIONS[1:],
    reasons,
    *_COORDINATORS_DESK,
    contributing,
    submitting,
    contributed,
    asking,
)
"""A new theme is one more name here."""

_WITH_DIALOGUES = (contributing, contributed, *_DESK_OF_THE_TEAM, *_POLLS, *_SESSIONS)


def desk() -> Desk:
    """Return the front desk with every theme at its place."""
    handlers = [handler for theme in THEMES for handler in theme.HANDLERS]
    flows = {flow: step for theme in _WITH_DIALOGUES for flow, step in theme.FLOWS.items()}
    return Desk(
        handlers=(*handlers, *refusals.HANDLERS, *asking.FREE_TEXT),
        yields={
            asking.ask: {**questions.FLOWS, **pointing.FLOWS, **flows},
            asking.only_words: {**contributing.FLOWS, **entering.FLOWS, **sessions.FLOWS},
            sessions.type_code: {**questions.FLOWS, **pointing.FLOWS, **flows},
        },
        corrects=contributing.FLOWS.keys(),
        parks={flow: park for theme in _WITH_DIALOGUES for flow, park in theme.PARKS.items()},
        refuse=refusals.refuse,
    )
