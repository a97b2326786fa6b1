"""How a bot receives updates: as from Telegram, one poller at a time, confirmed by offset."""

from __future__ import annotations

import asyncio
import time

from tests.sandbox.town import ALICE, BEAT, GROUP, RETO, Town


async def test_the_bot_knows_itself(town: Town) -> None:
    me = await town.call("getMe")
    assert me["is_bot"] is True
    assert me["username"] == "quartierbot_demo_bot"
    assert me["id"] == 42


async def test_a_message_arrives_as_telegram_would_tell_it(town: Town) -> None:
    await town.post(f"phones/{ALICE}/start", payload="k3f-12_A")
    message = await town.update("message")
    assert abs(message["date"] - time.time()) < 5
    assert message == {
        "message_id": 1,
        "from": {
            "id": ALICE,
            "is_bot": False,
            "first_name": "Alice",
            "last_name": "Favre",
            "language_code": "fr",
        },
        "chat": {"id": ALICE, "type": "private", "first_name": "Alice", "last_name": "Favre"},
        "date": message["date"],
        "text": "/start k3f-12_A",
        "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
    }


async def test_what_is_not_known_is_left_out(town: Town) -> None:
    nameless = await town.post("people", first_name="Ivo", language_code="")
    await town.says(nameless["id"], "Hallo")
    message = await town.update("message")
    assert message["from"] == {"id": nameless["id"], "is_bot": False, "first_name": "Ivo"}


async def test_a_long_poll_waits_and_wakes_at_once(town: Town) -> None:
    waiting = asyncio.create_task(town.updates(timeout=30))
    await town.until_polled()
    assert not waiting.done()
    before = time.monotonic()
    await town.says(ALICE, "Bonjour")
    (update,) = await waiting
    assert update["message"]["text"] == "Bonjour"
    assert time.monotonic() - before < 1


async def test_an_empty_long_poll_ends_after_its_time(town: Town) -> None:
    before = time.monotonic()
    assert await town.updates(timeout=1) == []
    assert time.monotonic() - before >= 0.9


async def test_only_the_offset_confirms(town: Town) -> None:
    for text in ("un", "deux", "trois"):
        await town.says(ALICE, text)
    first = await town.call("getUpdates", limit=2)
    again = await town.call("getUpdates")
    assert [update["message"]["text"] for update in first] == ["un", "deux"]
    assert [update["message"]["text"] for update in again] == ["un", "deux", "trois"]
    numbers = [update["update_id"] for update in again]
    assert numbers == list(range(numbers[0], numbers[0] + 3))
    rest = await town.call("getUpdates", offset=numbers[2])
    assert [update["message"]["text"] for update in rest] == ["trois"]
    last = await town.call("getUpdates", offset=-1)
    assert last == rest
    assert await town.call("getUpdates", offset=numbers[2] + 1) == []


async def test_two_pollers_conflict_and_the_older_gives_way(town: Town) -> None:
    older = asyncio.create_task(town.refusal("getUpdates", timeout=30))
    await town.until_polled()
    newer = asyncio.create_task(town.updates(timeout=30))
    assert await older == (
        "Conflict: terminated by other getUpdates request;"
        " make sure that only one bot instance is running"
    )
    await town.says(ALICE, "Bonjour")
    assert len(await newer) == 1


async def test_wanted_kinds_are_remembered_and_applied_when_updates_arise(town: Town) -> None:
    await town.updates(allowed_updates=["callback_query"])
    await town.says(ALICE, "not wanted")
    await town.updates(allowed_updates=["message"])
    await town.says(ALICE, "wanted")
    kept = await town.updates()
    assert [update["message"]["text"] for update in kept] == ["wanted"]
    info = await town.call("getWebhookInfo")
    assert info["allowed_updates"] == ["message"]
    await town.updates(allowed_updates=[])
    assert "allowed_updates" not in await town.call("getWebhookInfo")


async def test_members_coming_and_going_are_told_only_on_request(town: Town) -> None:
    await town.post(f"chats/{GROUP}/members", bot_admin=True)
    await town.updates()
    await town.post(f"chats/{GROUP}/members", remove=[BEAT])
    assert [kind_of(update) for update in await town.updates()] == ["message"]
    await town.updates(allowed_updates=["message", "chat_member"])
    await town.post(f"chats/{GROUP}/members", remove=[RETO])
    told = [kind_of(update) for update in await town.updates()]
    assert told == ["chat_member", "message"]


async def test_any_update_can_be_injected(town: Town) -> None:
    chat = {"id": 77, "type": "channel", "title": "Amtsblatt"}
    given = {"message_id": 1, "date": 1, "chat": chat}
    number = await town.post("updates", channel_post=given)
    assert await town.updates() == [{"update_id": number["update_id"], "channel_post": given}]


def kind_of(update: dict[str, object]) -> str:
    return next(name for name in update if name != "update_id")
