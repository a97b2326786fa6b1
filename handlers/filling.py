"""Filling in a form about an activity or a date: answers typed or tapped, shown whole, then confirmed."""

from __future__ import annotations

from telegram import Update

from bot.domain.activity_forms import Form
from bot.domain.activity_steps import MORE, STEPS
from bot.domain.errors import OutdatedError
from bot.phrases import activity_forms as forms
from bot.phrases import activity_preview as previews
from bot.phrases import managing as phrases
from bot.services.activities import UnsoundError
from bot.telegram.activity_desk import (
    FILLING,
    WAITING,
    argument,
    asked,
    change_date,
    document_of,
    end_form,
    form_of,
    keep_form,
    show_form,
    wish_of,
)
from bot.telegram.desk import on_press
from bot.telegram.visit import Visit


async def answer(_update: Update, visit: Visit) -> None:
    """Take what was tapped as the answer to a step."""
    step, value = argument(visit), ":".join(visit.args[2:])
    await _take(visit, form_of(visit), step, value)


async def take(_update: Update, visit: Visit) -> None:
    """Take what was typed as the answer to the step that waits for one."""
    form = form_of(visit)
    if form.step:
        await _take(visit, form, form.step, visit.text)
    else:
        await show_form(visit, form)


async def ask_step(_update: Update, visit: Visit) -> None:
    """Ask for one step, again or besides."""
    form, step = form_of(visit), argument(visit)
    if step not in {*STEPS[form.purpose], *STEPS["new"], *MORE, "day_place"}:
        raise OutdatedError
    form = form.at(step)
    await keep_form(visit, form)
    visit.edit(await asked(visit, form))


async def preview(_update: Update, visit: Visit) -> None:
    """Show everything as it will be, or what is still missing."""
    await show_form(visit, form_of(visit).at(""))


async def more(_update: Update, visit: Visit) -> None:
    """Offer everything that can be changed or added."""
    visit.edit(forms.details(visit.voice, form_of(visit)))


async def confirm(_update: Update, visit: Visit) -> None:
    """Publish the activity, or change the date."""
    form = form_of(visit)
    if form.next_step():
        await show_form(visit, form)
        return
    wish = await wish_of(visit, form)
    if wish is not None:
        await change_date(visit, wish)
        await end_form(visit)
        return
    document = await document_of(visit, form)
    try:
        entry_id = await visit.services.activities.publish(
            visit.cause, visit.resident, document, over=form.over
        )
    except UnsoundError:
        visit.edit(previews.unsound(visit.voice))
        return
    await end_form(visit)
    entry = visit.services.agenda.activity(entry_id)
    if entry is not None:
        visit.edit(phrases.published(visit.voice, entry, new=form.purpose == "new"))


async def drop(_update: Update, visit: Visit) -> None:
    """Leave everything as it was."""
    await end_form(visit)
    visit.edit(previews.dropped(visit.voice))


async def park(_update: Update, visit: Visit) -> None:
    """Let a begun activity wait while the person looks at something else."""
    begun = await visit.services.dialogues.current(visit.resident.contact_id)
    if begun is None or begun.flow != FILLING:
        return
    form = Form.from_json(begun.data)
    if form.purpose not in {"new", "edit"} or not form.values:
        await end_form(visit)
        return
    await keep_form(visit, form, flow=WAITING)
    visit.say(previews.waits(visit.voice))


async def _take(visit: Visit, form: Form, step: str, text: str) -> None:
    answered = form.answered(step, text, today=visit.services.town.day())
    if answered is None:
        form = form.at(step)
        await keep_form(visit, form)
        visit.edit(await asked(visit, form, again=True))
    elif step == "itinerary":  # one place after the other
        await keep_form(visit, answered.at(step))
        visit.edit(await asked(visit, answered.at(step)))
    else:
        await show_form(visit, answered)


HANDLERS = (
    on_press(r"^am:v:", answer),
    on_press(r"^am:q:", ask_step),
    on_press(r"^am:p$", preview),
    on_press(r"^am:more$", more),
    on_press(r"^am:ok$", confirm),
    on_press(r"^am:no$", drop),
)
FLOWS = {FILLING: take}
PARKS = {FILLING: park}
