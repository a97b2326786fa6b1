"""A tiny bot for the page's tests: plain Bot API calls, nothing of ours."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import aiohttp

Json = dict[str, Any]

KEYS = [
    [{"text": "Question"}, {"text": "Agenda"}],
    [{"text": "Ma position", "request_location": True}],
]
BUTTONS = [
    [{"text": "Plus", "callback_data": "more"}, {"text": "Alerte", "callback_data": "alert"}],
    [{"text": "Ouvrir", "url": "https://t.me/quartierbot_demo_bot?start=affiche"}],
]
POLL = ["Mardi", "Jeudi", "Samedi"]


class EchoBot:
    """Answers every message; `seen` holds the updates it received."""

    def __init__(self, session: aiohttp.ClientSession, address: str, token: str) -> None:
        """Speak to the Bot API at `address`."""
        self._session = session
        self._root = f"{address}/bot{token}"
        self.seen: list[Json] = []

    async def call(self, method: str, **parameters: object) -> Any:  # noqa: ANN401 - free JSON
        """Call a Bot API method and give its result, or None when it was refused."""
        async with self._session.post(f"{self._root}/{method}", json=parameters) as response:
            text = await response.text()
        return json.loads(text).get("result") if response.status == 200 else None

    async def work(self) -> None:
        """Fetch and answer updates until cancelled."""
        offset = 0
        kinds = ["message", "callback_query", "poll_answer", "my_chat_member"]
        while True:
            updates = await self.call(
                "getUpdates", offset=offset, timeout=20, allowed_updates=kinds
            )
            for update in updates or []:
                offset = update["update_id"] + 1
                self.seen.append(update)
                await self._answer(update)

    async def _answer(self, update: Json) -> None:
        if "message" in update:
            await self._talk(update["message"])
        elif "callback_query" in update:
            await self._pressed(update["callback_query"])

    async def _talk(self, message: Json) -> None:
        chat, text = message["chat"]["id"], message.get("text", "")
        if text.startswith("/start"):
            payload = text.removeprefix("/start").strip() or "personne"
            markup = {"keyboard": KEYS, "is_persistent": True, "resize_keyboard": True}
            words = f"Bienvenue, {payload} !"
            await self.call("sendMessage", chat_id=chat, text=words, reply_markup=markup)
        elif text == "sondage":
            await self.call(
                "sendPoll", chat_id=chat, question="Quel jour ?", options=POLL, is_anonymous=False
            )
        elif "location" in message:
            place = {key: message["location"][key] for key in ("latitude", "longitude")}
            await self.call(
                "sendVenue", chat_id=chat, title="Votre quartier", address="Bienne", **place
            )
        else:
            shown = text or next(kind for kind in ("photo", "voice", "contact") if kind in message)
            markup = {"inline_keyboard": BUTTONS}
            await self.call(
                "sendMessage", chat_id=chat, text=f"Écho : {shown}", reply_markup=markup
            )

    async def _pressed(self, query: Json) -> None:
        if query["data"] == "alert":
            await self.call(
                "answerCallbackQuery",
                callback_query_id=query["id"],
                text="À mardi !",
                show_alert=True,
            )
            return
        message = query["message"]
        await self.call(
            "editMessageText",
            chat_id=message["chat"]["id"],
            message_id=message["message_id"],
            text="Voici la suite.",
            reply_markup={"inline_keyboard": [[{"text": "Retour", "callback_data": "more"}]]},
        )
        await self.call("answerCallbackQuery", callback_query_id=query["id"], text="C'est fait")


@asynccontextmanager
async def echo_bot(address: str, token: str) -> AsyncIterator[EchoBot]:
    """Run the bot beside the test."""
    async with aiohttp.ClientSession() as session:
        bot = EchoBot(session, address, token)
        work = asyncio.create_task(bot.work())
        try:
            yield bot
        finally:
            work.cancel()
            with suppress(asyncio.CancelledError):
                await work
