"""Nonsense of any kind is refused in words; the sandbox never stumbles over it."""

from __future__ import annotations

import random

import pytest

from tests.sandbox.oracle import METHODS as FACTS
from tests.sandbox.oracle import check_result
from tests.sandbox.town import ALICE, GROUP, Town, button

VALUES: tuple[object, ...] = (
    "",
    "x",
    "<b>x",
    "x" * 5000,
    "attach://nowhere",
    "https://example.org/x.jpg",
    0,
    1,
    -1,
    2**70,
    3.5,
    True,
    ALICE,
    GROUP,
    [],
    {},
    [1, "x", None],
    [[]],
    [{}],
    {"type": "chat"},
    {"type": "chat", "chat_id": ["x"]},
    {"message_id": {}},
    {"message_id": [], "type": [], "kind": {}},
    [{"type": [], "kind": [], "media": {}, "text": {}, "command": []}],
    {"inline_keyboard": [[{"text": "x", "url": [], "style": []}]]},
    [{"type": "bold", "offset": "x", "length": 1}],
    [{"type": "photo", "media": 7}, {"type": "document", "media": "x", "caption": []}],
    {"inline_keyboard": [[{"text": 1}]]},
    {"inline_keyboard": {"x": 1}},
    {"keyboard": [["x", 5]]},
    {"force_reply": True, "input_field_placeholder": []},
    button(),
    None,
)
FIRST_CHOICE = {"chat_id": ALICE, "from_chat_id": ALICE, "text": "x", "message_id": 2}
LEFT_ALONE = {"url", "timeout"}
ANSWERS = {200, 400, 403, 404, 409}


@pytest.mark.parametrize("method", sorted(FACTS))
async def test_no_method_stumbles(town: Town, method: str) -> None:
    dice = random.Random(method)
    fields = [name for name in FACTS[method]["f"] if name not in LEFT_ALONE]
    await town.starts(ALICE)
    for round_number in range(12):
        await town.call("sendMessage", chat_id=ALICE, text=f"x{round_number}")
        params = {
            name: FIRST_CHOICE[name]
            if name in FIRST_CHOICE and dice.random() < 0.7
            else dice.choice(VALUES)
            for name in fields
            if dice.random() < 0.8
        }
        status, body = await town.answer(method, **params)
        assert status in ANSWERS, params
        if body["ok"]:
            check_result(method, body["result"])


PATHS = ("send", "edit", "press", "vote", "start", "block", "language")
FIELDS: tuple[str, ...] = (
    "chat",
    "message_id",
    "text",
    "photo",
    "voice",
    "document",
    "location",
    "contact",
    "data",
)
FIELDS += ("options", "payload", "blocked", "language_code", "reply_to", "caption")


@pytest.mark.parametrize("path", PATHS)
async def test_no_phone_stumbles(town: Town, path: str) -> None:
    dice = random.Random(path)
    await town.starts(ALICE)
    for _ in range(40):
        body = {name: dice.choice(VALUES) for name in FIELDS if dice.random() < 0.4}
        url = f"{town.url}/sandbox/phones/{ALICE}/{path}"
        async with town.http.post(url, json=body) as response:
            assert response.status in {200, 404, 409, 422}, body


@pytest.mark.parametrize("path", ["people", "chats", f"chats/{GROUP}/members", "clock", "faults"])
async def test_no_panel_stumbles(town: Town, path: str) -> None:
    dice = random.Random(path)
    fields: tuple[str, ...] = (
        "first_name",
        "hint",
        "type",
        "title",
        "members",
        "add",
        "remove",
        "bot",
        "now",
    )
    fields += ("bot_admin", "offset_seconds", "advance_seconds", "rules", "limits")
    for _ in range(40):
        body = {name: dice.choice(VALUES) for name in fields if dice.random() < 0.4}
        async with town.http.post(f"{town.url}/sandbox/{path}", json=body) as response:
            assert response.status in {200, 404, 409, 422}, body
        await town.get("state")
