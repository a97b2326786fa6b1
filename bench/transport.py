"""Measures what one message costs our HTTP client and the library's own, side by side on loopback.

Run it with `python bench/transport.py`. The far end answers from a process of its own, so that only
the client's processor time is counted; read the ratio, the milliseconds depend on the machine.
"""

# ruff: noqa: INP001, T201 - a bench is a script: it prints

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import time
from pathlib import Path

from telegram import Bot
from telegram.request import BaseRequest, HTTPXRequest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bot.telegram.client import AiohttpRequest  # noqa: E402 - a bench runs from a bare checkout

PASSES, SENDS, IN_FLIGHT = 7, 800, (1, 8, 40)
CLIENTS: dict[str, type[BaseRequest]] = {"httpx (default)": HTTPXRequest, "ours": AiohttpRequest}
_CHAT = {"id": 1001, "type": "private", "first_name": "Alice"}
_SENT = {"message_id": 7, "date": 1_770_000_000, "chat": _CHAT, "text": "Bonjour"}
_BODY = json.dumps({"ok": True, "result": _SENT}, separators=(",", ":")).encode()
_ANSWER = (
    f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(_BODY)}\r\n\r\n"
).encode() + _BODY


class _FarEnd(asyncio.Protocol):
    """Answers every request alike, as cheaply as can be."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the line."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - for the type checker
        self._line, self._seen = transport, b""

    def data_received(self, data: bytes) -> None:
        """Answer as soon as head and body are there."""
        self._seen += data
        head, _, body = self._seen.partition(b"\r\n\r\n")
        lengths = [
            int(line[15:])
            for line in head.split(b"\r\n")
            if line[:15].lower() == b"content-length:"
        ]
        if lengths and len(body) >= lengths[0]:
            self._seen = b""
            self._line.write(_ANSWER)


async def _serve() -> None:
    server = await asyncio.get_running_loop().create_server(_FarEnd, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


async def _cost(client: type[BaseRequest], port: int, in_flight: int) -> float:
    """Return the client's processor milliseconds per message."""
    async with client() as request:
        bot = Bot("1:x", base_url=f"http://127.0.0.1:{port}/bot", request=request)

        async def send_some(number: int) -> None:
            for _ in range(number):
                await bot.send_message(1001, "Bonjour")

        await send_some(20)
        before = time.process_time()
        async with asyncio.TaskGroup() as group:
            for _ in range(in_flight):
                group.create_task(send_some(SENDS // in_flight))
        return (time.process_time() - before) * 1000 / SENDS


async def _measure() -> None:
    far = await asyncio.create_subprocess_exec(
        sys.executable, __file__, "--serve", stdout=asyncio.subprocess.PIPE
    )
    try:
        assert far.stdout is not None  # noqa: S101 - for the type checker
        port = int(await far.stdout.readline())
        print(f"{'in flight':>10}" + "".join(f"{name:>18}" for name in CLIENTS) + f"{'ratio':>8}")
        for in_flight in IN_FLIGHT:
            passes = [
                [await _cost(client, port, in_flight) for client in CLIENTS.values()]
                for _ in range(PASSES)
            ]
            medians = [statistics.median(column) for column in zip(*passes, strict=True)]
            ratio = statistics.median(ours / theirs for theirs, ours in passes)
            cells = "".join(f"{cost:>15.2f} ms" for cost in medians)
            print(f"{in_flight:>10}{cells}{ratio:>8.2f}")
    finally:
        far.kill()
        await far.wait()


if __name__ == "__main__":
    asyncio.run(_serve() if "--serve" in sys.argv else _measure())
