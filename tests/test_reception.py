"""The reception: each update once, in order per person; what cannot be handled is kept, sealed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from telegram import Update
from telegram.ext import filters

from bot.domain.messages import Message
from bot.telegram.desk import Desk, Handle, on_message
from bot.telegram.visit import Visit
from handlers.refusals import refuse
from tests.front import Front, Json, open_front, soon, text_from
from tests.neighbours import Town

SECRET = "Meine Frage an den Hausarzt"
PLENTY, NOTHING = 2**30, 1


@pytest_asyncio.fixture
async def front(village: Path, tmp_path: Path) -> AsyncIterator[Front]:
    """The reception of the sample town, without intake; one person has pressed Start."""
    async with open_front(village, tmp_path) as opened:
        opened.meets(1001)
        yield opened


async def test_twenty_texts_of_a_fast_typist_are_answered_in_their_order(
    village: Path, tmp_path: Path
) -> None:
    async with open_front(village, tmp_path, at=desk_of(say_back)) as front:
        front.meets(1001)
        async with asyncio.TaskGroup() as group:
            for number in range(20):
                group.create_task(front.receive(text_from(1001, str(number))))
        assert front.told(1001) == [str(number) for number in range(20)]


async def test_who_writes_without_end_does_not_fill_the_memory(
    village: Path, tmp_path: Path
) -> None:
    async with open_front(village, tmp_path, at=desk_of(say_back)) as front:
        front.meets(1001)
        async with asyncio.TaskGroup() as group:
            received = [
                group.create_task(front.receive(text_from(1001, str(number))))
                for number in range(200)
            ]
        assert all(task.result() for task in received)
        assert front.told(1001)[:40] == [str(number) for number in range(40)]


async def test_an_update_handed_over_three_times_has_one_reply(front: Front) -> None:
    update = text_from(1001, "/privacy") | {"update_id": 77}
    async with asyncio.TaskGroup() as group:
        group.create_task(front.receive(dict(update)))
        group.create_task(front.receive(dict(update)))
    assert await front.receive(dict(update))
    assert len(front.told(1001)) == 1


async def test_what_hangs_is_set_aside_sealed_and_the_next_is_handled(
    village: Path, tmp_path: Path
) -> None:
    async with open_front(village, tmp_path, at=desk_of(hang_or_say), patience=0.3) as front:
        front.meets(1001)
        assert await front.receive(text_from(1001, SECRET))
        assert await front.receive(text_from(1001, "Merci"))
        assert await front.set_aside() == 1
        sorry, thanks = front.told(1001)
        assert sorry.startswith("Pardon")
        assert thanks == "Merci"
        assert SECRET.encode() not in files_of(front)


async def test_what_cannot_be_parsed_is_set_aside_sealed_and_the_next_is_handled(
    front: Front,
) -> None:
    assert await front.receive(broken(SECRET))
    assert await front.receive(text_from(1001, "/privacy"))
    assert await front.set_aside() == 1
    assert len(front.told(1001)) == 1
    assert SECRET.encode() not in files_of(front)


async def test_what_cannot_be_kept_stays_with_telegram_and_the_others_are_served(
    small_town: Town,
) -> None:
    town = small_town
    await room(town, NOTHING)
    number = (await town.post("updates", broken("x" * 60_000)))["update_id"]
    for _ in range(2):
        await town.post(f"phones/{town.alice.id}/send", {"text": "/privacy"})
    await soon(lambda: len(said_to(town, town.alice.id)) == 2)
    await asyncio.sleep(1.5)  # long enough for another try
    assert town.world.updates.pending()[0]["update_id"] == number

    await room(town, PLENTY)
    await town.settles()
    assert len(said_to(town, town.alice.id)) == 2


@pytest.mark.parametrize("kind", ["badjson", "502html", "500", "lost"])
async def test_a_spoilt_answer_to_getupdates_costs_nothing(small_town: Town, kind: str) -> None:
    town = small_town
    await town.faults({"kind": kind, "method": "getUpdates", "times": 1})
    for _ in range(2):  # the first is in the spoilt answer, or calls it up
        await town.post(f"phones/{town.alice.id}/send", {"text": "/privacy"})
    await soon(lambda: len(said_to(town, town.alice.id)) == 2)


def desk_of(serve: Handle) -> Desk:
    """Return a desk with one handler for everything written."""
    only = [on_message(filters.TEXT, serve)]
    return Desk(handlers=only, yields={}, corrects=(), parks={}, refuse=refuse)


async def say_back(_update: Update, visit: Visit) -> None:
    visit.say(Message(visit.text))


async def hang_or_say(update: Update, visit: Visit) -> None:
    if visit.text == SECRET:
        await asyncio.Event().wait()
    await say_back(update, visit)


def broken(text: str) -> Json:
    """Return an update no Telegram would send."""
    update = text_from(1001, text)
    update["message"]["from"]["id"] = "1001"
    return update


def files_of(front: Front) -> bytes:
    """Return every byte of the database's files."""
    return b"".join(path.read_bytes() for path in front.file.parent.glob(f"{front.file.name}*"))


def said_to(town: Town, person: int) -> list[str]:
    return [m.json["text"] for m in town.world.chats[person].history if m.from_bot]


async def room(town: Town, pages: int) -> None:
    """Let the database's file grow to so many pages and no further, as a full disk would."""
    async with town.archive.store.write() as tx:
        await tx.connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
