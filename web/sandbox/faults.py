"""Makes the network and Telegram fail on demand; it never fails without being told to."""

from __future__ import annotations

import random
from dataclasses import dataclass

from web.sandbox.errors import Json, unusable

KINDS = frozenset({"429", "500", "502html", "slow", "lost", "403", "badjson", "drop"})
FIELDS: dict[str, tuple[type, ...]] = {
    "kind": (str,),
    "method": (str,),
    "chat": (int,),
    "times": (int,),
    "probability": (int, float),
    "seconds": (int, float),
}
AFTER_EFFECT = frozenset({"lost", "badjson"})


@dataclass(slots=True)
class FaultRule:
    """What goes wrong, for which calls, how often."""

    kind: str
    method: str | None = None
    chat: int | None = None
    times: int | None = None
    probability: float = 1.0
    seconds: float | None = None

    def fits(self, method: str, chat: int | None) -> bool:
        """Whether the rule speaks about this call; getUpdates must be named to be hit."""
        if self.times == 0:
            return False
        unnamed = self.method is None and method != "getUpdates"
        named = self.method is not None and self.method.lower() == method.lower()
        return (named or unnamed) and self.chat in {None, chat}

    def state(self) -> Json:
        """Describe the rule for the page."""
        told = {
            "kind": self.kind,
            "method": self.method,
            "chat": self.chat,
            "times": self.times,
            "seconds": self.seconds,
        }
        described = {name: value for name, value in told.items() if value is not None}
        return described | ({"probability": self.probability} if self.probability < 1 else {})


class Faults:
    """The rules in force and the switch for real rate limits."""

    def __init__(self, seed: int = 1) -> None:
        """Start without faults; `seed` makes probabilities repeatable."""
        self.rules: list[FaultRule] = []
        self.limits = False
        self._dice = random.Random(seed)  # noqa: S311 - repeatable, not secret

    def take(self, method: str, chat: int | None) -> FaultRule | None:
        """Find the first rule that strikes this call, and count it."""
        for rule in self.rules:
            if rule.fits(method, chat) and self._dice.random() < rule.probability:
                if rule.times is not None:
                    rule.times -= 1
                return rule
        return None

    def replace(self, wanted: Json) -> None:
        """Take over the rules and the switch from the page, each if given."""
        if "rules" in wanted:
            rules = wanted["rules"]
            if not isinstance(rules, list):
                raise unusable("rules is not a list")
            self.rules = [_rule(each) for each in rules]
        if "limits" in wanted:
            self.limits = bool(wanted["limits"])

    def state(self) -> Json:
        """Describe the faults for the page."""
        live = [rule.state() for rule in self.rules if rule.times != 0]
        return {"rules": live, "limits": self.limits}


def _rule(wanted: object) -> FaultRule:
    if not isinstance(wanted, dict) or set(wanted) - set(FIELDS):
        raise unusable(f"a rule has only {', '.join(FIELDS)}")
    if str(wanted.get("kind")) not in KINDS:
        raise unusable(f"a rule's kind is one of {', '.join(sorted(KINDS))}")
    given = {name: value for name, value in wanted.items() if value is not None}
    for name, value in given.items():
        if isinstance(value, bool) or not isinstance(value, FIELDS[name]):
            raise unusable(f"a rule's {name} has another type")
    return FaultRule(**given)
