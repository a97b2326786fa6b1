"""Says whether the bot may act in a chat, in Telegram's words; it changes nothing."""

from __future__ import annotations

from web.sandbox.errors import bad_request, forbidden
from web.sandbox.history import Message
from web.sandbox.people import Chat, Person
from web.sandbox.world import World

TWO_DAYS = 48 * 3600


def known_chat(world: World, chat_id: int | str | None) -> Chat:
    """Find a chat the bot can know of: its own groups, and people it met."""
    if chat_id is None or chat_id == "":
        raise bad_request("chat_id is empty")
    chat = world.chats.get(chat_id) if isinstance(chat_id, int) else None
    if chat is None or not (_met(world, chat) if chat.private else True):
        raise bad_request("chat not found")
    if chat.migrated_to is not None:
        raise bad_request(
            "group chat was upgraded to a supergroup chat",
            migrate_to_chat_id=chat.migrated_to,
        )
    return chat


def _met(world: World, chat: Chat) -> bool:
    return chat.started or any(
        chat.id in group.members and group.bot_present
        for group in world.chats.values()
        if not group.private
    )


def writable_chat(world: World, chat_id: int | str | None) -> Chat:
    """Find a chat the bot may write to, or refuse."""
    chat = known_chat(world, chat_id)
    if chat.private:
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        return chat
    kind = "supergroup" if chat.type == "supergroup" else "group"
    if chat.bot_status == "kicked":
        raise forbidden(f"bot was kicked from the {kind} chat")
    if not chat.bot_present:
        raise forbidden(f"bot is not a member of the {kind} chat")
    return chat


def needs_administrator(chat: Chat, words: str) -> None:
    """Refuse in a group where the bot is no administrator."""
    if not chat.private and chat.bot_status != "administrator":
        raise bad_request(words)


def own_message(chat: Chat, message_id: int | None) -> Message:
    """Find a message the bot may edit, or refuse."""
    if message_id is None:
        raise bad_request("message identifier is not specified")
    message = chat.history.get(message_id)
    if message is None:
        raise bad_request("message to edit not found")
    if not message.from_bot or not message.editable:
        raise bad_request("message can't be edited")
    return message


def deletable(world: World, chat: Chat, message: Message) -> bool:
    """Whether the bot may delete a message: young, and its own or in its power."""
    young = world.clock.now() - int(message.json["date"]) < TWO_DAYS
    theirs = message.from_bot or chat.private or chat.bot_status == "administrator"
    return young and theirs


def role_in(world: World, chat: Chat, person: int) -> str:
    """Give a person's or the bot's status in a group."""
    if person == world.bot.id:
        return chat.bot_status
    if person == chat.owner:
        return "creator"
    return "member" if person in chat.members else "left"


def is_administrator(chat: Chat, person: Person) -> bool:
    """Whether a person runs the group."""
    return not chat.private and person.id == chat.owner
