"""What can go wrong on demand, and Telegram's real limits."""

from __future__ import annotations

import json
import time

import aiohttp
import pytest

from tests.sandbox.town import ALICE, BEAT, GROUP, Town
from web.sandbox.limits import RateLimits


async def fail(town: Town, **rule: object) -> None:
    await town.post("faults", rules=[rule])


async def texts(town: Town, person: int) -> list[str]:
    return [view["text"] for view in (await town.phone(person))["messages"]]


async def test_a_429_names_the_seconds_and_ends_after_its_times(town: Town) -> None:
    await town.starts(ALICE)
    await fail(town, kind="429", times=2, seconds=7)
    for _ in range(2):
        status, body = await town.answer("sendMessage", chat_id=ALICE, text="x")
        assert status == 429
        assert body["description"] == "Too Many Requests: retry after 7"
        assert body["parameters"] == {"retry_after": 7}
    await town.call("sendMessage", chat_id=ALICE, text="x")
    assert (await town.get("faults"))["rules"] == []
    log = (await town.get("calls"))["calls"]
    assert [(call["status"], call.get("fault")) for call in log] == [
        (429, "429"),
        (429, "429"),
        (200, None),
    ]


@pytest.mark.parametrize(
    ("kind", "status", "words"),
    [("500", 500, "Internal Server Error"), ("403", 403, "Forbidden: bot was blocked by the user")],
)
async def test_refusals_on_demand(town: Town, kind: str, status: int, words: str) -> None:
    await town.starts(ALICE)
    await fail(town, kind=kind, times=1)
    answered, body = await town.answer("sendMessage", chat_id=ALICE, text="x")
    assert (answered, body["description"]) == (status, words)
    assert await texts(town, ALICE) == ["/start"]


async def test_a_rule_can_name_a_method_and_a_chat(town: Town) -> None:
    await town.starts(ALICE, BEAT)
    await fail(town, kind="500", method="sendmessage", chat=BEAT)
    await town.call("sendMessage", chat_id=ALICE, text="x")
    await town.call("sendChatAction", chat_id=BEAT, action="typing")
    assert await town.refusal("sendMessage", chat_id=BEAT, text="x") == "Internal Server Error"


async def test_polling_fails_only_when_it_is_named(town: Town) -> None:
    await fail(town, kind="500")
    assert await town.updates() == []
    await fail(town, kind="500", method="getUpdates")
    assert await town.refusal("getUpdates") == "Internal Server Error"


async def test_a_gateway_answers_with_html(town: Town) -> None:
    await town.starts(ALICE)
    await fail(town, kind="502html", times=1)
    data = {"chat_id": ALICE, "text": "x"}
    async with town.http.post(town.address("sendMessage"), json=data) as response:
        assert response.status == 502
        assert response.content_type == "text/html"


async def test_a_lost_answer_still_has_its_effect(town: Town) -> None:
    await town.starts(ALICE)
    await fail(town, kind="lost", times=1)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await town.answer("sendMessage", chat_id=ALICE, text="lost")
    assert await texts(town, ALICE) == ["/start", "lost"]
    (call,) = (await town.get("calls"))["calls"]
    assert (call["status"], call["fault"]) == (200, "lost")


async def test_a_dropped_call_has_no_effect(town: Town) -> None:
    await town.starts(ALICE)
    await fail(town, kind="drop", times=1)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await town.answer("sendMessage", chat_id=ALICE, text="dropped")
    assert await texts(town, ALICE) == ["/start"]
    (call,) = (await town.get("calls"))["calls"]
    assert (call["status"], call["fault"]) == (0, "drop")


async def test_a_torn_answer_is_no_json(town: Town) -> None:
    await town.starts(ALICE)
    await fail(town, kind="badjson", times=1)
    with pytest.raises(json.JSONDecodeError):
        await town.answer("sendMessage", chat_id=ALICE, text="torn")
    assert await texts(town, ALICE) == ["/start", "torn"]


async def test_a_slow_answer_comes_late(town: Town) -> None:
    await town.starts(ALICE)
    await fail(town, kind="slow", times=1, seconds=0.2)
    before = time.monotonic()
    await town.call("sendMessage", chat_id=ALICE, text="slow")
    assert time.monotonic() - before >= 0.2


async def test_chance_is_repeatable(town: Town) -> None:
    await town.starts(ALICE)
    await fail(town, kind="500", probability=0.5)
    statuses = [(await town.answer("sendMessage", chat_id=ALICE, text="x"))[0] for _ in range(20)]
    assert 4 < statuses.count(500) < 16


async def test_unknown_faults_are_refused(town: Town) -> None:
    await town.post("faults", status=422, rules=[{"kind": "earthquake"}])


async def test_limits_refuse_the_fast_when_they_are_on(town: Town) -> None:
    await town.starts(ALICE)
    for _ in range(5):
        await town.call("sendMessage", chat_id=ALICE, text="x")
    await town.post("faults", limits=True)
    answers = [await town.answer("sendMessage", chat_id=ALICE, text="x") for _ in range(6)]
    refused = [body for status, body in answers if status == 429]
    assert [status for status, _ in answers][:3] == [200, 200, 200]
    assert refused[0]["parameters"] == {"retry_after": 1}
    for _ in range(5):
        await town.call("sendChatAction", chat_id=ALICE, action="typing")


def test_a_chat_takes_one_a_second_after_a_burst() -> None:
    limits = RateLimits(0.0)
    assert [limits.refused_for(1, group=False, now=0.0) for _ in range(4)] == [0, 0, 0, 1]
    assert limits.refused_for(1, group=False, now=1.0) == 0
    assert limits.refused_for(1, group=False, now=1.5) == 1
    assert limits.refused_for(2, group=False, now=1.5) == 0


def test_a_group_takes_twenty_a_minute() -> None:
    limits = RateLimits(0.0)
    for second in range(20):
        assert limits.refused_for(GROUP, group=True, now=float(second)) == 0
    assert limits.refused_for(GROUP, group=True, now=20.0) == 40
    assert limits.refused_for(GROUP, group=True, now=60.0) == 0


def test_everybody_together_gets_thirty_a_second() -> None:
    limits = RateLimits(0.0)
    allowed = [limits.refused_for(chat, group=False, now=0.0) for chat in range(40)]
    assert allowed == [0] * 30 + [1] * 10
    assert limits.refused_for(99, group=False, now=0.1) == 0
