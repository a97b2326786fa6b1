"""Puts the sandbox together: the Bot API, the phones' API and the page in one Starlette app."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from web.sandbox import page_api, panel_api
from web.sandbox.bot_api import BotApi, download
from web.sandbox.errors import ApiError, PageError
from web.sandbox.world import World, furnish

DEMO_TOKEN = "42:quartierbot-demo-sandbox"  # noqa: S105 - opens nothing but this sandbox
PAGE = Path(__file__).parent / "page"
PAGE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:;"
        " base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-cache",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def create_sandbox(world: World | None = None, *, token: str = DEMO_TOKEN) -> Starlette:
    """Make the sandbox as a web application; its state is `app.state.world`.

    Whoever stops it calls `await world.close()` first, or long polls keep the server waiting.
    """
    world = world or furnish(World())
    bot_api = BotApi(world, token)
    app = Starlette(
        routes=[
            Route("/bot{token}/{method}", bot_api, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", download),
            *page_api.ROUTES,
            *panel_api.ROUTES,
            Mount("/sandbox/static", _Static(directory=PAGE, check_dir=False)),
            Route("/", show_page),
        ],
        exception_handlers={
            PageError: _page_refusal,
            ApiError: _api_refusal,
            HTTPException: _http_refusal,
        },
        lifespan=_lifespan,
    )
    app.state.world = world
    app.state.token = token
    return app


class _Static(StaticFiles):
    """The page's files, asked for anew each time: a page of two versions would not work."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:  # noqa: ANN401 - as inherited
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = PAGE_HEADERS["Cache-Control"]
        return response


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    yield
    await app.state.world.close()


async def show_page(_request: Request) -> Response:
    """Serve the page with the phones."""
    return FileResponse(PAGE / "index.html", headers=PAGE_HEADERS)


def _page_refusal(_request: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, PageError)  # noqa: S101 - registered for this class only
    return JSONResponse({"error": refusal.message}, refusal.status)


def _api_refusal(_request: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, ApiError)  # noqa: S101 - registered for this class only
    return JSONResponse({"error": refusal.description}, 422)


def _http_refusal(_request: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, HTTPException)  # noqa: S101 - registered for this class only
    body = {"ok": False, "error_code": refusal.status_code, "description": refusal.detail}
    return JSONResponse(body | {"error": refusal.detail}, refusal.status_code)
