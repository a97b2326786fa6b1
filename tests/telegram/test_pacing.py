"""Telegram's limits hold whoever sends, and people who wait never stand behind a broadcast."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram.error import RetryAfter

from bot.domain.pacing import Lane, Limits
from bot.telegram.pacing import Pace
from tests.telegram.fast_time import run_fast

ALICE, BEAT, CARLA = 1001, 1002, 1003
GROUP = -1001
Clock = Callable[[], float]


def _most_in_a_second(moments: list[float]) -> int:
    ordered, most, first = sorted(moments), 0, 0
    for last, moment in enumerate(ordered):
        while ordered[first] <= moment - 1.0:
            first += 1
        most = max(most, last - first + 1)
    return most


_requests = st.lists(
    st.tuples(
        st.floats(0, 3),  # when it is wanted
        st.sampled_from([*Lane, Lane.DIRECT, Lane.DIRECT]),
        st.sampled_from([*range(1, 40), GROUP, GROUP - 1]),
        st.sampled_from([None, None, None, 0.0, 0.2, 1.0]),  # who wanted it gives up after
        st.sampled_from([0, 0, 0, 0, 2]),  # Telegram refuses for so long
    ),
    max_size=150,
)


@given(requests=_requests, rate=st.integers(2, 30), lateness=st.floats(0, 0.003))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_no_schedule_exceeds_the_rate_in_any_second(
    requests: list[tuple[float, Lane, int, float | None, int]], rate: int, lateness: float
) -> None:
    left: list[tuple[float, Lane, int]] = []

    async def scene(clock: Clock) -> None:
        pace = Pace(rate, clock)

        async def one(
            at: float, lane: Lane, chat: int, patience: float | None, refusal: int
        ) -> None:
            await asyncio.sleep(at)
            try:
                async with asyncio.timeout(patience), pace.turn(lane, chat):
                    left.append((clock(), lane, chat))
                    if refusal:
                        raise RetryAfter(refusal)
            except (TimeoutError, RetryAfter):
                pass

        async with asyncio.TaskGroup() as group:
            for request in requests:
                group.create_task(one(*request))

    run_fast(scene, lateness=lateness)
    assert _most_in_a_second([at for at, _, _ in left]) <= rate
    by_chat: dict[int, list[float]] = defaultdict(list)
    for at, lane, chat in left:
        if lane is not Lane.DIRECT:
            assert all(before <= at - 1.0 for before in by_chat[chat])
        by_chat[chat].append(at)
    assert all(_most_in_a_second(moments) <= 3 for moments in by_chat.values())


async def _taken(pace: Pace, lane: Lane, chat: int) -> None:
    while delay := pace.take(lane, chat):  # noqa: ASYNC110 - how the postman waits
        await asyncio.sleep(delay)
    pace.leaves(chat)


def _broadcast(people: int, *, writers: int = 0) -> tuple[list[float], list[float], float]:
    """Return when broadcasts left, how long direct replies waited, and the rate of both."""
    sent: list[float] = []
    waits: list[float] = []

    async def scene(clock: Clock) -> float:
        pace, start, done = Pace(30, clock), clock(), asyncio.Event()

        async def write() -> None:
            number = 0
            while not done.is_set():
                await asyncio.sleep(0.1)
                number += 1
                asked = clock()
                async with pace.turn(Lane.DIRECT, -number):
                    waits.append(clock() - asked)

        async def postman() -> None:
            for person in range(1, people + 1):
                await _taken(pace, Lane.BROADCAST, person)
                sent.append(clock())
            done.set()

        async with asyncio.TaskGroup() as group:
            group.create_task(postman())
            for _ in range(writers):
                group.create_task(write())
        return (len(sent) + len(waits)) / (clock() - start)

    return sent, waits, run_fast(scene, lateness=0.0007)


def test_a_broadcast_uses_at_least_99_percent_of_the_rate() -> None:
    sent, _, rate = _broadcast(3000)
    assert rate >= 0.99 * 30
    assert _most_in_a_second(sent) <= 30
    gaps = [later - earlier for earlier, later in pairwise(sent)]
    assert max(gaps) < 0.08  # evenly, not in gusts


def test_replies_hardly_wait_while_a_broadcast_runs() -> None:
    _, waits, rate = _broadcast(1000, writers=1)
    waits.sort()
    assert waits[len(waits) // 2] == 0.0
    assert max(waits) < 0.05
    assert rate >= 0.96 * 30  # a place is kept free for whoever writes next


async def _leave(pace: Pace, clock: Clock, lane: Lane, chat: int, *, times: int) -> list[float]:
    moments = []
    start = clock()
    for _ in range(times):
        async with pace.turn(lane, chat):
            moments.append(round(clock() - start, 1))
    return moments


def test_one_person_gets_one_message_a_second_or_three_replies_at_once() -> None:
    async def scene(clock: Clock) -> None:
        pace = Pace(30, clock)
        reminders = await _leave(pace, clock, Lane.REMINDER, ALICE, times=4)
        replies = await _leave(pace, clock, Lane.DIRECT, BEAT, times=5)
        assert reminders == [0.0, 1.0, 2.0, 3.0]
        assert replies == [0.0, 0.0, 0.0, 1.0, 1.0]

    run_fast(scene)


def test_a_group_gets_twenty_messages_a_minute() -> None:
    async def scene(clock: Clock) -> None:
        moments = await _leave(Pace(30, clock), clock, Lane.DIRECT, GROUP, times=41)
        assert sum(moment < 60 for moment in moments) == 20
        assert sum(60 <= moment < 120 for moment in moments) == 20

    run_fast(scene)


def test_a_429_pauses_that_chat_and_nobody_else() -> None:
    async def scene(clock: Clock) -> None:
        pace = Pace(30, clock)
        with pytest.raises(RetryAfter):
            async with pace.turn(Lane.REMINDER, ALICE):
                raise RetryAfter(7)
        assert pace.take(Lane.DIRECT, ALICE) == pytest.approx(7, abs=0.1)
        await asyncio.sleep(0.1)
        assert pace.take(Lane.REMINDER, BEAT) == 0.0
        await asyncio.sleep(7)
        assert pace.take(Lane.REMINDER, ALICE) == 0.0

    run_fast(scene)


def test_a_429_halves_the_broadcast_for_the_length_of_the_pause() -> None:
    async def scene(clock: Clock) -> tuple[int, int]:
        pace = Pace(30, clock)
        pace.refused(Lane.BROADCAST, ALICE, 10)
        sent: list[float] = []
        start, person = clock(), 2000
        while clock() - start < 20:
            person += 1
            await _taken(pace, Lane.BROADCAST, person)
            sent.append(clock() - start)
        return sum(at < 10 for at in sent), sum(10 <= at < 20 for at in sent)

    braked, free = run_fast(scene)
    assert 145 <= braked <= 160
    assert 290 <= free <= 300


def test_a_second_chat_refused_inside_the_pause_parks_the_lane_but_no_reply() -> None:
    async def scene(clock: Clock) -> None:
        pace = Pace(30, clock)
        pace.refused(Lane.REMINDER, ALICE, 5)
        pace.refused(Lane.REMINDER, ALICE, 5)
        assert pace.room(Lane.REMINDER) == 0.0
        pace.refused(Lane.REMINDER, BEAT, 5)
        assert pace.room(Lane.REMINDER) == pytest.approx(5)
        assert pace.room(Lane.BROADCAST) == pytest.approx(5)
        assert pace.room(Lane.REPLY) == 0.0
        assert pace.take(Lane.DIRECT, CARLA) == 0.0

    run_fast(scene)


def test_whoever_gives_up_takes_no_place_away() -> None:
    async def scene(clock: Clock) -> None:
        pace = Pace(clock=clock, limits=Limits(rate=2))
        await _leave(pace, clock, Lane.DIRECT, ALICE, times=2)
        async with asyncio.TaskGroup() as group:
            waiting = [
                group.create_task(_leave(pace, clock, Lane.DIRECT, chat, times=1))
                for chat in (BEAT, CARLA, 1004)
            ]
            await asyncio.sleep(0.5)
            waiting[0].cancel()
        assert waiting[0].cancelled()
        assert [task.result() for task in waiting[1:]] == [[1.0], [1.0]]

    run_fast(scene)


def test_those_who_wait_go_before_any_outbox_message() -> None:
    async def scene(clock: Clock) -> list[str]:
        pace, order = Pace(clock=clock, limits=Limits(rate=1)), list[str]()

        async def go(name: str, lane: Lane, chat: int) -> None:
            async with pace.turn(lane, chat):
                order.append(name)

        async with asyncio.TaskGroup() as group:
            for name, lane in [
                ("first", Lane.DIRECT),
                ("broadcast", Lane.BROADCAST),
                ("reminder", Lane.REMINDER),
                ("receipt", Lane.REPLY),
                ("reply", Lane.DIRECT),
            ]:
                group.create_task(go(name, lane, len(name)))
        return order

    assert run_fast(scene) == ["first", "reply", "receipt", "reminder", "broadcast"]
