"""A running sandbox as tests use it: every result and update is checked against the facts."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from tests.sandbox.oracle import check_result, check_update
from web.sandbox.app import DEMO_TOKEN
from web.sandbox.world import World

ALICE, BEAT, SAMIRA, RETO = 1001, 1002, 2001, 3001
GROUP = -1001000000001
Json = dict[str, Any]


@dataclass
class Town:
    """One sandbox, reached over HTTP as a bot and as its people."""

    url: str
    world: World
    http: aiohttp.ClientSession
    offset: int = field(default=0)

    def address(self, method: str) -> str:
        """Give the address of a Bot API method."""
        return f"{self.url}/bot{DEMO_TOKEN}/{method}"

    async def answer(self, method: str, **params: object) -> tuple[int, Json]:
        """Call a method with JSON and give the status and the whole body."""
        async with self.http.post(self.address(method), json=params) as response:
            return response.status, await response.json()

    async def call(self, method: str, **params: object) -> Any:  # noqa: ANN401 - any JSON
        """Call a method that must succeed and give its result."""
        status, body = await self.answer(method, **params)
        assert status == 200, body
        check_result(method, body["result"])
        return body["result"]

    async def refusal(self, method: str, **params: object) -> str:
        """Call a method that must be refused and give Telegram's sentence."""
        status, body = await self.answer(method, **params)
        assert body["ok"] is False, body
        assert body["error_code"] == status
        return str(body["description"])

    async def updates(self, **params: object) -> list[Json]:
        """Fetch and confirm what waits for the bot, without waiting."""
        found: list[Json] = await self.call("getUpdates", offset=self.offset, **params)
        for update in found:
            check_update(update)
            self.offset = update["update_id"] + 1
        return found

    async def update(self, kind: str) -> Json:
        """Fetch the one update that waits, of this kind, and give its content."""
        (found,) = await self.updates()
        content: Json = found[kind]
        return content

    async def get(self, path: str) -> Any:  # noqa: ANN401 - any JSON
        """Read from the page's API."""
        async with self.http.get(f"{self.url}/sandbox/{path}") as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def post(self, path: str, *, status: int = 200, **body: object) -> Json:
        """Write to the page's API."""
        async with self.http.post(f"{self.url}/sandbox/{path}", json=body) as response:
            answer: Json = await response.json()
            assert response.status == status, answer
            return answer

    async def phone(self, person: int, chat: int | None = None) -> Json:
        """Look at a chat on somebody's phone."""
        found: Json = await self.get(f"phones/{person}/chats/{chat or person}")
        return found

    async def says(self, person: int, text: str, **more: int) -> int:
        """Let somebody write; gives the message's number."""
        body: Json = {"text": text} | more
        sent = await self.post(f"phones/{person}/send", **body)
        return int(sent["message_id"])

    async def starts(self, *people: int) -> None:
        """Let people press Start, and forget the updates of it."""
        for person in people:
            await self.post(f"phones/{person}/start")
        await self.updates()

    async def until(self, condition: Callable[[], Awaitable[bool]]) -> None:
        """Wait until something shows that nobody announces, at most ten seconds."""
        async with asyncio.timeout(10):
            while not await condition():  # noqa: ASYNC110 - there is no event to wait for
                await asyncio.sleep(0.002)

    async def until_polled(self) -> None:
        """Wait until a getUpdates waits."""

        async def polled() -> bool:
            return bool((await self.get("state"))["polling"])

        await self.until(polled)

    def pressing(self, person: int, message: Json, data: str) -> asyncio.Task[Json]:
        """Begin pressing a button; the task ends with what the phone shows."""
        body: Json = {
            "chat": message["chat"]["id"],
            "message_id": message["message_id"],
            "data": data,
        }
        return asyncio.get_running_loop().create_task(self.post(f"phones/{person}/press", **body))


def button(text: str = "Oui", data: str = "yes") -> Json:
    """Make an inline keyboard of one button."""
    return {"inline_keyboard": [[{"text": text, "callback_data": data}]]}
