"""The sandbox's own time, which a person can move; it never slows down or stops."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from web.sandbox.errors import Json

CENTURY = 100 * 365.25 * 86400
ZONE = ZoneInfo("Europe/Zurich")


class SandboxClock:
    """Wall time plus an offset."""

    def __init__(self, offset_seconds: float = 0.0) -> None:
        """Start `offset_seconds` away from the machine's clock."""
        self.offset_seconds = offset_seconds

    def now(self) -> int:
        """Give the time in whole unix seconds, as Telegram dates everything."""
        return int(self.exact())

    def exact(self) -> float:
        """Give the time in unix seconds with fractions, for the log of calls."""
        return time.time() + self.offset_seconds

    def move_to(self, offset_seconds: float) -> None:
        """Stand `offset_seconds` away from the machine's clock; ValueError beyond a century."""
        if abs(offset_seconds) > CENTURY:
            raise ValueError(offset_seconds)
        self.offset_seconds = offset_seconds

    def set_local(self, text: str) -> None:
        """Set the clock to an ISO date-time; without a zone it is the town's local time."""
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=ZONE)
        self.move_to(moment.timestamp() - time.time())

    def state(self) -> Json:
        """Describe the clock for the page."""
        local = datetime.fromtimestamp(self.now(), UTC).astimezone(ZONE)
        return {
            "offset_seconds": round(self.offset_seconds, 3),
            "now": self.now(),
            "local": local.isoformat(),
        }
