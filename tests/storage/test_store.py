"""The two doors: everything or nothing, once per update, in turn, and nothing garbled."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, StatementError

from bot.domain.causes import Cause
from bot.domain.errors import RepeatedError
from bot.text import clean
from storage import schema
from storage.store import Store, Tx, insert_once, upsert

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
LARGEST_TELEGRAM_ID = 2**52


async def _settings(tx: Tx) -> dict[str, object]:
    rows = await tx.connection.execute(
        sa.select(schema.town_setting.c.key, schema.town_setting.c.value)
    )
    return {row.key: row.value for row in rows}


async def _set(tx: Tx, key: str, value: object) -> None:
    await upsert(
        tx,
        schema.town_setting,
        {"key": key},
        {"value": value, "source": "file", "updated_at": NOON},
    )


async def test_an_exception_undoes_the_whole_block(store: Store) -> None:
    async def stumble() -> None:
        async with store.write() as tx:
            await _set(tx, "name", "Biel")
            raise LookupError

    with pytest.raises(LookupError):
        await stumble()
    async with store.read() as tx:
        assert await _settings(tx) == {}


async def test_a_cancelled_write_is_undone_and_the_next_one_works(store: Store) -> None:
    written = asyncio.Event()

    async def hesitate() -> None:
        async with store.write() as tx:
            await _set(tx, "name", "Biel")
            written.set()
            await asyncio.Event().wait()

    async with asyncio.TaskGroup() as group:
        task = group.create_task(hesitate())
        await written.wait()
        task.cancel()
    async with store.write() as tx:
        assert await _settings(tx) == {}
        await _set(tx, "name", "Bienne")
    async with store.read() as tx:
        assert await _settings(tx) == {"name": "Bienne"}


async def test_writers_cancelled_at_any_moment_leave_the_door_open(store: Store) -> None:
    async def write(number: int) -> None:
        async with store.write() as tx:
            await _set(tx, f"key-{number}", number)

    for hops in range(40):
        task = asyncio.get_running_loop().create_task(write(hops))
        for _ in range(hops):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        if not task.cancelled():
            task.result()
    async with store.write() as tx:
        await _set(tx, "name", "Biel")
    async with store.read() as tx:
        assert (await _settings(tx))["name"] == "Biel"


async def test_an_update_has_its_effect_once(store: Store) -> None:
    cause = Cause(7)
    async with store.write(cause) as tx:
        await _set(tx, "count", 1)
    assert cause.settled
    async with store.write(cause) as tx:
        await _set(tx, "count", 2)
    again = Cause(7)
    with pytest.raises(RepeatedError):
        async with store.write(again) as tx:
            await _set(tx, "count", 3)
    assert not again.settled
    async with store.read() as tx:
        assert await _settings(tx) == {"count": 2}


async def test_an_undone_effect_may_be_tried_again(store: Store) -> None:
    with pytest.raises(LookupError):
        async with store.write(Cause(7)):
            raise LookupError
    async with store.write(Cause(7)) as tx:
        await _set(tx, "count", 1)


async def test_the_same_update_twice_at_once_has_one_effect(store: Store) -> None:
    async def handle() -> None:
        async with store.write(Cause(7)) as tx:
            count = (await _settings(tx)).get("count", 0)
            await _set(tx, "count", int(str(count)) + 1)

    outcomes = await asyncio.gather(*(handle() for _ in range(10)), return_exceptions=True)
    assert sum(isinstance(outcome, RepeatedError) for outcome in outcomes) == 9
    async with store.read() as tx:
        assert await _settings(tx) == {"count": 1}


async def test_sixty_writers_at_once_count_to_sixty(store: Store) -> None:
    async with store.write() as tx:
        await _set(tx, "places", 0)

    async def take() -> None:
        async with store.write() as tx:
            row = sa.select(schema.town_setting.c.value).where(
                schema.town_setting.c.key == "places"
            )
            taken = (await tx.connection.execute(tx.locked(row))).scalar_one()
            await asyncio.sleep(0)
            await _set(tx, "places", taken + 1)

    await asyncio.gather(*(take() for _ in range(60)))
    async with store.read() as tx:
        assert await _settings(tx) == {"places": 60}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_writers_of_one_file_are_served_in_the_order_they_came(store: Store) -> None:
    served: list[int] = []

    async def write(number: int) -> None:
        async with store.write() as tx:
            await _set(tx, "last", number)
            served.append(number)

    await asyncio.gather(*(write(number) for number in range(30)))
    assert served == list(range(30))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_write_inside_a_write_is_refused_instead_of_waiting_for_itself(
    store: Store,
) -> None:
    async with store.write():
        with pytest.raises(RuntimeError, match="wait for itself"):
            async with store.write():
                pass


async def test_reading_goes_on_while_somebody_writes(store: Store) -> None:
    async with store.write() as writing:
        await _set(writing, "name", "Biel")
        async with store.read() as reading:
            assert await _settings(reading) == {}
    async with store.read() as reading:
        assert await _settings(reading) == {"name": "Biel"}


async def test_the_read_door_refuses_to_write(store: Store) -> None:
    with pytest.raises(DBAPIError):
        async with store.read() as tx:
            await _set(tx, "name", "Biel")


async def test_every_committed_write_is_announced(store: Store) -> None:
    heard: list[str] = []
    store.committed = lambda: heard.append("committed")
    async with store.write() as tx:
        await _set(tx, "name", "Biel")
        assert heard == []
    with pytest.raises(LookupError):
        async with store.write():
            raise LookupError
    assert heard == ["committed"]


async def test_upsert_and_insert_once_say_whether_they_wrote(store: Store) -> None:
    table = schema.town_setting
    row = {"value": 1, "source": "chat", "updated_at": NOON}
    async with store.write() as tx:
        assert await upsert(tx, table, {"key": "a"}, row)
        assert not await upsert(tx, table, {"key": "a"}, row, only_if=table.c.source == "file")
        assert not await insert_once(tx, table, {"key": "a", **row})
        assert await insert_once(tx, table, {"key": "b", **row})


async def test_moments_come_back_as_the_same_moment_in_utc(store: Store) -> None:
    berne = timedelta(hours=2)
    async with store.write() as tx:
        await tx.connection.execute(
            sa.insert(schema.update_seen),
            [{"update_id": LARGEST_TELEGRAM_ID, "at": NOON.astimezone(tz=None) + berne}],
        )
    async with store.read() as tx:
        row = (await tx.connection.execute(sa.select(schema.update_seen))).one()
    assert row == (LARGEST_TELEGRAM_ID, NOON + berne)
    assert row.at.tzinfo is UTC


async def test_a_moment_without_its_zone_is_refused(store: Store) -> None:
    with pytest.raises(StatementError, match="naive"):
        async with store.write() as tx:
            await insert_once(
                tx, schema.update_seen, {"update_id": 1, "at": NOON.replace(tzinfo=None)}
            )


HOSTILE = [
    "Robert'); DROP TABLE contact;--",
    "Zoë & « Ça » <b>Grüezi</b> – 14 h 30",
    "👩‍👩‍👧‍👦 family, flag 🇨🇭, ዘመን, مرحبا",
    "\x00null\ud800 surrogate \u202eright to left",
    "%s ? :name {} $1 \\ \\u0041",
    "e\u0301" * 50,
]


@pytest.mark.parametrize("raw", HOSTILE)
async def test_hostile_words_come_back_as_they_were_cleaned(store: Store, raw: str) -> None:
    words = clean(raw)
    async with store.write() as tx:
        await _set(tx, words, {"fr": words, "list": [words]})
    async with store.read() as tx:
        assert await _settings(tx) == {words: {"fr": words, "list": [words]}}
