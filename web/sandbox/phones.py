"""What people do on their phones: write, press, vote, block; the bot hears of it as an update."""

from __future__ import annotations

import asyncio
import re

from web.sandbox import keyboards
from web.sandbox.entities import with_found
from web.sandbox.errors import Json, not_found, out_of_place, unusable
from web.sandbox.history import Message
from web.sandbox.messages import close_overdue_polls, post, refresh_poll, say_to_bot
from web.sandbox.people import Chat, Person, member_json
from web.sandbox.world import CallbackQuery, World

ANSWER_SECONDS = 15.0
START_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")
SENDABLE = ("text", "photo", "voice", "document", "location", "contact")


def person_of(world: World, person_id: int) -> Person:
    """Find a person, or tell the page."""
    person = world.people.get(person_id)
    if person is None:
        raise not_found("nobody has this id")
    return person


def chat_of(world: World, person: Person, chat_id: int | None) -> Chat:
    """Find a chat of a person's phone: their chat with the bot, or a group they are in."""
    chat = world.chats.get(person.id if chat_id is None else chat_id)
    if chat is None or person.id not in chat.members:
        raise not_found("this phone has no such chat")
    return chat


def message_of(chat: Chat, message_id: int) -> Message:
    """Find a message, or tell the page."""
    message = chat.history.get(message_id)
    if message is None:
        raise not_found("this message is gone")
    return message


def send(
    world: World,
    person: Person,
    chat: Chat,
    content: Json,
    *,
    reply_to: int | None = None,
) -> Message:
    """Send a person's message; the bot hears it if it may."""
    if not any(kind in content for kind in SENDABLE):
        raise unusable("there is nothing to send")
    if chat.private and chat.blocked:
        raise out_of_place("this person blocked the bot")
    if chat.migrated_to is not None:
        raise out_of_place("this group became a supergroup")
    for text, entities in (("text", "entities"), ("caption", "caption_entities")):
        found = with_found(content.get(text, ""), [])
        if found:
            content = content | {entities: found}
    if chat.private:
        chat.started = True
    replied = message_of(chat, reply_to) if reply_to is not None else None
    message = post(world, chat, content, sender=person, reply_to=replied)
    if keyboards.used(chat, person.id, message.json):
        world.changes.publish(chat.id, "keyboard", person=person.id)
    say_to_bot(world, chat, message)
    return message


def edit(world: World, person: Person, chat: Chat, message: Message, *, text: str) -> None:
    """Change the text of a person's own message."""
    if message.json["from"]["id"] != person.id or "text" not in message.json:
        raise out_of_place("only own text messages can be edited")
    kept = {name: value for name, value in message.json.items() if name != "entities"}
    found = with_found(text, [])
    changed = {"text": text, "edit_date": world.clock.now()} | (
        {"entities": found} if found else {}
    )
    message.json = kept | changed
    world.changes.publish(chat.id, "edit")
    say_to_bot(world, chat, message, kind="edited_message")


async def press(world: World, person: Person, chat: Chat, message: Message, *, data: str) -> Json:
    """Press an inline button and wait for the bot's answer."""
    rows = message.json.get("reply_markup", {}).get("inline_keyboard", [])
    if not any(button.get("callback_data") == data for row in rows for button in row):
        raise out_of_place("this button is not there any more")
    world.counters.query += 1
    query = CallbackQuery(
        id=str(world.counters.query),
        pressed=world.monotonic(),
        answer=asyncio.get_running_loop().create_future(),
    )
    world.remember_query(query)
    world.updates.put(
        "callback_query",
        {
            "id": query.id,
            "from": person.user(),
            "message": message.json,
            "chat_instance": world.chat_instance(chat),
            "data": data,
        },
    )
    world.changes.publish(chat.id, "callback", person=person.id)
    return await _answered(query)


async def _answered(query: CallbackQuery) -> Json:
    done, _ = await asyncio.wait({query.answer}, timeout=ANSWER_SECONDS)
    if not done or query.answer.cancelled():
        return {"answered": False, "alert": False}
    return query.answer.result()


def vote(
    world: World,
    person: Person,
    chat: Chat,
    message: Message,
    *,
    chosen: tuple[int, ...],
) -> None:
    """Vote in a poll; nothing chosen withdraws the vote."""
    close_overdue_polls(world)
    poll = world.polls.get(message.poll_id or "")
    if poll is None or poll.closed:
        raise out_of_place("there is no open poll here")
    if any(index not in range(len(poll.options)) for index in chosen):
        raise unusable("there is no such option")
    if len(chosen) > 1 and not poll.multiple:
        raise out_of_place("one option only")
    if person.id in poll.votes and not poll.revoting:
        raise out_of_place("votes are final here")
    poll.vote(person.id, tuple(sorted(set(chosen))))
    refresh_poll(world, poll)
    world.changes.publish(chat.id, "edit")
    if not poll.anonymous:
        answer = poll.answer(person.user(), poll.votes.get(person.id, ()))
        world.updates.put("poll_answer", answer)
    world.updates.put("poll", poll.json())


def block(world: World, person: Person, *, blocked: bool) -> None:
    """Block or unblock the bot; it hears of it as my_chat_member."""
    chat = world.chats[person.id]
    if chat.blocked == blocked:
        return
    chat.blocked = blocked
    statuses = ("member", "kicked") if blocked else ("kicked", "member")
    membership_changed(world, chat, person, statuses=statuses)
    world.changes.publish(chat.id, "state", person=person.id)


def membership_changed(
    world: World,
    chat: Chat,
    actor: Person,
    *,
    statuses: tuple[str, str],
) -> None:
    """Tell the bot that its own status in a chat changed."""
    old, new = (member_json(world.bot.user(), status) for status in statuses)
    world.updates.put(
        "my_chat_member",
        {
            "chat": world.chat_json(chat),
            "from": actor.user(),
            "date": world.clock.now(),
            "old_chat_member": old,
            "new_chat_member": new,
        },
    )


def start(world: World, person: Person, payload: str) -> Message:
    """Open the bot's link: unblock it if need be and send /start."""
    if not START_PAYLOAD.fullmatch(payload):
        raise unusable("a payload has at most 64 of A-Z a-z 0-9 _ -")
    block(world, person, blocked=False)
    text = f"/start {payload}" if payload else "/start"
    return send(world, person, world.chats[person.id], {"text": text})


def speak(world: World, person: Person, language_code: str) -> None:
    """Change the language of a person's phone."""
    person.language_code = language_code
    world.changes.publish(None, "state")
