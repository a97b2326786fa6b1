"""A far end and a bot that speaks to it, for every test in this folder."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio
from telegram import Bot

from bot.telegram.client import AiohttpRequest
from tests.telegram.far_end import TOKEN, FarEnd, far_end


@pytest_asyncio.fixture
async def far() -> AsyncIterator[FarEnd]:
    """Return a scripted Bot API that listens on loopback."""
    async with far_end() as server:
        yield server


@pytest_asyncio.fixture
async def bot(far: FarEnd) -> AsyncIterator[Bot]:
    """Return a bot whose requests go to the far end and do not wait long for an answer."""
    request = AiohttpRequest(read_timeout=0.8, connect_timeout=0.8)
    async with request:
        yield Bot(TOKEN, base_url=far.base_url, request=request, get_updates_request=request)
