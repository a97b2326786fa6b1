"""The messages of one chat: found by number at once, the oldest forgotten first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass

from web.sandbox.errors import Json

MOST_MESSAGES = 500


@dataclass(slots=True)
class Message:
    """One message: what Telegram would show of it, and what only the sandbox knows.

    `json` is replaced, never changed in place: waiting updates keep what was true then.
    """

    json: Json
    from_bot: bool
    editable: bool = True
    protected: bool = False
    silent: bool = False
    poll_id: str | None = None

    @property
    def id(self) -> int:
        """The message's number in its chat."""
        number: int = self.json["message_id"]
        return number


class History:
    """The last messages of a chat, oldest first."""

    def __init__(self) -> None:
        """Start empty."""
        self._messages: OrderedDict[int, Message] = OrderedDict()

    def add(self, message: Message) -> None:
        """Append a message, forgetting the oldest beyond the bound."""
        self._messages[message.id] = message
        if len(self._messages) > MOST_MESSAGES:
            self._messages.popitem(last=False)

    def get(self, message_id: int) -> Message | None:
        """Find a message by its number."""
        return self._messages.get(message_id)

    def remove(self, message_id: int) -> None:
        """Forget a message."""
        self._messages.pop(message_id, None)

    def __iter__(self) -> Iterator[Message]:
        """Go through the messages, oldest first."""
        return iter(self._messages.values())
