"""The use cases at hand, one field for each theme."""

from __future__ import annotations

from dataclasses import dataclass

from bot.services.activities import Activities
from bot.services.agenda import Agenda
from bot.services.asking import Asking
from bot.services.attendance import Attendance
from bot.services.audit import Audit
from bot.services.broadcast_acts import BroadcastActs
from bot.services.broadcast_mailing import BroadcastMailing
from bot.services.broadcasts import Broadcasts
from bot.services.contexts import Contexts
from bot.services.contribution_board import Board
from bot.services.contribution_decisions import Decisions
from bot.services.contribution_exports import Exports
from bot.services.contribution_media import ContributionMedia
from bot.services.contribution_reminders import ContributionReminders
from bot.services.contribution_statistics import ContributionStatistics
from bot.services.contribution_triage import Triage
from bot.services.contribution_wording import Wording
from bot.services.contributions import Contributions
from bot.services.counter import Counter
from bot.services.dialogues import Dialogues
from bot.services.directory import DirectoryService
from bot.services.entry_edits import EntryEdits
from bot.services.feeds import Feeds
from bot.services.gatherings import Gatherings
from bot.services.learning import Learning
from bot.services.mornings import Mornings
from bot.services.own_reminders import OwnReminders
from bot.services.pointing import Pointing
from bot.services.poll_files import PollFiles
from bot.services.poll_keeping import PollKeeping
from bot.services.polls import Polls
from bot.services.privacy import Privacy
from bot.services.questions import Questions
from bot.services.ready_reasons import Reasons
from bot.services.registrations import Registrations
from bot.services.residents import Residents
from bot.services.session_cards import SessionCards
from bot.services.subscriptions import Subscriptions
from bot.services.supports import Supports
from bot.services.team import Team
from bot.services.town import TownSettings
from bot.services.town_edits import TownEdits
from bot.services.waiting import Waiting


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a handler may ask for."""

    residents: Residents
    dialogues: Dialogues
    contexts: Contexts
    asking: Asking
    learning: Learning
    questions: Questions
    pointing: Pointing
    team: Team
    privacy: Privacy
    town: TownSettings
    directory: DirectoryService
    contributions: Contributions
    supports: Supports
    triage: Triage
    mornings: Mornings
    decisions: Decisions
    reasons: Reasons
    wording: Wording
    media: ContributionMedia
    board: Board
    reminders: ContributionReminders
    subscriptions: Subscriptions
    broadcasts: Broadcasts
    broadcast_acts: BroadcastActs
    broadcast_mailing: BroadcastMailing
    audit: Audit
    town_edits: TownEdits
    entry_edits: EntryEdits
    polls: Polls
    poll_keeping: PollKeeping
    poll_files: PollFiles
    gatherings: Gatherings
    session_cards: SessionCards
    exports: Exports
    statistics: ContributionStatistics
    agenda: Agenda
    activities: Activities
    feeds: Feeds
    registrations: Registrations
    waiting: Waiting
    own_reminders: OwnReminders
    attendance: Attendance
    counter: Counter
