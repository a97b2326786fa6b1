"""A far end for tests: a scripted Bot API on loopback that keeps what arrives and fails on demand.

It knows nothing of our code; a test tells it, per chat, how to answer the next requests.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

TOKEN = "4200:far-end-token"


@dataclass(frozen=True)
class Answer:
    """How to answer one request; `takes` says whether the message arrives all the same."""

    status: int = 200
    body: bytes | None = None
    takes: bool = False
    delay: float = 0.0
    hang_up: bool = False


def refused(status: int, description: str, **parameters: int) -> Answer:
    """Answer as Telegram refuses."""
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    if parameters:
        body["parameters"] = parameters
    return Answer(status, json.dumps(body).encode())


def too_fast(seconds: int) -> Answer:
    """Answer 429."""
    return refused(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def garbled(status: int, body: bytes) -> Answer:
    """Answer with something that is no answer of a Bot API."""
    return Answer(status, body, takes=status == 200)


def lost(*, delay: float = 0.0) -> Answer:
    """Let the message arrive, then close the line without a word."""
    return Answer(takes=True, delay=delay, hang_up=True)


def slow(seconds: float) -> Answer:
    """Answer well, but late."""
    return Answer(takes=True, delay=seconds)


@dataclass(frozen=True)
class Call:
    """One request as it arrived."""

    at: float
    method: str
    chat: int
    params: dict[str, Any]


@dataclass
class FarEnd:
    """What has happened at the far end; `arrived` are the messages a person would see."""

    url: str = ""
    calls: list[Call] = field(default_factory=list)
    arrived: list[Call] = field(default_factory=list)
    connections: set[object] = field(default_factory=set)
    script: dict[int, deque[Answer]] = field(default_factory=lambda: defaultdict(deque))
    always: dict[int, Answer] = field(default_factory=dict)
    everybody: Answer | None = None

    @property
    def base_url(self) -> str:
        """What python-telegram-bot calls `base_url`."""
        return f"{self.url}/bot"

    def answer(self, chat: int, *answers: Answer) -> None:
        """Answer the next requests for `chat` so, one after the other."""
        self.script[chat].extend(answers)

    def texts(self, chat: int | None = None) -> list[str]:
        """Return the texts that arrived, in order."""
        here = (call for call in self.arrived if chat in {None, call.chat})
        return [str(call.params.get("text", "")) for call in here]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Take one request in and answer as told."""
        self.connections.add(request.transport)
        params = await _params(request)
        chat = int(params.get("chat_id", 0))
        call = Call(time.monotonic(), request.match_info["method"], chat, params)
        self.calls.append(call)
        answer = self._next(chat)
        if answer is None or answer.takes:
            self.arrived.append(call)
        if answer is None:
            return web.json_response({"ok": True, "result": self._result(call)})
        await asyncio.sleep(answer.delay)
        if answer.hang_up and request.transport is not None:
            request.transport.abort()
        if answer.takes and answer.body is None:
            return web.json_response({"ok": True, "result": self._result(call)})
        return web.Response(status=answer.status, body=answer.body)

    def _next(self, chat: int) -> Answer | None:
        if self.script[chat]:
            return self.script[chat].popleft()
        return self.always.get(chat, self.everybody)

    def _result(self, call: Call) -> dict[str, Any] | bool:
        if call.method == "getMe":
            return {"id": 42, "is_bot": True, "first_name": "Bot", "username": "far_end_bot"}
        kind = "private" if call.chat > 0 else "supergroup"
        return {
            "message_id": len(self.arrived),
            "date": 1_770_000_000,
            "chat": {"id": call.chat, "type": kind, "title": "K'fé"},
            "text": str(call.params.get("text", "")),
        }


@asynccontextmanager
async def far_end() -> AsyncIterator[FarEnd]:
    """Serve a far end on a free port until the block ends."""
    far = FarEnd()
    app = web.Application(client_max_size=60_000_000)
    app.router.add_route("*", "/bot{token}/{method}", far.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    far.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield far
    finally:
        await runner.cleanup()


async def _params(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        found: dict[str, Any] = await request.json()
        return found
    form = await request.post()
    return {
        name: (value.filename, value.content_type, value.file.read())
        if isinstance(value, web.FileField)
        else value
        for name, value in form.items()
    }
