"""What a service message tells: its kind and the names in it; the page finds the words."""

from __future__ import annotations

from web.sandbox.errors import Json


def full_name(user: Json) -> str:
    """Join first and last name."""
    return f"{user['first_name']} {user.get('last_name', '')}".strip()


def service_event(described: Json) -> Json | None:
    """Give the event's kind and names; None for an ordinary message."""
    if "new_chat_members" in described:
        names = [full_name(user) for user in described["new_chat_members"]]
        return {"kind": "joined", "names": names}
    if "left_chat_member" in described:
        return {"kind": "left", "names": [full_name(described["left_chat_member"])]}
    if "pinned_message" in described:
        return {"kind": "pinned", "names": [full_name(described["from"])]}
    if "migrate_to_chat_id" in described or "migrate_from_chat_id" in described:
        return {"kind": "migrated", "names": []}
    return None
