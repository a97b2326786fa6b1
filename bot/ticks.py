"""Interval ticks: each asks a service what is due; what is due is a question to the tables.

APScheduler keeps no jobs of its own here, so a restart or a late tick is nothing special.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Tick:
    """Something to ask every so many seconds; it returns how much it found to do."""

    name: str
    seconds: float
    ask: Callable[[], Awaitable[int]]


class Ticks:
    """Asks regularly, one tick of a kind at a time."""

    def __init__(self, ticks: tuple[Tick, ...]) -> None:
        self._ticks = ticks
        self._scheduler = AsyncIOScheduler(timezone="UTC")

    def start(self) -> None:
        """Begin asking; must be called while the event loop runs."""
        for tick in self._ticks:
            self._scheduler.add_job(
                self._run,
                IntervalTrigger(seconds=tick.seconds, timezone="UTC"),
                args=(tick,),
                id=tick.name,
                max_instances=1,
                coalesce=True,
                misfire_grace_time=None,
            )
        self._scheduler.start()

    def stop(self) -> None:
        """Stop asking; a tick under way is not waited for, it is asked again after the next start."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    @staticmethod
    async def _run(tick: Tick) -> None:
        try:
            done = await tick.ask()
        except asyncio.CancelledError:  # the house closes; nobody waits for this one
            return
        except Exception as error:  # noqa: BLE001 - the next tick must come whatever this one met
            _log.error("tick failed", tick=tick.name, error=type(error).__name__)
        else:
            if done:
                _log.info("tick", tick=tick.name, done=done)
