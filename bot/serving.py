"""The web server in our own event loop; signals stay with whoever runs the whole."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from bot.domain.errors import OperatorError

_GRACE = 3
_POLL = 0.01


class _Uvicorn(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield  # SIGTERM belongs to the bot: the web must outlive the visits under way


class WebServer:
    """Serves one application on one address, until told to stop."""

    def __init__(self, app: ASGIApp, *, host: str, port: int) -> None:
        self._host = host
        self._port = port
        config = uvicorn.Config(
            app,
            host=host,
            port=port,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_keep_alive=75,
            timeout_graceful_shutdown=_GRACE,
        )
        self._server = _Uvicorn(config)
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> int:
        """Begin to serve and return the port; OperatorError if the address is taken."""
        self._task = asyncio.get_running_loop().create_task(self._serve())
        while not self._server.started:
            if self._task.done():
                raise OperatorError(
                    f"Nothing can be served at {self._host}:{self._port}.",
                    remedy="Set QUARTIERBOT_WEB_PORT to a free port, or stop what uses this one.",
                )
            await asyncio.sleep(_POLL)
        return int(self._server.servers[0].sockets[0].getsockname()[1])

    async def stop(self) -> None:
        """Finish the requests under way, at most a few seconds, and close."""
        self._server.should_exit = True
        if self._task is not None:
            await self._task

    async def _serve(self) -> None:
        try:
            await self._server.serve()
        except SystemExit:  # uvicorn's word for "the port is taken"
            return
