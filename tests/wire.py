"""What passes between the bot and the sandbox: counted, remembered, and told to whoever wants to act on it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.types import ASGIApp, Message, Receive, Scope, Send


@dataclass(frozen=True, slots=True)
class Passage:
    """A request on its way in (`arrives`) or its answer on its way back (`answered`)."""

    method: str
    when: str
    offset: int | None = None
    updates: int = 0
    status: int = 0
    chat: int = 0


@dataclass
class Wire:
    """The line between the two; `watching` is awaited at each passage before it goes on."""

    counts: Counter[str] = field(default_factory=Counter)
    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    watching: Callable[[Passage], Awaitable[None]] | None = None

    async def tell(self, passage: Passage) -> None:
        """Count a passage and let the watcher act on it."""
        if passage.when == "arrives":
            self.counts[passage.method] += 1
        else:
            self.statuses[passage.method, passage.status] += 1
        if self.watching is not None:
            await self.watching(passage)


def watched(sandbox: Starlette) -> Wire:
    """Put a wire in front of a sandbox that does not run yet."""
    wire = Wire()
    sandbox.add_middleware(_Watch, wire=wire)
    return wire


class _Watch:
    """Stands in front of the Bot API only; the page and the phones pass unseen."""

    def __init__(self, app: ASGIApp, wire: Wire) -> None:
        self._app = app
        self._wire = wire

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = str(scope.get("path", ""))
        if scope["type"] != "http" or not path.startswith("/bot"):
            await self._app(scope, receive, send)
            return
        method = path.rsplit("/", 1)[-1]
        offset, (chat, receive) = _offset(scope), await _chat(receive)
        await self._wire.tell(Passage(method, "arrives", offset, chat=chat))
        start: list[Message] = []

        async def observed(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.append(message)
                return
            if start:
                status, first = int(start[0]["status"]), start.pop()
                found = _updates(message) if method == "getUpdates" else 0
                await self._wire.tell(Passage(method, "answered", offset, found, status, chat))
                await send(first)
            await send(message)

        await self._app(scope, receive, observed)


async def _chat(receive: Receive) -> tuple[int, Receive]:
    """Return whom a request is for (0 if it does not say in JSON), and a way to read it once more."""
    read: list[Message] = []
    while not read or read[-1].get("more_body"):
        read.append(await receive())
    body = b"".join(message.get("body", b"") for message in read)
    again = iter(read)

    async def replay() -> Message:
        message = next(again, None)
        return message if message is not None else await receive()

    try:
        given: Any = json.loads(body or b"{}")
    except ValueError:
        given = {}
    chat = given.get("chat_id") if isinstance(given, dict) else None
    return (chat if isinstance(chat, int) else 0), replay


def _offset(scope: Scope) -> int | None:
    given = parse_qs(bytes(scope["query_string"]).decode()).get("offset")
    return int(given[0]) if given else None


def _updates(message: Message) -> int:
    try:
        answer: Any = json.loads(message.get("body", b""))
    except ValueError:
        return 0
    return len(answer.get("result", ())) if isinstance(answer.get("result"), list) else 0
