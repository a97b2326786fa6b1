"""The postman: everything due arrives, in order, at its pace, whatever Telegram does meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa
from telegram import Bot

from bot.clock import Clock
from bot.domain.errors import OperatorError
from bot.domain.messages import Message
from bot.domain.pacing import Lane, Limits
from bot.metrics import Metrics
from bot.telegram.delivery import Delivery
from bot.telegram.pacing import Pace
from storage import contacts, outbox, residents, schema
from storage.outbox import OnDoubt
from storage.store import Store
from tests.telegram.far_end import Answer, FarEnd, garbled, lost, refused, slow, too_fast

ALICE, BEAT, CARLA = 1001, 1002, 1003
GROUP, SUPERGROUP = -500, -1_001_000_000_500
BLOCKED = refused(403, "Forbidden: bot was blocked by the user")
OUT_OF_ORDER = refused(500, "Internal Server Error")
FAST = Limits(rate=2000, chat=2000, group=2000)


class Town:
    """A store, a postman on his round and how to give him something to carry."""

    def __init__(self, store: Store, bot: Bot, clock: Clock, *, speed: float) -> None:
        self.store = store
        self.pace = Pace(clock=lambda: asyncio.get_running_loop().time() * speed, limits=FAST)
        self.metrics = Metrics()
        self.clock = clock
        self.delivery = Delivery(
            store,
            bot,
            pace=self.pace,
            clock=clock,
            metrics=self.metrics,
            spread=lambda: 0.0,
        )
        store.committed = self.delivery.wake
        self.stop = asyncio.Event()

    async def owe(
        self,
        chat: int,
        *texts: str,
        lane: Lane = Lane.REPLY,
        on_doubt: OnDoubt = "resend",
        lasts: timedelta | None = None,
    ) -> str:
        """Put messages for `chat` into the outbox; return the contact."""
        now = self.clock.now()
        async with self.store.write() as tx:
            kind = "person" if chat > 0 else "group"
            contact = await contacts.meet(tx, chat, kind=kind, now=now)  # type: ignore[arg-type]
            if chat > 0:
                await residents.welcome(tx, contact, language="fr", now=now)
            for text in texts:
                await outbox.enqueue(
                    tx,
                    contact_id=contact,
                    key=f"{contact}:{text}",
                    lane=lane,
                    message=Message(text),
                    kind="test",
                    now=now,
                    expires_at=now + lasts if lasts is not None else None,
                    on_doubt=on_doubt,
                )
        return contact

    async def counts(self) -> dict[str, int]:
        """Return how many messages are in each state."""
        async with self.store.read() as tx:
            return await outbox.counts(tx)

    async def until(self, **states: int) -> None:
        """Wait until the outbox holds exactly so many messages in each state."""
        await _until(self.counts, states)


async def _until(look: Callable[[], Awaitable[object]], wanted: object) -> None:
    seen: object = None
    try:
        async with asyncio.timeout(15):
            while (seen := await look()) != wanted:  # noqa: ASYNC110 - it looks from outside
                await asyncio.sleep(0.01)
    except TimeoutError:
        pytest.fail(f"waited for {wanted}, there is {seen}")


@asynccontextmanager
async def _round(town: Town, *, drain: float = 5.0) -> AsyncIterator[Town]:
    async with asyncio.TaskGroup() as group:
        group.create_task(town.delivery.run(town.stop, drain=drain))
        try:
            yield town
        finally:
            town.stop.set()


@pytest.fixture
def town(store: Store, bot: Bot, clock: Clock) -> Town:
    """Return a town whose postman counts a hundred seconds in one."""
    return Town(store, bot, clock, speed=100.0)


async def test_what_is_owed_arrives_at_once_and_in_order(town: Town, far: FarEnd) -> None:
    async with _round(town):
        await town.owe(ALICE, "eins", "zwei", "drei")
        await town.owe(BEAT, "un")
        await town.until(sent=4)
    assert far.texts(ALICE) == ["eins", "zwei", "drei"]
    assert far.texts(BEAT) == ["un"]
    assert await town.delivery.outbox_age() == 0.0


async def test_what_waited_since_before_the_start_arrives_too(town: Town, far: FarEnd) -> None:
    await town.owe(ALICE, "alt")
    town.clock.offset = timedelta(minutes=2)
    assert await town.delivery.outbox_age() == pytest.approx(120, abs=2)
    async with _round(town):
        await town.until(sent=1)
    assert far.texts() == ["alt"]


async def test_a_slow_a_refused_and_a_failing_chat_delay_none_of_fifty_others(
    store: Store, bot: Bot, clock: Clock, far: FarEnd
) -> None:
    town = Town(store, bot, clock, speed=20.0)
    far.always[ALICE] = slow(0.2)
    far.always[BEAT] = too_fast(5)
    far.always[CARLA] = OUT_OF_ORDER
    async with _round(town):
        for chat in (ALICE, BEAT, CARLA):
            await town.owe(chat, *"abcdefgh")
        for chat in range(1, 51):
            await town.owe(chat, f"für {chat}")
        others = set(range(1, 51))
        await _until(lambda: _heard(far, others), others)
        assert (far.texts(BEAT), far.texts(CARLA)) == ([], [])
        far.always.clear()
        await town.until(sent=74)
    for chat in (ALICE, BEAT, CARLA):
        assert far.texts(chat) == list("abcdefgh")


async def _heard(far: FarEnd, of: set[int]) -> set[int]:
    return {call.chat for call in far.arrived} & of


async def test_nothing_is_sent_inside_the_pause_that_a_429_asks_for(
    store: Store, bot: Bot, clock: Clock, far: FarEnd
) -> None:
    town = Town(store, bot, clock, speed=1.0)
    far.answer(ALICE, too_fast(1))
    async with _round(town):
        await town.owe(ALICE, "a", "b")
        await town.until(sent=2)
    refusal, first = far.calls[0], far.arrived[0]
    assert first.at - refusal.at >= 1.0
    assert far.texts() == ["a", "b"]


async def test_whoever_blocked_the_bot_is_tried_once_and_left_alone(
    town: Town, far: FarEnd
) -> None:
    far.always[ALICE] = BLOCKED
    async with _round(town):
        contact = await town.owe(ALICE, "a", "b", "c")
        await town.until(unreachable=3)
        async with town.store.read() as tx:
            resident = await residents.find(tx, contact)
    assert resident is not None
    assert not resident.reachable
    assert len(far.calls) == 1


async def test_a_group_is_followed_to_its_new_address(town: Town, far: FarEnd) -> None:
    far.always[GROUP] = refused(
        400, "Bad Request: group chat was upgraded", migrate_to_chat_id=SUPERGROUP
    )
    async with _round(town):
        await town.owe(GROUP, "k'fé à 14 h", "à demain")
        await town.until(sent=2)
    assert far.texts(SUPERGROUP) == ["k'fé à 14 h", "à demain"]
    assert len([call for call in far.calls if call.chat == GROUP]) == 1


async def test_what_telegram_never_takes_fails_and_the_next_one_leaves(
    town: Town, far: FarEnd
) -> None:
    far.answer(ALICE, refused(400, "Bad Request: BUTTON_DATA_INVALID"))
    async with _round(town):
        await town.owe(ALICE, "kaputt", "gut")
        await town.until(failed=1, sent=1)
    assert far.texts() == ["gut"]


async def test_one_chat_that_fails_alone_is_given_up_after_eight_tries(
    store: Store, bot: Bot, clock: Clock, far: FarEnd
) -> None:
    town = Town(store, bot, clock, speed=2000.0)
    far.always[ALICE] = OUT_OF_ORDER
    async with _round(town):
        await town.owe(ALICE, "nie")
        for number in range(200):  # somebody is always served in between
            await town.owe(BEAT, f"{number}")
            await asyncio.sleep(0.02)
            if (await town.counts()).get("failed"):
                break
        await town.until(failed=1, sent=number + 1)
    # A try in whose time nobody else was served does not count.
    assert 8 <= len([call for call in far.calls if call.chat == ALICE]) <= 16


async def test_an_outage_of_all_costs_no_message_and_few_requests(
    store: Store, bot: Bot, clock: Clock, far: FarEnd
) -> None:
    town = Town(store, bot, clock, speed=300.0)
    far.everybody = garbled(502, b"<html>Bad Gateway</html>")
    async with _round(town):
        for chat in range(1, 41):
            await town.owe(chat, "erstens", "zweitens")
        await asyncio.sleep(2.0)  # ten minutes
        assert len(far.calls) < 90
        far.everybody = None
        await town.until(sent=80)
    assert all(far.texts(chat) == ["erstens", "zweitens"] for chat in range(1, 41))


@pytest.mark.parametrize(
    ("answers", "on_doubt", "arrivals", "state"),
    [
        ([lost()], "resend", 2, "sent"),
        ([lost()], "drop", 1, "unknown"),
        ([lost(), lost(), lost()], "resend", 2, "unknown"),
        ([slow(1.2)], "resend", 2, "sent"),
        ([garbled(200, b"")], "resend", 2, "sent"),
    ],
)
async def test_in_doubt_a_message_is_repeated_once_or_not_at_all(
    town: Town,
    far: FarEnd,
    answers: Sequence[Answer],
    on_doubt: OnDoubt,
    arrivals: int,
    state: str,
) -> None:
    far.answer(ALICE, *answers)
    async with _round(town):
        await town.owe(ALICE, "Quittung", on_doubt=on_doubt)
        await town.until(**{state: 1})
    assert far.texts() == ["Quittung"] * arrivals


async def test_what_came_too_late_is_not_sent(town: Town, far: FarEnd) -> None:
    await town.owe(ALICE, "heute um zwei", lasts=timedelta(0))
    await town.owe(ALICE, "morgen um zwei", lasts=timedelta(hours=1))
    async with _round(town):
        await town.until(expired=1, sent=1)
    assert far.texts() == ["morgen um zwei"]


async def test_a_receipt_overtakes_a_running_broadcast(
    store: Store, bot: Bot, clock: Clock, far: FarEnd
) -> None:
    town = Town(store, bot, clock, speed=1.0)
    town.pace = Pace(limits=Limits(rate=20))
    town.delivery = Delivery(
        store, bot, pace=town.pace, clock=clock, metrics=town.metrics, concurrency=8
    )
    store.committed = town.delivery.wake
    for chat in range(1, 41):
        await town.owe(chat, "an alle", lane=Lane.BROADCAST)
    async with _round(town):
        await _until(lambda: _many(far, 5), True)  # noqa: FBT003 - five have arrived
        await town.owe(ALICE, "Ihre Nummer: 17")
        await town.until(sent=41)
    assert far.texts().index("Ihre Nummer: 17") <= 10


async def _many(far: FarEnd, number: int) -> bool:
    return len(far.arrived) >= number


async def test_a_revoked_token_stops_the_round_loudly_and_loses_nothing(
    town: Town, far: FarEnd
) -> None:
    far.everybody = refused(401, "Unauthorized")
    await town.owe(ALICE, "später")
    with pytest.raises(OperatorError, match="no longer accepts the token"):
        await town.delivery.run(town.stop)
    assert await town.counts() == {"queued": 1}


async def test_stopping_waits_for_what_is_on_the_wire_and_claims_nothing_more(
    town: Town, far: FarEnd
) -> None:
    far.always[ALICE] = slow(0.2)
    await town.owe(ALICE, "unterwegs", "danach")
    async with _round(town):
        await _until(lambda: _many(far, 1), True)  # noqa: FBT003 - it has left
    assert await town.counts() == {"sent": 1, "queued": 1}
    assert far.texts() == ["unterwegs"]


async def test_what_is_cut_short_at_the_end_is_settled_by_the_next_start(
    town: Town, far: FarEnd
) -> None:
    far.answer(ALICE, slow(0.2))
    await town.owe(ALICE, "lang")
    async with _round(town, drain=0.01):
        await _until(lambda: _many(far, 1), True)  # noqa: FBT003 - it has left
    assert await town.counts() == {"sending": 1}
    town.stop.clear()
    async with _round(town):
        await town.until(sent=1)
    assert far.texts() == ["lang", "lang"]


async def test_moving_the_clock_floods_nobody(town: Town, far: FarEnd) -> None:
    far.answer(ALICE, too_fast(60_000))
    async with _round(town):
        await town.owe(ALICE, "geduldig")
        await _until(lambda: _calls(far), 1)
        town.clock.offset = timedelta(days=30)
        await town.owe(BEAT, "dazwischen")
        await town.until(sent=1, queued=1)
        town.clock.offset = timedelta(days=-30)
        await town.owe(CARLA, "rückwärts")
        await town.until(sent=2, queued=1)
    assert [call.chat for call in far.calls] == [ALICE, BEAT, CARLA]


async def _calls(far: FarEnd) -> int:
    return len(far.calls)


async def test_a_database_that_stumbles_delays_and_loses_nothing(town: Town, far: FarEnd) -> None:
    async with _round(town):
        await town.owe(ALICE, "vorher")
        await town.until(sent=1)
        async with town.store.write() as tx:
            await tx.connection.execute(sa.text("ALTER TABLE outbox RENAME TO away"))
        town.delivery.wake()
        await asyncio.sleep(0.1)
        async with town.store.write() as tx:
            await tx.connection.execute(sa.text("ALTER TABLE away RENAME TO outbox"))
        await town.owe(ALICE, "nachher")
        await town.until(sent=2)
    assert far.texts() == ["vorher", "nachher"]


@pytest.mark.parametrize(
    "column", [schema.contact.c.telegram_sealed, schema.outbox.c.payload_sealed]
)
async def test_what_no_key_opens_holds_up_nobody_else(
    town: Town, far: FarEnd, column: sa.Column[bytes]
) -> None:
    await town.owe(ALICE, "verschlossen")
    async with town.store.write() as tx:
        await tx.connection.execute(sa.update(column.table).values({column: b"garbled"}))
    async with _round(town):
        await town.owe(BEAT, "offen")
        await town.until(sent=1, queued=1)
    assert far.texts() == ["offen"]
