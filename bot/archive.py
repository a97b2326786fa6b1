"""Opens the town's database with the use cases over it: all that is needed without Telegram."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import storage.store
from bot.clock import Clock
from bot.services.activities import Activities
from bot.services.agenda import Agenda
from bot.services.all import Services
from bot.services.asking import Asking
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
from bot.services.dialogues import Dialogues
from bot.services.directory import DirectoryService
from bot.services.entry_edits import EntryEdits
from bot.services.feeds import Feeds
from bot.services.gatherings import Gatherings
from bot.services.learning import Learning
from bot.services.mornings import Mornings
from bot.services.pointing import Pointing
from bot.services.poll_files import PollFiles
from bot.services.poll_keeping import PollKeeping
from bot.services.polls import Polls
from bot.services.privacy import Privacy
from bot.services.questions import Questions
from bot.services.ready_reasons import Reasons
from bot.services.registration_office import open_office
from bot.services.residents import Residents
from bot.services.session_cards import SessionCards
from bot.services.subscriptions import Subscriptions
from bot.services.supports import Supports
from bot.services.team import Team
from bot.services.town import TownSettings
from bot.services.town_edits import TownEdits
from bot.settings import Settings
from bot.words import engine, guidance, likeness, poll_templates, reasons, small_talk
from storage import contacts
from storage.sealing import Keyring
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Archive:
    """The store with the services over it: all that commands without Telegram need."""

    store: Store
    clock: Clock
    services: Services


def clock_of(settings: Settings) -> Clock:
    """Return the town's clock; QUARTIERBOT_TODAY sets it, and it runs on from there."""
    clock = Clock(settings.timezone)
    if settings.today is not None:
        clock.start_at(settings.today)
    return clock


@asynccontextmanager
async def open_archive(settings: Settings, keyring: Keyring) -> AsyncIterator[Archive]:
    """Open the database (a new one is made) and the services over it; close it at the end."""
    if await storage.store.version(settings.database_url) is None:
        await storage.store.migrate(settings.database_url)
    await storage.store.check_version(settings.database_url)
    clock = clock_of(settings)
    store = await Store.open(settings.database_url, keyring, clock=clock)
    try:
        async with store.read() as tx:
            await contacts.try_key(tx)
        yield Archive(store, clock, await _services(store, clock, settings))
    finally:
        await store.close()


async def _services(store: Store, clock: Clock, settings: Settings) -> Services:
    town = TownSettings(store, clock)
    await town.load()
    directory = DirectoryService(store, clock)
    entries = await directory.changed()
    asking = Asking(
        entries,
        clock,
        learn=engine,
        guidance=guidance(),
        small_talk=small_talk(),
    )
    directory.on_change(asking.refresh)
    people, contexts = Residents(store, clock), Contexts(store, clock)
    await contexts.load()
    learning = Learning(store, clock, asking=asking)
    await learning.load()
    drafts = Broadcasts(store, clock, town=town, directory=directory, rate=settings.rate)
    triage = Triage(store, clock, town=town)
    agenda = Agenda(store, clock, directory=directory)
    office = open_office(store, clock, agenda=agenda, town=town)
    polls = Polls(store, clock)
    return Services(
        residents=people,
        dialogues=Dialogues(store, clock),
        contexts=contexts,
        asking=asking,
        learning=learning,
        questions=Questions(store, clock, directory=directory, town=town),
        pointing=Pointing(store, clock, directory=directory, asking=asking),
        team=Team(store, clock),
        privacy=Privacy(store, clock, people, contexts),
        town=town,
        directory=directory,
        contributions=Contributions(store, clock, town=town),
        supports=Supports(store, clock, similarity=likeness()),
        triage=triage,
        mornings=Mornings(store, clock, town=town, triage=triage),
        decisions=Decisions(store, clock, town=town),
        reasons=Reasons(store, clock, given=reasons()),
        wording=Wording(store, clock),
        media=ContributionMedia(store, clock),
        board=Board(store, clock),
        reminders=ContributionReminders(store, clock, town=town),
        subscriptions=Subscriptions(store, clock),
        broadcasts=drafts,
        broadcast_acts=BroadcastActs(store, clock, town=town, drafts=drafts),
        broadcast_mailing=BroadcastMailing(
            store, clock, town=town, directory=directory, rate=settings.rate
        ),
        audit=Audit(store, clock),
        town_edits=TownEdits(store, clock, town=town),
        entry_edits=EntryEdits(store, clock, entries=directory, asking=asking),
        polls=polls,
        poll_files=PollFiles(store, clock, polls=polls),
        poll_keeping=PollKeeping(store, clock, templates=poll_templates()),
        gatherings=Gatherings(store, clock),
        session_cards=SessionCards(store, clock, town=town),
        exports=Exports(store, clock, quarters=lambda: asking.directory.neighbourhoods),
        statistics=ContributionStatistics(
            store, clock, quarters=lambda: asking.directory.neighbourhoods
        ),
        agenda=agenda,
        activities=Activities(store, clock, directory=directory, agenda=agenda, town=town),
        feeds=Feeds(clock, agenda=agenda, town=town, address=settings.public_url or ""),
        registrations=office.registrations,
        waiting=office.waiting,
        own_reminders=office.reminders,
        attendance=office.attendance,
        counter=office.counter,
    )


def keyring_of(path: Path) -> Keyring:
    """Return the key in `path`; a missing one is made, for demonstrations only."""
    return Keyring.load(path) if path.exists() else Keyring.create(path)
