"""Random lives of contributions: each published change reaches everybody it concerns exactly once."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.clock import Clock
from bot.domain.contribution_states import DECIDED, Decision, Helpers, State
from bot.domain.contributions import NameLevel
from bot.domain.errors import RefusedError
from bot.domain.localized import Localized
from bot.domain.residents import Resident
from bot.domain.roles import Role
from storage import privacy, schema
from storage.sealing import Keyring
from storage.store import Store
from tests.contributing import BENCHES, BOTH, House

PEOPLE, NUMBERS = 5, 4
RESIDENTS_ACTS = (
    "submit",
    "join",
    "leave",
    "withdraw",
    "pause",
    "block",
    "doubt",
    "level",
    "erase",
)
TEAM_ACTS = ("decide", "publish", "release", "hide", "reopen", "merge", "split", "open", "limit")
STEP = st.tuples(
    st.sampled_from(RESIDENTS_ACTS + TEAM_ACTS + ("submit", "join", "decide", "publish") * 2),
    st.integers(0, PEOPLE - 1),
    st.integers(1, NUMBERS),
    st.integers(0, 11),
)

BEGINNING = (
    *(("submit", person, 0, variant) for person, variant in ((0, 4), (1, 7), (2, 1))),
    *(("release", 0, number, 0) for number in (1, 2, 3)),
    *(("join", person, number, 0) for person in (0, 2, 3) for number in (1, 2, 3)),
)
"""Three contributions on the board, with supporters, so that there is somebody to tell."""


@dataclass
class Town:
    """A house with people whose lives are driven at random, and who was concerned by each event."""

    house: House
    coordinator: Resident
    people: list[Resident] = field(default_factory=list)
    expected: dict[int, set[str]] = field(default_factory=dict)
    known: int = 0
    erased: set[str] = field(default_factory=set)

    async def act(self, act: str, person: int, number: int, variant: int) -> None:
        """Do one thing; what is refused must not have changed anything."""
        before = await self.concerned()
        try:
            await getattr(self, f"_{act}")(self.people[person], number, variant)
        except RefusedError:
            assert await self.events() == []
        after = await self.concerned()
        for event, contribution in await self.events():
            self.expected[event] = before.get(contribution, after[contribution])
            self.known = max(self.known, event)

    async def events(self) -> list[tuple[int, int]]:
        """Return the published events that are new, with their contribution."""
        c = schema.contribution_event.c
        async with self.house.store.read() as tx:
            found = await tx.connection.execute(
                sa.select(c.id, c.contribution_id).where(c.published, c.id > self.known)
            )
            return [(row.id, row.contribution_id) for row in found]

    async def concerned(self) -> dict[int, set[str]]:
        """Return author and supporters of each contribution, from the bare tables."""
        c, s = schema.contribution.c, schema.support.c
        people: dict[int, set[str]] = {}
        async with self.house.store.read() as tx:
            for row in await tx.connection.execute(sa.select(c.id, c.author_contact)):
                people[row.id] = {row.author_contact} - {None}
            for row in await tx.connection.execute(sa.select(s.contribution_id, s.contact_id)):
                people[row.contribution_id].add(row.contact_id)
        return people

    async def _submit(self, who: Resident, number: int, variant: int) -> None:
        draft = replace(
            BENCHES,
            text=f"{BENCHES.text} {number} {variant}",
            level=(*NameLevel, NameLevel.HIDDEN)[variant % 4],
            wants_reply=variant % 3 != 0,
        )
        await self.house.sent(who, draft)

    async def _join(self, who: Resident, number: int, _: int) -> None:
        await self.house.supports.join(self.house.cause(), who, number)

    async def _leave(self, who: Resident, number: int, _: int) -> None:
        await self.house.supports.leave(self.house.cause(), who, number)

    async def _withdraw(self, who: Resident, number: int, _: int) -> None:
        await self.house.contributions.withdraw(self.house.cause(), who, number)

    async def _level(self, who: Resident, number: int, variant: int) -> None:
        level = (NameLevel.HIDDEN, NameLevel.CONFIDENTIAL)[variant % 2]
        await self.house.contributions.change_level(self.house.cause(), who, number, level=level)

    async def _pause(self, who: Resident, _: int, variant: int) -> None:
        await self.house.resident(self.people.index(who) + 1, paused=bool(variant % 2))

    async def _block(self, who: Resident, _: int, variant: int) -> None:
        await self.house.resident(self.people.index(who) + 1, reachable=bool(variant % 2))

    async def _erase(self, who: Resident, _: int, variant: int) -> None:
        """Forget somebody wholly; whoever comes back later is somebody new."""
        if variant % 3:
            return
        async with self.house.store.write() as tx:
            await privacy.erase(tx, who.contact_id, self.house.clock.now())
        self.erased.add(who.contact_id)
        place = self.people.index(who)
        self.people[place] = await self.house.resident(place + 1, who.language)

    async def _doubt(self, who: Resident, number: int, variant: int) -> None:
        events = [event for event in self.expected if who.contact_id in self.expected[event]]
        await self.house.supports.answer_done(
            self.house.cause(),
            who,
            number,
            event=events[-1] if events else 0,
            really=bool(variant % 2),
        )

    async def _decide(self, _: Resident, number: int, variant: int) -> None:
        state = DECIDED[variant % len(DECIDED)]
        reason = BOTH if variant % 2 else Localized(fr="Oui")
        helpers = Helpers(BOTH, self.house.clock.local().date(), variant)
        decision = Decision(state, reason, BOTH, helpers)
        await self.house.decisions.decide(self.house.cause(), self.coordinator, number, decision)

    async def _limit(self, _: Resident, number: int, variant: int) -> None:
        until = self.house.clock.now() + timedelta(days=variant)
        await self.house.triage.limit(
            self.house.cause(), self.coordinator, number, until=until, reason="Trop de messages"
        )

    async def _publish(self, _: Resident, number: int, __: int) -> None:
        await self.house.decisions.publish(self.house.cause(), self.coordinator, number)

    async def _release(self, _: Resident, number: int, __: int) -> None:
        await self.house.release(self.coordinator, number)

    async def _hide(self, _: Resident, number: int, __: int) -> None:
        await self.house.decisions.hide(self.house.cause(), self.coordinator, number)

    async def _reopen(self, _: Resident, number: int, __: int) -> None:
        await self.house.decisions.reopen(self.house.cause(), self.coordinator, number)

    async def _merge(self, _: Resident, number: int, variant: int) -> None:
        into = variant % NUMBERS + 1
        await self.house.decisions.merge(self.house.cause(), self.coordinator, number, into=into)

    async def _split(self, _: Resident, number: int, variant: int) -> None:
        await self.house.decisions.split(
            self.house.cause(), self.coordinator, number, text=f"Partie {variant}"
        )

    async def _open(self, _: Resident, number: int, __: int) -> None:
        await self.house.triage.open(self.house.cause(), self.coordinator, number)


async def _live(steps: list[tuple[str, int, int, int]], file: Path) -> Town:
    clock = Clock()
    store = await Store.open(f"sqlite:///{file}", Keyring.in_memory(), clock=clock)
    try:
        house = House(store, clock)
        town = Town(house, await house.member(99, Role.COORDINATOR))
        for number in range(PEOPLE):
            town.people.append(await house.resident(number + 1, ("fr", "de")[number % 2]))
        for step in [*BEGINNING, *steps]:
            await town.act(*step)
        await _check(town)
        return town
    finally:
        await store.close()


async def _check(town: Town) -> None:
    for event, people in town.expected.items():
        notes = [note for note in await town.house.outbox() if f":e{event}:" in note.key]
        assert sorted(note.to for note in notes) == sorted(people - town.erased), (event, notes)
        for note in notes:
            queued = note.state == "queued" and note.error is None
            recorded = note.state in {"cancelled", "unreachable"} and note.error
            assert queued or recorded, note
    c = schema.contribution.c
    assert town.erased.isdisjoint(note.to for note in await town.house.outbox(""))
    async with town.house.store.read() as tx:
        found = await tx.connection.execute(
            sa.select(c.id).where(c.published_state.in_([State.IMPOSSIBLE, State.PASSED_ON]))
        )
        for number in found.scalars():
            told = (await town.house.triage.look(town.coordinator, number)).told
            assert told is not None
            assert set(told.reason) == {"fr", "de"}


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEP, min_size=8, max_size=30))
def test_every_published_change_reaches_each_person_once_or_says_why_not(
    sqlite_model: Path, steps: list[tuple[str, int, int, int]]
) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "town.db"
        shutil.copyfile(sqlite_model, file)
        asyncio.run(_live(steps, file))
