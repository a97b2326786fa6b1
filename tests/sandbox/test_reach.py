"""Whom a bot may write to: nobody first, nobody who blocked it."""

from __future__ import annotations

from tests.sandbox.town import ALICE, Town


async def test_a_bot_cannot_write_first(town: Town) -> None:
    said = await town.refusal("sendMessage", chat_id=ALICE, text="x")
    assert said == "Forbidden: bot can't initiate conversation with a user"
    stranger = (await town.post("people", first_name="Ivo", language_code="it"))["id"]
    said = await town.refusal("sendMessage", chat_id=stranger, text="x")
    assert said == "Bad Request: chat not found"
    await town.says(stranger, "Ciao")
    await town.call("sendMessage", chat_id=stranger, text="x")


async def test_blocking_is_told_and_felt(town: Town) -> None:
    await town.starts(ALICE)
    await town.post(f"phones/{ALICE}/block", blocked=True)
    change = await town.update("my_chat_member")
    assert change["from"]["id"] == ALICE
    assert change["chat"]["type"] == "private"
    assert change["old_chat_member"]["status"] == "member"
    assert change["new_chat_member"]["status"] == "kicked"
    for method in ("sendMessage", "sendChatAction"):
        said = await town.refusal(method, chat_id=ALICE, text="x", action="typing")
        assert said == "Forbidden: bot was blocked by the user"
    assert (await town.phone(ALICE))["blocked"] is True
    await town.post(f"phones/{ALICE}/send", status=409, text="Hallo?")


async def test_starting_again_unblocks(town: Town) -> None:
    await town.starts(ALICE)
    await town.post(f"phones/{ALICE}/block", blocked=True)
    await town.updates()
    await town.post(f"phones/{ALICE}/start")
    back, start = await town.updates()
    assert back["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert start["message"]["text"] == "/start"
    await town.call("sendMessage", chat_id=ALICE, text="Re-bonjour")


async def test_a_person_is_described_to_the_bot(town: Town) -> None:
    await town.starts(ALICE)
    chat = await town.call("getChat", chat_id=ALICE)
    assert (chat["type"], chat["first_name"]) == ("private", "Alice")
    assert await town.call("getChatMemberCount", chat_id=ALICE) == 2
    said = await town.refusal("getChatAdministrators", chat_id=ALICE)
    assert said == "Bad Request: there are no administrators in the private chat"
