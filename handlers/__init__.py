"""The front desk: Telegram update -> service -> phrase; one ordered list of themes."""

from __future__ import annotations

from bot.telegram.desk import Desk
from handlers import (
    agenda,
    asking,
    attending,
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
    filling,
    managing,
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
    registered,
    registering,
    session_cards,
    session_ideas,
    session_running,
    sessions,
    sorting,
    statistics,
    submitting,
    subscriptions,
    taking_over,
    team,
    things,
    town_edits,
    triage,
    welcome,
)

_DESK_OF_THE_TEAM = (triage, deciding, publishing, sorting, entering, filling, taking_over)
_COORDINATORS_DESK = (exporting, statistics)
_POLLS = (polls, poll_drafting, poll_setting, poll_holding)
_SESSIONS = (sessions, session_running, session_ideas, session_cards)
THEMES = (
    team,
    noticed,  # before the welcome: its links begin the bot, too
    attending,  # before the welcome: an invitation to a group begins the bot, too
    managing,
    agenda,  # likewise
    polls,  # likewise
    sessions,  # likewise
    welcome,
    things,
    registering,
    registered,
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

_WITH_DIALOGUES = (
    contributing,
    contributed,
    registering,
    broadcasts,
    town_edits,
    entry_edits,
    *_DESK_OF_THE_TEAM,
    *_POLLS,
    *_SESSIONS,
)


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
                **broadcasts.TAKES_FILES,
                **sessions.FLOWS,
            },
            sessions.type_code: {**questions.FLOWS, **pointing.FLOWS, **agenda.FLOWS, **flows},
        },
        corrects=contributing.FLOWS.keys(),
        parks={flow: park for theme in _WITH_DIALOGUES for flow, park in theme.PARKS.items()},
        refuse=refusals.refuse,
    )
