"""The oracle itself: it finds what is wrong and names the place."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.oracle import METHODS as FACTS
from tests.sandbox.oracle import TYPES, check_request, check_result, check_update
from web.sandbox.methods import METHODS

USER = {"id": 1, "is_bot": False, "first_name": "A"}
CHAT = {"id": 1, "type": "private"}
MESSAGE = {"message_id": 1, "date": 1, "chat": CHAT}


def test_every_method_of_the_sandbox_has_facts_and_the_other_way_round() -> None:
    assert {method.name for method in METHODS.values()} == set(FACTS)


def test_every_type_that_is_named_is_there() -> None:
    named = {
        kind.replace("Array of ", "")
        for facts in (*FACTS.values(), *TYPES.values())
        for fact in facts.get("f", {}).values()
        for kind in fact["t"]
    }
    assert named - set(TYPES) == {"Integer", "String", "Boolean", "Float"}


@pytest.mark.parametrize(
    ("method", "result", "place"),
    [
        ("getMe", {"id": 1, "first_name": "A"}, "getMe().is_bot: required"),
        ("getMe", USER | {"username": None}, "getMe().username: null"),
        ("getMe", USER | {"shoe_size": 42}, "getMe().shoe_size: unknown"),
        ("sendMessage", MESSAGE | {"date": 1.5}, "sendMessage().date: 1.5 is not Integer"),
        (
            "sendMessage",
            MESSAGE | {"entities": [{"type": "bold"}]},
            "sendMessage().entities[0].offset",
        ),
        ("deleteMessage", {}, "deleteMessage(): {} is not Boolean"),
        ("sendDice", {}, "sendDice: not among"),
    ],
)
def test_wrong_results_are_named(method: str, result: object, place: str) -> None:
    with pytest.raises(AssertionError) as wrong:
        check_result(method, result)
    assert str(wrong.value).startswith(place)


@pytest.mark.parametrize(
    ("update", "place"),
    [
        ({"update_id": 1}, "Update: exactly one kind"),
        ({"message": MESSAGE}, "Update.update_id: required"),
        ({"update_id": 1, "message": MESSAGE | {"chat": {"id": 1}}}, "Update.message.chat.type"),
        (
            {"update_id": 1, "callback_query": {"id": "1", "from": USER, "data": "x"}},
            "Update.callback_query.chat_instance: required",
        ),
    ],
)
def test_wrong_updates_are_named(update: object, place: str) -> None:
    with pytest.raises(AssertionError) as wrong:
        check_update(update)
    assert str(wrong.value).startswith(place)


@pytest.mark.parametrize(
    ("method", "params", "place"),
    [
        ("sendMessage", {"chat_id": 1}, "sendMessage.text: required"),
        ("sendMessage", {"chat_id": 1, "text": "x" * 4097}, "sendMessage.text: length 4097"),
        ("sendMessage", {"chat_id": 1, "text": "x", "mood": "y"}, "sendMessage.mood: unknown"),
        ("answerCallbackQuery", {"callback_query_id": 5}, "answerCallbackQuery.callback_query_id"),
        (
            "sendMessage",
            {
                "chat_id": 1,
                "text": "x",
                "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "é" * 33}]]},
            },
            "sendMessage.reply_markup.inline_keyboard[0][0].callback_data: length 66",
        ),
    ],
)
def test_wrong_requests_are_named(method: str, params: dict[str, Any], place: str) -> None:
    with pytest.raises(AssertionError) as wrong:
        check_request(method, params)
    assert str(wrong.value).startswith(place)


def test_markup_does_not_count_in_lengths() -> None:
    text = "<b>" + "x" * 4096 + "</b>"
    check_request("sendMessage", {"chat_id": 1, "text": text, "parse_mode": "HTML"})
