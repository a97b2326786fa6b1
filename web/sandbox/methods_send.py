"""Bot API methods that put a text, a place or a person into a chat."""

from __future__ import annotations

from web.sandbox import keyboards
from web.sandbox.arguments import Arguments
from web.sandbox.entities import message_text
from web.sandbox.errors import Json, bad_request
from web.sandbox.history import Message
from web.sandbox.messages import post
from web.sandbox.people import Chat
from web.sandbox.reach import writable_chat
from web.sandbox.world import World

CHAT_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    },
)
TYPING_SECONDS = 5
LARGEST_LATITUDE = 90
LARGEST_LONGITUDE = 180


def deliver(world: World, arguments: Arguments, content: Json) -> Message:
    """Send finished content with everything that any sending method accepts."""
    chat = writable_chat(world, arguments.chat())
    markup = keyboards.read_markup(arguments.mapping("reply_markup"), private=chat.private)
    replied = reply_target(chat, arguments)
    if markup.inline:
        content = content | {"reply_markup": markup.inline}
    if arguments.flag("protect_content"):
        content = content | {"has_protected_content": True}
    message = post(world, chat, content, reply_to=replied)
    message.editable = markup.reply is None and not markup.remove
    message.protected = arguments.flag("protect_content")
    message.silent = arguments.flag("disable_notification")
    addressed = _addressed(message.json)
    if keyboards.show(chat, markup, message.id, addressed=addressed):
        world.changes.publish(chat.id, "keyboard")
    return message


def reply_target(chat: Chat, arguments: Arguments) -> Message | None:
    """Find the message that `reply_parameters` names, or refuse."""
    wanted = arguments.mapping("reply_parameters")
    if wanted is None:
        return None
    number = wanted.get("message_id")
    message = chat.history.get(number) if isinstance(number, int) else None
    if message is None and wanted.get("allow_sending_without_reply") is not True:
        raise bad_request("message to be replied not found")
    return message


def _addressed(described: Json) -> set[int]:
    people = {
        entity["user"].get("id", 0)
        for entity in described.get("entities", [])
        if entity["type"] == "text_mention" and isinstance(entity.get("user"), dict)
    }
    replied = described.get("reply_to_message")
    return people | ({replied["from"]["id"]} if replied else set())


def send_message(world: World, arguments: Arguments) -> Json:
    """Answer sendMessage."""
    text = arguments.text("text")
    if not text:
        raise bad_request("message text is empty")
    content = message_text(text, arguments.text("parse_mode"), arguments.objects("entities"))
    preview = arguments.mapping("link_preview_options")
    if preview:
        content["link_preview_options"] = preview
    return deliver(world, arguments, content).json


def _location(arguments: Arguments) -> Json:
    latitude, longitude = arguments.number("latitude"), arguments.number("longitude")
    if abs(latitude) > LARGEST_LATITUDE or abs(longitude) > LARGEST_LONGITUDE:
        raise bad_request("invalid location specified")
    return {"latitude": latitude, "longitude": longitude}


def send_location(world: World, arguments: Arguments) -> Json:
    """Answer sendLocation."""
    return deliver(world, arguments, {"location": _location(arguments)}).json


def send_venue(world: World, arguments: Arguments) -> Json:
    """Answer sendVenue; the message carries the location twice, as with Telegram."""
    location = _location(arguments)
    venue: Json = {"location": location}
    for name in ("title", "address"):
        if not arguments.text(name):
            raise bad_request(f"{name} is empty")
        venue[name] = arguments.text(name)
    return deliver(world, arguments, {"venue": venue, "location": location}).json


def send_contact(world: World, arguments: Arguments) -> Json:
    """Answer sendContact."""
    if not arguments.text("phone_number"):
        raise bad_request("contact phone number must be non-empty")
    if not arguments.text("first_name"):
        raise bad_request("first name must be non-empty")
    names = ("phone_number", "first_name", "last_name", "vcard")
    contact = {name: arguments.text(name) for name in names if arguments.text(name)}
    return deliver(world, arguments, {"contact": contact}).json


def send_chat_action(world: World, arguments: Arguments) -> bool:
    """Answer sendChatAction: the phones show "typing" for a few seconds."""
    if arguments.text("action") not in CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = writable_chat(world, arguments.chat())
    chat.typing_until = world.monotonic() + TYPING_SECONDS
    world.changes.publish(chat.id, "typing")
    return True


METHODS = {
    "sendMessage": send_message,
    "sendLocation": send_location,
    "sendVenue": send_venue,
    "sendContact": send_contact,
    "sendChatAction": send_chat_action,
}
