"""Groups: what a bot gets to see there, membership, growing into a supergroup."""

from __future__ import annotations

import pytest

from tests.sandbox.town import ALICE, BEAT, GROUP, RETO, SAMIRA, Town


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Bonjour à tous", False),
        ("/agenda", True),
        ("/agenda@quartierbot_demo_bot", True),
        ("/agenda@another_bot", False),
        ("Dis, @quartierbot_demo_bot ?", True),
        ("Dis, @somebody_else ?", False),
    ],
)
async def test_in_groups_a_bot_hears_only_what_is_for_it(
    town: Town,
    text: str,
    *,
    seen: bool,
) -> None:
    await town.says(ALICE, text, chat=GROUP)
    updates = await town.updates()
    assert [update["message"]["text"] for update in updates] == ([text] if seen else [])
    assert (await town.phone(BEAT, GROUP))["messages"][-1]["text"] == text


async def test_replies_to_the_bot_are_heard(town: Town) -> None:
    sent = await town.call("sendMessage", chat_id=GROUP, text="Qui vient ?")
    await town.says(BEAT, "Ich!", chat=GROUP, reply_to=sent["message_id"])
    message = await town.update("message")
    assert message["chat"] == {"id": GROUP, "type": "supergroup", "title": "K'fé Mâche · Kafi Mett"}
    assert message["reply_to_message"]["message_id"] == sent["message_id"]


async def test_an_administrator_hears_everything(town: Town) -> None:
    await town.post(f"chats/{GROUP}/members", bot_admin=True)
    change = await town.update("my_chat_member")
    assert change["old_chat_member"]["status"] == "member"
    assert change["new_chat_member"]["status"] == "administrator"
    await town.says(ALICE, "Bonjour à tous", chat=GROUP)
    assert (await town.update("message"))["text"] == "Bonjour à tous"


async def test_the_bot_is_added_thrown_out_and_leaves(town: Town) -> None:
    chat = (await town.post("chats", type="group", title="Atelier", members=[SAMIRA]))["id"]
    added, joined = await town.updates()
    assert added["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert joined["message"]["new_chat_members"][0]["id"] == 42
    await town.post(f"chats/{chat}/members", bot=False)
    assert (await town.update("my_chat_member"))["new_chat_member"]["status"] == "kicked"
    said = await town.refusal("sendMessage", chat_id=chat, text="x")
    assert said == "Forbidden: bot was kicked from the group chat"
    await town.call("leaveChat", chat_id=GROUP)
    said = await town.refusal("sendMessage", chat_id=GROUP, text="x")
    assert said == "Forbidden: bot is not a member of the supergroup chat"
    await town.says(ALICE, "/agenda", chat=GROUP)
    assert await town.updates() == []


async def test_people_come_and_go(town: Town) -> None:
    await town.post(f"chats/{GROUP}/members", remove=[BEAT])
    assert (await town.update("message"))["left_chat_member"]["id"] == BEAT
    await town.post(f"chats/{GROUP}/members", add=[BEAT])
    assert (await town.update("message"))["new_chat_members"][0]["id"] == BEAT
    lines = [view["service"] for view in (await town.phone(RETO, GROUP))["messages"]]
    assert lines == [
        {"kind": "left", "names": ["Beat Gerber"]},
        {"kind": "joined", "names": ["Beat Gerber"]},
    ]


async def test_members_are_told_by_role(town: Town) -> None:
    roles = {
        person: (await town.call("getChatMember", chat_id=GROUP, user_id=person))["status"]
        for person in (SAMIRA, ALICE, 42)
    }
    assert roles == {SAMIRA: "creator", ALICE: "member", 42: "member"}
    heads = await town.call("getChatAdministrators", chat_id=GROUP)
    assert [head["user"]["id"] for head in heads] == [SAMIRA]
    assert await town.call("getChatMemberCount", chat_id=GROUP) == 5
    assert (await town.call("getChat", chat_id=GROUP))["type"] == "supergroup"
    said = await town.refusal("getChatMember", chat_id=GROUP, user_id=777)
    assert said == "Bad Request: PARTICIPANT_ID_INVALID"


async def test_a_group_grows_into_a_supergroup(town: Town) -> None:
    old = (await town.post("chats", type="group", title="Atelier", members=[SAMIRA]))["id"]
    await town.updates()
    new = (await town.post(f"chats/{old}/migrate"))["id"]
    leaving, arriving = await town.updates()
    assert leaving["message"]["chat"]["id"] == old
    assert leaving["message"]["migrate_to_chat_id"] == new
    assert arriving["message"]["chat"] == {"id": new, "type": "supergroup", "title": "Atelier"}
    assert arriving["message"]["migrate_from_chat_id"] == old
    status, body = await town.answer("sendMessage", chat_id=old, text="x")
    assert status == 400
    assert body["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert body["parameters"] == {"migrate_to_chat_id": new}
    await town.call("sendMessage", chat_id=new, text="x")
    await town.post(f"chats/{old}/migrate", status=409)
