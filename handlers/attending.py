"""The team's lists: ticking who came, counting others, names and numbers, invitations, calls to make."""

from __future__ import annotations

from telegram import Update
from telegram.ext import filters

from bot.domain.attendance import Sheet
from bot.domain.errors import OutdatedError
from bot.domain.occurrences import OccurrenceKey
from bot.phrases import attending as phrases
from bot.phrases import phoning, registering
from bot.services.counter import INVITATION_LASTS
from bot.telegram.desk import on_command, on_press
from bot.telegram.drafts import argument
from bot.telegram.visit import Visit

_LISTS = 10
_DATES = 6
_INVITATION = filters.Regex(r"^/start g-")


async def show_lists(_update: Update, visit: Visit) -> None:
    """Show the next lists with somebody on them."""
    visit.only_in_private()
    listed, calls = await visit.services.attendance.lists(visit.resident, most=_LISTS)
    today = visit.services.town.day()
    visit.edit(phrases.lists(visit.voice, listed, calls=calls, today=today))


async def show_sheet(_update: Update, visit: Visit) -> None:
    """Show the list of a date."""
    visit.only_in_private()
    sheet = await visit.services.attendance.sheet(visit.resident, _key(visit))
    _show(visit, sheet, page=visit.number(3) if len(visit.args) > 3 else 0)  # noqa: PLR2004


async def tick(_update: Update, visit: Visit) -> None:
    """Tick somebody as come or missing."""
    visit.only_in_private()
    sheet = await visit.services.attendance.tap(
        visit.cause, visit.resident, _key(visit), visit.number(3)
    )
    _show(visit, sheet, page=visit.number(4))


async def show_others(_update: Update, visit: Visit) -> None:
    """Show how many came without being on the list."""
    visit.only_in_private()
    sheet = await visit.services.attendance.sheet(visit.resident, _key(visit))
    visit.edit(phrases.beside(visit.voice, sheet))


async def count_others(_update: Update, visit: Visit) -> None:
    """Count one more or one less."""
    visit.only_in_private()
    by = 1 if visit.number(4) else -1
    sheet = await visit.services.attendance.count(
        visit.cause, visit.resident, _key(visit), what=argument(visit, 3), by=by
    )
    visit.edit(phrases.beside(visit.voice, sheet))


async def show_names(_update: Update, visit: Visit) -> None:
    """Show names and numbers, and who waits."""
    visit.only_in_private()
    sheet = await visit.services.attendance.sheet(visit.resident, _key(visit))
    known = visit.services.asking.directory.neighbourhoods
    names = {key: each.name.told(visit.language).text for key, each in known.items()}
    visit.edit(phrases.names(visit.voice, sheet, neighbourhoods=names))


async def ask_origin(_update: Update, visit: Visit) -> None:
    """Ask how somebody's registration came."""
    visit.only_in_private()
    sheet = await visit.services.attendance.sheet(visit.resident, _key(visit))
    visit.edit(phrases.ask_origin(visit.voice, sheet))


async def take_off(_update: Update, visit: Visit) -> None:
    """Take somebody whom the team has entered off the list."""
    visit.only_in_private()
    seat = await visit.services.counter.take_off(visit.cause, visit.resident, visit.number(1))
    visit.edit(phrases.taken_off(visit.voice, seat))


async def invite(_update: Update, visit: Visit) -> None:
    """Hand over a link into a group."""
    visit.only_in_private()
    payload = await visit.services.counter.invite(visit.cause, visit.resident, _key(visit))
    link = f"{visit.link}?start={payload}"
    visit.say(phrases.invitation(visit.voice, link, days=INVITATION_LASTS.days))


async def join_group(_update: Update, visit: Visit) -> None:
    """Let somebody into a group by its link, and show what they can sign up for."""
    visit.only_in_private()
    payload = visit.args[0] if visit.args else ""
    entry_id = await visit.services.counter.join_group(visit.cause, visit.resident, payload)
    entry = visit.services.agenda.activity(entry_id)
    if entry is None:
        raise OutdatedError
    openings = await visit.services.registrations.ahead(visit.resident, entry_id, count=_DATES)
    today = visit.services.town.day()
    visit.say(registering.ahead(visit.voice, entry, openings, today=today))


async def show_calls(_update: Update, visit: Visit) -> None:
    """List whom to phone."""
    visit.only_in_private()
    await _show_calls(visit)


async def show_call(_update: Update, visit: Visit) -> None:
    """Show one call to make."""
    visit.only_in_private()
    found = await visit.services.counter.call(visit.resident, visit.number(1))
    today = visit.services.town.day()
    visit.edit(phoning.call(visit.voice, found.call.id, found.call.kind, found.seat, today=today))


async def told(_update: Update, visit: Visit) -> None:
    """Note that somebody has been told."""
    await _settle(visit, takes=None)


async def takes(_update: Update, visit: Visit) -> None:
    """Take the offered place for the person on the phone."""
    await _settle(visit, takes=True)


async def leaves(_update: Update, visit: Visit) -> None:
    """Leave the offered place for the person on the phone."""
    await _settle(visit, takes=False)


async def _settle(visit: Visit, *, takes: bool | None) -> None:
    visit.only_in_private()
    number = visit.number(1)
    found = await visit.services.counter.call(visit.resident, number)
    if takes is not None and found.seat.registration.offer != visit.number(2):
        raise OutdatedError
    await visit.services.counter.called(visit.cause, visit.resident, number, takes=takes)
    visit.edit(phoning.settled(visit.voice, found.seat))


async def _show_calls(visit: Visit) -> None:
    found = await visit.services.counter.calls(visit.resident)
    listed = [(each.call.id, each.call.kind, each.seat) for each in found]
    visit.edit(phoning.calls(visit.voice, listed))


def _show(visit: Visit, sheet: Sheet, *, page: int) -> None:
    today = visit.services.town.day()
    visit.edit(phrases.sheet(visit.voice, sheet, page=page, today=today))


def _key(visit: Visit) -> OccurrenceKey:
    key = OccurrenceKey.stamped(argument(visit, 1), argument(visit, 2))
    if key is None:
        raise OutdatedError
    return key


HANDLERS = (
    on_command("start", join_group, only=_INVITATION),
    on_command("lists", show_lists),
    on_press(r"^rt:lists$", show_lists),
    on_press(r"^rt:d:", show_sheet),
    on_press(r"^rt:t:", tick),
    on_press(r"^rt:o:", show_others),
    on_press(r"^rt:c:", count_others),
    on_press(r"^rt:k:", show_names),
    on_press(r"^rt:n:", ask_origin),
    on_press(r"^rt:off:", take_off),
    on_press(r"^rt:g:", invite),
    on_press(r"^rt:calls$", show_calls),
    on_press(r"^rt:call:", show_call),
    on_press(r"^rt:told:", told),
    on_press(r"^rt:takes:", takes),
    on_press(r"^rt:leaves:", leaves),
)
