"""An event loop whose seconds pass at once: waiting costs nothing and every moment is exact."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

_T = TypeVar("_T")


class _Skipping(selectors.DefaultSelector):
    """Never sleeps: it moves `now` forward instead, a little too far as real timers do."""

    def __init__(self, lateness: float) -> None:
        super().__init__()
        self.now = 1_000.0
        self._lateness = lateness

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout:
            self.now += timeout + self._lateness
        return super().select(0)


def run_fast(
    scene: Callable[[Callable[[], float]], Coroutine[Any, Any, _T]], *, lateness: float = 0.0
) -> _T:
    """Run `scene(clock)` in a loop of simulated seconds that `clock` reads; timers fire late."""
    selector = _Skipping(lateness)
    loop = asyncio.SelectorEventLoop(selector)
    loop.time = lambda: selector.now  # type: ignore[method-assign]
    try:
        return loop.run_until_complete(scene(loop.time))
    finally:
        loop.close()
