"""The only reader of wall time; everyone else is told what time it is."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass
class Clock:
    """Wall time, shifted by `offset` so that a demo or a test can move through the year.

    Waiting, pacing and retries never use it: they count monotonic seconds, so that moving the clock
    neither floods nor stalls anybody.
    """

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Zurich"))
    offset: timedelta = timedelta(0)

    def now(self) -> datetime:
        """Return the present moment in UTC."""
        return datetime.now(UTC) + self.offset

    def local(self) -> datetime:
        """Return the present moment in the town's zone."""
        return self.now().astimezone(self.zone)

    def start_at(self, local: datetime) -> None:
        """Make it `local` (the town's wall time, naive) now, and run on from there."""
        self.offset = local.replace(tzinfo=self.zone).astimezone(UTC) - datetime.now(UTC)


def monotonic() -> float:
    """Return seconds that only ever go forward, for pacing, timeouts and retries."""
    return time.monotonic()
