"""The agenda: pages of dates, narrowed by buttons, and the card of one date."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from telegram import Update
from telegram.ext import filters

from bot.domain.agenda import Filters, Look, Row, Span
from bot.domain.contributions import Point
from bot.domain.conversations import Conversation
from bot.domain.errors import OutdatedError
from bot.domain.geography import valid
from bot.domain.messages import Attachment, Message
from bot.domain.occurrences import Occurrence, OccurrenceKey
from bot.phrases import activities as cards
from bot.phrases import agenda as phrases
from bot.phrases import agenda_calendar, menu, welcome
from bot.telegram.desk import on_command, on_key, on_press
from bot.telegram.visit import Visit

NEAR = "agenda_near"
_ADDRESSED = r"^/start a[a-z0-9-]+(_\d{10})?$"


async def show(_update: Update, visit: Visit) -> None:
    """Show the next days, with nothing left out."""
    _keep(visit, Look())
    await _list(visit)


async def back(_update: Update, visit: Visit) -> None:
    """Show the agenda as it was looked at last."""
    await _list(visit)


async def turn(_update: Update, visit: Visit) -> None:
    """Turn to another page."""
    _keep(visit, replace(_look(visit), page=visit.number(1)))
    await _list(visit)


async def choose_span(_update: Update, visit: Visit) -> None:
    """Look at other days."""
    span: Span | None = next((each for each in get_args(Span) if each == _argument(visit)), None)
    if span is None:
        raise OutdatedError
    _keep(visit, replace(_look(visit), span=span, page=0))
    await _list(visit)


async def narrow(_update: Update, visit: Visit) -> None:
    """Offer what the agenda can be narrowed by."""
    vacancies = visit.services.agenda.knows_vacancies
    address = visit.services.feeds.address
    visit.edit(phrases.narrow(visit.voice, _look(visit), vacancies=vacancies, address=address))


async def choose_by(_update: Update, visit: Visit) -> None:
    """Offer the neighbourhoods, centres, audiences, ages or subjects to choose from."""
    v, agenda, chosen = visit.voice, visit.services.agenda, _look(visit).filters
    quarters = visit.services.asking.neighbourhoods()
    offers = {
        "n": lambda: phrases.choose_neighbourhood(v, quarters, chosen.neighbourhood),
        "k": lambda: phrases.choose_centre(v, visit.town.centres, chosen.centre),
        "a": lambda: phrases.choose_audience(v, chosen.audience),
        "g": lambda: phrases.choose_age(v, chosen.age),
        "c": lambda: phrases.choose_subject(v, agenda.categories(), chosen.category),
    }
    offer = offers.get(_argument(visit))
    if offer is None:
        raise OutdatedError
    visit.edit(offer())


async def narrow_by(_update: Update, visit: Visit) -> None:
    """Narrow the agenda by what was chosen; an empty choice takes everything again."""
    what, value = visit.args[0], _argument(visit)
    look = _look(visit)
    if what == "g":
        age = int(value[:3]) if value.isdecimal() else None
        chosen = replace(look.filters, age=age)
    elif what == "k":
        centre = visit.town.centre(value)
        chosen = replace(look.filters, centre=(centre.place or "") if centre else "")
    elif what == "n":
        chosen = replace(look.filters, neighbourhood=value)
    elif what == "a":
        chosen = replace(look.filters, audience=value)
    else:
        chosen = replace(look.filters, category=value)
    await _narrowed(visit, chosen)


async def only_room(_update: Update, visit: Visit) -> None:
    """Leave out what is full, or show it again."""
    chosen = _look(visit).filters
    await _narrowed(visit, replace(chosen, room=not chosen.room))


async def everything(_update: Update, visit: Visit) -> None:
    """Leave nothing out any more."""
    await _narrowed(visit, Filters())


async def ask_place(_update: Update, visit: Visit) -> None:
    """Ask where the person is."""
    visit.only_in_private()
    conversation = Conversation(NEAR, "place", {})
    await visit.services.dialogues.begin(visit.cause, visit.resident.contact_id, conversation)
    visit.say(phrases.ask_place(visit.voice))


async def take_place(update: Update, visit: Visit) -> None:
    """Sort the agenda by the way from the place that was sent; the place is not kept."""
    message = update.effective_message
    location = message.location if message else None
    point = Point(location.latitude, location.longitude) if location else None
    if point is None or not valid(point):
        visit.say(phrases.no_place(visit.voice))
        return
    look = _look(visit)
    _keep(visit, replace(look, filters=replace(look.filters, near=point), page=0))
    await _end_near(visit)
    await _list(visit)


async def leave_near(_update: Update, visit: Visit) -> None:
    """Go back to the agenda without saying where one is."""
    await _end_near(visit)
    await _list(visit)


async def show_date(_update: Update, visit: Visit) -> None:
    """Show the card of one date in place of the list."""
    entry_id, each = await _date(visit)
    await _card(visit, entry_id, each)


async def show_all(_update: Update, visit: Visit) -> None:
    """Show the card of one date with everything the directory says."""
    entry_id, each = await _date(visit)
    await _card(visit, entry_id, each, full=True)


async def show_activity(_update: Update, visit: Visit) -> None:
    """Show the card of the next date of an activity."""
    await _next_card(visit, _argument(visit))


async def opened(_update: Update, visit: Visit) -> None:
    """Show the activity that somebody was sent a link to; a newcomer chooses the language first."""
    payload = visit.args[0][1:] if visit.args else ""
    entry_id, _, stamp = payload.partition("_")
    key = OccurrenceKey.stamped(entry_id, stamp)
    each = await visit.services.agenda.occurrence(key) if key else None
    if visit.services.agenda.activity(entry_id) is None:
        visit.say(cards.gone(visit.voice))
    elif each is not None:
        await _card(visit, entry_id, each)
    else:
        await _next_card(visit, entry_id)
    if visit.private and not visit.resident.language_chosen:
        visit.say(welcome.choose_language(visit.language))


async def show_map(_update: Update, visit: Visit) -> None:
    """Send the place of one date as a pin that opens the phone's own map."""
    _, each = await _date(visit)
    pin = cards.pin(visit.voice, cards.place_of(visit.services.agenda.directory, each))
    if pin is None:
        raise OutdatedError
    visit.say(pin)


async def to_calendar(_update: Update, visit: Visit) -> None:
    """Send one date as a file that the phone adds to its calendar."""
    entry_id, each = await _date(visit)
    entry = visit.services.agenda.activity(entry_id)
    if entry is None:
        raise OutdatedError
    content = visit.services.feeds.of_dates([each], language=visit.language, link=visit.link)
    file = Attachment(agenda_calendar.file_name(visit.voice), content)
    visit.say(Message(cards.calendar(visit.voice, entry), attachment=file))


async def _narrowed(visit: Visit, chosen: Filters) -> None:
    _keep(visit, replace(_look(visit), filters=chosen, page=0))
    await _list(visit)


async def _list(visit: Visit) -> None:
    agenda, look = visit.services.agenda, _look(visit)
    staff = await visit.services.team.role_of(visit.resident) if visit.private else None
    visit.edit(
        phrases.listed(
            visit.voice,
            look,
            await agenda.page(look),
            directory=agenda.directory,
            centres=visit.town.centres,
            now=agenda.now(),
            team=staff is not None,
        )
    )


async def _next_card(visit: Visit, entry_id: str) -> None:
    agenda = visit.services.agenda
    entry = agenda.activity(entry_id)
    if entry is None:
        raise OutdatedError
    coming = await agenda.of(entry_id, count=1)
    if coming:
        await _card(visit, entry_id, coming[0])
    else:
        visit.edit(cards.no_dates(visit.voice, entry))


async def _card(visit: Visit, entry_id: str, each: Occurrence, *, full: bool = False) -> None:
    agenda = visit.services.agenda
    entry = agenda.activity(entry_id)
    if entry is None:
        raise OutdatedError
    free = await agenda.free([each.key])
    row = Row(each, entry, cards.place_of(agenda.directory, each)).with_free(free)
    changes = visit.services.activities.may_change
    visit.edit(
        cards.card(
            visit.voice,
            row,
            await agenda.of(entry_id),
            now=agenda.now(),
            signs_up=each.key in free and each.end > agenda.now(),
            link=visit.link,
            team=visit.private and await changes(visit.resident, entry),
            full=full,
        )
    )


async def _date(visit: Visit) -> tuple[str, Occurrence]:
    entry_id, stamp = _argument(visit), _argument(visit, 2)
    key = OccurrenceKey.stamped(entry_id, stamp)
    each = await visit.services.agenda.occurrence(key) if key else None
    if each is None:
        raise OutdatedError
    return entry_id, each


async def _end_near(visit: Visit) -> None:
    await visit.services.dialogues.end(visit.cause, visit.resident.contact_id)
    staff = await visit.services.team.role_of(visit.resident)
    visit.say(menu.menu(visit.voice, staff))


def _look(visit: Visit) -> Look:
    return visit.services.agenda.look(visit.resident.contact_id)


def _keep(visit: Visit, look: Look) -> None:
    visit.services.agenda.keep_look(visit.resident.contact_id, look)


def _argument(visit: Visit, position: int = 1) -> str:
    if position >= len(visit.args):
        raise OutdatedError
    return visit.args[position]


HANDLERS = (
    on_command("start", opened, only=filters.Regex(_ADDRESSED)),
    on_command("agenda", show),
    on_key(menu.in_every_language(menu.agenda_key), show),
    on_key(menu.in_every_language(phrases.cancel_key), leave_near, leaves=False),
    on_press(r"^ag:l$", back),
    on_press(r"^ag:p:", turn),
    on_press(r"^ag:s:", choose_span),
    on_press(r"^ag:f$", narrow),
    on_press(r"^ag:by:", choose_by),
    on_press(r"^ag:[nkagc]:", narrow_by),
    on_press(r"^ag:r$", only_room),
    on_press(r"^ag:x$", everything),
    on_press(r"^ag:near$", ask_place),
    on_press(r"^ag:d:", show_date),
    on_press(r"^ag:t:", show_all),
    on_press(r"^ag:e:", show_activity),
    on_press(r"^ag:m:", show_map),
    on_press(r"^ag:i:", to_calendar),
)
FLOWS = {NEAR: take_place}
