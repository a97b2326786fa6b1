"""Runs a web application on a free loopback port in the same loop, for tests."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from socket import socket

import uvicorn
from starlette.applications import Starlette


class _Server(uvicorn.Server):
    """A server that leaves the signals to whoever runs the tests and stops at once."""

    def __init__(self, config: uvicorn.Config) -> None:
        """Wait for `stop` to be set."""
        super().__init__(config)
        self.stop = asyncio.Event()

    async def main_loop(self) -> None:
        """Wait for the end instead of looking for it ten times a second."""
        await self.on_tick(0)
        await self.stop.wait()

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        """Close; when nobody is connected, without uvicorn's fixed pause of 0.1 s."""
        if self.server_state.connections or self.server_state.tasks:
            await super().shutdown(sockets)
            return
        for server in self.servers:
            server.close()
            await server.wait_closed()
        await self.lifespan.shutdown()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Install no handlers."""
        yield


@asynccontextmanager
async def running(app: Starlette) -> AsyncIterator[str]:
    """Serve `app` and give its address, such as http://127.0.0.1:40123."""
    config = uvicorn.Config(
        app,
        host="127.0.0.1",
        port=0,
        log_level="warning",
        timeout_graceful_shutdown=2,
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve())
    try:
        while not server.started:
            if serving.done():
                serving.result()
            await asyncio.sleep(0.005)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        world = getattr(app.state, "world", None)
        if world is not None:
            await world.close()
        await _let_go(server)
        server.should_exit = True
        server.stop.set()
        await serving


async def _let_go(server: uvicorn.Server) -> None:
    """Give closed connections a moment to be noticed."""
    for _ in range(20):
        if not server.server_state.connections:
            return
        await asyncio.sleep(0.001)
