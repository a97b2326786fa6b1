"""A town hall without Telegram: the services of registrations over a real database, and people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

import sqlalchemy as sa

from bot.clock import Clock
from bot.domain.causes import Cause
from bot.domain.occurrences import OccurrenceKey
from bot.domain.registrations import Party, Who
from bot.domain.residents import Resident
from bot.domain.roles import Role, Staff
from bot.domain.sittings import Seat
from bot.services.agenda import Agenda
from bot.services.directory import DirectoryService
from bot.services.registration_office import Office, open_office
from bot.services.town import TownSettings
from storage import contacts, directory, residents, schema, staff
from storage.store import Store

TUESDAY = datetime.fromisoformat("2026-11-24T10:00")
ONE_CHILD = Party(adults=1, children=1, ages=(24,))
MICE = "act-mice"
_UPDATES = count(1)
NEXT = "2611251000"
"""The date of the mice on the day after `TUESDAY`."""


def activity(entry_id: str = MICE, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - a document
    """Return an activity as the files have it: Wednesdays from ten, twelve children."""
    document: dict[str, Any] = {
        "id": entry_id,
        "category": "early-childhood",
        "audience": ["families"],
        "ages": {"from": 1, "to": 4},
        "neighbourhood": "mett",
        "title": {"fr": "Les souris vertes", "de": "Die grünen Mäuse"},
        "summary": {"fr": "Peinture.", "de": "Malen."},
        "description": {"fr": "Peinture.", "de": "Malen."},
        "place": None,
        "schedule": {
            "first": "2026-08-19",
            "start": "10:00",
            "end": "11:00",
            "rrule": "FREQ=WEEKLY;BYDAY=WE",
        },
        "capacity": 12,
        "signup": {
            "required": True,
            "channel": "telegram",
            "unit": "child",
            "accompanied": True,
        },
        "cost": None,
        "languages": [],
        "contact": None,
        "updated": "2026-09-01",
    }
    return document | changes


@dataclass
class Club:
    """All services of the theme on one store; `cause()` gives a fresh update each time."""

    store: Store
    clock: Clock
    office: Office
    agenda: Agenda
    directory: DirectoryService
    town: TownSettings

    @classmethod
    async def opened(cls, store: Store, clock: Clock, *documents: dict[str, Any]) -> Club:
        """Open the house with these activities, on a Tuesday morning."""
        clock.start_at(TUESDAY)
        async with store.write() as tx:
            for document in documents or (activity(),):
                await directory.save_entry(
                    tx, document["id"], kind="activity", document=document, now=clock.now()
                )
        return await cls.again(store, clock)

    @classmethod
    async def again(cls, store: Store, clock: Clock) -> Club:
        """Open the house anew on what the store holds, as after a restart."""
        service, town = DirectoryService(store, clock), TownSettings(store, clock)
        await service.changed()
        agenda = Agenda(store, clock, directory=service)
        office = open_office(store, clock, agenda=agenda, town=town)
        return cls(store, clock, office, agenda, service, town)

    def cause(self) -> Cause:
        """Return a fresh update; none comes twice, also after a restart."""
        return Cause(next(_UPDATES))

    async def resident(self, telegram_id: int, language: str = "fr") -> Resident:
        """Return somebody who writes to us."""
        now = self.clock.now()
        async with self.store.write() as tx:
            contact = await contacts.meet(tx, telegram_id, kind="person", now=now)
            return await residents.welcome(tx, contact, language=language, now=now)

    async def residents(self, many: int) -> list[Resident]:
        """Return so many people, met in one go."""
        now = self.clock.now()
        async with self.store.write() as tx:
            found = []
            for number in range(1, many + 1):
                contact = await contacts.meet(tx, number, kind="person", now=now)
                found.append(await residents.welcome(tx, contact, language="fr", now=now))
            return found

    async def member(self, telegram_id: int, role: Role = Role.COORDINATOR) -> Resident:
        """Return somebody of the team."""
        person = await self.resident(telegram_id)
        async with self.store.write() as tx:
            member = Staff(person.contact_id, role, None, self.clock.now())
            await staff.appoint(tx, member, invited_by=None)
        return person

    async def joins(
        self,
        person: Resident,
        stamp: str = NEXT,
        *,
        entry: str = MICE,
        party: Party = ONE_CHILD,
        who: Who | None = None,
        slot: int | None = None,
    ) -> Seat:
        """Register somebody, or let them wait."""
        key = OccurrenceKey.stamped(entry, stamp)
        assert key is not None
        return await self.office.registrations.register(
            self.cause(),
            person,
            key,
            party=party,
            who=who or Who("Léa"),
            slot=slot,
            may_wait=True,
        )

    async def leaves(self, person: Resident, number: int) -> None:
        """Give somebody's place back."""
        await self.office.registrations.cancel(self.cause(), person, number)

    async def states(self) -> dict[int, str]:
        """Return how every registration stands, in the order of arrival."""
        c = schema.registration.c
        async with self.store.read() as tx:
            rows = await tx.connection.execute(sa.select(c.id, c.state).order_by(c.arrived, c.id))
            return {row.id: row.state for row in rows}

    async def counters(self) -> tuple[int, int]:
        """Return the places taken and the parties waiting, on the one list there is."""
        c = schema.roll.c
        async with self.store.read() as tx:
            row = (await tx.connection.execute(sa.select(c.taken, c.waiting))).one()
            return row.taken, row.waiting

    async def notes(self, prefix: str) -> list[tuple[str, str]]:
        """Return to whom a notice whose key begins so was written, and its key."""
        box = schema.outbox.c
        async with self.store.read() as tx:
            rows = await tx.connection.execute(
                sa.select(box.contact_id, box.key, box.state).order_by(box.id)
            )
            return [
                (row.contact_id, row.key)
                for row in rows
                if row.key.startswith(prefix) and row.state == "queued"
            ]


def at(clock: Clock, local: str) -> None:
    """Move the clock to a local wall time."""
    clock.start_at(datetime.fromisoformat(local))
