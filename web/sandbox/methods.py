"""The list of Bot API methods the sandbox answers; what is not here answers 404."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from web.sandbox import (
    methods_chat,
    methods_edit,
    methods_media,
    methods_polls,
    methods_profile,
    methods_send,
    methods_updates,
)
from web.sandbox.arguments import Arguments
from web.sandbox.world import World

Answer = Callable[[World, Arguments], object | Awaitable[object]]

TABLES: tuple[Mapping[str, Answer], ...] = (
    methods_chat.METHODS,
    methods_edit.METHODS,
    methods_media.METHODS,
    methods_polls.METHODS,
    methods_profile.METHODS,
    methods_send.METHODS,
    methods_updates.METHODS,
)


@dataclass(frozen=True, slots=True)
class Method:
    """One method under its proper name."""

    name: str
    answer: Answer

    @property
    def paced(self) -> bool:
        """Whether Telegram's sending limits count it."""
        sends = self.name.startswith(("send", "copy", "forward", "edit"))
        return sends and self.name != "sendChatAction"


METHODS = {name.lower(): Method(name, answer) for table in TABLES for name, answer in table.items()}
