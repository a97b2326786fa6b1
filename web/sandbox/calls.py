"""Remembers what the bot asked for, within a bound; tests and the page read it."""

from __future__ import annotations

from collections import deque
from dataclasses import asdict, dataclass

from web.sandbox.errors import Json

MOST_CALLS = 5000


@dataclass(frozen=True, slots=True)
class Call:
    """One request of the bot as the sandbox saw it."""

    n: int
    at: float
    method: str
    params: Json
    status: int
    chat: int | None
    fault: str | None = None

    def card(self) -> Json:
        """Describe the call for the page."""
        described = asdict(self)
        if self.fault is None:
            del described["fault"]
        return described


class CallLog:
    """The last calls, numbered from 1."""

    def __init__(self) -> None:
        """Start empty."""
        self._calls: deque[Call] = deque(maxlen=MOST_CALLS)
        self.last = 0

    def add(self, *, at: float, method: str, params: Json, status: int, **more: object) -> None:
        """Note one call; `more` is its chat and the fault applied."""
        chat, fault = more.get("chat"), more.get("fault")
        self.last += 1
        self._calls.append(
            Call(
                n=self.last,
                at=round(at, 3),
                method=method,
                params=params,
                status=status,
                chat=chat if isinstance(chat, int) else None,
                fault=fault if isinstance(fault, str) else None,
            ),
        )

    def since(self, number: int, *, method: str | None = None) -> list[Call]:
        """Give the calls numbered above `number`, of one method or all."""
        return [
            call
            for call in self._calls
            if call.n > number and (method is None or call.method.lower() == method.lower())
        ]
