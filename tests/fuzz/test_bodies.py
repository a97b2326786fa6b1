"""Anything at all at the webhook's door: a clear answer to each, and the next update is taken."""

from __future__ import annotations

import json
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from bot.telegram.intake import Intake, Webhook
from tests.front import Front, open_front, text_from
from tests.fuzz.corpus import MARK, broken, forged
from tests.fuzz.watch import logged
from tests.sandbox.server import running
from web.app import create_web
from web.sandbox.webhook import SECRET_HEADER

pytestmark = pytest.mark.fuzz

SECRET, ALICE = "s3cret", 1001
UNREADABLE = (
    b"",
    b"\x00",
    b"{",
    b"null",
    b"[]",
    b"1e999",
    b'"text"',
    b"\xff\xfe{",
    b"{'update_id': 1}",
    b'{"update_id": ' + b"9" * 5000 + b"}",
    b"[" * 200_000,
    b'{"a":' * 200_000,
    b'{"update_id": 1} {"update_id": 2}',
    b"update_id=1&message=x",
)
HARMLESS = (
    b"{}",
    b'{"update_id": null}',
    b'{"update_id": true}',
    b'{"update_id": -1}',
    b'{"update_id": 1e300}',
    b'{"update_id": NaN, "message": Infinity}',
    b'{"update_id": 99999999999999999999999}',
    b'{"update_id": 1, "update_id": 2, "message": {}}',
    '{"update_id": 3, "message": null}'.encode("utf-16"),
    b'{"update_id": 4, "message": {"text": "\\ud800", "from": "\\udfff"}}',
)


@dataclass
class Door:
    """The webhook over real HTTP, with the reception of the sample town behind it."""

    http: aiohttp.ClientSession
    url: str
    front: Front
    log: str = ""

    async def knock(self, body: bytes, **headers: str) -> int:
        """Bring a body to the door and return the status."""
        given = {SECRET_HEADER: SECRET, **headers}
        async with self.http.post(self.url, data=body, headers=given) as answer:
            return answer.status


@pytest_asyncio.fixture
async def door(village: Path, tmp_path: Path) -> AsyncIterator[Door]:
    """The webhook's door; in the end a sound update is still answered and no word was logged."""
    with logged() as log:
        async with open_front(village, tmp_path) as front, aiohttp.ClientSession() as http:
            front.meets(ALICE)
            intake = Intake(front.reception)
            intake.ready = True
            async with running(create_web([], webhook=Webhook(intake, SECRET))) as address:
                yield (opened := Door(http, f"{address}/telegram", front))
                sound = text_from(ALICE, "/privacy") | {"update_id": 10**9}
                assert await opened.knock(json.dumps(sound).encode()) == 200
                await intake.drain(5)
                assert len(front.told(ALICE)) == 1
    assert MARK not in log.getvalue()


async def test_what_cannot_be_read_is_sent_away(door: Door) -> None:
    assert [await door.knock(body) for body in UNREADABLE] == [400] * len(UNREADABLE)


async def test_what_means_nothing_is_taken_and_forgotten(door: Door) -> None:
    assert [await door.knock(body) for body in HARMLESS] == [200] * len(HARMLESS)


async def test_what_is_cut_or_scrambled_gets_a_clear_answer(door: Door) -> None:
    dice = random.Random(1)
    for update in dice.sample(forged() + broken(), 150):
        body = bytearray(json.dumps({"update_id": dice.randrange(10**6)} | update).encode())
        for _ in range(dice.randint(0, 3)):
            body[dice.randrange(len(body))] = dice.randrange(256)
        cut = dice.choice((len(body), len(body), dice.randrange(len(body))))
        assert await door.knock(bytes(body[:cut])) in {200, 400}


async def test_without_the_secret_nothing_is_even_read(door: Door) -> None:
    for secret in ("", "s", SECRET + "x", SECRET.upper(), "\xe9" * 400):
        assert await door.knock(b"{", **{SECRET_HEADER: secret}) == 403
