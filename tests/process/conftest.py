"""A house for every test of the real command."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.process.house import House, open_house


@pytest_asyncio.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """A folder, a key and the sandbox; nothing runs yet."""
    async with open_house(tmp_path) as opened:
        yield opened
