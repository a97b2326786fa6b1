"""What the page is given: state, phones, the clock, what changed, files to look at."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

from tests.sandbox.town import ALICE, BEAT, GROUP, RETO, SAMIRA, Town, button
from web.sandbox.changes import MOST_CHANGES, Changes
from web.sandbox.history import MOST_MESSAGES


async def test_the_default_town(town: Town) -> None:
    state = await town.get("state")
    told = [(person["id"], person["language_code"], person["hint"]) for person in state["people"]]
    assert told == [
        (ALICE, "fr", "resident"),
        (BEAT, "de", "resident"),
        (SAMIRA, "fr", "animator"),
        (RETO, "de", "coordinator"),
    ]
    group = next(chat for chat in state["chats"] if chat["id"] == GROUP)
    assert set(group["members"]) == {ALICE, BEAT, SAMIRA, RETO}
    assert (group["type"], group["bot"]) == ("supergroup", "member")
    assert (state["webhook"], state["polling"]) == (False, False)
    assert state["bot"]["username"] == "quartierbot_demo_bot"


async def test_the_clock_moves_every_date(town: Town) -> None:
    moved = await town.post("clock", now="2027-03-28T09:00")
    assert moved["local"] == "2027-03-28T09:00:00+02:00"
    await town.says(ALICE, "Bonjour")
    assert (await town.update("message"))["date"] - moved["now"] in {0, 1}
    ahead = await town.post("clock", advance_seconds=3600)
    assert ahead["now"] - moved["now"] in {3600, 3601}
    back = await town.post("clock", offset_seconds=0)
    assert abs(back["now"] - time.time()) < 2
    await town.post("clock", status=422, now="demain")


async def test_a_message_as_a_phone_shows_it(town: Town) -> None:
    await town.starts(ALICE)
    await town.call(
        "sendVenue",
        chat_id=ALICE,
        latitude=47.1,
        longitude=7.2,
        title="Maison",
        address="Rue 1",
    )
    await town.call("sendContact", chat_id=ALICE, phone_number="0323261111", first_name="Info")
    link = {"inline_keyboard": [[{"text": "Site", "url": "https://x.ch", "style": "primary"}]]}
    await town.call("sendMessage", chat_id=ALICE, text="x & y", reply_markup=link)
    venue, contact, text = (await town.phone(ALICE))["messages"][-3:]
    assert venue["venue"] == {"title": "Maison", "address": "Rue 1", "lat": 47.1, "lon": 7.2}
    assert contact["contact"] == {"name": "Info", "phone": "0323261111"}
    assert text["html"] == "x &amp; y"
    assert text["from"] == {"id": 42, "name": "Quartierbot", "bot": True}
    assert text["mine"] is False
    assert text["inline"] == [[{"text": "Site", "url": "https://x.ch", "style": "primary"}]]


async def test_typing_shows_until_the_message_comes(town: Town) -> None:
    await town.starts(ALICE)
    await town.call("sendChatAction", chat_id=ALICE, action="typing")
    assert (await town.phone(ALICE))["typing"] is True
    await town.call("sendMessage", chat_id=ALICE, text="x")
    assert (await town.phone(ALICE))["typing"] is False


@asynccontextmanager
async def listening(town: Town) -> AsyncIterator[aiohttp.StreamReader]:
    async with town.http.get(f"{town.url}/sandbox/events") as response:
        assert response.content_type == "text/event-stream"
        assert await response.content.readuntil(b"\n\n") == b": open\n\n"
        yield response.content


async def next_change(events: aiohttp.StreamReader) -> dict[str, object]:
    async with asyncio.timeout(5):
        told = await events.readuntil(b"\n\n")
    name, data = told.decode().strip().splitlines()
    assert name == "event: change"
    change: dict[str, object] = json.loads(data.removeprefix("data: "))
    return change


async def test_the_page_hears_of_changes(town: Town) -> None:
    async with listening(town) as events:
        await town.says(ALICE, "Bonjour")
        assert await next_change(events) == {"chat": ALICE, "person": None, "kind": "message"}
        menu = {"keyboard": [["Oui"]]}
        await town.call("sendMessage", chat_id=ALICE, text="x", reply_markup=menu)
        assert (await next_change(events))["kind"] == "message"
        assert (await next_change(events))["kind"] == "keyboard"
        await town.post("clock", advance_seconds=1)
        assert await next_change(events) == {"chat": None, "person": None, "kind": "state"}


async def test_closing_lets_everybody_go(town: Town) -> None:
    polling = asyncio.create_task(town.updates(timeout=30))
    await town.until_polled()
    async with listening(town) as events:
        await town.world.close()
        assert await polling == []
        assert await events.read() == b""


async def test_a_listener_that_does_not_read_costs_nothing() -> None:
    changes = Changes()
    listener = changes.open()
    for chat in range(MOST_CHANGES * 3):
        changes.publish(chat % (MOST_CHANGES * 2), "message")
    told = await listener.next(1)
    assert told is not None
    assert len(told) <= MOST_CHANGES
    assert told[0].kind == "state"
    for _ in range(50):
        changes.publish(7, "message")
    assert len(await listener.next(1) or []) == 1
    changes.close()
    assert await listener.next(1) is None


async def test_the_deep_link_is_a_picture(town: Town) -> None:
    async with town.http.get(f"{town.url}/sandbox/qr?payload=kfe") as response:
        assert response.content_type == "image/svg+xml"
        assert b"<svg" in await response.read()


async def test_history_is_bounded(town: Town) -> None:
    await town.starts(ALICE)
    for number in range(MOST_MESSAGES + 5):
        await town.call("sendMessage", chat_id=ALICE, text=f"{number}")
    messages = (await town.phone(ALICE))["messages"]
    assert (len(messages), messages[0]["text"]) == (MOST_MESSAGES, "5")


async def test_a_reset_forgets_but_numbers_go_on(town: Town) -> None:
    await town.says(ALICE, "Bonjour")
    (before,) = await town.updates()
    await town.call("sendMessage", chat_id=ALICE, text="?", reply_markup=button())
    await town.post("reset")
    assert (await town.phone(ALICE))["messages"] == []
    await town.says(ALICE, "Bonjour")
    (after,) = await town.updates()
    assert after["update_id"] > before["update_id"]


async def test_what_the_page_asks_wrongly_is_refused(town: Town) -> None:
    await town.post("phones/5/send", status=404, text="x")
    await town.post(f"phones/{ALICE}/send", status=422, text=" ")
    await town.post(f"phones/{ALICE}/send", status=404, chat=BEAT, text="x")
    await town.post(f"phones/{ALICE}/start", status=422, payload="é")
    await town.post(f"phones/{ALICE}/edit", status=422, text="x")
    async with town.http.post(f"{town.url}/sandbox/people", data=b"{") as response:
        assert response.status == 422


async def test_the_page_is_served_anew_each_time_with_a_strict_policy(town: Town) -> None:
    async with town.http.get(town.url) as response:
        assert response.status == 200
        assert "default-src 'self'" in response.headers["content-security-policy"]
        assert response.headers["cache-control"] == "no-cache"
    async with town.http.get(f"{town.url}/sandbox/static/app.js") as response:
        assert (response.status, response.headers["cache-control"]) == (200, "no-cache")
        tag = response.headers["etag"]
    unchanged = {"If-None-Match": tag}
    async with town.http.get(f"{town.url}/sandbox/static/app.js", headers=unchanged) as response:
        assert (response.status, response.headers["cache-control"]) == (304, "no-cache")
    async with town.http.get(f"{town.url}/nowhere") as response:
        assert response.status == 404
