"""The doors of one running bot, as one web application."""

from __future__ import annotations

import aiohttp
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from tests.sandbox.server import running
from web.app import create_web


class Counter:
    """Takes updates and counts them, as the bot's own webhook does: an object, not a function."""

    def __init__(self) -> None:
        self.taken = 0

    async def __call__(self, request: Request) -> Response:
        """Take one."""
        self.taken += len(await request.body()) > 0
        return PlainTextResponse("ok")


async def test_the_webhook_is_handed_what_telegram_brings() -> None:
    webhook = Counter()
    async with running(create_web([], webhook=webhook)) as address, aiohttp.ClientSession() as http:
        async with http.post(f"{address}/telegram", data=b"{}") as answer:
            assert (answer.status, await answer.text()) == (200, "ok")
        async with http.get(f"{address}/telegram") as answer:
            assert answer.status == 405
    assert webhook.taken == 1


async def test_without_a_webhook_there_is_no_such_door() -> None:
    async with (
        running(create_web([])) as address,
        aiohttp.ClientSession() as http,
        http.post(f"{address}/telegram", data=b"{}") as answer,
    ):
        assert answer.status == 404
