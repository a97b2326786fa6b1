"""A message as plain data, so that it can wait in a table; nothing here knows the table."""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import asdict
from typing import Any

from bot.domain.messages import Attachment, Button, Key, Message, Pin, StoredFile


def to_payload(message: Message) -> dict[str, Any]:
    """Return `message` as a dict that JSON can carry, without what is empty."""
    payload: dict[str, Any] = {"text": message.text}
    if message.buttons:
        payload["buttons"] = [[_slim(asdict(button)) for button in row] for row in message.buttons]
    if message.keys:
        payload["keys"] = [[_slim(asdict(key)) for key in row] for row in message.keys]
    if message.pin is not None:
        payload["pin"] = asdict(message.pin)
    if message.attachment is not None:
        content = b64encode(message.attachment.content).decode("ascii")
        payload["attachment"] = {"name": message.attachment.name, "content": content}
        if message.attachment.picture:
            payload["attachment"]["picture"] = True
    if message.file is not None:
        payload["file"] = asdict(message.file)
    if message.quiet:
        payload["quiet"] = True
    return payload


def from_payload(payload: dict[str, Any]) -> Message:
    """Return the message that `to_payload` took apart."""
    pin, attachment = payload.get("pin"), payload.get("attachment")
    return Message(
        text=payload["text"],
        buttons=tuple(tuple(Button(**b) for b in row) for row in payload.get("buttons", ())),
        keys=tuple(tuple(Key(**k) for k in row) for row in payload.get("keys", ())),
        pin=Pin(**pin) if pin else None,
        attachment=Attachment(
            attachment["name"],
            b64decode(attachment["content"]),
            picture=attachment.get("picture", False),
        )
        if attachment
        else None,
        file=StoredFile(**payload["file"]) if "file" in payload else None,
        quiet=payload.get("quiet", False),
    )


def _slim(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}
