"""The arguments of one call, typed whether they came as query, form, multipart or JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TypeVar

from web.sandbox.errors import Json, bad_request
from web.sandbox.files import Upload

CHATS = frozenset({"chat_id", "from_chat_id"})
INTEGERS = frozenset(
    {
        "cache_time",
        "close_date",
        "duration",
        "limit",
        "max_connections",
        "message_id",
        "message_thread_id",
        "offset",
        "open_period",
        "timeout",
        "user_id",
    },
)
NUMBERS = frozenset({"horizontal_accuracy", "latitude", "longitude"})
FLAGS = frozenset(
    {
        "allow_adding_options",
        "allow_paid_broadcast",
        "allows_multiple_answers",
        "allows_revoting",
        "disable_content_type_detection",
        "disable_notification",
        "drop_pending_updates",
        "has_spoiler",
        "hide_results_until_closes",
        "is_anonymous",
        "is_closed",
        "members_only",
        "protect_content",
        "show_alert",
        "show_caption_above_media",
        "shuffle_options",
    },
)
STRUCTURES = frozenset(
    {
        "allowed_updates",
        "caption_entities",
        "commands",
        "description_entities",
        "entities",
        "link_preview_options",
        "media",
        "menu_button",
        "message_ids",
        "options",
        "question_entities",
        "reply_markup",
        "reply_parameters",
        "scope",
    },
)
Item = TypeVar("Item")
YES = frozenset({"true", "yes", "1"})


@dataclass(slots=True)
class Arguments:
    """What a method receives."""

    values: Json = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)

    @classmethod
    def read(cls, raw: Json, files: dict[str, Upload]) -> Arguments:
        """Type the raw values by their names; what is null was not given."""
        values = {name: _typed(name, value) for name, value in raw.items() if value is not None}
        return cls(values, files)

    def text(self, name: str) -> str:
        """Give a text, empty when it was not given."""
        return str(self.values.get(name, ""))

    def integer(self, name: str) -> int | None:
        """Give a whole number if it was given."""
        value: int | None = self.values.get(name)
        return value

    def number(self, name: str) -> float:
        """Give a number that must be there."""
        if name not in self.values:
            raise bad_request(f"{name} is empty")
        return float(self.values[name])

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Give a yes or no."""
        return bool(self.values.get(name, default))

    def mapping(self, name: str) -> Json | None:
        """Give a JSON object if it was given."""
        value = self.values.get(name)
        if value is not None and not isinstance(value, dict):
            raise bad_request(f"object expected as {name.replace('_', ' ')}")
        return value

    def objects(self, name: str) -> list[Json] | None:
        """Give a JSON array of objects if it was given."""
        return objects(self.values.get(name), name)

    def items(self, name: str, kind: type[Item]) -> list[Item] | None:
        """Give a JSON array of texts or numbers if it was given."""
        value = self.values.get(name)
        return None if value is None else _array(value, name, kind)

    def chat(self, name: str = "chat_id") -> int | str | None:
        """Give the chat as it was named."""
        value: int | str | None = self.values.get(name)
        return value

    def file(self, name: str) -> Upload | str | None:
        """Give an upload, or the text that stands for a file, if either was given."""
        return self.files.get(name) or self.attached(self.values.get(name))

    def attached(self, value: object) -> Upload | str | None:
        """Follow `attach://name` to its upload."""
        if not isinstance(value, str) or not value.startswith("attach://"):
            return value if isinstance(value, str) else None
        upload = self.files.get(value.removeprefix("attach://"))
        if upload is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return upload

    def logged(self) -> Json:
        """Describe the arguments for the log of calls, uploads by name and size."""
        if not self.files:
            return self.values
        told = json.dumps(self.values)
        shown = {
            name: f"attach://{upload.name} ({len(upload.content)} bytes)"
            for name, upload in self.files.items()
            if f"attach://{name}" not in told
        }
        return self.values | shown


def objects(value: object, name: str) -> list[Json] | None:
    """Check that a value is an array of objects, or absent."""
    return None if value is None else _array(value, name, dict)


def _array(value: object, name: str, kind: type[Item]) -> list[Item]:
    if not isinstance(value, list) or not all(isinstance(item, kind) for item in value):
        raise bad_request(f"can't parse {name.replace('_', ' ')}: expected an Array")
    return value


def _typed(name: str, value: object) -> object:
    if name in STRUCTURES:
        return _structure(name, value)
    if name in CHATS:
        return chat_name(value)
    if name in INTEGERS:
        return _number(name, value, int)
    if name in NUMBERS:
        return _number(name, value, float)
    if name in FLAGS:
        return value if isinstance(value, bool) else str(value).lower() in YES
    return _text(value)


def _structure(name: str, value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None


def chat_name(value: object) -> int | str:
    """Read a chat as it was named: by number, or by a text that no chat here has."""
    text = str(value).strip()
    return int(text) if text.removeprefix("-").isdecimal() else text


def _number(name: str, value: object, kind: type[int | float]) -> float:
    try:
        return kind(str(value))
    except ValueError:
        raise bad_request(f"invalid {name} specified") from None


def _text(value: object) -> str:
    if isinstance(value, (dict, list)):
        return json.dumps(value)
    text = str(value)
    try:
        text.encode()
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    return text
