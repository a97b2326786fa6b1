"""Keeps what Telegram shows of the bot in step with ours; sends only what differs."""

from __future__ import annotations

from collections.abc import Iterator

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)

from bot.domain.localized import LANGUAGES
from bot.domain.town import Town
from bot.i18n import voice
from bot.phrases.profile import Profile, profile

FALLBACK = LANGUAGES[0]
"""The language shown to phones that speak neither of ours."""


async def synchronise(bot: Bot, town: Town) -> int:
    """Bring names, descriptions and commands up to date; return how many calls were needed for it.

    Each text exists once per language and once more for all other phones.
    """
    changed = 0
    for code, texts in _by_code(town):
        changed += await _texts(bot, texts, code)
        for scope, commands in (
            (BotCommandScopeAllPrivateChats(), texts.commands),
            (BotCommandScopeAllGroupChats(), texts.group_commands),
        ):
            changed += await _commands(bot, scope, code, commands)
    return changed


def _by_code(town: Town) -> Iterator[tuple[str, Profile]]:
    yield "", profile(voice(FALLBACK), town)
    for language in LANGUAGES:
        yield language, profile(voice(language), town)


async def _texts(bot: Bot, texts: Profile, code: str) -> int:
    changed = 0
    if (await bot.get_my_name(language_code=code or None)).name != texts.name:
        changed += await bot.set_my_name(texts.name, language_code=code or None)
    short = await bot.get_my_short_description(language_code=code or None)
    if short.short_description != texts.short_description:
        changed += await bot.set_my_short_description(
            texts.short_description, language_code=code or None
        )
    if (await bot.get_my_description(language_code=code or None)).description != texts.description:
        changed += await bot.set_my_description(texts.description, language_code=code or None)
    return changed


async def _commands(
    bot: Bot, scope: BotCommandScope, code: str, commands: tuple[tuple[str, str], ...]
) -> int:
    present = await bot.get_my_commands(scope=scope, language_code=code or None)
    if [(each.command, each.description) for each in present] == list(commands):
        return 0
    wanted = [BotCommand(name, meaning) for name, meaning in commands]
    return int(await bot.set_my_commands(wanted, scope=scope, language_code=code or None))
