"""The first words, the language, the neighbourhood, and the menu that never moves."""

from __future__ import annotations

from telegram import Update

from bot.domain.errors import OutdatedError
from bot.domain.localized import LANGUAGES
from bot.i18n import voice
from bot.phrases import menu, subscriptions, welcome
from bot.telegram.desk import on_command, on_key, on_press
from bot.telegram.noticed import show_noticed, wanted
from bot.telegram.visit import Visit


async def start(_update: Update, visit: Visit) -> None:
    """Greet: newcomers are asked for their language first, friends get the menu."""
    if not visit.private:
        visit.say(welcome.hello_group(visit.bot_name, visit.link))
        return
    if visit.resident.paused:
        await visit.services.residents.pause(visit.cause, visit.resident, paused=False)
    if not visit.resident.language_chosen:
        visit.say(welcome.choose_language(visit.language))
        return
    staff = await visit.services.team.role_of(visit.resident)
    visit.say(welcome.welcome_back(visit.voice, staff))


async def show_menu(_update: Update, visit: Visit) -> None:
    """Bring the keyboard back."""
    visit.only_in_private()
    staff = await visit.services.team.role_of(visit.resident)
    visit.say(menu.menu(visit.voice, staff))


async def show_help(_update: Update, visit: Visit) -> None:
    """Say how it works; in a group, in both languages and briefly."""
    if not visit.private:
        visit.say(welcome.hello_group(visit.bot_name, visit.link))
        return
    simple, board = visit.resident.simple, visit.board()
    visit.edit(menu.help_page(visit.voice, visit.town, simple=simple, board=board))


async def ask_language(_update: Update, visit: Visit) -> None:
    """Offer the languages."""
    visit.only_in_private()
    visit.say(welcome.choose_language(visit.language))


async def choose_language(_update: Update, visit: Visit) -> None:
    """Speak the chosen language from now on; a newcomer is welcomed in it, and sees what they came for."""
    visit.only_in_private()
    language = visit.args[0]
    if language not in LANGUAGES:
        raise OutdatedError
    newcomer = not visit.resident.noticed_version
    visit.resident = await visit.services.residents.choose_language(
        visit.cause, visit.resident, language
    )
    visit.edit(welcome.language_chosen(voice(language)))
    staff = await visit.services.team.role_of(visit.resident)
    if newcomer:
        visit.say(welcome.welcome(visit.voice, visit.town, staff=staff))
        visit.say(welcome.ask_neighbourhood(visit.voice, visit.services.asking.neighbourhoods()))
        await visit.services.privacy.notice_shown(visit.cause, visit.resident)
    else:
        visit.say(menu.menu(visit.voice, staff))
    number = wanted(visit, 1)
    if number is not None:
        await show_noticed(visit, number)


async def ask_neighbourhood(_update: Update, visit: Visit) -> None:
    """Ask anew where the resident lives."""
    neighbourhoods = visit.services.asking.neighbourhoods()
    visit.edit(welcome.ask_neighbourhood(visit.voice, neighbourhoods, back=True))


async def choose_neighbourhood(_update: Update, visit: Visit) -> None:
    """Remember the neighbourhood, or that it stays open."""
    visit.only_in_private()
    chosen = visit.services.asking.directory.neighbourhoods.get(visit.args[0])
    await visit.services.residents.choose_neighbourhood(
        visit.cause, visit.resident, chosen.id if chosen else None
    )
    name = chosen.name.told(visit.language).text if chosen else None
    visit.edit(welcome.neighbourhood_noted(visit.voice, name))
    if not await visit.services.subscriptions.answered(visit.resident):
        sender = visit.town.name.told(visit.language).text
        visit.say(subscriptions.ask(visit.voice, sender))


async def first_cards(_update: Update, visit: Visit) -> None:
    """Show newcomers the cards the town chose."""
    entries = visit.services.asking.directory.entries
    chosen = [entries[entry_id] for entry_id in visit.town.first_cards if entry_id in entries]
    visit.edit(welcome.first_cards(visit.voice, chosen))


async def call_somebody(_update: Update, visit: Visit) -> None:
    """List whom one can call."""
    visit.edit(menu.numbers(visit.voice, visit.town))


async def switch_simple(_update: Update, visit: Visit) -> None:
    """Switch between full and simple cards."""
    visit.only_in_private()
    simple = visit.args[0] == "on"
    await visit.services.residents.show_simple(visit.cause, visit.resident, simple=simple)
    visit.edit(welcome.simple_switched(visit.voice, simple=simple))


async def cancel(_update: Update, visit: Visit) -> None:
    """Drop what was begun."""
    visit.only_in_private()
    await visit.services.dialogues.end(visit.cause, visit.resident.contact_id)
    staff = await visit.services.team.role_of(visit.resident)
    visit.say(welcome.cancelled(visit.voice, staff))


async def stop(_update: Update, visit: Visit) -> None:
    """Send nothing unasked any more."""
    visit.only_in_private()
    await visit.services.residents.pause(visit.cause, visit.resident, paused=True)
    visit.edit(welcome.stopped(visit.voice))


async def resume(_update: Update, visit: Visit) -> None:
    """Let messages come again."""
    visit.only_in_private()
    await visit.services.residents.pause(visit.cause, visit.resident, paused=False)
    visit.edit(welcome.resumed(visit.voice))


HANDLERS = (
    on_command("start", start),
    on_command("menu", show_menu),
    on_command("help", show_help),
    on_command("lang", ask_language),
    on_command("cancel", cancel, leaves=False),
    on_command("stop", stop),
    on_key(menu.in_every_language(menu.help_key), show_help),
    on_press(r"^help:", show_help),
    on_press(r"^lang:", choose_language),
    on_press(r"^where:", ask_neighbourhood),
    on_press(r"^live:", choose_neighbourhood),
    on_press(r"^new:", first_cards),
    on_press(r"^call:", call_somebody),
    on_press(r"^simple:", switch_simple),
    on_press(r"^stop:", stop),
    on_press(r"^resume:", resume),
)
