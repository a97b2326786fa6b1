"""Reply keyboards on the phones, and buttons that answer once."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.town import ALICE, BEAT, GROUP, Town, button

MENU = {
    "keyboard": [["Question", "Agenda"], [{"text": "Ici", "request_location": True}]],
    "is_persistent": True,
    "resize_keyboard": True,
    "input_field_placeholder": "Votre question",
}


async def test_a_persistent_keyboard_stays_until_it_is_removed(town: Town) -> None:
    await town.starts(ALICE)
    sent = await town.call("sendMessage", chat_id=ALICE, text="Menu", reply_markup=MENU)
    assert "reply_markup" not in sent
    await town.says(ALICE, "Question")
    shown = (await town.phone(ALICE))["keyboard"]
    assert shown == {
        "keyboard": [
            [{"text": "Question"}, {"text": "Agenda"}],
            [{"text": "Ici", "request_location": True}],
        ],
        "is_persistent": True,
        "resize_keyboard": True,
        "input_field_placeholder": "Votre question",
        "message_id": sent["message_id"],
    }
    gone = {"remove_keyboard": True}
    await town.call("sendMessage", chat_id=ALICE, text="Fini", reply_markup=gone)
    assert (await town.phone(ALICE))["keyboard"] is None


async def test_a_one_time_keyboard_goes_when_it_is_used(town: Town) -> None:
    await town.starts(ALICE)
    once = {
        "keyboard": [["Oui"], [{"text": "Mon numéro", "request_contact": True}]],
        "one_time_keyboard": True,
    }
    await town.call("sendMessage", chat_id=ALICE, text="?", reply_markup=once)
    await town.says(ALICE, "autre chose")
    assert (await town.phone(ALICE))["keyboard"] is not None
    await town.post(f"phones/{ALICE}/send", contact=True)
    assert (await town.phone(ALICE))["keyboard"] is None
    *_, update = await town.updates()
    assert update["message"]["contact"] == {
        "phone_number": "+41790001001",
        "first_name": "Alice",
        "last_name": "Favre",
        "user_id": ALICE,
    }


async def test_a_forced_reply_is_a_box_that_closes(town: Town) -> None:
    await town.starts(ALICE)
    asked = await town.call(
        "sendMessage",
        chat_id=ALICE,
        text="Votre nom ?",
        reply_markup={"force_reply": True},
    )
    assert (await town.phone(ALICE))["keyboard"] == {
        "force_reply": True,
        "message_id": asked["message_id"],
        "reply_to": asked["message_id"],
    }
    await town.says(ALICE, "Alice", reply_to=asked["message_id"])
    assert (await town.phone(ALICE))["keyboard"] is None
    message = await town.update("message")
    assert message["reply_to_message"]["text"] == "Votre nom ?"


async def test_a_selective_keyboard_is_for_whom_the_bot_answers(town: Town) -> None:
    asked = await town.says(ALICE, "/agenda", chat=GROUP)
    await town.call(
        "sendMessage",
        chat_id=GROUP,
        text="?",
        reply_parameters={"message_id": asked},
        reply_markup={"keyboard": [["Oui"]], "selective": True},
    )
    assert (await town.phone(ALICE, GROUP))["keyboard"] is not None
    assert (await town.phone(BEAT, GROUP))["keyboard"] is None


async def test_a_keyboard_goes_with_its_message(town: Town) -> None:
    await town.starts(ALICE)
    sent = await town.call("sendMessage", chat_id=ALICE, text="Menu", reply_markup=MENU)
    await town.call("deleteMessage", chat_id=ALICE, message_id=sent["message_id"])
    assert (await town.phone(ALICE))["keyboard"] is None


def inline(**fields: object) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "x", **fields}]]}


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        (inline(callback_data="é" * 33), "BUTTON_DATA_INVALID"),
        (inline(callback_data=""), "BUTTON_DATA_INVALID"),
        (inline(), "text buttons are unallowed in the inline keyboard"),
        (
            inline(url="http://localhost/x"),
            "inline keyboard button URL 'http://localhost/x' is invalid: Wrong HTTP URL",
        ),
        (
            {"inline_keyboard": [[{"text": " ", "url": "https://x.ch"}]]},
            "button text must be non-empty",
        ),
        (
            {"inline_keyboard": [[{"text": "x", "callback_data": "y"}] * 101]},
            "REPLY_MARKUP_TOO_LONG",
        ),
        ({"keyboard": []}, "reply keyboard must be non-empty"),
        (
            {"keyboard": [["x"]], "input_field_placeholder": "x" * 65},
            "input field placeholder must be 1-64 characters long",
        ),
    ],
)
async def test_wrong_keyboards_are_refused(town: Town, markup: object, words: str) -> None:
    await town.starts(ALICE)
    said = await town.refusal("sendMessage", chat_id=ALICE, text="x", reply_markup=markup)
    assert said == f"Bad Request: {words}"


async def test_64_bytes_of_data_are_allowed(town: Town) -> None:
    await town.starts(ALICE)
    full = inline(callback_data="é" * 32)
    await town.call("sendMessage", chat_id=ALICE, text="x", reply_markup=full)


async def test_asking_for_a_number_in_a_group_is_refused(town: Town) -> None:
    markup = {"keyboard": [[{"text": "x", "request_contact": True}]]}
    said = await town.refusal("sendMessage", chat_id=GROUP, text="x", reply_markup=markup)
    assert said == "Bad Request: phone number can be requested in private chats only"


async def test_a_pressed_button_is_answered_once(town: Town) -> None:
    await town.starts(ALICE)
    sent = await town.call("sendMessage", chat_id=ALICE, text="?", reply_markup=button())
    pressing = town.pressing(ALICE, sent, "yes")
    (update,) = await town.updates(timeout=5)
    query = update["callback_query"]
    assert query["data"] == "yes"
    assert query["from"]["language_code"] == "fr"
    assert query["message"] == sent
    answer = {"callback_query_id": query["id"], "text": "Noté", "show_alert": True}
    too_long = await town.refusal("answerCallbackQuery", **(answer | {"text": "x" * 201}))
    assert too_long == "Bad Request: MESSAGE_TOO_LONG"
    await town.call("answerCallbackQuery", **answer)
    assert await pressing == {"answered": True, "alert": True, "text": "Noté"}
    assert await town.refusal("answerCallbackQuery", **answer) == (
        "Bad Request: query is too old and response timeout expired or query ID is invalid"
    )


async def test_an_answer_can_come_too_late(town: Town) -> None:
    await town.starts(ALICE)
    sent = await town.call("sendMessage", chat_id=ALICE, text="?", reply_markup=button())
    pressing = town.pressing(ALICE, sent, "yes")
    (update,) = await town.updates(timeout=5)
    number = update["callback_query"]["id"]
    query = town.world.queries[number]
    query.pressed -= 61
    said = await town.refusal("answerCallbackQuery", callback_query_id=number)
    assert said.startswith("Bad Request: query is too old")
    query.answer.cancel()
    assert await pressing == {"answered": False, "alert": False}


async def test_the_chat_instance_is_the_same_for_ever(town: Town) -> None:
    instances = set()
    for chat in (GROUP, GROUP):
        sent = await town.call("sendMessage", chat_id=chat, text="?", reply_markup=button())
        pressing = town.pressing(BEAT, sent, "yes")
        (update,) = await town.updates(timeout=5)
        query = update["callback_query"]
        instances.add(query["chat_instance"])
        await town.call("answerCallbackQuery", callback_query_id=query["id"])
        await pressing
    assert len(instances) == 1


async def test_a_button_that_is_gone_cannot_be_pressed(town: Town) -> None:
    await town.starts(ALICE)
    sent = await town.call("sendMessage", chat_id=ALICE, text="?", reply_markup=button())
    press = {"chat": ALICE, "message_id": sent["message_id"]}
    await town.post(f"phones/{ALICE}/press", status=409, data="no", **press)
    await town.call("deleteMessage", chat_id=ALICE, message_id=sent["message_id"])
    await town.post(f"phones/{ALICE}/press", status=404, data="yes", **press)
