"""The grey lines between messages, in the language of the phone that shows them."""

from __future__ import annotations

from web.sandbox.errors import Json
from web.sandbox.profile import base_language

LINES = {
    "joined": {
        "fr": "{names} a rejoint le groupe",
        "de": "{names} ist der Gruppe beigetreten",
    },
    "left": {
        "fr": "{names} a quitté le groupe",
        "de": "{names} hat die Gruppe verlassen",
    },
    "pinned": {
        "fr": "{names} a épinglé un message",
        "de": "{names} hat eine Nachricht angeheftet",
    },
    "migrated": {
        "fr": "Ce groupe est devenu un supergroupe",
        "de": "Diese Gruppe ist jetzt eine Supergruppe",
    },
}


def full_name(user: Json) -> str:
    """Join first and last name."""
    return f"{user['first_name']} {user.get('last_name', '')}".strip()


def service_line(described: Json, language: str) -> str | None:
    """Say what a service message tells; other languages read French. None for other messages."""
    event = _event(described)
    if event is None:
        return None
    kind, users = event
    texts = LINES[kind]
    line = texts.get(base_language(language), texts["fr"])
    return line.format(names=", ".join(map(full_name, users)))


def _event(described: Json) -> tuple[str, list[Json]] | None:
    if "new_chat_members" in described:
        return "joined", described["new_chat_members"]
    if "left_chat_member" in described:
        return "left", [described["left_chat_member"]]
    if "pinned_message" in described:
        return "pinned", [described["from"]]
    if "migrate_to_chat_id" in described or "migrate_from_chat_id" in described:
        return "migrated", []
    return None
