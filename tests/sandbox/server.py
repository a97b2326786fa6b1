"""Runs a web application on a free loopback port in the same loop, for tests."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.applications import Starlette


class _Server(uvicorn.Server):
    """A server that leaves the signals to whoever runs the tests."""

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
        server.should_exit = True
        await serving
