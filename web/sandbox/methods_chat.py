"""Bot API methods that ask about chats and their members."""

from __future__ import annotations

from web.sandbox.arguments import Arguments
from web.sandbox.errors import Json, bad_request
from web.sandbox.people import Chat, member_json
from web.sandbox.reach import known_chat, role_in, writable_chat
from web.sandbox.world import World

NO_GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)
MEMBERS_MAY = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_invite_users",
)


def get_chat(world: World, arguments: Arguments) -> Json:
    """Answer getChat."""
    chat = known_chat(world, arguments.chat())
    described = world.chat_json(chat) | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(NO_GIFTS, False),
    }
    if not chat.private:
        described["permissions"] = dict.fromkeys(MEMBERS_MAY, True)
    pinned = chat.history.get(chat.pinned or 0)
    if pinned is not None:
        described["pinned_message"] = pinned.json
    return described


def _member(world: World, chat: Chat, person: int) -> Json:
    user = world.bot.user() if person == world.bot.id else world.people[person].user()
    status = role_in(world, chat, person)
    if chat.private:
        status = "member"
    return member_json(user, status)


def get_chat_member(world: World, arguments: Arguments) -> Json:
    """Answer getChatMember."""
    chat = known_chat(world, arguments.chat())
    person = arguments.integer("user_id")
    if person is None:
        raise bad_request("invalid user_id specified")
    known = person in world.people or person == world.bot.id
    if not known or (chat.private and person not in {chat.id, world.bot.id}):
        raise bad_request("PARTICIPANT_ID_INVALID")
    return _member(world, chat, person)


def get_chat_administrators(world: World, arguments: Arguments) -> list[Json]:
    """Answer getChatAdministrators: the owner, and the bot where it is one."""
    chat = writable_chat(world, arguments.chat())
    if chat.private:
        raise bad_request("there are no administrators in the private chat")
    heads = [chat.owner] if chat.owner is not None else []
    if chat.bot_status == "administrator":
        heads.append(world.bot.id)
    return [_member(world, chat, head) for head in heads]


def get_chat_member_count(world: World, arguments: Arguments) -> int:
    """Answer getChatMemberCount."""
    chat = known_chat(world, arguments.chat())
    return len(chat.members) + (1 if chat.private or chat.bot_present else 0)


def leave_chat(world: World, arguments: Arguments) -> bool:
    """Answer leaveChat."""
    chat = writable_chat(world, arguments.chat())
    if chat.private:
        raise bad_request("chat member status can't be changed in private chats")
    chat.bot_status = "left"
    world.changes.publish(chat.id, "state")
    return True


METHODS = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
}
