"""Who is behind an update, and whether the bot is spoken to at all; it stores nothing."""

from __future__ import annotations

from telegram import Bot, Message, MessageEntity, Update, User
from telegram.constants import ChatID, ChatType

_NOBODY = {int(ChatID.ANONYMOUS_ADMIN), int(ChatID.SERVICE_CHAT), int(ChatID.FAKE_CHANNEL)}


def person(update: Update) -> User | None:
    """Return the human being behind an update: no bot, channel, anonymous admin or service account."""
    user = update.effective_user
    message = update.message or update.edited_message
    if user is None or user.is_bot or user.id in _NOBODY:
        return None
    return None if message is not None and message.sender_chat is not None else user


def spoken_to(update: Update, bot: Bot) -> bool:
    """Tell whether the bot is meant: always in private, in groups only when named, answered or pressed."""
    chat = update.effective_chat
    if chat is not None and chat.type == ChatType.PRIVATE:
        return True
    if update.callback_query is not None:
        return True
    message = update.message
    return message is not None and (_answers(message, bot) or _names(message, bot))


def without_name(text: str, username: str) -> str:
    """Return what was said to the bot in a group, without the mention of its name."""
    words = [word for word in text.split() if word.lower().rstrip(",:") != f"@{username.lower()}"]
    return " ".join(words)


def _answers(message: Message, bot: Bot) -> bool:
    original = message.reply_to_message
    return (
        original is not None and original.from_user is not None and original.from_user.id == bot.id
    )


def _names(message: Message, bot: Bot) -> bool:
    mention = f"@{bot.username}".lower()
    try:
        found = message.parse_entities()
    except UnicodeEncodeError:  # half a character: nobody's name
        return False
    for entity, text in found.items():
        if entity.type == MessageEntity.MENTION and text.lower() == mention:
            return True
        if entity.type == MessageEntity.BOT_COMMAND:
            return "@" not in text or text.lower().endswith(mention)
    return False
