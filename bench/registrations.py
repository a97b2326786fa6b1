"""`python -m bench.registrations`: fifty people on the last place, many rounds; and what a tick costs.

Rounds print how often more than one got the place (the aim is never) and whether the order was kept.
The tick prints milliseconds for twenty reminders among 1,000 and among 100,000 residents registered for
fifty activities; the aim of the ratio is at most 1.1.
"""

from __future__ import annotations

import argparse
import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

import sqlalchemy as sa

from bot.clock import Clock
from bot.domain.causes import Cause
from bot.domain.occurrences import OccurrenceKey
from bot.domain.registrations import Party, State, Who
from bot.domain.residents import Resident
from bot.services.agenda import Agenda
from bot.services.directory import DirectoryService
from bot.services.registration_office import Office, open_office
from bot.services.sittings import Sittings
from bot.services.town import TownSettings
from storage import contacts, directory, residents, rolls, schema
from storage.sealing import Keyring
from storage.store import Store, migrate

ROUNDS, CROWD = 1000, 50
FEW, MANY = 1_000, 100_000
ACTIVITIES = 50
DUE, TIMES = 20, 30
_START = datetime.fromisoformat("2026-11-24T10:00")
_BATCH = 2_000


@dataclass
class House:
    """The use cases over one store, with activities every day at ten."""

    store: Store
    clock: Clock
    office: Office
    sittings: Sittings
    updates: int = 0

    def cause(self) -> Cause:
        """Return a fresh update."""
        self.updates += 1
        return Cause(self.updates)


async def opened(store: Store, clock: Clock, *, activities: int, capacity: int | None) -> House:
    """Open the house on the store."""
    clock.start_at(_START)
    async with store.write() as tx:
        for number in range(activities):
            document = _document(f"act-{number}", capacity)
            await directory.save_entry(
                tx, document["id"], kind="activity", document=document, now=clock.now()
            )
    service, town = DirectoryService(store, clock), TownSettings(store, clock)
    await service.changed()
    agenda = Agenda(store, clock, directory=service)
    office = open_office(store, clock, agenda=agenda, town=town)
    return House(store, clock, office, Sittings(agenda, clock, town=town))


async def crowd(house: House, many: int) -> list[Resident]:
    """Let so many people move in."""
    now, found = house.clock.now(), []
    for first in range(0, many, _BATCH):
        async with house.store.write() as tx:
            for number in range(first + 1, min(first + _BATCH, many) + 1):
                contact = await contacts.meet(tx, number, kind="person", now=now)
                found.append(await residents.welcome(tx, contact, language="fr", now=now))
    return found


async def last_place(house: House, people: list[Resident], day: int) -> tuple[int, bool]:
    """Let everybody want one place at once; return how many got it, and whether the order was kept."""
    start = (_START + timedelta(days=day)).replace(hour=10)
    house.clock.start_at(start - timedelta(hours=20))
    key = OccurrenceKey("act-0", start)
    seats = await asyncio.gather(
        *(
            house.office.registrations.register(
                house.cause(), person, key, party=Party(adults=1), who=Who(), may_wait=True
            )
            for person in people
        )
    )
    got = [seat for seat in seats if seat.registration.state is State.REGISTERED]
    queue = sorted(seat.registration.arrived for seat in seats if seat not in got)
    return len(got), queue == list(range(2, len(people) + 1))


async def rounds(url: str, many: int) -> None:
    """Print what came of so many rounds."""
    clock = Clock()
    store = await Store.open(url, Keyring.in_memory(), clock=clock)
    try:
        house = await opened(store, clock, activities=1, capacity=1)
        people = await crowd(house, CROWD)
        overbooked, disordered, began = 0, 0, perf_counter()
        for day in range(1, many + 1):
            got, in_order = await last_place(house, people, day)
            overbooked += got != 1
            disordered += not in_order
        took = perf_counter() - began
        print(
            f"{many} rounds of {CROWD} on the last place: {overbooked} overbooked,"
            f" {disordered} out of order; {took / many * 1000:.0f} ms a round"
        )
    finally:
        await store.close()


async def tick(folder: Path, size: int) -> float:
    """Return the milliseconds of processor time for a tick with twenty reminders among `size` people."""
    url, clock = f"sqlite:///{folder / f'town-{size}.db'}", Clock()
    await migrate(url)
    store = await Store.open(url, Keyring.in_memory(), clock=clock)
    try:
        house = await opened(store, clock, activities=ACTIVITIES, capacity=None)
        people = await crowd(house, size)
        await _fill(house, people)
        taken = []
        for _ in range(TIMES):
            async with store.write() as tx:
                await _make_due(tx.connection, house.clock.now())
            before = process_time()
            assert await house.office.reminders.remind_due() == DUE
            taken.append((process_time() - before) * 1000)
        return median(taken)
    finally:
        await store.close()


async def _fill(house: House, people: list[Resident]) -> None:
    """Register everybody for one of the activities in three weeks, row by row without the service."""
    now = house.clock.now()
    start = (_START + timedelta(days=21)).replace(hour=10)
    numbers = []
    for activity in range(ACTIVITIES):
        async with house.store.write() as tx:
            what = house.sittings.of(OccurrenceKey(f"act-{activity}", start))
            numbers.append((await rolls.hold(tx, house.sittings.new_roll(what))).id)
    for first in range(0, len(people), _BATCH):
        async with house.store.write() as tx:
            batch = list(enumerate(people[first : first + _BATCH], first + 1))
            rows = [_registration(number, person, numbers, now) for number, person in batch]
            await tx.connection.execute(sa.insert(schema.registration), rows)
            words = rolls.words(start)
            await tx.connection.execute(
                sa.insert(schema.reminder), [_reminder(number, words, now) for number, _ in batch]
            )


def _registration(
    number: int, person: Resident, numbers: list[int], now: datetime
) -> dict[str, Any]:
    return {
        "id": number,
        "roll_id": numbers[number % ACTIVITIES],
        "contact_id": person.contact_id,
        "state": "registered",
        "origin": "bot",
        "adults": 1,
        "children": 0,
        "ages": [],
        "places": 1,
        "held": 0,
        "arrived": number,
        "language": "fr",
        "offer": 0,
        "created_at": now,
    }


def _reminder(number: int, starts: str, now: datetime) -> dict[str, Any]:
    far = now + timedelta(days=20)
    return {
        "registration_id": number,
        "kind": "day",
        "original": starts,
        "starts": starts,
        "due_at": far,
        "expires_at": far + timedelta(hours=20),
    }


async def _make_due(connection: Any, now: datetime) -> None:  # noqa: ANN401 - SQLAlchemy's
    some = sa.select(schema.reminder.c.registration_id).limit(DUE)
    await connection.execute(
        sa.update(schema.reminder)
        .where(schema.reminder.c.registration_id.in_(some))
        .values(due_at=now.astimezone(UTC))
    )


def _document(entry_id: str, capacity: int | None) -> dict[str, Any]:
    words = {"fr": entry_id, "de": entry_id}
    return {
        "id": entry_id,
        "category": "meeting",
        "audience": ["all"],
        "neighbourhood": "mett",
        "title": words,
        "summary": words,
        "description": words,
        "place": None,
        "schedule": {
            "first": "2026-11-24",
            "start": "10:00",
            "end": "11:00",
            "rrule": "FREQ=DAILY",
        },
        "capacity": capacity,
        "signup": {"required": True, "channel": "telegram"},
        "cost": None,
        "languages": [],
        "updated": "2026-09-01",
    }


async def _all(args: argparse.Namespace) -> None:
    with TemporaryDirectory() as folder:
        url = args.database or f"sqlite:///{Path(folder) / 'town.db'}"
        await migrate(url)
        await rounds(url, args.rounds)
        if args.database:
            return
        few, many = await tick(Path(folder), FEW), await tick(Path(folder), MANY)
        print(
            f"a tick with {DUE} reminders: {few:.1f} ms among {FEW}, {many:.1f} ms among {MANY}"
            f" residents; ratio {many / few:.2f}"
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.registrations", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--database", help="an empty database to race on instead of a file")
    asyncio.run(_all(parser.parse_args()))


if __name__ == "__main__":
    main()
