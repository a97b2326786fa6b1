"""The pages and doors of one running bot, as one web application."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp

Endpoint = Callable[[Request], Awaitable[Response]]


def create_web(
    health: Sequence[Route],
    *,
    pages: Sequence[Route] = (),
    webhook: Endpoint | None = None,
    sandbox: ASGIApp | None = None,
) -> Starlette:
    """Return the application: health for machines, pages for people, the webhook, the sandbox if wanted."""
    routes: list[BaseRoute] = [*health, *pages]
    if webhook is not None:
        routes.append(_door(webhook))
    if sandbox is not None:
        routes.append(Mount("/", sandbox))
    return Starlette(routes=routes)


def _door(webhook: Endpoint) -> Route:
    async def telegram(request: Request) -> Response:
        # The framework takes a plain function for an endpoint, any other callable for an application.
        return await webhook(request)

    return Route("/telegram", telegram, methods=["POST"])
