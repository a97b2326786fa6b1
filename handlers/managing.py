"""The team's activities in the chat: the list, one activity, one date, and the forms that begin there."""

from __future__ import annotations

from dataclasses import replace

from telegram import Update

from bot.domain.activity_forms import Form
from bot.domain.activity_steps import Purpose
from bot.domain.date_changes import Wish
from bot.phrases import activity_forms as forms
from bot.phrases import managing as phrases
from bot.telegram.activity_desk import (
    FILLING,
    SHOWN,
    WAITING,
    argument,
    ask_next,
    change_date,
    date_of,
    keep_form,
    mine,
    over,
)
from bot.telegram.desk import on_press
from bot.telegram.visit import Visit


async def show_list(_update: Update, visit: Visit) -> None:
    """Show the activities that the person may change."""
    entries = await visit.services.activities.managed(visit.resident)
    waiting = visit.conversation is not None and visit.conversation.flow in {FILLING, WAITING}
    lists = visit.services.agenda.knows_vacancies
    page = visit.number(1)
    visit.edit(phrases.listed(visit.voice, entries, page=page, waiting=waiting, lists=lists))


async def show_activity(_update: Update, visit: Visit) -> None:
    """Show one activity with its next dates, the cancelled among them."""
    await _show_activity(visit, argument(visit))


async def show_date(_update: Update, visit: Visit) -> None:
    """Show one date with what can be done to it."""
    entry, each = await date_of(visit)
    agenda = visit.services.agenda
    lists = agenda.knows_vacancies
    visit.edit(phrases.date_page(visit.voice, entry, each, now=agenda.now(), lists=lists))


async def begin_new(_update: Update, visit: Visit) -> None:
    """Begin a new activity with its title."""
    await visit.services.activities.managed(visit.resident)
    await ask_next(visit, Form("new"))


async def begin_edit(_update: Update, visit: Visit) -> None:
    """Offer what can be changed about an activity."""
    form = await over(visit, "edit")
    await keep_form(visit, form)
    visit.edit(forms.details(visit.voice, form))


async def begin_shift(_update: Update, visit: Visit) -> None:
    """Ask from which day on an activity takes place on another one."""
    await ask_next(visit, await over(visit, "shift"))


async def begin_date(_update: Update, visit: Visit) -> None:
    """Ask what is needed to cancel, move or add a date."""
    purposes: dict[str, Purpose] = {"c": "cancel", "m": "move", "a": "add"}
    purpose = purposes[visit.args[0]]
    entry_id = argument(visit)
    await visit.services.activities.document(visit.resident, entry_id)
    stamp = "" if purpose == "add" else (await date_of(visit))[1].key.stamp
    await ask_next(visit, Form(purpose, entry_id, stamp))


async def begin_guest(_update: Update, visit: Visit) -> None:
    """Ask who comes on one date."""
    _, each = await date_of(visit)
    day = each.start.date().isoformat()
    await ask_next(visit, replace(await over(visit, "guest"), values={"guest_day": day}))


async def restore(_update: Update, visit: Visit) -> None:
    """Let a date be as planned again."""
    _, each = await date_of(visit)
    await change_date(visit, Wish(each.key, "restored"))


async def ask_retiring(_update: Update, visit: Visit) -> None:
    """Ask for the second tap before an activity is taken out."""
    visit.edit(phrases.confirm_retiring(visit.voice, await mine(visit, argument(visit))))


async def retire(_update: Update, visit: Visit) -> None:
    """Take an activity out of the agenda."""
    await visit.services.activities.retire(visit.cause, visit.resident, argument(visit))
    visit.edit(phrases.retired(visit.voice))


async def _show_activity(visit: Visit, entry_id: str) -> None:
    entry = await mine(visit, entry_id)
    agenda = visit.services.agenda
    coming = await agenda.planned(entry_id, count=SHOWN)
    visit.edit(
        phrases.activity(
            visit.voice,
            entry,
            coming,
            directory=agenda.directory,
            now=agenda.now(),
            leaflet=visit.services.feeds.leaflet(entry, language=visit.language),
        )
    )


HANDLERS = (
    on_press(r"^am:l:", show_list),
    on_press(r"^am:e:", show_activity),
    on_press(r"^am:d:", show_date),
    on_press(r"^am:new$", begin_new),
    on_press(r"^am:f:", begin_edit),
    on_press(r"^am:s:", begin_shift),
    on_press(r"^am:[cma]:", begin_date),
    on_press(r"^am:g:", begin_guest),
    on_press(r"^am:r:", restore),
    on_press(r"^am:z:", ask_retiring),
    on_press(r"^am:zz:", retire),
)
