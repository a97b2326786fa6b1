"""The team's inbox of contributions: what waits, one of them, who is responsible, by when."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from telegram import Update

from bot.domain.cases import View
from bot.domain.contributions import CATEGORIES, Contribution, Event, Kind
from bot.domain.errors import OutdatedError
from bot.domain.roles import Role
from bot.phrases import casework, exporting, menu, statistics
from bot.phrases import triage as phrases
from bot.telegram.casework import expect, looked, show_case, stop, words_taken, yes
from bot.telegram.desk import on_key, on_press
from bot.telegram.drafts import argument, drop_begun
from bot.telegram.visit import Visit

NOTING, PROMISING = "triage_note", "triage_promise"
_LIST, _BACK = 2, 3
"""Where a button carries a page of the list, and the list's code."""


async def morning(_update: Update, visit: Visit) -> None:
    """Show what waits: new, overdue, promised, decided but not told, without a translation."""
    visit.only_in_private()
    await drop_begun(visit)
    await _show_morning(visit)


async def wish(_update: Update, visit: Visit) -> None:
    """Have the list sent each morning, or no longer."""
    visit.only_in_private()
    await visit.services.mornings.wish(visit.cause, visit.resident, wanted=yes(visit, 1))
    await _show_morning(visit)


async def _show_morning(visit: Visit) -> None:
    found = await visit.services.triage.morning(visit.resident)
    wished = await visit.services.mornings.wished(visit.resident)
    ways = (exporting.way_here(visit.voice), statistics.way_here(visit.voice))
    more = ways if await _coordinates(visit) else ()
    visit.edit(phrases.morning(visit.voice, found, more=more, wished=wished))


async def show_list(_update: Update, visit: Visit) -> None:
    """Show one page of a list, in place."""
    visit.only_in_private()
    view = View.of(visit.args[2]) if len(visit.args) > _LIST else View()
    page = visit.number(1)
    wanted = view.filters(visit.resident.contact_id)
    found = await visit.services.triage.inbox(visit.resident, wanted, page)
    if page and not found.items:  # what stood there has been dealt with since
        page = max(0, found.total - 1) // phrases.PAGE
        found = await visit.services.triage.inbox(visit.resident, wanted, page)
    await stop(visit)
    visit.edit(phrases.listed(visit.voice, found, view, page=page))


async def narrow(_update: Update, visit: Visit) -> None:
    """Show what narrows the list down."""
    visit.only_in_private()
    view = View.of(argument(visit))
    known = visit.services.asking.directory.neighbourhoods.get(view.neighbourhood or "")
    name = known.name.told(visit.language).text if known else ""
    more = (exporting.way_here(visit.voice, view),) if await _coordinates(visit) else ()
    visit.edit(phrases.narrow(visit.voice, view, neighbourhood=name, more=more))


async def pick(_update: Update, visit: Visit) -> None:
    """Show the states, kinds or neighbourhoods to choose from."""
    visit.only_in_private()
    view = View.of(argument(visit, 2))
    match argument(visit):
        case "state":
            visit.edit(phrases.pick_state(visit.voice, view))
        case "kind":
            visit.edit(phrases.pick_kind(visit.voice, view))
        case "theme":
            visit.edit(phrases.pick_theme(visit.voice, view))
        case _:
            quarters = visit.services.asking.neighbourhoods()
            visit.edit(phrases.pick_neighbourhood(visit.voice, view, quarters))


async def open_one(_update: Update, visit: Visit) -> None:
    """Open one: from now on it counts as read."""
    visit.only_in_private()
    number = visit.number(1)
    found = await visit.services.triage.open(visit.cause, visit.resident, number)
    await stop(visit)
    back = f"tr:list:{visit.number(2)}:{visit.args[3]}" if len(visit.args) > _BACK else ""
    await show_case(visit, found, back=back)


async def show(_update: Update, visit: Visit) -> None:
    """Show one again."""
    await show_case(visit, await looked(visit))


async def story(_update: Update, visit: Visit) -> None:
    """Show what has happened to one, notes included."""
    found = await looked(visit)
    visit.edit(casework.story(visit.voice, found.number, await _events(visit, found.number)))


async def take_it(_update: Update, visit: Visit) -> None:
    """Become responsible oneself."""
    await _assign(visit, visit.resident.contact_id)


async def hand_over(_update: Update, visit: Visit) -> None:
    """Ask who of the team is to be responsible."""
    found = await looked(visit)
    team = await visit.services.triage.team(visit.resident)
    visit.edit(casework.hand_over(visit.voice, found.number, team, critical=found.critical))


async def hand_to(_update: Update, visit: Visit) -> None:
    """Make somebody of the team responsible, or nobody."""
    await _assign(visit, visit.args[2] or None)


async def ask_note(_update: Update, visit: Visit) -> None:
    """Ask for a note that stays within the team."""
    found = await looked(visit)
    await expect(visit, NOTING, found.number)
    visit.edit(casework.ask_note(visit.voice, found.number))


async def take_note(_update: Update, visit: Visit) -> None:
    """Keep what was written as a note."""
    number = visit.begun(NOTING)["number"]
    if not visit.text:
        return
    async with words_taken(visit):
        await visit.services.triage.note(visit.cause, visit.resident, number, text=visit.text)
    visit.say(casework.story(visit.voice, number, await _events(visit, number)))


async def prioritise(_update: Update, visit: Visit) -> None:
    """Move it up in the inbox, or back."""
    number, high = visit.number(1), yes(visit)
    triage = visit.services.triage
    await show_case(visit, await triage.prioritise(visit.cause, visit.resident, number, high=high))


async def ask_promise(_update: Update, visit: Visit) -> None:
    """Ask until when news are promised; a day may be typed."""
    found = await looked(visit)
    await expect(visit, PROMISING, found.number)
    visit.edit(casework.promise(visit.voice, found.number))


async def take_promise(_update: Update, visit: Visit) -> None:
    """Take a typed day as the day until which news are promised."""
    number, day = visit.begun(PROMISING)["number"], visit.services.asking.day_in(visit.text)
    if day is None:
        visit.say(phrases.no_day(visit.voice, f"tr:show:{number}"))
        return
    service, by = visit.services.triage, visit.services.town.evening(day)
    async with words_taken(visit):
        found = await service.promise(visit.cause, visit.resident, number, by=by)
    await show_case(visit, found)


async def promise(_update: Update, visit: Visit) -> None:
    """Note until when news are promised."""
    number, days = visit.number(1), visit.number(2)
    town = visit.services.town
    if days and days not in casework.PROMISES:
        raise OutdatedError
    by = town.evening(town.day() + timedelta(days=days)) if days else None
    triage = visit.services.triage
    await stop(visit)
    await show_case(visit, await triage.promise(visit.cause, visit.resident, number, by=by))


async def sort(_update: Update, visit: Visit) -> None:
    """Show by what it is sorted."""
    _show_sorted(visit, await looked(visit))


async def pick_theme(_update: Update, visit: Visit) -> None:
    """Let somebody choose a theme."""
    visit.edit(casework.pick_theme(visit.voice, (await looked(visit)).number))


async def pick_quarter(_update: Update, visit: Visit) -> None:
    """Let somebody choose a neighbourhood."""
    number = (await looked(visit)).number
    quarters = visit.services.asking.neighbourhoods()
    visit.edit(casework.pick_quarter(visit.voice, number, quarters))


async def pick_kind(_update: Update, visit: Visit) -> None:
    """Let somebody correct the kind."""
    visit.edit(casework.pick_kind(visit.voice, (await looked(visit)).number))


async def classify(_update: Update, visit: Visit) -> None:
    """Note the chosen theme, neighbourhood or kind."""
    what, number, chosen = visit.args[0], visit.number(1), argument(visit, 2)
    value = "" if chosen == "-" else chosen
    quarters = visit.services.asking.directory.neighbourhoods
    service, cause, me = visit.services.triage, visit.cause, visit.resident
    if what == "theme" and value in {*CATEGORIES, ""}:
        found = await service.classify(cause, me, number, category=value)
    elif what == "quarter" and (not value or value in quarters):
        found = await service.classify(cause, me, number, neighbourhood=value)
    elif what == "kind" and value in set(Kind):
        found = await service.classify(cause, me, number, kind=Kind(value))
    else:
        raise OutdatedError
    _show_sorted(visit, found)


def _show_sorted(visit: Visit, found: Contribution) -> None:
    known = visit.services.asking.directory.neighbourhoods.get(found.neighbourhood or "")
    name = known.name.told(visit.language).text if known else ""
    visit.edit(casework.sort(visit.voice, found, name))


async def _coordinates(visit: Visit) -> bool:
    me = await visit.services.team.role_of(visit.resident)
    return me is not None and me.role is Role.COORDINATOR


async def _assign(visit: Visit, to: str | None) -> None:
    visit.only_in_private()
    number, triage = visit.number(1), visit.services.triage
    await show_case(visit, await triage.assign(visit.cause, visit.resident, number, to=to))


async def _events(visit: Visit, number: int) -> list[Event]:
    """Return what has happened; only the team's own doings carry a name."""
    triage = visit.services.triage
    team = {member.contact_id for member in await triage.team(visit.resident)}
    events = await triage.events(visit.resident, number)
    return [each if each.by in team else replace(each, by=None) for each in events]


async def park(_update: Update, visit: Visit) -> None:
    """Wait for words no longer: somebody looks at something else."""
    await stop(visit)


HANDLERS = (
    on_key(menu.in_every_language(menu.contributions_key), morning),
    on_press(r"^tr:morning$", morning),
    on_press(r"^tr:wish:", wish),
    on_press(r"^tr:list:", show_list),
    on_press(r"^tr:narrow:", narrow),
    on_press(r"^tr:pick:", pick),
    on_press(r"^tr:open:", open_one),
    on_press(r"^tr:show:", show),
    on_press(r"^tr:story:", story),
    on_press(r"^tr:mine:", take_it),
    on_press(r"^tr:hand:", hand_over),
    on_press(r"^tr:to:\d+:", hand_to),
    on_press(r"^tr:note:", ask_note),
    on_press(r"^tr:high:", prioritise),
    on_press(r"^tr:promise:", ask_promise),
    on_press(r"^tr:by:", promise),
    on_press(r"^tr:sort:", sort),
    on_press(r"^tr:themes:", pick_theme),
    on_press(r"^tr:quarters:", pick_quarter),
    on_press(r"^tr:kinds:", pick_kind),
    on_press(r"^tr:(theme|quarter|kind):", classify),
)
FLOWS = {NOTING: take_note, PROMISING: take_promise}
PARKS = {NOTING: park, PROMISING: park}
