"""Our way to Telegram over HTTP: aiohttp with connections kept open; it never logs an address.

Every address of the Bot API carries the token, so no message of an error made here quotes one.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.telegram.failures import (
    GarbledAnswerError,
    LostAnswerError,
    UnsentError,
    UnsentTimeoutError,
)

KEEP_ALIVE = 75.0
_SOUND = (b'{"ok":true,"result":', b'{"ok":false,"error_code":')
_JSON = {"Content-Type": "application/json"}


class AiohttpRequest(BaseRequest):
    """Carries python-telegram-bot's requests: keep-alive, a bounded pool, uploads, clear failures.

    Failures arrive as the library's own errors (TimedOut, NetworkError); their subclasses in
    `bot.telegram.failures` also say whether the request can have taken effect.
    """

    __slots__ = (
        "_pool_size",
        "_pool_timeout",
        "_proxy",
        "_session",
        "_timeout",
        "_upload_timeout",
    )

    def __init__(
        self,
        *,
        pool_size: int = 100,
        read_timeout: float = 10.0,
        upload_timeout: float = 60.0,
        connect_timeout: float = 5.0,
        pool_timeout: float = 5.0,
        proxy: str | None = None,
    ) -> None:
        self._pool_size = pool_size
        self._pool_timeout = pool_timeout
        self._proxy = proxy
        self._upload_timeout = upload_timeout
        self._timeout = aiohttp.ClientTimeout(
            total=None,
            connect=pool_timeout + connect_timeout,
            sock_connect=connect_timeout,
            sock_read=read_timeout,
        )
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """The seconds Telegram may take to begin its answer; long polls come on top."""
        return self._timeout.sock_read

    async def initialize(self) -> None:
        """Open the pool, which belongs to the running loop; harmless when it is open."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    limit=self._pool_size,
                    keepalive_timeout=KEEP_ALIVE,
                ),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": "Quartierbot"},
                timeout=self._timeout,
                proxy=self._proxy,
            )

    async def shutdown(self) -> None:
        """Close every connection; `initialize` may follow."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Return status and body of one request; every failure is a TelegramError."""
        if self._session is None:
            raise RuntimeError("This request is not initialized.")
        if request_data is not None and request_data.contains_files:
            write_timeout = _seconds(write_timeout, self._upload_timeout)
        timeout = self._timeout_for(
            read=read_timeout,
            write=write_timeout,
            connect=connect_timeout,
            pool=pool_timeout,
        )
        try:
            async with self._session.request(
                method,
                URL(url, encoded=True),
                timeout=timeout,
                allow_redirects=method == "GET",
                **_body(request_data),
            ) as response:
                status, payload = response.status, await response.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise _translated(error) from None
        return status, _checked(status, payload) if method == "POST" else payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return the answer's JSON object; raise GarbledAnswerError, in silence, if it is none."""
        try:
            answer = json.loads(payload)
        except ValueError:
            raise GarbledAnswerError("Telegram's answer is no JSON") from None
        if not isinstance(answer, dict) or ("result" not in answer and answer.get("ok", True)):
            raise GarbledAnswerError("Telegram's answer has no result")
        return answer

    def _timeout_for(
        self, *, read: object, write: object, connect: object, pool: object
    ) -> aiohttp.ClientTimeout:
        if all(value is self.DEFAULT_NONE for value in (read, write, connect, pool)):
            return self._timeout
        usual = self._timeout
        to_connect = _seconds(connect, usual.sock_connect)
        to_wait = _seconds(pool, self._pool_timeout)
        return aiohttp.ClientTimeout(
            total=_seconds(write, None),
            connect=None if to_connect is None or to_wait is None else to_connect + to_wait,
            sock_connect=to_connect,
            sock_read=_seconds(read, usual.sock_read),
        )


def _seconds(value: object, usual: float | None) -> float | None:
    if value is BaseRequest.DEFAULT_NONE:
        return usual
    return float(value) if isinstance(value, (int, float)) else None


def _body(request_data: RequestData | None) -> dict[str, Any]:
    if request_data is None:
        return {}
    if not request_data.contains_files:
        return {"data": json.dumps(request_data.parameters).encode(), "headers": _JSON}
    # Unquoted, or a person would receive « donn%C3%A9es ».
    form = aiohttp.FormData(request_data.json_parameters, quote_fields=False)
    for name, (filename, content, kind) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return {"data": form}


def _checked(status: int, payload: bytes) -> bytes:
    """Return `payload` if a Bot API can have said it; a page of some proxy is a NetworkError."""
    if payload.startswith(_SOUND):
        return payload
    taken = HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES
    try:
        answer = AiohttpRequest.parse_json_payload(payload)
    except GarbledAnswerError:
        if taken:
            raise
        raise NetworkError(f"Answer {status} from a server that is no Bot API") from None
    if taken and not answer.get("ok"):
        raise GarbledAnswerError("Telegram's answer contradicts its status")
    return payload


def _translated(error: Exception) -> TelegramError:
    # The text of some of aiohttp's errors holds the address, and so the token: only names pass.
    name = type(error).__name__
    match error:
        case aiohttp.ConnectionTimeoutError():
            return UnsentTimeoutError("No connection in time")
        case TimeoutError():
            return TimedOut()
        case aiohttp.ClientConnectorError() | aiohttp.ClientHttpProxyError() | aiohttp.InvalidURL():
            return UnsentError(f"No connection ({name})")
        case _:
            return LostAnswerError(f"Connection lost ({name})")
