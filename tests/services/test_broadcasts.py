"""Announcements from the first word to the last recipient, on both engines, without Telegram."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

import pytest
import pytest_asyncio
import sqlalchemy as sa

from bot.clock import Clock
from bot.domain.audiences import CATEGORY, CENTRE, NEIGHBOURHOOD, Audience
from bot.domain.broadcasts import (
    AloneError,
    Broadcast,
    Missing,
    NotReadyError,
    SpentError,
    State,
    TooLongError,
)
from bot.domain.causes import Cause
from bot.domain.directory import Directory, Neighbourhood
from bot.domain.errors import NotAllowedError, OutdatedError
from bot.domain.localized import Localized
from bot.domain.messages import StoredFile
from bot.domain.residents import Resident
from bot.domain.roles import Role, Staff
from bot.domain.subscriptions import EVERYTHING, About, Subscription
from bot.domain.town import BroadcastRules, Centre, Town
from bot.services.audit import Audit
from bot.services.broadcast_acts import BroadcastActs
from bot.services.broadcast_mailing import BATCH, BroadcastMailing
from bot.services.broadcasts import Broadcasts
from bot.services.directory import DirectoryService
from bot.services.residents import Residents
from bot.services.subscriptions import Subscriptions
from bot.services.town import TownSettings
from storage import broadcasts, contacts, outbox, residents, schema, staff
from storage.store import Store

WEDNESDAY = datetime.fromisoformat("2026-11-25T10:00")
CENTRES = (
    Centre(
        "mett", Localized(fr="InfoQuartier Mâche", de="InfoQuartier Mett"), neighbourhood="mett"
    ),
    Centre("centre", Localized(fr="InfoQuartier Centre", de="InfoQuartier Zentrum")),
)
HOODS = {
    each: Neighbourhood(each, Localized(fr=each, de=each)) for each in ("mett", "madretsch", "city")
}


class _Directory(DirectoryService):
    """A directory of nothing but neighbourhoods."""

    def current(self) -> Directory:
        return Directory({}, {}, HOODS)


@dataclass
class Office:
    """All services of the theme on one store, and people."""

    store: Store
    clock: Clock
    updates: count[int] = field(default_factory=lambda: count(1))
    numbers: count[int] = field(default_factory=lambda: count(5001))

    def __post_init__(self) -> None:
        self.clock.start_at(WEDNESDAY)
        store, clock = self.store, self.clock
        self.town = TownSettings(store, clock)
        self.town.current = Town(centres=CENTRES, broadcasts=BroadcastRules(second_above=250))
        directory = _Directory(store, clock)
        self.subscriptions = Subscriptions(store, clock)
        self.people = Residents(store, clock)
        self.drafts = Broadcasts(store, clock, town=self.town, directory=directory, rate=28)
        self.acts = BroadcastActs(store, clock, town=self.town, drafts=self.drafts)
        self.mailing = BroadcastMailing(store, clock, town=self.town, directory=directory, rate=28)
        self.audit = Audit(store, clock)

    def cause(self) -> Cause:
        """Return a fresh update."""
        return Cause(next(self.updates))

    async def resident(self, language: str = "fr", *wishes: Subscription) -> Resident:
        """Return somebody who wants to hear of this."""
        now = self.clock.now()
        async with self.store.write() as tx:
            contact = await contacts.meet(tx, next(self.numbers), kind="person", now=now)
            person = await residents.welcome(tx, contact, language=language, now=now)
        for wish in wishes:
            await self.subscriptions.agree(self.cause(), person, wish)
        return person

    async def member(self, role: Role = Role.COORDINATOR, centre: str | None = None) -> Resident:
        """Return somebody of the team."""
        person = await self.resident()
        async with self.store.write() as tx:
            member = Staff(person.contact_id, role, centre, self.clock.now())
            await staff.appoint(tx, member, invited_by=None)
        return person

    async def draft(self, author: Resident, **texts: str) -> Broadcast:
        """Return a draft with words."""
        draft = await self.drafts.begin(self.cause(), author)
        for language, html in (texts or {"fr": "Fête", "de": "Fest"}).items():
            draft = await self.drafts.write(
                self.cause(), author, draft.number, language=language, html=html
            )
        return draft

    async def send(self, author: Resident, draft: Broadcast, *, again: bool = False) -> Broadcast:
        """Set a draft on its way."""
        plan = await self.acts.send(
            self.cause(),
            author,
            draft.number,
            version=draft.version,
            again=again,
            shown_in=77,
        )
        return plan.broadcast if not plan.repeats else draft

    def passes(self, **time: float) -> None:
        """Let time go by."""
        self.clock.offset += timedelta(**time)

    async def deliver(self, number: int, end: outbox.End = "sent", *, most: int = 10**6) -> int:
        """Let the postman bring what is due of an announcement; return how many."""
        box, now = schema.outbox, self.clock.now()
        async with self.store.write() as tx:
            found = await tx.connection.execute(
                sa.select(box.c.id)
                .where(
                    box.c.key.startswith(broadcasts.key(number)),
                    box.c.state == "queued",
                    box.c.not_before <= now,
                )
                .limit(most)
            )
            ids = list(found.scalars())
            for row_id in ids:
                await outbox.claim(tx, row_id)
                await outbox.ended(tx, row_id, end, now=now)
        return len(ids)

    async def recipients(self, number: int) -> list[str]:
        """Return who has got or will get an announcement."""
        box = schema.outbox
        async with self.store.read() as tx:
            found = await tx.connection.execute(
                sa.select(box.c.contact_id).where(box.c.key.startswith(broadcasts.key(number)))
            )
            return sorted(found.scalars())

    async def get(self, number: int) -> Broadcast:
        """Return an announcement as it stands."""
        async with self.store.read() as tx:
            found = await broadcasts.get(tx, number)
        assert found is not None
        return found

    async def actions(self) -> list[str]:
        """Return what the audit tells, the oldest first."""
        return [entry.action async for entry in self.audit.everything()]


@pytest_asyncio.fixture
async def office(store: Store, clock: Clock) -> Office:
    """The theme's services on an empty store."""
    return Office(store, clock)


async def test_only_who_agreed_is_written_to_and_each_once(office: Office) -> None:
    boss = await office.member()
    alice = await office.resident("fr", EVERYTHING, Subscription(About.CENTRE, "mett"))
    beat = await office.resident("de", EVERYTHING)
    await office.resident("fr")
    paused = await office.resident("fr", EVERYTHING)
    await office.people.pause(office.cause(), paused, paused=True)
    gone = await office.resident("fr", EVERYTHING)
    async with office.store.write() as tx:
        await residents.retire(tx, gone.contact_id)
    changed = await office.resident("de", EVERYTHING)
    await office.subscriptions.refuse(office.cause(), changed)

    draft = await office.draft(boss)
    plan = await office.drafts.plan(boss, draft.number)
    assert (plan.people, plan.counts) == (2, {"fr": 1, "de": 1})

    sent = await office.send(boss, draft)
    assert sent.state is State.WAITING
    assert await office.mailing.advance() == 0, "a minute to undo it"
    office.passes(seconds=61)
    for _ in range(3):
        await office.mailing.advance()
    assert await office.recipients(sent.number) == sorted([alice.contact_id, beat.contact_id])

    assert await office.deliver(sent.number) == 2
    await office.mailing.advance()
    done = await office.get(sent.number)
    assert (done.state, dict(done.outcome)) == (State.DONE, {"sent": 2})
    assert await office.actions() == ["broadcast.set_off", "broadcast.sent"]
    assert (await office.audit.verify()).broken is None


async def test_an_audience_is_who_asked_for_it_or_lives_there(office: Office) -> None:
    boss = await office.member()
    town = await office.resident("fr", EVERYTHING)
    here = await office.resident("fr", EVERYTHING)
    await office.people.choose_neighbourhood(office.cause(), here, "mett")
    asked = await office.resident("de", Subscription(About.NEIGHBOURHOOD, "mett"))
    desk = await office.resident("de", Subscription(About.CENTRE, "mett"))
    young = await office.resident("de", Subscription(About.CATEGORY, "youth"))
    draft = await office.draft(boss)

    async def reached(audience: Audience) -> set[str]:
        chosen = await office.drafts.address(office.cause(), boss, draft.number, audience)
        plan = await office.drafts.plan(boss, draft.number)
        again = await office.drafts.again(office.cause(), boss, draft.number)
        sent = await office.send(boss, again, again=True)
        assert again.audience == chosen.audience
        office.passes(seconds=61)
        await office.mailing.advance()
        await office.mailing.advance()
        people = set(await office.recipients(sent.number))
        assert len(people) == plan.people
        return people

    assert await reached(Audience()) == {town.contact_id, here.contact_id}
    assert await reached(Audience(NEIGHBOURHOOD, "mett")) == {here.contact_id, asked.contact_id}
    at_desk = {here.contact_id, asked.contact_id, desk.contact_id}
    assert await reached(Audience(CENTRE, "mett")) == at_desk
    assert await reached(Audience(CENTRE, "mett", language="fr")) == {here.contact_id}
    assert await reached(Audience(CATEGORY, "youth")) == {young.contact_id}
    with pytest.raises(NotAllowedError):
        await office.drafts.address(
            office.cause(), boss, draft.number, Audience(NEIGHBOURHOOD, "mars")
        )


async def test_an_animator_writes_to_their_centre_and_while_they_belong_to_it(
    office: Office,
) -> None:
    samira = await office.member(Role.ANIMATOR, "mett")
    await office.resident("fr", Subscription(About.CENTRE, "mett"))
    draft = await office.draft(samira)
    assert (draft.audience.kind, draft.audience.value) == (CENTRE, "mett")
    for other in (Audience(), Audience(CENTRE, "centre"), Audience(NEIGHBOURHOOD, "mett")):
        with pytest.raises(NotAllowedError):
            await office.drafts.address(office.cause(), samira, draft.number, other)

    stranger = await office.resident()
    colleague = await office.member(Role.ANIMATOR, "centre")
    for nosy in (stranger, colleague):
        with pytest.raises((NotAllowedError, OutdatedError)):
            await office.drafts.draft(nosy, draft.number)
        with pytest.raises((NotAllowedError, OutdatedError)):
            await office.send(nosy, draft)
        with pytest.raises((NotAllowedError, OutdatedError)):
            await office.drafts.view(nosy, draft.number)

    sent = await office.send(samira, draft)
    with pytest.raises(NotAllowedError):
        await office.acts.undo(office.cause(), colleague, sent.number)
    async with office.store.write() as tx:
        await staff.dismiss(tx, samira.contact_id, office.clock.now())
    office.passes(seconds=61)
    for _ in range(3):
        await office.mailing.advance()
    assert (await office.get(sent.number)).state is State.STOPPED
    assert await office.recipients(sent.number) == []


async def test_what_somebody_removed_has_begun_goes_no_further(office: Office) -> None:
    boss = await office.member()
    for _ in range(3):
        await office.resident("fr", EVERYTHING)
    sent = await office.send(boss, await office.draft(boss))
    office.passes(seconds=61)
    await office.mailing.advance()
    await office.mailing.advance()
    await office.deliver(sent.number, most=1)
    async with office.store.write() as tx:
        await staff.dismiss(tx, boss.contact_id, office.clock.now())
    await office.mailing.advance()
    await office.mailing.advance()
    ended = await office.get(sent.number)
    assert (ended.state, dict(ended.outcome)) == (State.STOPPED, {"sent": 1, "cancelled": 2})
    assert await office.deliver(sent.number) == 0


async def test_a_missing_language_is_decided_before_anything_leaves(office: Office) -> None:
    boss = await office.member()
    alice = await office.resident("fr", EVERYTHING)
    beat = await office.resident("de", EVERYTHING)
    draft = await office.draft(boss, fr="Fête")
    assert draft.undecided
    with pytest.raises(NotReadyError):
        await office.send(boss, draft)

    left = await office.drafts.settle(office.cause(), boss, draft.number, Missing.LEAVE_OUT)
    assert (await office.drafts.plan(boss, draft.number)).people == 1
    with pytest.raises(OutdatedError):
        await office.send(boss, draft)
    marked = await office.drafts.settle(office.cause(), boss, left.number, Missing.MARK)
    sent = await office.send(boss, marked)
    office.passes(seconds=61)
    await office.mailing.advance()
    await office.mailing.advance()
    assert await office.recipients(sent.number) == sorted([alice.contact_id, beat.contact_id])
    async with office.store.write() as tx:
        for head in await outbox.heads(tx, now=office.clock.now(), limit=9):
            row = await outbox.claim(tx, head.id)
            assert row is not None
            marked_so = "Nur auf Französisch:" in row.message.text
            assert marked_so == (head.contact_id == beat.contact_id)


async def test_the_same_words_ask_first_and_each_day_has_its_measure(office: Office) -> None:
    samira = await office.member(Role.ANIMATOR, "mett")
    await office.resident("fr", Subscription(About.CENTRE, "mett"))
    first = await office.send(samira, await office.draft(samira))
    again = await office.drafts.again(office.cause(), samira, first.number)
    asked = await office.send(samira, again)
    assert asked.state is State.DRAFT
    assert (await office.drafts.plan(samira, again.number)).repeats == first.starts_at
    assert (await office.send(samira, again, again=True)).state is State.WAITING
    await office.send(samira, await office.draft(samira, fr="Autre", de="Anderes"))
    with pytest.raises(SpentError):
        await office.send(samira, await office.draft(samira, fr="Encore", de="Noch eines"))

    office.passes(days=1, hours=1)
    tomorrow = await office.drafts.again(office.cause(), samira, first.number)
    assert (await office.send(samira, tomorrow)).state is State.WAITING


async def test_undo_pause_go_on_and_stop(office: Office) -> None:
    boss = await office.member()
    for _ in range(5):
        await office.resident("fr", EVERYTHING)
    draft = await office.draft(boss)
    sent = await office.send(boss, draft)
    back = await office.acts.undo(office.cause(), boss, sent.number)
    office.passes(minutes=5)
    await office.mailing.advance()
    assert (await office.get(back.number)).state is State.DRAFT
    assert await office.recipients(back.number) == []

    sent = await office.send(boss, back)
    office.passes(seconds=61)
    await office.mailing.advance()
    await office.mailing.advance()
    with pytest.raises(OutdatedError):
        await office.acts.undo(office.cause(), boss, sent.number)
    assert await office.deliver(sent.number, most=2) == 2
    await office.acts.pause(office.cause(), boss, sent.number)
    assert await office.deliver(sent.number) == 0
    await office.mailing.advance()
    course = await office.acts.resume(office.cause(), boss, sent.number)
    assert (course.delivered, course.left) == (2, 3)
    assert await office.deliver(sent.number, "unreachable", most=1) == 1
    await office.acts.stop(office.cause(), boss, sent.number)
    assert await office.deliver(sent.number) == 0
    await office.mailing.advance()
    ended = (await office.drafts.view(boss, sent.number)).broadcast
    assert dict(ended.outcome) == {"sent": 2, "unreachable": 1, "cancelled": 2}
    (report,) = await office.mailing.reports()
    assert (report.chat, report.message) == (5001, 77)
    await office.mailing.reported(sent.number)
    assert await office.mailing.reports() == []
    assert (await office.actions())[-3:] == [
        "broadcast.paused",
        "broadcast.resumed",
        "broadcast.stopped",
    ]


async def test_many_people_take_a_second_person(office: Office) -> None:
    office.town.current = Town(centres=CENTRES, broadcasts=BroadcastRules(second_above=1))
    boss = await office.member()
    for _ in range(2):
        await office.resident("fr", EVERYTHING)
    draft = await office.draft(boss)
    with pytest.raises(AloneError):
        await office.send(boss, draft)

    other, samira = await office.member(), await office.member(Role.ANIMATOR, "mett")
    asked = await office.send(boss, draft)
    assert asked.state is State.ASKED
    office.passes(seconds=61)
    await office.mailing.advance()
    assert await office.recipients(asked.number) == []

    async def decide(who: Resident, *, agreed: bool, version: str = asked.version) -> Broadcast:
        return await office.acts.second(
            office.cause(), who, asked.number, version=version, agreed=agreed
        )

    for nobody in (boss, samira):
        with pytest.raises(NotAllowedError):
            await decide(nobody, agreed=True)
    with pytest.raises(OutdatedError):
        await decide(other, agreed=True, version="00000000")
    assert (await decide(other, agreed=False)).state is State.DRAFT
    asked = await office.send(boss, draft)
    agreed = await decide(other, agreed=True)
    assert (agreed.state, agreed.seconded_by) == (State.WAITING, other.contact_id)
    with pytest.raises(OutdatedError):
        await decide(other, agreed=True)


async def test_at_night_nothing_leaves_and_a_draft_waits_for_the_morning(office: Office) -> None:
    boss = await office.member()
    await office.resident("fr", EVERYTHING)
    draft = await office.draft(boss)
    night = office.clock.local().replace(hour=23, minute=30)
    late = await office.drafts.schedule(office.cause(), boss, draft.number, night)
    plan = await office.drafts.plan(boss, draft.number)
    morning = (night + timedelta(days=1)).replace(hour=8, minute=0, second=0, microsecond=0)
    assert (plan.moved, plan.starts_at) == (True, morning)

    sent = await office.send(boss, late)
    assert sent.starts_at == morning
    office.passes(hours=14)
    await office.mailing.advance()
    assert await office.recipients(sent.number) == []
    office.passes(hours=8, minutes=1)
    await office.mailing.advance()
    await office.mailing.advance()
    assert len(await office.recipients(sent.number)) == 1
    with pytest.raises(OutdatedError):
        await office.drafts.schedule(office.cause(), boss, draft.number, night)


async def test_a_resident_who_says_stop_does_not_get_what_waits(office: Office) -> None:
    boss = await office.member()
    alice = await office.resident("fr", EVERYTHING)
    beat = await office.resident("de", EVERYTHING)
    sent = await office.send(boss, await office.draft(boss))
    office.passes(seconds=61)
    await office.mailing.advance()
    await office.mailing.advance()
    await office.people.pause(office.cause(), alice, paused=True)
    await office.subscriptions.refuse(office.cause(), beat)
    assert await office.deliver(sent.number) == 0


async def test_what_does_not_fit_is_said_and_changes_nothing(office: Office) -> None:
    boss = await office.member()
    draft = await office.draft(boss, fr="a" * 1500)
    photo = StoredFile("photo", "AgAC")
    with pytest.raises(TooLongError):
        await office.drafts.attach(office.cause(), boss, draft.number, photo)
    with pytest.raises(TooLongError):
        await office.drafts.write(
            office.cause(), boss, draft.number, language="de", html="b" * 3001
        )
    assert await office.drafts.draft(boss, draft.number) == draft


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_large_audience_is_written_out_bit_by_bit(office: Office) -> None:
    many = 4 * BATCH + 50
    boss, other = await office.member(), await office.member()
    now = office.clock.now()
    async with office.store.write() as tx:
        for number in range(many):
            contact = await contacts.meet(tx, 90_000 + number, kind="person", now=now)
            await residents.welcome(tx, contact, language="fr", now=now)
            row = {"contact_id": contact, "kind": "all", "value": "", "at": now}
            await tx.connection.execute(sa.insert(schema.subscription).values(row))
    asked = await office.send(boss, await office.draft(boss))
    await office.acts.second(
        office.cause(), other, asked.number, version=asked.version, agreed=True
    )
    office.passes(seconds=61)
    await office.mailing.advance()
    written = []
    while (await office.get(asked.number)).state is State.SENDING:
        written.append(await office.mailing.advance())
        await office.deliver(asked.number)
    assert written[:2] == [3 * BATCH, BATCH + 50]
    assert len(await office.recipients(asked.number)) == many
