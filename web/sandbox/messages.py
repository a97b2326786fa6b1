"""Puts messages into chats and tells who must know; it never asks whether that is allowed."""

from __future__ import annotations

from web.sandbox.errors import Json
from web.sandbox.history import Message
from web.sandbox.people import Chat, Person
from web.sandbox.polls import Poll
from web.sandbox.world import World


def post(
    world: World,
    chat: Chat,
    content: Json,
    *,
    sender: Person | None = None,
    reply_to: Message | None = None,
) -> Message:
    """Add a message of a person, or of the bot without `sender`, and give it back."""
    described: Json = {
        "message_id": world.next_message_id(chat),
        "from": sender.user() if sender else world.bot.user(),
        "chat": world.chat_json(chat),
        "date": world.clock.now(),
    }
    if reply_to is not None:
        described["reply_to_message"] = without_reply(reply_to.json)
    message = Message(described | content, from_bot=sender is None)
    chat.history.add(message)
    if sender is None:
        chat.typing_until = 0.0
    world.changes.publish(chat.id, "message")
    return message


def without_reply(described: Json) -> Json:
    """Describe a message as it appears inside another one: without its own quotation."""
    if "reply_to_message" not in described:
        return described
    return {name: value for name, value in described.items() if name != "reply_to_message"}


def say_to_bot(world: World, chat: Chat, message: Message, *, kind: str = "message") -> None:
    """Make an update of a person's message if the bot gets to see it."""
    if chat.private or (chat.bot_present and _bot_sees(world, chat, message)):
        world.updates.put(kind, message.json)


def _bot_sees(world: World, chat: Chat, message: Message) -> bool:
    """Apply the privacy mode of groups: commands, replies to the bot, mentions, services."""
    described = message.json
    if chat.bot_status == "administrator" or is_service(described):
        return True
    replied = described.get("reply_to_message")
    if replied and replied["from"]["id"] == world.bot.id:
        return True
    text, entities = words_of(described)
    return any(_speaks_to(world, entity, text) for entity in entities)


def words_of(described: Json) -> tuple[str, list[Json]]:
    """Give a message's text or caption with its entities."""
    if "text" in described:
        return described["text"], described.get("entities", [])
    return described.get("caption", ""), described.get("caption_entities", [])


def _speaks_to(world: World, entity: Json, text: str) -> bool:
    units = text.encode("utf-16-le")
    end = entity["offset"] + entity["length"]
    said = units[entity["offset"] * 2 : end * 2].decode("utf-16-le")
    _, at, name = said.partition("@")
    to_bot = name.lower() == world.bot.username.lower()
    if entity["type"] == "bot_command":
        return to_bot or not at
    return entity["type"] == "mention" and to_bot


SERVICE_FIELDS = (
    "new_chat_members",
    "left_chat_member",
    "pinned_message",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "group_chat_created",
    "supergroup_chat_created",
    "new_chat_title",
)


def is_service(described: Json) -> bool:
    """Whether a message tells of an event instead of being written by somebody."""
    return any(name in described for name in SERVICE_FIELDS)


def refresh_poll(world: World, poll: Poll) -> None:
    """Show a poll's new state in every message that holds it."""
    described = poll.json()
    for chat_id, message_id in poll.places:
        chat = world.chats.get(chat_id)
        message = chat.history.get(message_id) if chat else None
        if message is not None:
            message.json = message.json | {"poll": described}
            world.changes.publish(chat_id, "edit")


def close_overdue_polls(world: World) -> None:
    """Close the polls whose time is over, telling the bot."""
    now = world.clock.now()
    for poll in world.polls.values():
        if poll.overdue(now):
            poll.closed = True
            refresh_poll(world, poll)
            world.updates.put("poll", poll.json())
