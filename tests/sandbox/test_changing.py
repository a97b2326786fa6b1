"""Editing, deleting, pinning, forwarding and copying what was sent."""

from __future__ import annotations

from tests.sandbox.town import ALICE, GROUP, Town, button

UNCHANGED = (
    "Bad Request: message is not modified: specified new message content and reply markup are"
    " exactly the same as a current content and reply markup of the message"
)


async def test_an_edit_replaces_text_and_buttons(town: Town) -> None:
    await town.starts(ALICE)
    sent = await town.call("sendMessage", chat_id=ALICE, text="un", reply_markup=button())
    place = {"chat_id": ALICE, "message_id": sent["message_id"]}
    edited = await town.call("editMessageText", text="<b>deux</b>", parse_mode="HTML", **place)
    assert edited["text"] == "deux"
    assert edited["date"] == sent["date"]
    assert edited["edit_date"] >= sent["date"]
    assert "reply_markup" not in edited
    same = await town.refusal("editMessageText", text="<b>deux</b>", parse_mode="HTML", **place)
    assert same == UNCHANGED
    again = await town.call("editMessageReplyMarkup", reply_markup=button("Non"), **place)
    assert again["reply_markup"] == button("Non")
    shown = (await town.phone(ALICE))["messages"][-1]
    assert shown["html"] == "<b>deux</b>"
    assert shown["inline"] == [[{"text": "Non", "data": "yes"}]]


async def test_what_cannot_be_edited_is_refused(town: Town) -> None:
    await town.starts(ALICE)
    theirs = await town.says(ALICE, "Bonjour")
    menu = {"keyboard": [["Oui"]]}
    keyed = await town.call("sendMessage", chat_id=ALICE, text="x", reply_markup=menu)
    place = await town.call("sendLocation", chat_id=ALICE, latitude=47.14, longitude=7.25)

    async def editing(number: int) -> str:
        return await town.refusal("editMessageText", chat_id=ALICE, message_id=number, text="y")

    assert await editing(999) == "Bad Request: message to edit not found"
    assert await editing(theirs) == "Bad Request: message can't be edited"
    assert await editing(keyed["message_id"]) == "Bad Request: message can't be edited"
    assert (
        await editing(place["message_id"]) == "Bad Request: there is no text in the message to edit"
    )


async def test_messages_are_deleted_once_and_only_while_young(town: Town) -> None:
    await town.starts(ALICE)
    sent = [await town.call("sendMessage", chat_id=ALICE, text=f"{n}") for n in range(4)]
    numbers = [message["message_id"] for message in sent]
    first = {"chat_id": ALICE, "message_id": numbers[0]}
    await town.call("deleteMessage", **first)
    assert await town.refusal("deleteMessage", **first) == (
        "Bad Request: message to delete not found"
    )
    assert await town.call("deleteMessages", chat_id=ALICE, message_ids=numbers[:3]) is True
    assert [view["text"] for view in (await town.phone(ALICE))["messages"]] == ["/start", "3"]
    await town.post("clock", advance_seconds=49 * 3600)
    old = await town.refusal("deleteMessage", chat_id=ALICE, message_id=numbers[3])
    assert old == "Bad Request: message can't be deleted"


async def test_pinning_in_a_group_needs_rights(town: Town) -> None:
    sent = await town.call("sendMessage", chat_id=GROUP, text="Programme")
    place = {"chat_id": GROUP, "message_id": sent["message_id"]}
    assert await town.refusal("pinChatMessage", **place) == (
        "Bad Request: not enough rights to manage pinned messages in the chat"
    )
    await town.post(f"chats/{GROUP}/members", bot_admin=True)
    await town.call("pinChatMessage", **place)
    assert (await town.call("getChat", chat_id=GROUP))["pinned_message"]["text"] == "Programme"
    phone = await town.phone(ALICE, GROUP)
    assert phone["pinned"] == sent["message_id"]
    assert phone["messages"][-1]["service"] == {"kind": "pinned", "names": ["Quartierbot"]}
    await town.call("unpinChatMessage", **place)
    assert (await town.phone(ALICE, GROUP))["pinned"] is None


async def test_a_forward_tells_its_origin_and_a_copy_does_not(town: Town) -> None:
    await town.starts(ALICE)
    sent = await town.call("sendMessage", chat_id=ALICE, text="<i>x</i>", parse_mode="HTML")
    source = {"from_chat_id": ALICE, "message_id": sent["message_id"]}
    forwarded = await town.call("forwardMessage", chat_id=GROUP, **source)
    assert forwarded["forward_origin"]["sender_user"]["id"] == 42
    assert forwarded["entities"] == sent["entities"]
    copied = await town.call("copyMessage", chat_id=GROUP, **source)
    assert list(copied) == ["message_id"]
    *_, view = (await town.phone(ALICE, GROUP))["messages"]
    assert view["html"] == "<i>x</i>"
    assert "forwarded_from" not in view


async def test_protected_content_stays(town: Town) -> None:
    await town.starts(ALICE)
    sent = await town.call("sendMessage", chat_id=ALICE, text="x", protect_content=True)
    assert sent["has_protected_content"] is True
    source = {"from_chat_id": ALICE, "message_id": sent["message_id"]}
    said = await town.refusal("forwardMessage", chat_id=GROUP, **source)
    assert said == "Bad Request: message can't be forwarded"


async def test_replies_must_find_their_message(town: Town) -> None:
    await town.starts(ALICE)
    reply = {"message_id": 999}
    said = await town.refusal("sendMessage", chat_id=ALICE, text="x", reply_parameters=reply)
    assert said == "Bad Request: message to be replied not found"
    reply["allow_sending_without_reply"] = True
    sent = await town.call("sendMessage", chat_id=ALICE, text="x", reply_parameters=reply)
    assert "reply_to_message" not in sent


async def test_a_person_edits_their_own_words(town: Town) -> None:
    await town.starts(ALICE)
    number = await town.says(ALICE, "Bonjuor")
    await town.updates()
    await town.post(f"phones/{ALICE}/edit", chat=ALICE, message_id=number, text="Bonjour")
    edited = await town.update("edited_message")
    assert (edited["message_id"], edited["text"]) == (number, "Bonjour")
    assert "edit_date" in edited


async def test_a_waiting_update_keeps_what_was_true_then(town: Town) -> None:
    await town.starts(ALICE)
    number = await town.says(ALICE, "eins")
    await town.post(f"phones/{ALICE}/edit", chat=ALICE, message_id=number, text="zwei")
    first, second = await town.updates()
    assert first["message"]["text"] == "eins"
    assert second["edited_message"]["text"] == "zwei"
