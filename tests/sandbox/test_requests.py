"""How calls come in: in every encoding, refused in Telegram's words when they are wrong."""

from __future__ import annotations

import json

import aiohttp
import pytest

from tests.sandbox.town import ALICE, BEAT, Town, button
from web.sandbox.app import DEMO_TOKEN


async def test_query_form_multipart_and_json_mean_the_same(town: Town) -> None:
    await town.starts(ALICE)
    markup = json.dumps(button())
    fields = {"chat_id": str(ALICE), "text": "Grüezi & salut", "reply_markup": markup}
    parts = aiohttp.FormData(fields, default_to_multipart=True)
    url = town.address("sendMessage")
    for request in (
        town.http.get(url, params=fields),
        town.http.post(url, data=fields),
        town.http.post(url, data=parts),
        town.http.post(url, json={**fields, "chat_id": ALICE, "reply_markup": button()}),
    ):
        async with request as response:
            body = await response.json()
        assert body["result"]["text"] == "Grüezi & salut"
        assert body["result"]["reply_markup"] == button()


async def test_an_unknown_method_is_never_true(town: Town) -> None:
    status, body = await town.answer("sendTelepathy", chat_id=ALICE)
    assert (status, body) == (404, {"ok": False, "error_code": 404, "description": "Not Found"})


async def test_method_names_ignore_case(town: Town) -> None:
    _, body = await town.answer("GETME")
    assert body["result"]["id"] == 42


@pytest.mark.parametrize(
    ("token", "status", "words"),
    [("42:something-else", 401, "Unauthorized"), ("nonsense", 404, "Not Found")],
)
async def test_a_wrong_token_is_refused(town: Town, token: str, status: int, words: str) -> None:
    async with town.http.get(f"{town.url}/bot{token}/getMe") as response:
        assert response.status == status
        assert (await response.json())["description"] == words
    async with town.http.get(f"{town.url}/file/bot{token}/photos/file_0.jpg") as response:
        assert response.status == status


@pytest.mark.parametrize(
    ("method", "params", "words"),
    [
        ("sendMessage", {"chat_id": ALICE}, "message text is empty"),
        ("sendMessage", {"text": "x"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": "nobody", "text": "x"}, "chat not found"),
        ("sendMessage", {"chat_id": 999, "text": "x"}, "chat not found"),
        ("editMessageText", {"chat_id": ALICE, "text": "x"}, "message identifier is not specified"),
        ("deleteMessage", {"chat_id": ALICE}, "message identifier is not specified"),
        ("sendPhoto", {"chat_id": ALICE}, "there is no photo in the request"),
        ("sendDocument", {"chat_id": ALICE}, "there is no document in the request"),
        ("sendLocation", {"chat_id": ALICE}, "latitude is empty"),
        ("sendVenue", {"chat_id": ALICE, "latitude": 1, "longitude": 2}, "title is empty"),
        ("sendContact", {"chat_id": ALICE}, "contact phone number must be non-empty"),
        ("sendPoll", {"chat_id": ALICE}, "poll question must be non-empty"),
        ("sendChatAction", {"chat_id": ALICE}, "wrong parameter action in request"),
        ("setMyCommands", {}, "can't parse commands: commands are not specified"),
        ("getChatMember", {"chat_id": ALICE}, "invalid user_id specified"),
        ("sendMessage", {"chat_id": ALICE, "text": "\ud83d"}, "strings must be encoded in UTF-8"),
    ],
)
async def test_what_is_missing_is_named(
    town: Town,
    method: str,
    params: dict[str, object],
    words: str,
) -> None:
    await town.starts(ALICE)
    assert await town.refusal(method, **params) == f"Bad Request: {words}"


async def test_broken_json_is_refused(town: Town) -> None:
    await town.starts(ALICE)
    data = {"chat_id": str(ALICE), "text": "x", "reply_markup": "{oops"}
    async with town.http.post(town.address("sendMessage"), data=data) as response:
        body = await response.json()
    assert body["description"] == "Bad Request: can't parse reply markup JSON object"
    headers = {"content-type": "application/json"}
    async with town.http.post(town.address("getMe"), data=b"[1", headers=headers) as response:
        assert (await response.json())["description"] == "Bad Request: can't parse JSON object"


async def test_every_call_is_remembered_but_the_polling(town: Town) -> None:
    await town.starts(ALICE)
    await town.call("sendMessage", chat_id=str(ALICE), text="Salut", reply_markup=button())
    await town.refusal("sendMessage", chat_id=BEAT, text="Hoi")
    log = await town.get("calls")
    told = [(call["method"], call["status"], call["chat"]) for call in log["calls"]]
    assert told == [("sendMessage", 200, ALICE), ("sendMessage", 403, BEAT)]
    assert log["calls"][0]["params"] == {
        "chat_id": ALICE,
        "text": "Salut",
        "reply_markup": button(),
    }
    assert (await town.get(f"calls?since={log['next']}"))["calls"] == []
    assert len((await town.get("calls?since=1&method=sendmessage"))["calls"]) == 1


async def test_the_demo_token_looks_like_one() -> None:
    assert DEMO_TOKEN.startswith("42:")
