"""Whether the bot is well, for machines that watch it; knows nothing but what it is handed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

Age = Callable[[], float]
"""Seconds since something last went well (since the start, if it never did)."""

LATE_INTAKE = 180.0
"""Seconds without a successful fetch after which a polling bot is not well."""

LATE_OUTBOX = 600.0
"""Seconds that a due message may wait; a broadcast to a whole town takes a few minutes."""

_PATIENCE = 5.0


@dataclass(frozen=True, slots=True)
class Health:
    """How to learn whether the bot works, and from when on it does not.

    `intake_age` is judged only when the bot fetches updates itself (`polling`): with a webhook, a
    quiet town is as silent as a broken one. `outbox_age` is the age of the oldest due message;
    `conflict` says that somebody else fetches this bot's updates.
    """

    intake_age: Age
    outbox_age: Callable[[], Awaitable[float]]
    polling: bool = True
    conflict: Callable[[], bool] = bool
    late_intake: float = LATE_INTAKE
    late_outbox: float = LATE_OUTBOX


def health_routes(
    health: Health, *, metrics: Callable[[], bytes], metrics_type: str
) -> list[Route]:
    """Return `/healthz` (200 when well, 503 with the reason when not) and `/metrics`."""

    async def healthz(_request: Request) -> Response:
        figures, troubles = await _examine(health)
        return JSONResponse(
            {"status": "late" if troubles else "ok", "troubles": troubles, **figures},
            status_code=503 if troubles else 200,
            headers={"Cache-Control": "no-store"},
        )

    async def figures(_request: Request) -> Response:
        return Response(metrics(), headers={"Content-Type": metrics_type})

    return [Route("/healthz", healthz), Route("/metrics", figures)]


async def _examine(health: Health) -> tuple[dict[str, float | None], list[str]]:
    troubles: list[str] = []
    intake = health.intake_age()
    if health.polling and intake > health.late_intake:
        troubles.append("no update could be fetched for too long")
    if health.conflict():
        troubles.append("another program uses this bot's token")
    outbox = await _outbox_age(health)
    if outbox is None:
        troubles.append("the database does not answer")
    elif outbox > health.late_outbox:
        troubles.append("a due message waits for too long")
    rounded = None if outbox is None else round(outbox, 1)
    return {"intake_age": round(intake, 1), "outbox_age": rounded}, troubles


async def _outbox_age(health: Health) -> float | None:
    try:
        async with asyncio.timeout(_PATIENCE):
            return await health.outbox_age()
    except TimeoutError:
        return None
