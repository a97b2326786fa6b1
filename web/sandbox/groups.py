"""Groups come to be, gain and lose members and grow into supergroups; the bot hears of it."""

from __future__ import annotations

from web.sandbox.errors import Json, not_found, out_of_place, unusable
from web.sandbox.messages import post, say_to_bot
from web.sandbox.people import COLOURS, Chat, Person, member_json
from web.sandbox.phones import membership_changed, person_of
from web.sandbox.reach import role_in
from web.sandbox.world import World

HINTS = {"resident", "animator", "coordinator"}
GROUP_TYPES = {"group", "supergroup"}


def move_in(world: World, names: Json) -> Person:
    """Add a person."""
    hint = str(names.get("hint") or "resident")
    if not names.get("first_name") or hint not in HINTS:
        raise unusable("a person needs first_name, language_code and a known hint")
    world.counters.person += 1
    person = Person(
        world.counters.person,
        str(names["first_name"]),
        str(names.get("last_name") or ""),
        str(names.get("language_code") or ""),
        hint,
        COLOURS[world.counters.person % len(COLOURS)],
    )
    world.changes.publish(None, "state")
    return world.add_person(person)


def group_of(world: World, chat_id: int) -> Chat:
    """Find a living group, or tell the page."""
    chat = world.chats.get(chat_id)
    if chat is None or chat.private:
        raise not_found("there is no such group")
    if chat.migrated_to is not None:
        raise out_of_place("this group became a supergroup")
    return chat


def found(world: World, kind: str, *, title: str, members: list[int], bot: bool) -> Chat:
    """Open a group; the first member owns it and, if wished, adds the bot."""
    if kind not in GROUP_TYPES or not title or not members:
        raise unusable("a group needs type group or supergroup, title and members")
    people = [person_of(world, member).id for member in members]
    chat = Chat(world.next_group_id(kind), kind, title, people, bot_status="left")
    world.add_chat(chat)
    if bot:
        set_bot(world, chat, "member")
    world.changes.publish(None, "state")
    return chat


def set_bot(world: World, chat: Chat, status: str) -> None:
    """Add, promote or remove the bot as the group's owner would."""
    if status == chat.bot_status:
        return
    actor = _actor(world, chat)
    old, was_present = chat.bot_status, chat.bot_present
    chat.bot_status = status
    membership_changed(world, chat, actor, statuses=(old, status))
    if chat.bot_present and not was_present:
        joined = post(world, chat, {"new_chat_members": [world.bot.user()]}, sender=actor)
        say_to_bot(world, chat, joined)
    elif was_present and not chat.bot_present:
        post(world, chat, {"left_chat_member": world.bot.user()}, sender=actor)
    world.changes.publish(chat.id, "state")


def add_member(world: World, chat: Chat, person: Person) -> None:
    """Let a person join."""
    if person.id in chat.members:
        return
    chat.members.append(person.id)
    _tell(world, chat, person, statuses=("left", "member"))
    joined = post(world, chat, {"new_chat_members": [person.user()]}, sender=person)
    say_to_bot(world, chat, joined)
    world.changes.publish(chat.id, "state")


def remove_member(world: World, chat: Chat, person: Person) -> None:
    """Let a person leave."""
    if person.id not in chat.members:
        return
    old = role_in(world, chat, person.id)
    chat.members.remove(person.id)
    chat.keyboards.pop(person.id, None)
    _tell(world, chat, person, statuses=(old, "left"))
    left = post(world, chat, {"left_chat_member": person.user()}, sender=person)
    say_to_bot(world, chat, left)
    world.changes.publish(chat.id, "state")


def _tell(world: World, chat: Chat, person: Person, *, statuses: tuple[str, str]) -> None:
    if chat.bot_status != "administrator":
        return
    old, new = (member_json(person.user(), status) for status in statuses)
    world.updates.put(
        "chat_member",
        {
            "chat": world.chat_json(chat),
            "from": person.user(),
            "date": world.clock.now(),
            "old_chat_member": old,
            "new_chat_member": new,
        },
    )


def migrate(world: World, chat: Chat) -> Chat:
    """Turn a basic group into a supergroup with a new id."""
    if chat.type != "group":
        raise out_of_place("only a basic group can migrate")
    actor = _actor(world, chat)
    new = Chat(
        world.next_group_id("supergroup"),
        "supergroup",
        chat.title,
        list(chat.members),
        bot_status=chat.bot_status,
    )
    world.add_chat(new)
    leaving = post(world, chat, {"migrate_to_chat_id": new.id}, sender=actor)
    say_to_bot(world, chat, leaving)
    chat.migrated_to = new.id
    arriving = post(world, new, {"migrate_from_chat_id": chat.id}, sender=actor)
    say_to_bot(world, new, arriving)
    world.changes.publish(None, "state")
    return new


def _actor(world: World, chat: Chat) -> Person:
    if chat.owner is None:
        raise out_of_place("nobody is left in this group")
    return world.people[chat.owner]
