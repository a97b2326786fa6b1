"""Audiences of those who signed up or came: only who agreed to be written to, on both engines."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from bot.domain.audiences import AGES, REGISTERED, Audience, of_session
from bot.domain.localized import Localized
from bot.domain.registrations import Party, State, Who
from bot.domain.sessions import Session
from storage import audiences, contacts, gatherings, registrations, residents, rolls, schema
from storage.store import Store, Tx

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
WALL = datetime(2026, 12, 2, 10)  # noqa: DTZ001 - wall time


async def person(tx: Tx, number: int, language: str, *, agrees: bool) -> str:
    contact = await contacts.meet(tx, number, kind="person", now=NOW)
    await residents.welcome(tx, contact, language=language, now=NOW)
    if agrees:
        row = {"contact_id": contact, "kind": "category", "value": "youth", "at": NOW}
        await tx.connection.execute(sa.insert(schema.subscription).values(row))
    return contact


async def sign_up(tx: Tx, contact: str, entry: str, state: State) -> None:
    ends = WALL + timedelta(hours=1)
    moments = (NOW + timedelta(days=7), NOW + timedelta(days=7, hours=1))
    new = rolls.NewRoll(entry, "2612021000", WALL, WALL, ends, *moments, 12)
    roll = await rolls.hold(tx, new)
    await registrations.add(
        tx,
        roll_id=roll.id,
        contact_id=contact,
        state=state,
        party=Party(1, 0),
        places=1,
        arrived=1,
        language="fr",
        who=Who(),
        now=NOW,
    )


async def test_who_registered_or_came_and_agreed(store: Store) -> None:
    async with store.write() as tx:
        alice = await person(tx, 1, "fr", agrees=True)
        beat = await person(tx, 2, "de", agrees=True)
        silent = await person(tx, 3, "fr", agrees=False)
        for who, entry, state in (
            (alice, "act-mice", State.REGISTERED),
            (beat, "act-mice", State.WAITING),
            (silent, "act-mice", State.REGISTERED),
            (beat, "act-choir", State.REGISTERED),
            (alice, "act-choir", State.CANCELLED),
        ):
            await sign_up(tx, who, entry, state)
        title = Localized(fr="K'fé", de="Kafi")
        number = await gatherings.begin(tx, Session(0, title, "4711", None, NOW))
        for who in (beat, silent):
            await gatherings.join(tx, number, who)

    mice = Audience(REGISTERED, "act-mice", entries=("act-mice",))
    choir = Audience(AGES, "60+", entries=("act-choir",))
    session = of_session(number, title)
    assert Audience.from_json(session.to_json()) == session
    async with store.read() as tx:
        assert await rolls.entries(tx) == ["act-choir", "act-mice"]
        assert await audiences.counted(tx, mice) == {"fr": 1, "de": 1}
        assert await audiences.counted(tx, choir) == {"de": 1}
        found = await audiences.after(tx, session, languages=("fr", "de"), cursor="", limit=9)
        assert [each.contact_id for each in found] == [beat]

    async with store.write() as tx:
        await gatherings.forget_members(tx, number)
    async with store.read() as tx:
        assert await audiences.counted(tx, session) == {}
