"""Bot API methods that change, delete or pin messages, and answer pressed buttons."""

from __future__ import annotations

from web.sandbox import keyboards
from web.sandbox.arguments import Arguments
from web.sandbox.entities import message_caption, message_text
from web.sandbox.errors import Json, bad_request
from web.sandbox.history import Message
from web.sandbox.markup import utf16_length
from web.sandbox.messages import post, without_reply
from web.sandbox.methods_media import input_media
from web.sandbox.people import Chat
from web.sandbox.reach import deletable, needs_administrator, own_message, writable_chat
from web.sandbox.world import World

LONGEST_ANSWER = 200
ANSWER_SECONDS = 60.0
MOST_DELETED = 100
STALE = "query is too old and response timeout expired or query ID is invalid"
UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly"
    " the same as a current content and reply markup of the message"
)
TEXT = ("text", "entities", "link_preview_options")
CAPTION = ("caption", "caption_entities")
MEDIA = ("photo", "document", "voice", *CAPTION)


def _target(world: World, arguments: Arguments) -> tuple[Chat, Message]:
    if arguments.text("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    chat = writable_chat(world, arguments.chat())
    return chat, own_message(chat, arguments.integer("message_id"))


def _replace(world: World, arguments: Arguments, replaced: tuple[str, ...], content: Json) -> Json:
    chat, message = _target(world, arguments)
    markup = keyboards.read_markup(arguments.mapping("reply_markup"), private=chat.private)
    dropped = {*replaced, "reply_markup"}
    changed = {name: value for name, value in message.json.items() if name not in dropped}
    changed |= content
    if markup.inline:
        changed["reply_markup"] = markup.inline
    if changed == message.json:
        raise bad_request(UNCHANGED)
    if replaced:
        changed["edit_date"] = world.clock.now()
    message.json = changed
    world.changes.publish(chat.id, "edit")
    return changed


def edit_message_text(world: World, arguments: Arguments) -> Json:
    """Answer editMessageText."""
    mode = arguments.text("parse_mode")
    content = message_text(arguments.text("text"), mode, arguments.objects("entities"))
    preview = arguments.mapping("link_preview_options")
    if preview:
        content["link_preview_options"] = preview
    _, message = _target(world, arguments)
    if "text" not in message.json:
        raise bad_request("there is no text in the message to edit")
    return _replace(world, arguments, TEXT, content)


def edit_message_caption(world: World, arguments: Arguments) -> Json:
    """Answer editMessageCaption."""
    mode = arguments.text("parse_mode")
    content = message_caption(
        arguments.text("caption"), mode, arguments.objects("caption_entities")
    )
    _, message = _target(world, arguments)
    if not any(kind in message.json for kind in ("photo", "document", "voice")):
        raise bad_request("there is no caption in the message to edit")
    return _replace(world, arguments, CAPTION, content)


def edit_message_media(world: World, arguments: Arguments) -> Json:
    """Answer editMessageMedia."""
    _, message = _target(world, arguments)
    if not any(kind in message.json for kind in ("photo", "document")):
        raise bad_request("message can't be edited")
    content = input_media(world, arguments, arguments.mapping("media"))
    return _replace(world, arguments, MEDIA, content)


def edit_message_reply_markup(world: World, arguments: Arguments) -> Json:
    """Answer editMessageReplyMarkup."""
    return _replace(world, arguments, (), {})


def _delete(world: World, chat: Chat, message: Message) -> None:
    chat.history.remove(message.id)
    if chat.pinned == message.id:
        chat.pinned = None
    if keyboards.forget(chat, message.id):
        world.changes.publish(chat.id, "keyboard")
    world.changes.publish(chat.id, "delete")


def delete_message(world: World, arguments: Arguments) -> bool:
    """Answer deleteMessage."""
    chat = writable_chat(world, arguments.chat())
    number = arguments.integer("message_id")
    if number is None:
        raise bad_request("message identifier is not specified")
    message = chat.history.get(number)
    if message is None:
        raise bad_request("message to delete not found")
    if not deletable(world, chat, message):
        raise bad_request("message can't be deleted")
    _delete(world, chat, message)
    return True


def delete_messages(world: World, arguments: Arguments) -> bool:
    """Answer deleteMessages: what is not there or not deletable is passed over."""
    chat = writable_chat(world, arguments.chat())
    numbers = arguments.items("message_ids", int) or []
    if not numbers:
        raise bad_request("message identifiers are not specified")
    if len(numbers) > MOST_DELETED:
        raise bad_request("too many message identifiers specified")
    for number in numbers:
        message = chat.history.get(number)
        if message is not None and deletable(world, chat, message):
            _delete(world, chat, message)
    return True


def answer_callback_query(world: World, arguments: Arguments) -> bool:
    """Answer answerCallbackQuery: once, and not too late."""
    text = arguments.text("text")
    if utf16_length(text) > LONGEST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    query = world.queries.pop(arguments.text("callback_query_id"), None)
    if query is None or world.monotonic() - query.pressed > ANSWER_SECONDS:
        raise bad_request(STALE)
    shown: Json = {"answered": True, "alert": arguments.flag("show_alert")}
    for name in ("text", "url"):
        if arguments.text(name):
            shown[name] = arguments.text(name)
    if not query.answer.done():
        query.answer.set_result(shown)
    return True


def pin_chat_message(world: World, arguments: Arguments) -> bool:
    """Answer pinChatMessage; the chat shows that something was pinned."""
    chat = writable_chat(world, arguments.chat())
    needs_administrator(chat, "not enough rights to manage pinned messages in the chat")
    message = chat.history.get(arguments.integer("message_id") or 0)
    if message is None:
        raise bad_request("message to pin not found")
    if chat.pinned != message.id:
        chat.pinned = message.id
        post(world, chat, {"pinned_message": without_reply(message.json)})
    return True


def unpin_chat_message(world: World, arguments: Arguments) -> bool:
    """Answer unpinChatMessage."""
    chat = writable_chat(world, arguments.chat())
    needs_administrator(chat, "not enough rights to manage pinned messages in the chat")
    number = arguments.integer("message_id")
    if chat.pinned is None or number not in {None, chat.pinned}:
        raise bad_request("message to unpin not found")
    chat.pinned = None
    world.changes.publish(chat.id, "edit")
    return True


METHODS = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageMedia": edit_message_media,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "answerCallbackQuery": answer_callback_query,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
}
