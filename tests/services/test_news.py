"""What is new, told once to who asked for it, and the digest of the week, on both engines."""

from __future__ import annotations

import json
import random
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.clock import Clock
from bot.domain.residents import Resident
from bot.domain.subscriptions import DIGEST, EVERYTHING, About, Subscription
from bot.services.news import News
from bot.services.subscriptions import Subscriptions
from storage import directory, privacy, residents, schema
from storage.reminders import Manners, keep, manners
from storage.store import Store
from tests.registering import Club, activity, at

METT = Subscription(About.NEIGHBOURHOOD, "mett")
CHILDREN = Subscription(About.CATEGORY, "children")
SENIORS = Subscription(About.CATEGORY, "seniors")


class Desk:
    """The club with its news; `again` is the house after a restart."""

    def __init__(self, club: Club) -> None:
        self.club = club
        self.wishes = Subscriptions(club.store, club.clock)
        self.news = News(club.store, club.clock, town=club.town, agenda=club.agenda)

    @classmethod
    async def opened(cls, store: Store, clock: Clock) -> Desk:
        """Open the house with one activity that everybody knows."""
        desk = cls(await Club.opened(store, clock))
        await desk.news.tell_due()
        clock.offset += timedelta(minutes=1)
        return desk

    async def again(self) -> Desk:
        """Open the house anew on what the store holds."""
        return Desk(await Club.again(self.club.store, self.club.clock))

    async def reader(self, number: int, language: str, *wishes: Subscription) -> Resident:
        """Return somebody who wants to hear of this."""
        person = await self.club.resident(number, language)
        for wish in wishes:
            await self.wishes.agree(self.club.cause(), person, wish)
        return person

    async def comes(self, entry_id: str, **changes: Any) -> None:  # noqa: ANN401 - a document
        """Let a new activity come to the agenda, as from the chat or a file."""
        self.club.clock.offset += timedelta(minutes=1)
        async with self.club.store.write() as tx:
            await directory.save_entry(
                tx,
                entry_id,
                kind="activity",
                document=activity(entry_id, **changes),
                now=self.club.clock.now(),
            )
        await self.club.directory.changed()
        await self.news.tell_due()

    async def at(self, local: str) -> int:
        """Let it be this moment; return how many are written to."""
        at(self.club.clock, local)
        return await self.news.tell_due()

    async def told(self, prefix: str) -> list[tuple[str, str]]:
        """Return to whom was written, and what."""
        box = schema.outbox.c
        async with self.club.store.read() as tx:
            rows = await tx.connection.execute(
                sa.select(box.contact_id, box.payload_sealed)
                .where(box.key.startswith(prefix), box.payload_sealed.is_not(None))
                .order_by(box.id)
            )
            return [
                (row.contact_id, json.dumps(json.loads(tx.keyring.unseal(row.payload_sealed))))
                for row in rows
            ]


async def test_something_new_is_told_once_the_next_morning_and_bundled(
    store: Store, clock: Clock
) -> None:
    desk = await Desk.opened(store, clock)  # Tuesday, 24 November
    ada = await desk.reader(1, "fr", METT, CHILDREN)
    bea = await desk.reader(2, "de", SENIORS)
    await desk.reader(3, "fr", EVERYTHING)
    paused = await desk.reader(4, "fr", METT)
    gone = await desk.reader(5, "fr", METT)
    async with store.write() as tx:
        await residents.change(tx, paused.contact_id, paused=True)
        await residents.retire(tx, gone.contact_id)
    await desk.comes("act-dance", title={"fr": "Danse"})
    await desk.comes("act-choir", title={"fr": "Chœur", "de": "Chor"}, audience=["seniors"])
    assert await desk.at("2026-11-25T09:59") == 0

    assert await desk.at("2026-11-25T10:00") == 2
    told = dict(await desk.told("new:"))
    assert set(told) == {ada.contact_id, bea.contact_id}
    assert "Danse" in told[ada.contact_id]
    assert "ag:e:act-choir" in told[ada.contact_id]
    assert "sub:less" in told[ada.contact_id]
    assert "act-mice" not in told[ada.contact_id]
    assert "Danse" not in told[bea.contact_id]
    assert "Chor" in told[bea.contact_id]

    desk = await desk.again()
    late = await desk.reader(6, "fr", METT)
    for moment in ("2026-11-25T10:01", "2026-11-24T12:00", "2026-11-25T11:00", "2026-11-26T11:00"):
        assert await desk.at(moment) == 0
    assert late.contact_id not in dict(await desk.told("new:"))


async def test_news_waits_for_monday_keeps_the_cap_and_grows_old(
    store: Store, clock: Clock
) -> None:
    desk = await Desk.opened(store, clock)
    ada, ben = await desk.reader(1, "fr", METT), await desk.reader(2, "de", METT)
    at(clock, "2026-11-28T12:00")
    await desk.comes("act-dance", title={"fr": "Danse"})
    async with store.write() as tx:
        kept = await manners(tx, ben.contact_id)
        pushes = tuple(clock.now() + timedelta(minutes=n) for n in range(8))
        await keep(tx, ben.contact_id, Manners(kept.choice, pushes))
    assert await desk.at("2026-11-29T12:00") == 0
    assert await desk.at("2026-11-30T10:00") == 1
    assert [who for who, _ in await desk.told("new:")] == [ada.contact_id]
    assert await desk.at("2026-12-01T10:00") == 0
    assert await desk.at("2026-12-06T13:00") == 0, "too old to be new"

    await desk.wishes.refuse(desk.club.cause(), ada)
    at(clock, "2026-12-07T12:00")
    await desk.comes("act-choir")
    assert await desk.at("2026-12-08T10:00") == 1
    assert await desk.told("new:") == [(ben.contact_id, (await desk.told("new:"))[0][1])]


async def test_the_digest_comes_once_a_week_only_after_a_yes_and_never_empty(
    store: Store, clock: Clock
) -> None:
    desk = await Desk.opened(store, clock)
    ada = await desk.reader(1, "fr", DIGEST)
    bea = await desk.reader(2, "de", DIGEST, CHILDREN)
    await desk.reader(3, "de", DIGEST, SENIORS)  # nothing for them this week
    await desk.reader(4, "fr", CHILDREN)  # no yes to a digest
    assert await desk.at("2026-11-26T16:59") == 0
    assert await desk.at("2026-11-26T17:00") == 2
    told = dict(await desk.told("week:"))
    assert set(told) == {ada.contact_id, bea.contact_id}
    assert "Die gr" in told[bea.contact_id]
    assert "Les souris vertes" in told[ada.contact_id]
    desk = await desk.again()
    for moment in ("2026-11-26T17:00", "2026-11-27T09:00", "2026-11-24T12:00", "2026-11-26T18:00"):
        assert await desk.at(moment) == 0
    assert await desk.at("2026-12-03T17:00") == 2

    async with store.read() as tx:
        about = await privacy.everything_about(tx, ada.contact_id)
    assert about["news_reader"][0]["digest_for"] == "2026-12-03"
    async with store.write() as tx:
        await privacy.erase(tx, ada.contact_id, clock.now())
    async with store.read() as tx:
        left = await tx.connection.execute(sa.select(schema.news_reader.c.contact_id))
        assert ada.contact_id not in set(left.scalars())


@pytest.mark.parametrize("begin", ["2026-10-13T12:00", "2027-03-16T12:00"])
async def test_one_digest_a_week_whatever_the_clocks_and_we_do(
    store: Store, clock: Clock, begin: str
) -> None:
    desk = await Desk.opened(store, clock)
    ada = await desk.reader(1, "fr", DIGEST)
    chance = random.Random(7)
    at(clock, begin)
    start = clock.now()
    while clock.now() < start + timedelta(weeks=4):
        clock.offset += timedelta(hours=chance.choice((1, 1, 2, 3, -1, -5)))
        if chance.random() < 0.1:
            desk = await desk.again()
        await desk.news.tell_due()
    told = await desk.told("week:")
    assert [who for who, _ in told] == [ada.contact_id] * 4
