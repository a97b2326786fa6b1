"""The town that every test of the sandbox talks to."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.sandbox.server import running
from tests.sandbox.town import Town
from web.sandbox.app import create_sandbox


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    """A fresh sandbox on a free port."""
    app = create_sandbox()
    async with running(app) as url, aiohttp.ClientSession() as http:
        yield Town(url, app.state.world, http)
