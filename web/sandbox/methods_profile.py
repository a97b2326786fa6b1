"""Bot API methods by which the bot introduces itself: names, texts, commands, menu button."""

from __future__ import annotations

import re
from collections.abc import Callable

from web.sandbox.arguments import Arguments, chat_name
from web.sandbox.errors import Json, bad_request
from web.sandbox.markup import utf16_length
from web.sandbox.people import Chat
from web.sandbox.profile import ScopeKey, localized
from web.sandbox.reach import known_chat
from web.sandbox.world import World

MOST_COMMANDS = 100
LONGEST_DESCRIPTION = 256
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
LANGUAGE = re.compile(r"(?:[a-z]{2})?")
WITHOUT_CHAT = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
WITH_CHAT = {"chat", "chat_administrators", "chat_member"}
MENU_BUTTONS = {"commands", "default", "web_app"}


def get_me(world: World, _arguments: Arguments) -> Json:
    """Answer getMe."""
    return world.bot.me()


def _language(arguments: Arguments) -> str:
    language = arguments.text("language_code")
    if not LANGUAGE.fullmatch(language):
        raise bad_request("LANG_CODE_INVALID")
    return language


def _scope(world: World, arguments: Arguments) -> ScopeKey:
    scope = arguments.mapping("scope") or {"type": "default"}
    kind = str(scope.get("type"))
    if kind in WITHOUT_CHAT:
        return kind, 0, 0
    if kind not in WITH_CHAT:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    chat = known_chat(world, chat_name(scope.get("chat_id")))
    if chat.private and kind != "chat":
        raise bad_request("can't parse BotCommandScope: chat must be a group")
    person = scope.get("user_id") if kind == "chat_member" else 0
    if not isinstance(person, int):
        raise bad_request("can't parse BotCommandScope: invalid user_id specified")
    return kind, chat.id, person


def set_my_commands(world: World, arguments: Arguments) -> bool:
    """Answer setMyCommands."""
    given = arguments.objects("commands")
    if given is None:
        raise bad_request("can't parse commands: commands are not specified")
    if len(given) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    commands = [_command(each) for each in given]
    world.profile.commands[_scope(world, arguments), _language(arguments)] = commands
    world.changes.publish(None, "state")
    return True


def _command(given: Json) -> Json:
    command = str(given.get("command", "")).removeprefix("/")
    description = str(given.get("description", ""))
    if not COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= utf16_length(description) <= LONGEST_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": description}


def delete_my_commands(world: World, arguments: Arguments) -> bool:
    """Answer deleteMyCommands."""
    world.profile.commands.pop((_scope(world, arguments), _language(arguments)), None)
    world.changes.publish(None, "state")
    return True


def get_my_commands(world: World, arguments: Arguments) -> list[Json]:
    """Answer getMyCommands: exactly this scope and language, without fallback."""
    return world.profile.commands.get((_scope(world, arguments), _language(arguments)), [])


def _set_text(world: World, arguments: Arguments, name: str, most: int) -> bool:
    text, language = arguments.text(name), _language(arguments)
    if utf16_length(text) > most:
        raise bad_request(f"BOT_{name.upper()}_TOO_LONG")
    texts = _texts(world, name)
    if text:
        texts[language] = text
    else:
        texts.pop(language, None)
    if name == "name" and text and not language:
        world.bot.first_name = text
    world.changes.publish(None, "state")
    return True


def _texts(world: World, name: str) -> dict[str, str]:
    profile = world.profile
    return {
        "name": profile.names,
        "description": profile.descriptions,
        "short_description": profile.short_descriptions,
    }[name]


def _setter(name: str, most: int) -> Callable[[World, Arguments], bool]:
    return lambda world, arguments: _set_text(world, arguments, name, most)


def _getter(name: str) -> Callable[[World, Arguments], Json]:
    def answer(world: World, arguments: Arguments) -> Json:
        text = localized(_texts(world, name), _language(arguments))
        return {name: text or (world.bot.first_name if name == "name" else "")}

    return answer


def _private_chat(world: World, arguments: Arguments) -> Chat | None:
    if arguments.chat() is None:
        return None
    chat = known_chat(world, arguments.chat())
    if not chat.private:
        raise bad_request("menu button can be set only in private chats")
    return chat


def set_chat_menu_button(world: World, arguments: Arguments) -> bool:
    """Answer setChatMenuButton."""
    button = arguments.mapping("menu_button") or {"type": "default"}
    if str(button.get("type")) not in MENU_BUTTONS:
        raise bad_request("can't parse menu button: unsupported type specified")
    chat = _private_chat(world, arguments)
    if chat is None:
        world.profile.menu_button = button
    else:
        chat.menu_button = button
    world.changes.publish(chat.id if chat else None, "state")
    return True


def get_chat_menu_button(world: World, arguments: Arguments) -> Json:
    """Answer getChatMenuButton."""
    chat = _private_chat(world, arguments)
    return (chat.menu_button if chat else None) or world.profile.menu_button


METHODS = {
    "getMe": get_me,
    "setMyCommands": set_my_commands,
    "deleteMyCommands": delete_my_commands,
    "getMyCommands": get_my_commands,
    "setMyName": _setter("name", 64),
    "getMyName": _getter("name"),
    "setMyDescription": _setter("description", 512),
    "getMyDescription": _getter("description"),
    "setMyShortDescription": _setter("short_description", 120),
    "getMyShortDescription": _getter("short_description"),
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}
