"""A town hall without Telegram: the services of contributions over a real database, and people."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path

import sqlalchemy as sa

from bot.clock import Clock
from bot.domain.causes import Cause
from bot.domain.contribution_states import Decision, Helpers, State
from bot.domain.contributions import Draft, Kind
from bot.domain.likeness import Similarity
from bot.domain.localized import Localized
from bot.domain.residents import Resident
from bot.domain.roles import Role, Staff
from bot.services.contribution_board import Board
from bot.services.contribution_decisions import Decisions
from bot.services.contribution_media import ContributionMedia
from bot.services.contribution_reminders import ContributionReminders
from bot.services.contribution_triage import Triage
from bot.services.contribution_wording import Wording
from bot.services.contributions import Contributions
from bot.services.mornings import Mornings
from bot.services.supports import Supports
from bot.services.town import TownSettings
from storage import contacts, residents, schema, staff
from storage.store import Store

WEDNESDAY = datetime.fromisoformat("2026-11-25T10:00")
BENCHES = Draft(kind=Kind.IDEA, text="Des bancs à l'ombre sur la place du marché, pour les aînés")
BOTH = Localized(fr="Parce que.", de="Darum.")


@dataclass(frozen=True, slots=True)
class Note:
    """One row of the outbox: to whom, under which key, and how it stands."""

    to: str
    key: str
    state: str
    error: str | None


@dataclass
class House:
    """All services of the theme, on one store; `cause()` gives a fresh update each time."""

    store: Store
    clock: Clock
    updates: count[int] = field(default_factory=lambda: count(1))
    similarity: Similarity | None = None

    def __post_init__(self) -> None:
        self.clock.start_at(WEDNESDAY)
        store, clock = self.store, self.clock
        town = TownSettings(store, clock)
        self.contributions = Contributions(store, clock, town=town)
        self.supports = Supports(store, clock, similarity=self.similarity)
        self.triage = Triage(store, clock, town=town)
        self.mornings = Mornings(store, clock, town=town, triage=self.triage)
        self.decisions = Decisions(store, clock, town=town)
        self.wording = Wording(store, clock)
        self.media = ContributionMedia(store, clock)
        self.board = Board(store, clock)
        self.reminders = ContributionReminders(store, clock, town=town)

    def cause(self) -> Cause:
        """Return a fresh update."""
        return Cause(next(self.updates))

    async def resident(
        self,
        telegram_id: int,
        language: str = "fr",
        *,
        paused: bool = False,
        reachable: bool = True,
    ) -> Resident:
        """Return somebody who writes to us, as they have set the bot."""
        now = self.clock.now()
        async with self.store.write() as tx:
            contact = await contacts.meet(tx, telegram_id, kind="person", now=now)
            met = await residents.welcome(tx, contact, language=language, now=now)
            await residents.change(tx, contact, paused=paused, reachable=reachable)
            return await residents.find(tx, contact) or met

    async def member(self, telegram_id: int, role: Role, language: str = "fr") -> Resident:
        """Return somebody of the team."""
        person = await self.resident(telegram_id, language)
        async with self.store.write() as tx:
            member = Staff(person.contact_id, role, None, self.clock.now())
            await staff.appoint(tx, member, invited_by=None)
        return person

    async def sent(self, resident: Resident, draft: Draft = BENCHES) -> int:
        """Send a draft and return its number."""
        return (await self.contributions.submit(self.cause(), resident, draft)).number

    async def publish(self, coordinator: Resident, number: int, state: State) -> None:
        """Decide and publish with all that any state could need."""
        helpers = Helpers(BOTH, self.clock.local().date(), 3)
        decision = Decision(state, BOTH, Localized(fr="la voirie"), helpers)
        await self.decisions.decide(self.cause(), coordinator, number, decision)
        await self.decisions.publish(self.cause(), coordinator, number)

    async def release(self, coordinator: Resident, number: int) -> None:
        """Give it a title and put it on the board."""
        await self.wording.translate(
            self.cause(), coordinator, number, language="fr", title="Des bancs à l'ombre"
        )
        await self.decisions.release(self.cause(), coordinator, number)

    async def outbox(self, prefix: str = "c:") -> list[Note]:
        """Return the rows of the outbox whose key begins so."""
        box = schema.outbox
        async with self.store.read() as tx:
            rows = await tx.connection.execute(sa.select(box).order_by(box.c.id))
            return [
                Note(row.contact_id, row.key, row.state, row.error)
                for row in rows
                if row.key.startswith(prefix)
            ]


def bytes_on_disk(folder: Path) -> bytes:
    """Return everything that the database has left in its folder."""
    return b"".join(file.read_bytes() for file in sorted(folder.iterdir()) if file.is_file())
