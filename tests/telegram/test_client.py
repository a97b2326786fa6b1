"""Our HTTP client fails as the library's own does, keeps its lines open and keeps the token."""

from __future__ import annotations

import asyncio
import logging

import pytest
from telegram import Bot, InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import BaseRequest, HTTPXRequest

from bot.telegram.client import AiohttpRequest
from bot.telegram.failures import (
    Doubt,
    Gone,
    Moved,
    OurFault,
    Revoked,
    TheirFault,
    Wait,
    classify,
)
from tests.telegram.far_end import (
    TOKEN,
    Answer,
    FarEnd,
    far_end,
    garbled,
    lost,
    refused,
    slow,
    too_fast,
)

ALICE = 1001
HTML_PAGE = b"<html><h1>502 Bad Gateway</h1></html>"


async def _error(bot: Bot) -> TelegramError:
    with pytest.raises(TelegramError) as met:
        await bot.send_message(ALICE, "Bonjour")
    return met.value


async def _same_with_httpx(far: FarEnd, answer: Answer) -> type[TelegramError]:
    far.answer(ALICE, answer)
    async with HTTPXRequest(read_timeout=0.3) as request:
        return type(await _error(Bot(TOKEN, base_url=far.base_url, request=request)))


async def test_a_message_arrives_and_comes_back_as_an_object(far: FarEnd, bot: Bot) -> None:
    sent = await bot.send_message(ALICE, "Où apprendre le français ? 🥐")
    assert (sent.message_id, sent.text) == (1, "Où apprendre le français ? 🥐")
    assert far.arrived[0].params["chat_id"] == ALICE


async def test_fifty_messages_need_one_connection(far: FarEnd, bot: Bot) -> None:
    for number in range(50):
        await bot.send_message(ALICE, str(number))
    assert len(far.connections) == 1


async def test_a_file_travels_with_its_name_caption_and_keyboard(far: FarEnd, bot: Bot) -> None:
    await bot.send_document(
        ALICE,
        InputFile(b"\x00\xffdata", filename="données.bin"),
        caption="<b>Vos données</b>",
        parse_mode="HTML",
    )
    params = far.arrived[0].params
    assert params["document"] == ("données.bin", "application/octet-stream", b"\x00\xffdata")
    assert (params["caption"], params["chat_id"]) == ("<b>Vos données</b>", str(ALICE))


@pytest.mark.parametrize(
    ("answer", "error", "meaning"),
    [
        (too_fast(3), RetryAfter, Wait(3.0)),
        (refused(403, "Forbidden: bot was blocked by the user"), Forbidden, Gone()),
        (refused(400, "Bad Request: chat not found"), BadRequest, Gone()),
        (
            refused(400, 'Bad Request: can\'t parse entities: tag "Jean" at byte 3'),
            BadRequest,
            OurFault("Can't parse entities: tag"),
        ),
        (
            refused(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-1009),
            ChatMigrated,
            Moved(-1009),
        ),
        (refused(401, "Unauthorized"), InvalidToken, Revoked()),
        (refused(500, "Internal Server Error"), NetworkError, TheirFault("Internal Server Error")),
    ],
)
async def test_refusals_mean_what_they_mean(
    far: FarEnd, bot: Bot, answer: Answer, error: type[TelegramError], meaning: object
) -> None:
    far.answer(ALICE, answer)
    met = await _error(bot)
    assert type(met) is error
    assert classify(met) == meaning
    assert await _same_with_httpx(far, answer) is error


@pytest.mark.parametrize(
    ("answer", "meaning"),
    [
        (garbled(502, HTML_PAGE), TheirFault),
        (garbled(404, HTML_PAGE), TheirFault),
        (garbled(500, b""), TheirFault),
        (garbled(200, b""), Doubt),
        (garbled(200, HTML_PAGE), Doubt),
        (garbled(200, b'{"ok":true,"result":{"message_id'), Doubt),
        (garbled(200, b"[]"), Doubt),
        (garbled(200, b'{"ok":true}'), Doubt),
        (garbled(200, b'{"ok":false,"description":"?"}'), Doubt),
        (lost(), Doubt),
    ],
)
async def test_no_sound_answer_is_a_network_error_without_noise(
    far: FarEnd,
    bot: Bot,
    answer: Answer,
    meaning: type[object],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    far.answer(ALICE, answer)
    met = await _error(bot)
    assert isinstance(met, NetworkError)
    assert not isinstance(met, BadRequest)
    assert isinstance(classify(met), meaning)
    assert [record for record in caplog.records if record.exc_info] == []
    assert len([call for call in far.calls if call.chat == ALICE]) == 1


async def test_an_answer_that_does_not_come_is_a_timeout_in_doubt(far: FarEnd, bot: Bot) -> None:
    far.answer(ALICE, slow(1.2))
    met = await _error(bot)
    assert type(met) is TimedOut
    assert await _same_with_httpx(far, slow(1.2)) is TimedOut
    assert isinstance(classify(met), Doubt)


async def test_a_long_poll_may_take_longer_than_a_message(far: FarEnd, bot: Bot) -> None:
    far.answer(0, Answer(200, b'{"ok":true,"result":[]}', delay=1.2))
    assert await bot.get_updates(timeout=1) == ()


async def test_where_nobody_listens_nothing_was_sent(far: FarEnd) -> None:
    async with far_end() as closed:
        port_of_nobody = closed.base_url
    async with AiohttpRequest() as request, HTTPXRequest() as theirs:
        met = await _error(Bot(TOKEN, base_url=port_of_nobody, request=request))
        other = await _error(Bot(TOKEN, base_url=port_of_nobody, request=theirs))
    assert isinstance(met, NetworkError)
    assert isinstance(other, NetworkError)
    assert not isinstance(met, TimedOut)
    assert isinstance(classify(met), TheirFault)
    assert far.calls == []


async def test_a_full_pool_is_a_timeout_and_nothing_was_sent(far: FarEnd) -> None:
    far.answer(ALICE, slow(0.5))
    async with AiohttpRequest(pool_size=1, pool_timeout=0.05, connect_timeout=0.05) as request:
        bot = Bot(TOKEN, base_url=far.base_url, request=request)
        async with asyncio.TaskGroup() as group:
            first = group.create_task(bot.send_message(ALICE, "first"))
            await asyncio.sleep(0.1)
            met = await _error(bot)
        assert first.result().text == "first"
    assert isinstance(met, TimedOut)
    assert isinstance(classify(met), TheirFault)
    assert far.texts() == ["first"]


async def test_the_token_is_in_no_message_cause_or_log(
    far: FarEnd, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with AiohttpRequest(pool_size=1, connect_timeout=0.1, read_timeout=0.1) as request:
        for base in (far.base_url, "http://127.0.0.1:1/bot", "http://[broken/bot"):
            far.answer(ALICE, lost(), slow(0.2), garbled(502, HTML_PAGE))
            for _ in range(3):
                met = await _error(Bot(TOKEN, base_url=base, request=request))
                assert TOKEN not in f"{met!r} {met.__cause__!r}"
    assert TOKEN not in "".join(record.getMessage() for record in caplog.records)


async def test_it_opens_again_after_closing(far: FarEnd) -> None:
    request: BaseRequest = AiohttpRequest()
    bot = Bot(TOKEN, base_url=far.base_url, request=request)
    for _ in range(2):
        async with request:
            await bot.send_message(ALICE, "encore")
    assert far.texts() == ["encore", "encore"]
