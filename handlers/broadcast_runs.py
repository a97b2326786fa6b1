"""Sending an announcement, watching it, pausing and stopping it, and the list of all."""

from __future__ import annotations

from telegram import Update

from bot.domain.roles import Role
from bot.phrases import broadcast_runs as phrases
from bot.telegram.composing import audience_name, now_here, show_card, stop, when
from bot.telegram.desk import on_press
from bot.telegram.drafts import argument
from bot.telegram.visit import Visit


async def send(update: Update, visit: Visit) -> None:
    """Set it on its way; the message with the button then tells how far it is."""
    visit.only_in_private()
    number, pressed = visit.number(1), update.effective_message
    plan = await visit.services.broadcast_acts.send(
        visit.cause,
        visit.resident,
        number,
        version=argument(visit, 2),
        again=visit.args[3:] == ("again",),
        shown_in=pressed.message_id if pressed else None,
    )
    here = now_here(visit)
    if plan.repeats:
        before = plan.repeats.astimezone(here.tzinfo)
        visit.edit(phrases.same_again(visit.voice, plan, before, today=here))
        return
    starts = (plan.broadcast.starts_at or here).astimezone(here.tzinfo)
    visit.edit(phrases.waiting(visit.voice, plan.broadcast, starts, today=here))


async def undo(_update: Update, visit: Visit) -> None:
    """Take it back before anybody has got it."""
    visit.only_in_private()
    back = await visit.services.broadcast_acts.undo(visit.cause, visit.resident, visit.number(1))
    visit.edit(phrases.undone(visit.voice, back.number))


async def control(_update: Update, visit: Visit) -> None:
    """Pause, go on or stop."""
    visit.only_in_private()
    acts = visit.services.broadcast_acts
    act = {"pause": acts.pause, "resume": acts.resume, "stop": acts.stop}[visit.args[0]]
    course = await act(visit.cause, visit.resident, visit.number(1))
    visit.edit(phrases.progress(visit.voice, course))


async def second(_update: Update, visit: Visit) -> None:
    """Agree as the second person, or not."""
    visit.only_in_private()
    decided = await visit.services.broadcast_acts.second(
        visit.cause,
        visit.resident,
        visit.number(1),
        version=argument(visit, 2),
        agreed=visit.args[0] == "yes",
    )
    visit.edit(phrases.decided(visit.voice, decided))


async def show_list(_update: Update, visit: Visit) -> None:
    """Show a page of announcements in place."""
    visit.only_in_private()
    await stop(visit)
    page = visit.number(1)
    found, more = await visit.services.broadcasts.page(visit.resident, page)
    zone = visit.services.audit.zone
    dated = [
        (each, f"{each.starts_at.astimezone(zone):%d.%m.}" if each.starts_at else "")
        for each in found
    ]
    visit.edit(phrases.listing(visit.voice, dated, page=page, more=more))


async def show(_update: Update, visit: Visit) -> None:
    """Show one with its words and how it went."""
    visit.only_in_private()
    course = await visit.services.broadcasts.view(visit.resident, visit.number(1))
    member = await visit.services.team.role_of(visit.resident)
    coordinates = member is not None and member.role is Role.COORDINATOR
    mine = course.broadcast.author == visit.resident.contact_id
    message = phrases.view(
        visit.voice,
        course,
        audience=audience_name(visit, course.broadcast.audience),
        when=when(visit, course.broadcast.starts_at),
        seconds=coordinates and not mine,
        mine=mine or coordinates,
    )
    visit.edit(message)


async def again(_update: Update, visit: Visit) -> None:
    """Begin a draft with what was sent before."""
    visit.only_in_private()
    draft = await visit.services.broadcasts.again(visit.cause, visit.resident, visit.number(1))
    show_card(visit, draft)


HANDLERS = (
    on_press(r"^bc:send:", send),
    on_press(r"^bc:undo:", undo),
    on_press(r"^bc:(pause|resume|stop):", control),
    on_press(r"^bc:(yes|no):", second),
    on_press(r"^bc:list:", show_list),
    on_press(r"^bc:show:", show),
    on_press(r"^bc:again:", again),
)
