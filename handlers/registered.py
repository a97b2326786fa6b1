"""What one has registered for: looking, giving it back, offers, reminders, and one's own calendar."""

from __future__ import annotations

from telegram import Update

from bot.domain.errors import OutdatedError
from bot.domain.reminding import Choice
from bot.phrases import offering, registration_changes, reminding
from bot.phrases import registered as phrases
from bot.telegram.desk import on_press
from bot.telegram.drafts import argument
from bot.telegram.visit import Visit


async def show_list(_update: Update, visit: Visit) -> None:
    """List what somebody has registered for."""
    visit.only_in_private()
    seats = await visit.services.registrations.mine(visit.resident)
    visit.edit(phrases.listed(visit.voice, seats, today=visit.services.town.day()))


async def show(_update: Update, visit: Visit) -> None:
    """Show one registration as it stands."""
    visit.only_in_private()
    seat = await visit.services.registrations.see(visit.resident, visit.number(1))
    visit.edit(phrases.page(visit.voice, seat, today=visit.services.town.day()))


async def cancel(_update: Update, visit: Visit) -> None:
    """Give the places back at once; the way back in is one tap as well."""
    visit.only_in_private()
    seat = await visit.services.registrations.cancel(visit.cause, visit.resident, visit.number(1))
    visit.edit(phrases.cancelled(visit.voice, seat))


async def stay(_update: Update, visit: Visit) -> None:
    """Come all the same."""
    visit.only_in_private()
    seat = await visit.services.registrations.see(visit.resident, visit.number(1))
    visit.edit(registration_changes.stays(visit.voice, seat))


async def take_offer(_update: Update, visit: Visit) -> None:
    """Take the offered place."""
    visit.only_in_private()
    seat = await visit.services.waiting.accept(
        visit.cause, visit.number(1), offer=visit.number(2), resident=visit.resident
    )
    visit.edit(offering.accepted(visit.voice, seat, today=visit.services.town.day()))


async def pass_offer(_update: Update, visit: Visit) -> None:
    """Leave the offered place to the next."""
    visit.only_in_private()
    seat = await visit.services.waiting.decline(
        visit.cause, visit.number(1), offer=visit.number(2), resident=visit.resident
    )
    visit.edit(offering.declined(visit.voice, seat))


async def wish(_update: Update, visit: Visit) -> None:
    """Ask where a place would suit best, or note it."""
    visit.only_in_private()
    number, service = visit.number(1), visit.services.registrations
    neighbourhoods = visit.services.asking.neighbourhoods()
    chosen = visit.args[2] if len(visit.args) > 2 else None  # noqa: PLR2004 - `wish:12:mett`
    if chosen is not None:
        if chosen not in {each.id for each in neighbourhoods}:
            raise OutdatedError
        await visit.services.waiting.wish(visit.cause, visit.resident, number, neighbourhood=chosen)
    seat = await service.see(visit.resident, number)
    visit.edit(phrases.ask_wish(visit.voice, seat, neighbourhoods))


async def hand_calendar(_update: Update, visit: Visit) -> None:
    """Hand over the dates of a registration as a file for the phone's calendar."""
    visit.only_in_private()
    seat = await visit.services.registrations.see(visit.resident, visit.number(1))
    content = visit.services.feeds.of_dates(
        seat.sitting.dates, language=visit.language, link=visit.link
    )
    visit.say(phrases.calendar(visit.voice, content))


async def link_calendar(_update: Update, visit: Visit) -> None:
    """Hand over a secret link that keeps one's dates in one's own calendar; a new one ends the old."""
    visit.only_in_private()
    address = visit.services.feeds.address
    if not address:
        visit.edit(phrases.no_feed(visit.voice))
        return
    secret = await visit.services.registrations.calendar_link(visit.cause, visit.resident)
    visit.edit(phrases.feed(visit.voice, f"{address}/agenda/mine/{secret}.ics"))


async def unlink_calendar(_update: Update, visit: Visit) -> None:
    """Take the link back."""
    visit.only_in_private()
    await visit.services.registrations.unlink_calendar(visit.cause, visit.resident)
    visit.edit(phrases.feed_ended(visit.voice))


async def bell(_update: Update, visit: Visit) -> None:
    """Show which reminders come, or switch one."""
    visit.only_in_private()
    service = visit.services.own_reminders
    if len(visit.args) > 1:
        code = argument(visit)
        if code not in {"00", "01", "10", "11"}:
            raise OutdatedError
        choice = Choice(day=code[0] == "1", hours=code[1] == "1")
        await service.choose(visit.cause, visit.resident, choice)
    visit.edit(reminding.bell(visit.voice, await service.choice(visit.resident)))


async def fewer(_update: Update, visit: Visit) -> None:
    """Be reminded the day before only; who is so already hears nothing more."""
    visit.only_in_private()
    before = await visit.services.own_reminders.choice(visit.resident)
    choice = Choice(day=before.day and before.hours, hours=False)
    await visit.services.own_reminders.choose(visit.cause, visit.resident, choice)
    visit.say(reminding.choice_noted(visit.voice, choice))


async def none_at_all(_update: Update, visit: Visit) -> None:
    """Be reminded no more."""
    visit.only_in_private()
    choice = Choice(day=False, hours=False)
    await visit.services.own_reminders.choose(visit.cause, visit.resident, choice)
    visit.say(reminding.choice_noted(visit.voice, choice))


HANDLERS = (
    on_press(r"^rg:mine$", show_list),
    on_press(r"^rg:show:", show),
    on_press(r"^rg:cancel:", cancel),
    on_press(r"^rg:stay:", stay),
    on_press(r"^rg:take:", take_offer),
    on_press(r"^rg:pass:", pass_offer),
    on_press(r"^rg:wish:", wish),
    on_press(r"^rg:ics:", hand_calendar),
    on_press(r"^rg:feed$", link_calendar),
    on_press(r"^rg:unfeed$", unlink_calendar),
    on_press(r"^rg:bell", bell),
    on_press(r"^rg:less$", fewer),
    on_press(r"^rg:none$", none_at_all),
)
