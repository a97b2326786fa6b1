"""Who lives in the sandbox: people, the bot and chats, as Telegram describes them."""

from __future__ import annotations

from dataclasses import dataclass, field

from web.sandbox.errors import Json
from web.sandbox.history import History

ADMINISTRATOR_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
)
WITHHELD_RIGHTS = (
    "can_be_edited",
    "is_anonymous",
    "can_promote_members",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
COLOURS = ("#b5473c", "#2f6f8f", "#6b7d2a", "#8a4f8f", "#c07a1e", "#2d7f6b")


@dataclass(slots=True)
class Person:
    """Somebody with a phone."""

    id: int
    first_name: str
    last_name: str = ""
    language_code: str = ""
    hint: str = "resident"
    colour: str = COLOURS[0]

    @property
    def phone_number(self) -> str:
        """The number that the person's contact card carries."""
        return f"+4179{self.id % 10_000_000:07d}"

    def user(self) -> Json:
        """Describe the person as `User`; what is not known is left out."""
        user: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        if self.last_name:
            user["last_name"] = self.last_name
        if self.language_code:
            user["language_code"] = self.language_code
        return user

    def card(self) -> Json:
        """Describe the person for the page."""
        return self.user() | {
            "language_code": self.language_code,
            "hint": self.hint,
            "colour": self.colour,
        }


@dataclass(slots=True)
class BotAccount:
    """The bot as everybody sees it; its name per language lives in `profile`."""

    id: int
    username: str
    first_name: str

    def user(self) -> Json:
        """Describe the bot as `User`, the way it appears in messages."""
        return {
            "id": self.id,
            "is_bot": True,
            "first_name": self.first_name,
            "username": self.username,
        }

    def me(self) -> Json:
        """Describe the bot as `getMe` does."""
        return self.user() | {
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }


@dataclass(slots=True)
class Chat:
    """One conversation: private (its id is the person's), group or supergroup."""

    id: int
    type: str
    title: str = ""
    members: list[int] = field(default_factory=list)
    bot_status: str = "member"
    started: bool = False
    blocked: bool = False
    migrated_to: int | None = None
    pinned: int | None = None
    typing_until: float = 0.0
    keyboards: dict[int, Json] = field(default_factory=dict)
    menu_button: Json | None = None
    last_message_id: int = 0
    history: History = field(default_factory=History)

    @property
    def private(self) -> bool:
        """Whether this is one person's chat with the bot."""
        return self.type == "private"

    @property
    def bot_present(self) -> bool:
        """Whether the bot is in the group."""
        return self.bot_status in {"member", "administrator"}

    @property
    def owner(self) -> int | None:
        """The group's owner: whoever is in it longest."""
        return None if self.private or not self.members else self.members[0]

    def card(self) -> Json:
        """Describe the chat for the page."""
        card: Json = {"id": self.id, "type": self.type, "members": list(self.members)}
        if not self.private:
            card |= {"title": self.title, "bot": self.bot_status}
        if self.migrated_to is not None:
            card["migrated_to"] = self.migrated_to
        return card


def chat_json(chat: Chat, person: Person | None) -> Json:
    """Describe a chat as `Chat`; a private one by its person."""
    if person is None:
        return {"id": chat.id, "type": chat.type, "title": chat.title}
    described: Json = {"id": chat.id, "type": "private", "first_name": person.first_name}
    if person.last_name:
        described["last_name"] = person.last_name
    return described


def member_json(user: Json, status: str) -> Json:
    """Describe a membership as one of the `ChatMember` kinds."""
    member: Json = {"user": user, "status": status}
    if status == "creator":
        member["is_anonymous"] = False
    elif status == "kicked":
        member["until_date"] = 0
    elif status == "administrator":
        member |= dict.fromkeys(ADMINISTRATOR_RIGHTS, True)
        member |= dict.fromkeys(WITHHELD_RIGHTS, False)
    return member
