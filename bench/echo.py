"""A bare bot that says back what it hears, to measure ours against: `python -m bench.echo`.

The library alone, behind the same web server; the HTTP client is the library's own or ours.
"""

from __future__ import annotations

import asyncio
import signal
import sys

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from telegram import Update
from telegram.ext import Application, ApplicationBuilder, ContextTypes, MessageHandler, filters

from bench.far_end import TOKEN
from bot.serving import WebServer
from bot.telegram.client import AiohttpRequest


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say it back."""
    if update.message is not None:
        await update.message.reply_text(update.message.text or "")


def echo_bot(api: str, *, ours: bool) -> Application:  # type: ignore[type-arg]
    """Return the bot, with our HTTP client or the library's."""
    builder = ApplicationBuilder().token(TOKEN).base_url(f"{api}/bot").updater(None)
    if ours:
        builder = builder.request(AiohttpRequest()).get_updates_request(AiohttpRequest())
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    return application


async def serve(api: str, port: int, *, ours: bool) -> None:
    """Answer at the webhook until told to stop."""
    application = echo_bot(api, ours=ours)

    async def webhook(request: Request) -> Response:
        update = Update.de_json(await request.json(), application.bot)
        await application.process_update(update)
        return PlainTextResponse("ok")

    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    routes = [Route("/telegram", webhook, methods=["POST"])]
    web = WebServer(Starlette(routes=routes), host="127.0.0.1", port=port)
    async with application:
        await web.start()
        await application.bot.set_webhook(f"http://127.0.0.1:{port}/telegram")
        await stop.wait()
        await web.stop()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[2], int(sys.argv[3]), ours=sys.argv[1] == "ours"))
