"""Polls that are ready to be held, read from locales/polls.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from bot.domain.localized import Localized
from bot.domain.polls import Method, Option


@dataclass(frozen=True, slots=True)
class Template:
    """One ready-made poll; `id` is the key in the file."""

    id: str
    name: Localized
    method: Method
    question: Localized
    options: tuple[Option, ...]

    @classmethod
    def read(cls, key: str, data: Mapping[str, Any]) -> Self:
        """Return the template that the file describes."""
        return cls(
            key,
            Localized(data["name"]),
            Method(data["method"]),
            Localized(data["question"]),
            tuple(Option(0, Localized(each)) for each in data["options"]),
        )
