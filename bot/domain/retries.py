"""How patient to be with a message that did not get through; pure rules over monotonic seconds."""

from __future__ import annotations

from dataclasses import dataclass, field

MOST_TRIES = 8
"""A message refused this often while others got through will not get through."""

_LONGEST = 60.0
_NEVER = float("-inf")


def backoff(tries: int, spread: float) -> float:
    """Return the pause after the `tries`-th failure in a row; `spread` (0 to 1) scatters it."""
    return min(_LONGEST, 2.0 ** min(tries, 6)) * (1.0 - spread / 4)


@dataclass(frozen=True, slots=True)
class _Setback:
    tries: int
    at: float


@dataclass(slots=True)
class Patience:
    """Who rests after a failure, and whether it is one contact's trouble or everybody's.

    When several contacts fail in a row and nobody is served between, Telegram itself is away: then
    all wait together, one message at a time tries again, and failures count against no message.
    """

    _resting: dict[str, float] = field(default_factory=dict)
    _setbacks: dict[str, _Setback] = field(default_factory=dict)
    _last_contact: str | None = None
    _last_at: float = _NEVER
    _outage: int = 0
    _outage_until: float = _NEVER

    def rest(self, contact: str, seconds: float, now: float) -> None:
        """Leave this contact alone for so long; its messages keep their order."""
        self._resting[contact] = max(self._resting.get(contact, now), now + seconds)

    def failed(self, contact: str, now: float, *, served_at: float, spread: float) -> bool:
        """Note a failure; return whether it counts against the message.

        It does if it is this contact's first, or if anybody was served since the one before.
        """
        self._forget_outage(served_at)
        before = self._setbacks.get(contact)
        tries = before.tries + 1 if before else 1
        self._setbacks[contact] = _Setback(tries, now)
        self.rest(contact, backoff(tries, spread), now)
        everybody = self._outage > 0 or self._last_contact not in {None, contact}
        if everybody and now >= self._outage_until:
            self._outage += 1
            self._outage_until = now + backoff(self._outage, spread)
        self._last_contact, self._last_at = contact, now
        return before is None or served_at > before.at

    def settled(self, contact: str) -> None:
        """Forget this contact's failures: its message has found an end, good or bad."""
        self._setbacks.pop(contact, None)

    def resting(self, now: float) -> set[str]:
        """Return the contacts to leave alone at this moment."""
        self._resting = {who: until for who, until in self._resting.items() if until > now}
        return set(self._resting)

    def outage(self, now: float, *, served_at: float) -> float | None:
        """Return None if all is well, else the seconds until one message may try again."""
        self._forget_outage(served_at)
        return max(0.0, self._outage_until - now) if self._outage else None

    def _forget_outage(self, served_at: float) -> None:
        if served_at > self._last_at:
            self._outage, self._outage_until, self._last_contact = 0, _NEVER, None
