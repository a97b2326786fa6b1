"""Bot API methods about files, and about sending again what was sent before."""

from __future__ import annotations

import secrets

from web.sandbox.arguments import Arguments, objects
from web.sandbox.entities import message_caption
from web.sandbox.errors import Json, bad_request
from web.sandbox.files import LARGEST_DOWNLOAD, StoredFile, Upload, media_json
from web.sandbox.history import Message
from web.sandbox.messages import is_service
from web.sandbox.methods_send import deliver
from web.sandbox.polls import Poll
from web.sandbox.reach import known_chat, writable_chat
from web.sandbox.world import World

GROUP_SIZES = range(2, 11)
GROUPED = frozenset({"photo", "document"})
SENDER_FIELDS = frozenset(
    {
        "message_id",
        "from",
        "chat",
        "date",
        "edit_date",
        "reply_to_message",
        "reply_markup",
        "has_protected_content",
        "media_group_id",
        "forward_origin",
    },
)


def stored_file(
    world: World, given: Upload | str | None, kind: str, *, duration: int = 0
) -> StoredFile:
    """Keep an upload, or find the file that an identifier names."""
    if not given:
        raise bad_request(f"there is no {kind} in the request")
    if isinstance(given, Upload):
        if not given.content:
            raise bad_request("file must be non-empty")
        return world.files.add(kind, given, duration=duration)
    if given.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    return world.files.known(given, kind)


def _caption(arguments: Arguments) -> Json:
    return message_caption(
        arguments.text("caption"),
        arguments.text("parse_mode"),
        arguments.objects("caption_entities"),
    )


def _send_file(world: World, arguments: Arguments, kind: str) -> Json:
    caption = _caption(arguments)
    writable_chat(world, arguments.chat())
    duration = arguments.integer("duration") or 0
    stored = stored_file(world, arguments.file(kind), kind, duration=duration)
    return deliver(world, arguments, media_json(stored) | caption).json


def send_photo(world: World, arguments: Arguments) -> Json:
    """Answer sendPhoto."""
    return _send_file(world, arguments, "photo")


def send_document(world: World, arguments: Arguments) -> Json:
    """Answer sendDocument."""
    return _send_file(world, arguments, "document")


def send_voice(world: World, arguments: Arguments) -> Json:
    """Answer sendVoice."""
    return _send_file(world, arguments, "voice")


def input_media(world: World, arguments: Arguments, media: object) -> Json:
    """Turn one `InputMedia` into the content of a message."""
    if not isinstance(media, dict) or str(media.get("type")) not in GROUPED:
        raise bad_request("can't parse InputMedia: type must be photo or document here")
    kind = media["type"]
    stored = stored_file(world, arguments.attached(media.get("media")), kind)
    caption = message_caption(
        str(media.get("caption", "")),
        str(media.get("parse_mode", "")),
        objects(media.get("caption_entities"), "caption entities"),
    )
    return media_json(stored) | caption


def send_media_group(world: World, arguments: Arguments) -> list[Json]:
    """Answer sendMediaGroup: one message per item, joined by a number."""
    items = arguments.objects("media") or []
    if len(items) not in GROUP_SIZES:
        raise bad_request("the number of media in an album must be between 2 and 10")
    writable_chat(world, arguments.chat())
    contents = [input_media(world, arguments, item) for item in items]
    group = {"media_group_id": str(secrets.randbits(52))}
    return [deliver(world, arguments, content | group).json for content in contents]


def get_file(world: World, arguments: Arguments) -> Json:
    """Answer getFile."""
    stored = world.files.get(arguments.text("file_id"))
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if stored.size > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    return stored.described()


def _source(world: World, arguments: Arguments, verb: str) -> Message:
    chat = known_chat(world, arguments.chat("from_chat_id"))
    message = chat.history.get(arguments.integer("message_id") or 0)
    if message is None:
        raise bad_request(f"message to {verb} not found")
    if message.protected or is_service(message.json):
        raise bad_request(f"message can't be {'copied' if verb == 'copy' else 'forwarded'}")
    return message


def _content(message: Message) -> Json:
    return {name: value for name, value in message.json.items() if name not in SENDER_FIELDS}


def forward_message(world: World, arguments: Arguments) -> Json:
    """Answer forwardMessage: the origin is told and a poll keeps its tally."""
    source = _source(world, arguments, "forward")
    origin = source.json.get("forward_origin") or {
        "type": "user",
        "sender_user": source.json["from"],
        "date": source.json["date"],
    }
    message = deliver(world, arguments, _content(source) | {"forward_origin": origin})
    message.editable = False
    poll = world.polls.get(source.poll_id or "")
    if poll is not None:
        message.poll_id = poll.id
        poll.places.append((message.json["chat"]["id"], message.id))
    return message.json


def copy_message(world: World, arguments: Arguments) -> Json:
    """Answer copyMessage: like a new message of the bot; a poll starts from nothing."""
    source = _source(world, arguments, "copy")
    content = _content(source)
    if "caption" in arguments.values and "text" not in content:
        for name in ("caption", "caption_entities"):
            content.pop(name, None)
        content |= _caption(arguments)
    poll = world.polls.get(source.poll_id or "")
    if poll is None:
        return {"message_id": deliver(world, arguments, content).id}
    return {"message_id": send_poll_copy(world, arguments, poll).id}


def send_poll_copy(world: World, arguments: Arguments, poll: Poll) -> Message:
    """Send a poll with the same question and options and no votes."""
    fresh = Poll(
        id=str(secrets.randbits(62)),
        question=poll.question,
        options=[{"text": option["text"]} for option in poll.options],
        anonymous=poll.anonymous,
        multiple=poll.multiple,
        revoting=poll.revoting,
        description=poll.description,
    )
    return deliver_poll(world, arguments, fresh)


def deliver_poll(world: World, arguments: Arguments, poll: Poll) -> Message:
    """Send a poll and remember where it hangs."""
    message = deliver(world, arguments, {"poll": poll.json()})
    message.poll_id = poll.id
    poll.places.append((message.json["chat"]["id"], message.id))
    world.remember_poll(poll)
    return message


METHODS = {
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "sendVoice": send_voice,
    "sendMediaGroup": send_media_group,
    "getFile": get_file,
    "forwardMessage": forward_message,
    "copyMessage": copy_message,
}
