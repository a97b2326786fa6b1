"""What a watching machine is told."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import httpx
import pytest
from starlette.applications import Starlette

from bot.metrics import CONTENT_TYPE, Metrics
from web import health as health_page
from web.health import Health, health_routes


def due_since(seconds: float) -> Callable[[], Awaitable[float]]:
    async def age() -> float:
        return seconds

    return age


WELL = Health(intake_age=lambda: 12.34, outbox_age=due_since(0))


async def get(health: Health, path: str = "/healthz") -> httpx.Response:
    routes = health_routes(health, metrics=Metrics().page, metrics_type=CONTENT_TYPE)
    transport = httpx.ASGITransport(app=Starlette(routes=routes))
    async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:
        return await client.get(path)


async def test_a_working_bot_is_well() -> None:
    answer = await get(WELL)

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "troubles": [], "intake_age": 12.3, "outbox_age": 0}
    assert answer.headers["cache-control"] == "no-store"


async def test_a_bot_that_fetches_nothing_is_not() -> None:
    answer = await get(replace(WELL, intake_age=lambda: 181))

    assert answer.status_code == 503
    assert answer.json()["troubles"] == ["no update could be fetched for too long"]


async def test_with_a_webhook_a_quiet_night_is_no_trouble() -> None:
    assert (await get(replace(WELL, intake_age=lambda: 40_000, polling=False))).status_code == 200


async def test_a_message_stuck_in_the_outbox_is_noticed() -> None:
    answer = await get(replace(WELL, outbox_age=due_since(601)))

    assert answer.status_code == 503
    assert answer.json()["troubles"] == ["a due message waits for too long"]
    assert answer.json()["outbox_age"] == 601


async def test_a_database_that_hangs_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    async def never() -> float:
        await asyncio.Event().wait()
        return 0

    monkeypatch.setattr(health_page, "_PATIENCE", 0.01)
    answer = await get(replace(WELL, outbox_age=never))

    assert answer.status_code == 503
    assert answer.json() == {
        "status": "late",
        "troubles": ["the database does not answer"],
        "intake_age": 12.3,
        "outbox_age": None,
    }


async def test_figures_are_served_in_the_form_that_collectors_read() -> None:
    answer = await get(WELL, "/metrics")

    assert answer.status_code == 200
    assert answer.headers["content-type"] == CONTENT_TYPE
    assert "# TYPE quartierbot_updates_total counter" in answer.text


async def test_a_second_bot_on_the_same_token_is_named() -> None:
    answer = await get(replace(WELL, conflict=lambda: True))

    assert answer.status_code == 503
    assert answer.json()["troubles"] == ["another program uses this bot's token"]
