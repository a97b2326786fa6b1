"""Polls with votes that can be changed and withdrawn; a quiz is refused."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from web.sandbox.errors import Json


@dataclass(slots=True)
class Poll:
    """One tally, wherever its message was forwarded to."""

    id: str
    question: Json
    options: list[Json]
    anonymous: bool
    multiple: bool
    revoting: bool = True
    close_date: int | None = None
    open_period: int | None = None
    description: Json = field(default_factory=dict)
    closed: bool = False
    votes: dict[int, tuple[int, ...]] = field(default_factory=dict)
    counts: list[int] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Give every option its lasting identity and an empty count."""
        for option in self.options:
            option.setdefault("persistent_id", secrets.token_hex(8))
        self.counts = [0] * len(self.options)

    def vote(self, person: int, chosen: tuple[int, ...]) -> None:
        """Replace a person's vote; nothing chosen withdraws it."""
        for index in self.votes.pop(person, ()):
            self.counts[index] -= 1
        for index in chosen:
            self.counts[index] += 1
        if chosen:
            self.votes[person] = chosen

    def overdue(self, now: int) -> bool:
        """Whether the poll should have closed by itself."""
        return not self.closed and self.close_date is not None and self.close_date <= now

    def answer(self, person: Json, chosen: tuple[int, ...]) -> Json:
        """Describe a vote as `PollAnswer`."""
        return {
            "poll_id": self.id,
            "user": person,
            "option_ids": list(chosen),
            "option_persistent_ids": [self.options[index]["persistent_id"] for index in chosen],
        }

    def json(self) -> Json:
        """Describe the poll as `Poll`."""
        described: Json = {
            "id": self.id,
            **self.question,
            "options": [
                option | {"voter_count": count}
                for option, count in zip(self.options, self.counts, strict=True)
            ],
            "total_voter_count": len(self.votes),
            "is_closed": self.closed,
            "is_anonymous": self.anonymous,
            "type": "regular",
            "allows_multiple_answers": self.multiple,
            "allows_revoting": self.revoting,
            "members_only": False,
            **self.description,
        }
        if self.close_date is not None:
            described["close_date"] = self.close_date
        if self.open_period is not None:
            described["open_period"] = self.open_period
        return described
