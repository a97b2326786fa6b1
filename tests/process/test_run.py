"""`quartierbot run` as an operator starts it: by polling and by webhook, watched and stopped."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncIterator
from typing import Any

import aiohttp

from bot.editors import SAMPLE
from bot.telegram.intake import MAX_BODY, Webhook
from tests.front import soon, text_from
from tests.process.house import House, Life, free_port
from web.sandbox.webhook import SECRET_HEADER

SECRET = "Webhook-Secret_1"
ALICE = 1001
QUESTION = "wann ist das Repair Café?"


async def test_it_polls_answers_and_shows_that_it_is_well(house: House) -> None:
    life = await house.polling()
    house.says(ALICE, "Guichet, c'est un secret")
    assert "Guichet" in (await house.hears(ALICE))[0]
    status, health = await life.get("/healthz")
    assert (status, '"status":"ok"' in health) == (200, True)
    status, figures = await life.get("/metrics")
    assert (status, "quartierbot" in figures) == (200, True)
    assert await life.stop() == 0
    assert "secret" not in life.said


async def test_it_says_the_same_wherever_the_machine_stands(house: House) -> None:
    for number, place in enumerate(({}, {"LANG": "C", "TZ": "Asia/Tokyo"})):
        file = house.folder / f"town-{number}.db"
        life = await house.polling(DIRECTORY=SAMPLE, DATABASE_URL=f"sqlite:///{file}", **place)
        house.says(ALICE, QUESTION)
        await house.hears(ALICE, times=3 * number + 3)
        await life.stop()
    at_home, far_away = house.told(ALICE)[:3], house.told(ALICE)[3:]
    assert "Samstag, 5. Dezember, 13" in at_home[0]
    assert far_away == at_home


async def test_sigterm_while_everybody_writes_loses_nothing(house: House) -> None:
    life = await house.polling()
    crowd = [house.newcomer(7001 + number) for number in range(12)]
    await _faults(house, {"kind": "slow", "method": "sendMessage", "seconds": 2})
    for person in crowd:
        house.says(person, "/privacy")
    await soon(lambda: house.wire.counts["sendMessage"] >= 3)

    assert await life.stop() == 0
    assert all(len(house.told(person)) <= 1 for person in crowd)

    await _faults(house)
    await house.polling()
    for person in crowd:
        assert len(await house.hears(person)) == 1
    assert house.world.updates.count() == 0


async def test_a_second_bot_on_the_same_token_makes_one_pause_and_neither_fight(
    house: House,
) -> None:
    first = await house.polling()
    second = await house.polling(DATABASE_URL=f"sqlite:///{house.folder / 'other.db'}")
    await soon(lambda: "another program uses this bot's token" in first.said)
    polls = house.wire.counts["getUpdates"]
    house.says(ALICE, "/privacy")
    await house.hears(ALICE)
    await asyncio.sleep(1.5)

    assert house.wire.statuses["getUpdates", 409] == 1
    assert house.wire.counts["getUpdates"] - polls <= 3  # the messages', not a quarrel's
    assert first.said.count("another program") == 1
    assert second.said.count("another program") == 0
    assert len(house.told(ALICE)) == 1


async def _faults(house: House, *rules: dict[str, object]) -> None:
    house.world.faults.replace({"rules": list(rules)})


async def by_webhook(house: House) -> Life:
    port = free_port()
    life = await house.start(
        WEB_PORT=port, PUBLIC_URL=f"http://127.0.0.1:{port}", WEBHOOK_SECRET=SECRET
    )
    await soon(lambda: house.world.webhook.hook is not None)
    return life


async def test_by_webhook_each_update_is_taken_once_and_strangers_are_sent_away(
    house: House,
) -> None:
    life = await by_webhook(house)
    house.says(ALICE, "/privacy")
    assert len(await house.hears(ALICE)) == 1
    await soon(lambda: house.world.updates.count() == 0)
    assert house.wire.counts["getUpdates"] == 0

    update = text_from(ALICE, "/privacy") | {"update_id": 5}
    async with aiohttp.ClientSession() as http:
        door = Door(http, f"http://127.0.0.1:{life.port}/telegram")
        assert await door.knock(update) == 200
        assert await door.knock(update) == 200
        assert len(await house.hears(ALICE, times=2)) == 2
        assert await door.knock(update, secret=None) == 403
        assert await door.knock(update, secret=SECRET[:-1]) == 403
        assert await door.knock(update, secret="é") == 403
        assert await door.knock(b"{") == 400
        assert await door.knock(b"[]") == 400
        assert await door.knock(b"[" * 100_000) == 400
        assert await door.knock(b" " * (MAX_BODY + 1)) == 413
        assert await door.knock(_endless()) == 413
        assert await door.knock({"update_id": 6}) == 200
        async with http.get(door.address) as answer:
            assert answer.status == 405
    assert len(house.told(ALICE)) == 2
    assert await life.stop() == 0


def test_the_secret_is_compared_in_the_same_time_however_much_of_it_is_right() -> None:
    assert "hmac.compare_digest(shown, self._secret)" in inspect.getsource(Webhook.__call__)


class Door:
    """The webhook as somebody on the network reaches it."""

    def __init__(self, http: aiohttp.ClientSession, address: str) -> None:
        self.address = address
        self._http = http

    async def knock(self, body: object, *, secret: str | None = SECRET) -> int:
        """Send a body and return the status."""
        headers = {SECRET_HEADER: secret} if secret is not None else {}
        given: dict[str, Any] = {"json": body} if isinstance(body, dict) else {"data": body}
        async with self._http.post(self.address, headers=headers, **given) as answer:
            return answer.status


async def _endless() -> AsyncIterator[bytes]:
    """Give more than the door takes, without saying how much."""
    for _ in range(20):
        yield b" " * 65_536
