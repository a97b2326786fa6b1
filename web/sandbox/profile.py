"""What the bot says about itself, per language, and its commands, per scope and language."""

from __future__ import annotations

from dataclasses import dataclass, field

from web.sandbox.errors import Json

ScopeKey = tuple[str, int, int]
DEFAULT = ("default", 0, 0)


@dataclass(slots=True)
class Profile:
    """Names, descriptions, commands and the default menu button."""

    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[ScopeKey, str], list[Json]] = field(default_factory=dict)
    menu_button: Json = field(default_factory=lambda: {"type": "commands"})

    def commands_for(self, keys: list[ScopeKey], language: str) -> list[Json]:
        """Find what a person sees: the first scope that has commands, their language first."""
        for key in keys:
            for wanted in dict.fromkeys((base_language(language), "")):
                commands = self.commands.get((key, wanted))
                if commands:
                    return commands
        return []


def base_language(language: str) -> str:
    """Shorten "de-CH" to the two letters by which texts are kept."""
    return language.partition("-")[0].lower()


def localized(texts: dict[str, str], language: str) -> str:
    """Choose a text for a language, else the one without a language, else nothing."""
    return texts.get(base_language(language)) or texts.get("", "")


def scopes_of(chat: int, person: int, *, private: bool, administrator: bool) -> list[ScopeKey]:
    """List the scopes that apply to a person in a chat, in Telegram's order of lookup."""
    if private:
        return [("chat", chat, 0), ("all_private_chats", 0, 0), DEFAULT]
    keys: list[ScopeKey] = [("chat_member", chat, person)]
    if administrator:
        keys.append(("chat_administrators", chat, 0))
    keys.append(("chat", chat, 0))
    if administrator:
        keys.append(("all_chat_administrators", 0, 0))
    return [*keys, ("all_group_chats", 0, 0), DEFAULT]
