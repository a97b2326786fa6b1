"""Updates by webhook: with the secret, in order per chat, again until they are accepted."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.sandbox.oracle import check_update
from tests.sandbox.server import running
from tests.sandbox.town import ALICE, BEAT, Town

SECRET = "a-Secret_1"


@dataclass
class Bot:
    """The receiving end; `refuse` says which texts it does not take."""

    refuse: Callable[[str], bool] = lambda _text: False
    took: list[str] = field(default_factory=list)
    secrets: set[str | None] = field(default_factory=set)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def receive(self, request: Request) -> Response:
        """Take one update, or refuse it."""
        update: dict[str, Any] = await request.json()
        check_update(update)
        self.secrets.add(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        text = update["message"]["text"]
        if self.refuse(text):
            return Response(status_code=500)
        self.took.append(text)
        self.changed.set()
        return Response()

    async def wait_for(self, count: int) -> list[str]:
        """Wait until so many updates were taken."""
        async with asyncio.timeout(10):
            while len(self.took) < count:
                self.changed.clear()
                await self.changed.wait()
        return self.took


@asynccontextmanager
async def listening(bot: Bot) -> AsyncIterator[str]:
    app = Starlette(routes=[Route("/telegram", bot.receive, methods=["POST"])])
    async with running(app) as url:
        yield f"{url}/telegram"


async def pending(town: Town) -> int:
    return int((await town.call("getWebhookInfo"))["pending_update_count"])


async def test_what_waited_and_what_comes_is_delivered_with_the_secret(town: Town) -> None:
    bot = Bot()
    await town.says(ALICE, "waited")
    assert await pending(town) == 1
    async with listening(bot) as url:
        await town.call("setWebhook", url=url, secret_token=SECRET, max_connections=5)
        await town.says(ALICE, "fresh")
        assert await bot.wait_for(2) == ["waited", "fresh"]
        assert bot.secrets == {SECRET}
        info = await town.call("getWebhookInfo")
        assert (info["url"], info["max_connections"]) == (url, 5)
        said = await town.refusal("getUpdates")
        assert said.startswith("Conflict: can't use getUpdates method while webhook is active")
        await town.call("deleteWebhook")
    assert (await town.call("getWebhookInfo"))["url"] == ""
    assert await town.updates() == []


async def test_order_is_kept_per_chat_and_one_chat_does_not_hold_another(town: Town) -> None:
    ready = asyncio.Event()
    bot = Bot(refuse=lambda text: text == "a1" and not ready.is_set())
    async with listening(bot) as url:
        await town.call("setWebhook", url=url)
        for person, text in ((ALICE, "a1"), (ALICE, "a2"), (BEAT, "b1"), (BEAT, "b2")):
            await town.says(person, text)
        assert await bot.wait_for(2) == ["b1", "b2"]
        info = await town.call("getWebhookInfo")
        assert info["last_error_message"] == (
            "Wrong response from the webhook: 500 Internal Server Error"
        )
        ready.set()
        assert await bot.wait_for(4) == ["b1", "b2", "a1", "a2"]
        assert await pending(town) == 0


async def test_an_unreachable_webhook_keeps_everything(town: Town) -> None:
    await town.call("setWebhook", url="http://127.0.0.1:9/telegram")
    await town.says(ALICE, "patience")

    async def failed() -> bool:
        return "last_error_message" in await town.call("getWebhookInfo")

    await town.until(failed)
    await town.call("deleteWebhook")
    assert [update["message"]["text"] for update in await town.updates()] == ["patience"]


async def test_waiting_updates_can_be_dropped(town: Town) -> None:
    await town.says(ALICE, "old")
    await town.call("deleteWebhook", drop_pending_updates=True)
    assert await town.updates() == []


async def test_a_webhook_ends_a_long_poll(town: Town) -> None:
    polling = asyncio.create_task(town.refusal("getUpdates", timeout=30))
    await town.until_polled()
    await town.call("setWebhook", url="http://127.0.0.1:9/telegram")
    assert await polling == "Conflict: terminated by setWebhook request"


@pytest.mark.parametrize(
    ("params", "words"),
    [
        (
            {"url": "http://biel.example/telegram"},
            "bad webhook: An HTTPS URL must be provided for webhook",
        ),
        (
            {"url": "https://biel.example/telegram", "secret_token": "é"},
            "secret token contains unallowed characters",
        ),
    ],
)
async def test_wrong_webhooks_are_refused(town: Town, params: dict[str, str], words: str) -> None:
    assert await town.refusal("setWebhook", **params) == f"Bad Request: {words}"
