"""What the operator reads, and what must never stand there."""

from __future__ import annotations

import asyncio
import gc
import io
import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from bot import logs
from bot.domain.errors import OperatorError

TOKEN = "4839574812:AAFD39kkdpWt3ywyRZergyOLMaJhac60qc0"
CHAT = 87654321
SENTENCE = "Ma voisine boit trop, que faire ?"
PASSWORD = "geheim"
LIBRARIES = ("aiohttp.server", "apscheduler", "asyncio", "httpx", "sqlalchemy.engine", "telegram")


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """A terminal that remembers; afterwards all is as it was before."""
    root = logging.getLogger()
    handlers, level, hooks = root.handlers[:], root.level, (sys.excepthook, logging.raiseExceptions)
    stream = io.StringIO()
    logs.start("INFO", "json", secrets=(PASSWORD,), stream=stream)
    yield stream
    root.handlers[:], root.level = handlers, level
    sys.excepthook, logging.raiseExceptions = hooks
    structlog.reset_defaults()


def events(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_event_is_one_line_with_names_counts_and_reasons(stream: io.StringIO) -> None:
    structlog.get_logger("bot.telegram.delivery").info("delivered", lane="reply", count=3)

    (event,) = events(stream)
    assert event.pop("timestamp").endswith("Z")
    assert event == {
        "event": "delivered",
        "lane": "reply",
        "count": 3,
        "level": "info",
        "logger": "bot.telegram.delivery",
    }


@pytest.mark.parametrize("library", LIBRARIES)
def test_what_a_library_says_keeps_no_token_id_or_sentence(
    stream: io.StringIO,
    library: str,
) -> None:
    logger = logging.getLogger(library)
    logger.error("POST /bot%s/sendMessage chat_id=%d text=%s", TOKEN, CHAT, SENTENCE)
    logger.error(f"{TOKEN} {CHAT} {SENTENCE}")  # noqa: G004 (libraries do this too)
    logger.error("too few values %s %s", SENTENCE)  # noqa: PLE1206 (and this)
    logger.info("chatter %s", SENTENCE)

    assert [event["event"] for event in events(stream)] == ["library message"] * 3
    assert [secret for secret in (TOKEN, str(CHAT), SENTENCE) if secret in stream.getvalue()] == []


def test_an_exception_is_told_by_type_and_way_never_by_value(stream: io.StringIO) -> None:
    def fail() -> None:
        try:
            raise KeyError(SENTENCE)
        except KeyError as error:
            raise RuntimeError(f"{TOKEN} {CHAT} {SENTENCE}") from error

    try:
        fail()
    except RuntimeError:
        structlog.get_logger("bot.app").exception("handler failed")
        logging.getLogger("aiohttp.server").exception("Error handling request %s", SENTENCE)

    ours, theirs = events(stream)
    way = ours["error"].split()
    assert (way[0], way[3], way[5]) == (
        "RuntimeError",
        "test_an_exception_is_told_by_type_and_way_never_by_value",
        "tests/test_logs.py:" + ours["error"].split("tests/test_logs.py:")[2].split()[0],
    )
    assert "; because of KeyError at tests/test_logs.py:" in ours["error"]
    assert theirs["error"] == ours["error"]
    assert [secret for secret in (TOKEN, str(CHAT), SENTENCE) if secret in stream.getvalue()] == []


def test_our_own_errors_keep_their_words_but_not_a_token(stream: io.StringIO) -> None:
    error = OperatorError(f"{TOKEN} was revoked.", remedy="Ask @BotFather for a new one.")
    structlog.get_logger("bot.app").error("stopping", exc_info=error)

    (event,) = events(stream)
    assert event["error"] == "OperatorError ([token] was revoked. Ask @BotFather for a new one.)"


def test_every_error_of_a_group_is_told(stream: io.StringIO) -> None:
    group = ExceptionGroup(SENTENCE, [ValueError(SENTENCE), OSError(SENTENCE)])
    structlog.get_logger("bot.app").error("stopping", exc_info=group)

    (event,) = events(stream)
    assert event["error"] == "ExceptionGroup; because of ValueError; because of OSError"


def test_a_forgotten_task_does_not_tell_what_it_carried(stream: io.StringIO) -> None:
    async def forget() -> None:
        async def fail() -> None:
            raise ValueError(SENTENCE)

        forgotten = asyncio.create_task(fail())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        del forgotten
        gc.collect()

    asyncio.run(forget())

    (event,) = events(stream)
    assert event["error"].startswith("ValueError at tests/test_logs.py:")
    assert event["source"].startswith("logger.error(")
    assert SENTENCE not in stream.getvalue()


def test_ids_tokens_and_secrets_are_taken_out_of_our_own_events(stream: io.StringIO) -> None:
    structlog.get_logger("bot.app").warning(
        "strange",
        chat=CHAT,
        group=-1001234567890,
        reason=f"Bad Request: chat {CHAT} not found",
        url=f"https://api.telegram.org/bot{TOKEN}/getMe",
        escaped=TOKEN.replace(":", "%3A"),
        database=f"postgresql://bot:{PASSWORD}@db/town",
        bytes=12345678,
    )

    (event,) = events(stream)
    assert {key: event[key] for key in sorted(event) if key not in {"timestamp", "logger"}} == {
        "bytes": 12345678,
        "chat": "[number]",
        "database": "postgresql://bot:[secret]@db/town",
        "escaped": "[token]",
        "event": "strange",
        "group": "[number]",
        "level": "warning",
        "reason": "Bad Request: chat [number] not found",
        "url": "https://api.telegram.org/bot[token]/getMe",
    }


@pytest.mark.parametrize("form", ["json", "human"])
def test_nothing_can_break_a_line_or_move_the_cursor(stream: io.StringIO, form: str) -> None:
    logs.start("INFO", form, stream=stream)

    structlog.get_logger("bot.app").info(
        "odd",
        why="a\x1b[2Jb\r\nc\u2028d\u202ee\x9bf",
        also=["\x1b]0;x\x07"],
    )
    structlog.get_logger("bot.app").info("even")

    lines = stream.getvalue().splitlines()
    assert len(lines) == 2
    assert [c for c in stream.getvalue() if not c.isprintable() and c != "\n"] == []


def test_the_level_holds_for_ours_and_libraries_stay_quiet(stream: io.StringIO) -> None:
    logs.start("DEBUG", "json", stream=stream)

    structlog.get_logger("bot.app").debug("looked")
    logging.getLogger("aiosqlite").debug("executing %s", SENTENCE)
    logging.getLogger("httpx").info("HTTP Request: POST %s", TOKEN)

    assert [event["event"] for event in events(stream)] == ["looked"]


@pytest.mark.parametrize(
    "ending",
    [
        "raise OSError(words)",
        "import threading; threading.Thread(target=int, args=[words]).start()",
    ],
)
def test_what_ends_the_process_is_told_in_one_safe_line(ending: str) -> None:
    program = f"import sys; from bot import logs; logs.start(); words = sys.argv[1]; {ending}"
    ended = subprocess.run(
        [sys.executable, "-c", program, f"{SENTENCE} {TOKEN} {CHAT}"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.stdout == ""
    (line,) = ended.stderr.splitlines()
    assert "stopped by an error" in line
    assert [secret for secret in (TOKEN, str(CHAT), SENTENCE) if secret in line] == []
