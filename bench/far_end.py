"""A Bot API that costs next to nothing: it takes every message, and tells when it came.

It keeps no chats and checks nothing; the sandbox does that. Its answers are short and always good.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import perf_counter

TOKEN = "4200:a-token-that-opens-nothing-anywhere-0"  # noqa: S105 - of nobody's bot
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_CHAT = re.compile(rb'chat_id"?[=:] ?"?(-?\d+)')
_BOT = b'{"id":4200,"is_bot":true,"first_name":"Bench","username":"bench_bot"}'
_FIXED = {
    b"getMe": _BOT,
    b"getMyName": b'{"name":""}',
    b"getMyDescription": b'{"description":""}',
    b"getMyShortDescription": b'{"short_description":""}',
    b"getMyCommands": b"[]",
    b"getChatMenuButton": b'{"type":"commands"}',
}
_SENT = (
    b'{"message_id":%d,"date":1770000000,"chat":{"id":%d,"type":"private","first_name":"Alice"},'
    b'"from":' + _BOT + b',"text":"Bonjour"}'
)


class FarEnd:
    """Where bots send to: whoever waits for an answer in a chat is told when it is there."""

    def __init__(self) -> None:
        self.address = ""
        self.arrivals: list[float] = []
        self._waiting: dict[int, asyncio.Future[None]] = {}

    def answer_in(self, chat: int) -> asyncio.Future[None]:
        """Return what is done as soon as the next message for this chat is there."""
        self._waiting[chat] = asyncio.get_running_loop().create_future()
        return self._waiting[chat]

    def webhook(self) -> asyncio.Future[None]:
        """Return what is done as soon as a bot says where it takes updates."""
        return self.answer_in(0)

    def receive(self, method: bytes, body: bytes) -> bytes:
        """Take one request and return its result."""
        fixed = _FIXED.get(method)
        if fixed is not None:
            return fixed
        if method == b"setWebhook":
            self._tell(0)
        if method != b"sendMessage":
            return b"true"
        found = _CHAT.search(body)
        chat = int(found[1]) if found else 0
        self.arrivals.append(perf_counter())
        self._tell(chat)
        return _SENT % (len(self.arrivals), chat)

    def _tell(self, chat: int) -> None:
        waiting = self._waiting.pop(chat, None)
        if waiting is not None and not waiting.done():
            waiting.set_result(None)


class _Line(asyncio.Protocol):
    """One connection: requests come one after the other, heads and bodies in any pieces."""

    def __init__(self, far: FarEnd) -> None:
        self._far = far
        self._seen = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the line."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every request that is whole."""
        self._seen += data
        while (end := self._seen.find(b"\r\n\r\n")) >= 0:
            head = self._seen[:end]
            length = _LENGTH.search(head)
            whole = end + 4 + (int(length[1]) if length else 0)
            if len(self._seen) < whole:
                return
            body, self._seen = self._seen[end + 4 : whole], self._seen[whole:]
            method = head.split(b" ", 2)[1].rpartition(b"/")[2].partition(b"?")[0]
            answer = b'{"ok":true,"result":%b}' % self._far.receive(method, body)
            self._transport.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
                % (len(answer), answer)
            )


@asynccontextmanager
async def far_end() -> AsyncIterator[FarEnd]:
    """Run the far end on a free loopback port."""
    far = FarEnd()
    server = await asyncio.get_running_loop().create_server(lambda: _Line(far), "127.0.0.1", 0)
    far.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield far
    finally:
        server.close()
