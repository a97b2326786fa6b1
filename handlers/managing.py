"""The team's activities in the chat: new ones, changes, and what becomes of single dates."""

from __future__ import annotations

from telegram import Update

from bot.domain.activity_forms import Form
from bot.domain.activity_steps import MORE, STEPS, Purpose
from bot.domain.conversations import Conversation
from bot.domain.date_changes import Wish
from bot.domain.directory import Entry, Place
from bot.domain.documents import entry_of, fingerprint
from bot.domain.errors import OutdatedError
from bot.domain.messages import Message
from bot.domain.occurrences import Occurrence, OccurrenceKey, next_occurrences
from bot.phrases import activity_forms as forms
from bot.phrases import activity_preview as previews
from bot.phrases import managing as phrases
from bot.services.activities import UnsoundError
from bot.telegram.desk import on_press
from bot.telegram.visit import Visit

FILLING, WAITING = "activity", "activity_waits"
_SHOWN = 5


async def show_list(_update: Update, visit: Visit) -> None:
    """Show the activities that the person may change."""
    entries = await visit.services.activities.managed(visit.resident)
    waiting = visit.conversation is not None and visit.conversation.flow in {FILLING, WAITING}
    lists = visit.services.agenda.knows_vacancies
    page = visit.number(1)
    visit.edit(phrases.listed(visit.voice, entries, page=page, waiting=waiting, lists=lists))


async def show_activity(_update: Update, visit: Visit) -> None:
    """Show one activity with its next dates, the cancelled among them."""
    await _show_activity(visit, _argument(visit))


async def show_date(_update: Update, visit: Visit) -> None:
    """Show one date with what can be done to it."""
    entry, each = await _date(visit)
    agenda = visit.services.agenda
    lists = agenda.knows_vacancies
    visit.edit(phrases.date_page(visit.voice, entry, each, now=agenda.now(), lists=lists))


async def begin_new(_update: Update, visit: Visit) -> None:
    """Begin a new activity with its title."""
    await visit.services.activities.managed(visit.resident)
    await _ask(visit, Form("new"))


async def begin_edit(_update: Update, visit: Visit) -> None:
    """Offer what can be changed about an activity."""
    form = await _over(visit, "edit")
    await _keep(visit, form)
    visit.edit(forms.details(visit.voice, form))


async def begin_shift(_update: Update, visit: Visit) -> None:
    """Ask from which day on an activity takes place on another one."""
    await _ask(visit, await _over(visit, "shift"))


async def begin_date(_update: Update, visit: Visit) -> None:
    """Ask what is needed to cancel, move or add a date."""
    purposes: dict[str, Purpose] = {"c": "cancel", "m": "move", "a": "add"}
    purpose = purposes[visit.args[0]]
    entry_id = _argument(visit)
    await visit.services.activities.document(visit.resident, entry_id)
    stamp = "" if purpose == "add" else (await _date(visit))[1].key.stamp
    await _ask(visit, Form(purpose, entry_id, stamp))


async def restore(_update: Update, visit: Visit) -> None:
    """Let a date be as planned again."""
    _, each = await _date(visit)
    await _changed(visit, Wish(each.key, "restored"))


async def ask_retiring(_update: Update, visit: Visit) -> None:
    """Ask for the second tap before an activity is taken out."""
    visit.edit(phrases.confirm_retiring(visit.voice, await _mine(visit, _argument(visit))))


async def retire(_update: Update, visit: Visit) -> None:
    """Take an activity out of the agenda."""
    await visit.services.activities.retire(visit.cause, visit.resident, _argument(visit))
    visit.edit(phrases.retired(visit.voice))


async def answer(_update: Update, visit: Visit) -> None:
    """Take what was tapped as the answer to a step."""
    step, value = _argument(visit), ":".join(visit.args[2:])
    await _take(visit, _form(visit), step, value)


async def take(_update: Update, visit: Visit) -> None:
    """Take what was typed as the answer to the step that waits for one."""
    form = _form(visit)
    if form.step:
        await _take(visit, form, form.step, visit.text)
    else:
        await _show(visit, form)


async def ask_step(_update: Update, visit: Visit) -> None:
    """Ask for one step, again or besides."""
    form, step = _form(visit), _argument(visit)
    if step not in {*STEPS[form.purpose], *STEPS["new"], *MORE, "day_place"}:
        raise OutdatedError
    form = form.at(step)
    await _keep(visit, form)
    visit.edit(await _asked(visit, form))


async def preview(_update: Update, visit: Visit) -> None:
    """Show everything as it will be, or what is still missing."""
    await _show(visit, _form(visit).at(""))


async def more(_update: Update, visit: Visit) -> None:
    """Offer everything that can be changed or added."""
    visit.edit(forms.details(visit.voice, _form(visit)))


async def confirm(_update: Update, visit: Visit) -> None:
    """Publish the activity, or change the date."""
    form = _form(visit)
    if form.next_step():
        await _show(visit, form)
        return
    wish = await _wish(visit, form)
    if wish is not None:
        await _changed(visit, wish)
        await _end(visit)
        return
    document = await _document(visit, form)
    try:
        entry_id = await visit.services.activities.publish(
            visit.cause, visit.resident, document, over=form.over
        )
    except UnsoundError:
        visit.edit(previews.unsound(visit.voice))
        return
    await _end(visit)
    entry = visit.services.agenda.activity(entry_id)
    if entry is not None:
        visit.edit(phrases.published(visit.voice, entry, new=form.purpose == "new"))


async def drop(_update: Update, visit: Visit) -> None:
    """Leave everything as it was."""
    await _end(visit)
    visit.edit(previews.dropped(visit.voice))


async def park(_update: Update, visit: Visit) -> None:
    """Let a begun activity wait while the person looks at something else."""
    begun = await visit.services.dialogues.current(visit.resident.contact_id)
    if begun is None or begun.flow != FILLING:
        return
    form = Form.from_json(begun.data)
    if form.purpose not in {"new", "edit"} or not form.values:
        await _end(visit)
        return
    await _keep(visit, form, flow=WAITING)
    visit.say(previews.waits(visit.voice))


async def _take(visit: Visit, form: Form, step: str, text: str) -> None:
    answered = form.answered(step, text, today=visit.services.town.day())
    if answered is None:
        form = form.at(step)
        await _keep(visit, form)
        visit.edit(await _asked(visit, form, again=True))
    elif step == "itinerary":  # one place after the other
        await _keep(visit, answered.at(step))
        visit.edit(await _asked(visit, answered.at(step)))
    else:
        await _show(visit, answered)


async def _show(visit: Visit, form: Form) -> None:
    """Ask for the next step, or show everything as it will be."""
    if form.next_step():
        await _ask(visit, form)
        return
    await _keep(visit, form)
    wish = await _wish(visit, form)
    agenda = visit.services.agenda
    if wish is not None:
        entry = await _mine(visit, form.entry_id)
        before = await agenda.occurrence(wish.key) if form.stamp else None
        visit.edit(
            previews.confirm_date(
                visit.voice,
                form,
                entry,
                before,
                wish.span,
                directory=agenda.directory,
                now=agenda.now(),
            )
        )
        return
    document = await _document(visit, form)
    filler = {"id": form.entry_id or "new", "updated": visit.services.town.day().isoformat()}
    entry = agenda.with_changes(entry_of("activity", {**document, **filler}))
    coming = next_occurrences(entry, agenda.holidays, now=agenda.now(), count=_SHOWN)
    visit.edit(
        previews.preview(
            visit.voice, form, entry, coming, directory=agenda.directory, now=agenda.now()
        )
    )


async def _ask(visit: Visit, form: Form) -> None:
    form = form.at(form.next_step())
    await _keep(visit, form)
    visit.edit(await _asked(visit, form))


async def _asked(visit: Visit, form: Form, *, again: bool = False) -> Message:
    places = await _places(visit)
    today = visit.services.town.day()
    return forms.ask(visit.voice, form, today=today, places=places, again=again)


async def _places(visit: Visit) -> list[Place]:
    """Return the places of the town, those of one's own centre first."""
    home = await visit.services.activities.home(visit.resident)
    own = home.place if home else None
    places = list(visit.services.agenda.directory.places.values())
    return sorted(places, key=lambda each: (each.id != own, each.name.told(visit.language).text))


async def _document(visit: Visit, form: Form) -> dict[str, object]:
    home = await visit.services.activities.home(visit.resident)
    place = form.values.get("place")
    quarter = visit.services.activities.neighbourhood(place, home)
    phone = (home.phone if home else "") or visit.town.phone
    return dict(form.document(neighbourhood=quarter, phone=phone))


async def _wish(visit: Visit, form: Form) -> Wish | None:
    if form.purpose not in {"cancel", "move", "add"}:
        return None
    entry = await _mine(visit, form.entry_id)
    if entry.schedule is None:
        raise OutdatedError
    usual = entry.schedule.starts, entry.schedule.ends
    key = OccurrenceKey.stamped(form.entry_id, form.stamp)
    each = await visit.services.agenda.occurrence(key) if key else None
    if each is not None:
        usual = each.start.time(), each.end.time()
    return form.wish(usual=usual)


async def _changed(visit: Visit, wish: Wish) -> None:
    each = await visit.services.activities.change(visit.cause, visit.resident, wish)
    agenda = visit.services.agenda
    entry = agenda.activity(wish.key.entry_id)
    if entry is not None:
        lists, now = agenda.knows_vacancies, agenda.now()
        visit.edit(phrases.changed(visit.voice, entry, each, now=now, lists=lists))


async def _show_activity(visit: Visit, entry_id: str) -> None:
    entry = await _mine(visit, entry_id)
    agenda = visit.services.agenda
    coming = await agenda.planned(entry_id, count=_SHOWN)
    visit.edit(
        phrases.activity(visit.voice, entry, coming, directory=agenda.directory, now=agenda.now())
    )


async def _over(visit: Visit, purpose: Purpose) -> Form:
    entry_id = _argument(visit)
    document = await visit.services.activities.document(visit.resident, entry_id)
    return Form(purpose, entry_id, over=fingerprint(document), base=dict(document))


async def _mine(visit: Visit, entry_id: str) -> Entry:
    """Return an activity; the service says no to whom it does not belong."""
    await visit.services.activities.document(visit.resident, entry_id)
    entry = visit.services.agenda.activity(entry_id)
    if entry is None:
        raise OutdatedError
    return entry


async def _date(visit: Visit) -> tuple[Entry, Occurrence]:
    entry = await _mine(visit, _argument(visit))
    key = OccurrenceKey.stamped(entry.id, _argument(visit, 2))
    each = await visit.services.agenda.occurrence(key) if key else None
    if each is None:
        raise OutdatedError
    return entry, each


async def _keep(visit: Visit, form: Form, *, flow: str = FILLING) -> None:
    conversation = Conversation(flow, form.step, form.to_json())
    await visit.services.dialogues.begin(visit.cause, visit.resident.contact_id, conversation)


async def _end(visit: Visit) -> None:
    await visit.services.dialogues.end(visit.cause, visit.resident.contact_id)


def _form(visit: Visit) -> Form:
    visit.only_in_private()
    begun = visit.conversation
    if begun is None or begun.flow not in {FILLING, WAITING}:
        raise OutdatedError
    return Form.from_json(begun.data)


def _argument(visit: Visit, position: int = 1) -> str:
    if position >= len(visit.args):
        raise OutdatedError
    return visit.args[position]


HANDLERS = (
    on_press(r"^am:l:", show_list),
    on_press(r"^am:e:", show_activity),
    on_press(r"^am:d:", show_date),
    on_press(r"^am:new$", begin_new),
    on_press(r"^am:f:", begin_edit),
    on_press(r"^am:s:", begin_shift),
    on_press(r"^am:[cma]:", begin_date),
    on_press(r"^am:r:", restore),
    on_press(r"^am:z:", ask_retiring),
    on_press(r"^am:zz:", retire),
    on_press(r"^am:v:", answer),
    on_press(r"^am:q:", ask_step),
    on_press(r"^am:p$", preview),
    on_press(r"^am:more$", more),
    on_press(r"^am:ok$", confirm),
    on_press(r"^am:no$", drop),
)
FLOWS = {FILLING: take}
PARKS = {FILLING: park}
