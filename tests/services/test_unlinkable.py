"""Unlinkable means it: with a copy of everything, nobody gets from the text to the person."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.clock import Clock
from bot.domain.contribution_errors import UnlinkableError
from bot.domain.contribution_states import State
from bot.domain.contributions import Draft, Kind, NameLevel, Point
from bot.domain.conversations import Conversation
from bot.domain.errors import OutdatedError, TooMuchError
from bot.domain.residents import Resident
from bot.domain.roles import Role
from storage import conversations, schema, updates
from storage.store import Store
from tests.contributing import House, bytes_on_disk

ADA = 4_503_599_627_370_496
WORDS = "On me menace dans la cage d'escalier"
SECRET = Draft(
    kind=Kind.CONCERN, text=WORDS, level=NameLevel.UNLINKABLE, point=Point(47.136912, 7.247123)
)
PAGE = 4096
"""Bytes of a page of SQLite: what is within one of them was written together."""


@pytest.fixture
def house(store: Store, clock: Clock) -> House:
    return House(store, clock)


def left_in_the_journal(folder: Path) -> bytes:
    """Return what SQLite has not yet taken over from its log."""
    return b"".join(file.read_bytes() for file in folder.glob("*-wal"))


async def _write_the_draft(house: House, ada: Resident) -> list[bytes]:
    """Let the draft grow step by step, as the dialogue keeps it; return its sealed bytes."""
    me, sealed, talk = ada.contact_id, [], schema.conversation
    for step in ("kind", "text", "place", "level", "preview"):
        async with house.store.write() as tx:
            begun = Conversation("contributing", step, SECRET.to_json())
            later = house.clock.now() + timedelta(days=7)
            await conversations.put(tx, begun, chat=me, person=me, expires_at=later)
            found = await tx.connection.execute(sa.select(talk.c.data_sealed))
            sealed.append(found.scalar_one())
    return sealed


async def _rows(house: House) -> list[tuple[str, str]]:
    """Return every row of every table as words."""
    async with house.store.read() as tx:
        return [
            (table.name, repr(tuple(row)))
            for table in schema.metadata.sorted_tables
            for row in await tx.connection.execute(sa.select(table))
        ]


async def test_no_row_holds_both_the_words_and_the_person(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="bot")
    ada = await house.resident(ADA)
    await house.member(102, Role.COORDINATOR)
    await _write_the_draft(house, ada)
    raw = f'{{"from":{{"id":{ADA}}},"text":"{WORDS}"}}'.encode()
    async with house.store.write() as tx:
        await updates.set_aside(tx, update_id=9, raw=raw, reason="slow", now=house.clock.now())
    receipt = await house.contributions.submit(house.cause(), ada, SECRET)
    rows = await _rows(house)
    (kept,) = [row for table, row in rows if table == "contribution"]
    assert WORDS in kept
    assert ada.contact_id not in kept
    assert receipt.code is not None
    assert receipt.code not in repr(rows)
    assert {table for table, row in rows if ada.contact_id in row} == {"contact", "resident"}
    assert {table for table, _ in rows} >= {"update_seen"}
    assert not {table for table, _ in rows} & {"outbox", "conversation", "set_aside"}
    assert WORDS not in caplog.text


async def test_only_the_day_and_the_rounded_place_are_kept(house: House) -> None:
    ada, clara = await house.resident(ADA), await house.member(102, Role.COORDINATOR)
    receipt = await house.contributions.submit(house.cause(), ada, SECRET)
    seen = await house.triage.look(clara, receipt.number)
    assert (seen.author, seen.point, seen.address) == (None, None, "")
    assert seen.near is not None
    assert seen.near != SECRET.point
    events = await house.triage.events(clara, receipt.number)
    assert {event.at for event in events} == {seen.created_at}
    local = seen.created_at.astimezone(house.clock.zone)
    assert (local.hour, local.minute, local.second) == (12, 0, 0)
    assert await house.contributions.mine(ada) == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_no_file_links_the_words_to_the_person(house: House, tmp_path: Path) -> None:
    for other in range(1, 30):
        await house.sent(await house.resident(other), replace(SECRET, level=NameLevel.HIDDEN))
    ada = await house.resident(ADA)
    words = "Une phrase que personne d'autre n'a écrite"
    sealed = await _write_the_draft(house, ada)
    assert sealed[-1] in bytes_on_disk(tmp_path)
    await house.contributions.submit(house.cause(), ada, replace(SECRET, text=words))
    left = bytes_on_disk(tmp_path)
    assert not any(draft in left for draft in sealed)
    places = [match.start() for match in re.finditer(re.escape(words.encode()), left)]
    assert len(places) == 1
    around = left[max(0, places[0] - 2 * PAGE) : places[0] + 2 * PAGE]
    assert ada.contact_id.encode() not in around
    assert str(ADA).encode() not in left
    journal = left_in_the_journal(tmp_path)
    assert len(journal) <= PAGE + 64
    assert b"R-" not in journal


async def test_the_code_alone_tells_how_it_stands_and_takes_it_back(house: House) -> None:
    ada, clara = await house.resident(ADA), await house.member(102, Role.COORDINATOR)
    receipt = await house.contributions.submit(house.cause(), ada, SECRET)
    assert receipt.code is not None
    await house.publish(clara, receipt.number, State.PLANNED)
    assert await house.outbox(f"c:{receipt.number}") == []
    seen = await house.contributions.status(receipt.code.lower())
    assert seen is not None
    assert (seen.state, seen.reason) == (State.PLANNED, {"fr": "Parce que.", "de": "Darum."})
    assert await house.contributions.status("0" * 26) is None
    with pytest.raises(OutdatedError):
        await house.contributions.withdraw(house.cause(), ada, receipt.number)
    await house.contributions.withdraw_by_code(house.cause(), receipt.code)
    ended = await house.contributions.status(receipt.code)
    assert ended is not None
    assert (ended.state, ended.text) == (State.WITHDRAWN, "")
    with pytest.raises(OutdatedError):
        await house.contributions.withdraw_by_code(house.cause(), receipt.code)


async def test_photos_voices_and_addresses_are_refused_before_anything_is_kept(
    house: House,
) -> None:
    ada = await house.resident(ADA)
    for carries in ({"photos": ("f",)}, {"voice": "v"}, {"address": "Rue 7"}):
        with pytest.raises(UnlinkableError):
            await house.contributions.submit(house.cause(), ada, replace(SECRET, **carries))
    assert not [row for table, row in await _rows(house) if table == "contribution"]


async def test_three_a_day_are_counted_without_a_row(house: House) -> None:
    ada, ben = await house.resident(ADA), await house.resident(7)
    for number in range(3):
        await house.sent(ada, replace(SECRET, text=f"{number}"))
    with pytest.raises(TooMuchError):
        await house.sent(ada, replace(SECRET, text="encore"))
    await house.sent(ben, SECRET)
    house.clock.offset += timedelta(days=1)
    await house.sent(ada, replace(SECRET, text="demain"))


async def test_merged_and_split_it_stays_without_a_person(house: House) -> None:
    ada, clara = await house.resident(ADA), await house.member(102, Role.COORDINATOR)
    number = await house.sent(ada, SECRET)
    part = await house.decisions.split(house.cause(), clara, number, text="Une partie")
    other = await house.sent(await house.resident(7), replace(SECRET, level=NameLevel.HIDDEN))
    await house.decisions.merge(house.cause(), clara, part, into=other)
    rows = await _rows(house)
    assert {table for table, row in rows if ada.contact_id in row} == {"contact", "resident"}
