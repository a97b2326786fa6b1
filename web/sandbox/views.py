"""What a phone shows: messages, keyboard and commands as the page wants them; changes nothing."""

from __future__ import annotations

from web.sandbox.errors import Json
from web.sandbox.history import Message
from web.sandbox.messages import words_of
from web.sandbox.people import Chat, Person
from web.sandbox.profile import localized, scopes_of
from web.sandbox.reach import is_administrator
from web.sandbox.rendering import render
from web.sandbox.service_events import full_name, service_event
from web.sandbox.world import World


def phone_view(world: World, person: Person, chat: Chat) -> Json:
    """Describe one chat on one person's phone."""
    profile, language = world.profile, person.language_code
    administrator = is_administrator(chat, person)
    scopes = scopes_of(chat.id, person.id, private=chat.private, administrator=administrator)
    view: Json = {
        "messages": [message_view(world, person, message) for message in chat.history],
        "keyboard": _keyboard(chat.keyboards.get(person.id)),
        "commands": profile.commands_for(scopes, language),
        "blocked": chat.blocked,
        "started": chat.started or not chat.private,
        "description": localized(profile.descriptions, language),
        "short_description": localized(profile.short_descriptions, language),
        "bot_name": localized(profile.names, language) or world.bot.first_name,
        "menu_button": chat.menu_button or profile.menu_button,
        "typing": chat.typing_until > world.monotonic(),
        "pinned": chat.pinned,
    }
    if not chat.private:
        view |= {"members": list(chat.members), "bot": chat.bot_status}
    return view


def _keyboard(shown: Json | None) -> Json | None:
    if shown is None or not shown.get("force_reply"):
        return shown
    return shown | {"reply_to": shown["message_id"]}


def message_view(world: World, person: Person, message: Message) -> Json:
    """Describe one message for one person."""
    described = message.json
    text, entities = words_of(described)
    view: Json = {
        "id": message.id,
        "date": described["date"],
        "from": _sender(described["from"]),
        "mine": described["from"]["id"] == person.id,
        "text": text,
        "html": render(text, entities),
    }
    for name in ("edit_date", "media_group_id"):
        if name in described:
            view[name] = described[name]
    for name, given in (("protected", message.protected), ("silent", message.silent)):
        if given:
            view[name] = True
    return view | _attachments(described) | _context(world, person, message)


def _sender(user: Json) -> Json:
    return {"id": user["id"], "name": full_name(user), "bot": user["is_bot"]}


def _attachments(described: Json) -> Json:
    view: Json = {}
    if "photo" in described:
        photo = described["photo"][-1]
        view["photo"] = _file(photo) | {"width": photo["width"], "height": photo["height"]}
    if "voice" in described:
        view["voice"] = _file(described["voice"]) | {"duration": described["voice"]["duration"]}
    if "document" in described:
        document = described["document"]
        view["document"] = _file(document) | {
            "name": document.get("file_name", ""),
            "size": document["file_size"],
            "mime": document["mime_type"],
        }
    return view | _places(described)


def _file(described: Json) -> Json:
    return {"url": f"/sandbox/files/{described['file_id']}"}


def _places(described: Json) -> Json:
    if "venue" in described:
        venue = described["venue"]
        place = {"title": venue["title"], "address": venue["address"]}
        return {"venue": place | _point(venue["location"])}
    if "location" in described:
        return {"location": _point(described["location"])}
    if "contact" in described:
        contact = described["contact"]
        return {"contact": {"name": full_name(contact), "phone": contact["phone_number"]}}
    return {}


def _point(location: Json) -> Json:
    return {"lat": location["latitude"], "lon": location["longitude"]}


def _context(world: World, person: Person, message: Message) -> Json:
    described = message.json
    view: Json = {}
    if "reply_to_message" in described:
        replied = described["reply_to_message"]
        view["reply_to"] = {"id": replied["message_id"], "text": words_of(replied)[0]}
    if "forward_origin" in described:
        view["forwarded_from"] = full_name(described["forward_origin"]["sender_user"])
    if "reply_markup" in described:
        rows = described["reply_markup"]["inline_keyboard"]
        view["inline"] = [[_button(button) for button in row] for row in rows]
    if message.poll_id:
        view |= _poll(world, person, message.poll_id)
    event = service_event(described)
    return view | ({"service": event} if event else {})


def _button(button: Json) -> Json:
    shown = {"text": button["text"]}
    for name, source in (("data", "callback_data"), ("url", "url"), ("style", "style")):
        if source in button:
            shown[name] = button[source]
    return shown


def _poll(world: World, person: Person, poll_id: str) -> Json:
    poll = world.polls.get(poll_id)
    if poll is None:
        return {}
    chosen = poll.votes.get(person.id, ())
    options = [
        {"text": option["text"], "count": count, "chosen": index in chosen}
        for index, (option, count) in enumerate(zip(poll.options, poll.counts, strict=True))
    ]
    return {
        "poll": {
            "id": poll.id,
            "question": poll.question["question"],
            "options": options,
            "total": len(poll.votes),
            "closed": poll.closed,
            "anonymous": poll.anonymous,
            "multiple": poll.multiple,
            "type": "regular",
        },
    }
