"""The team's forms about activities: read from their row, asked step by step, shown before they count."""

from __future__ import annotations

from bot.domain.activity_forms import Form
from bot.domain.activity_steps import Purpose
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
from bot.telegram.visit import Visit

FILLING, WAITING = "activity", "activity_waits"
SHOWN = 5
"""Dates that are shown before anything counts."""


async def show_form(visit: Visit, form: Form) -> None:
    """Ask for the next step, or show everything as it will be."""
    if form.next_step():
        await ask_next(visit, form)
        return
    await keep_form(visit, form)
    wish = await wish_of(visit, form)
    agenda = visit.services.agenda
    if wish is not None:
        entry = await mine(visit, form.entry_id)
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
    document = await document_of(visit, form)
    filler = {"id": form.entry_id or "new", "updated": visit.services.town.day().isoformat()}
    entry = agenda.with_changes(entry_of("activity", {**document, **filler}))
    coming = next_occurrences(entry, agenda.holidays, now=agenda.now(), count=SHOWN)
    visit.edit(
        previews.preview(
            visit.voice, form, entry, coming, directory=agenda.directory, now=agenda.now()
        )
    )


async def ask_next(visit: Visit, form: Form) -> None:
    """Ask for the next step of a form."""
    form = form.at(form.next_step())
    await keep_form(visit, form)
    visit.edit(await asked(visit, form))


async def asked(visit: Visit, form: Form, *, again: bool = False) -> Message:
    """Return the question a form waits at."""
    places = await _places(visit)
    today = visit.services.town.day()
    return forms.ask(visit.voice, form, today=today, places=places, again=again)


async def _places(visit: Visit) -> list[Place]:
    """Return the places of the town, those of one's own centre first."""
    home = await visit.services.activities.home(visit.resident)
    own = home.place if home else None
    places = list(visit.services.agenda.directory.places.values())
    return sorted(places, key=lambda each: (each.id != own, each.name.told(visit.language).text))


async def document_of(visit: Visit, form: Form) -> dict[str, object]:
    """Return the activity that a form makes."""
    home = await visit.services.activities.home(visit.resident)
    place = form.values.get("place")
    quarter = visit.services.activities.neighbourhood(place, home)
    phone = (home.phone if home else "") or visit.town.phone
    return dict(form.document(neighbourhood=quarter, phone=phone))


async def wish_of(visit: Visit, form: Form) -> Wish | None:
    """Return what a form wants to become of a date; None if it is about an activity."""
    if form.purpose not in {"cancel", "move", "add"}:
        return None
    entry = await mine(visit, form.entry_id)
    if entry.schedule is None:
        raise OutdatedError
    usual = entry.schedule.starts, entry.schedule.ends
    key = OccurrenceKey.stamped(form.entry_id, form.stamp)
    each = await visit.services.agenda.occurrence(key) if key else None
    if each is not None:
        usual = each.start.time(), each.end.time()
    return form.wish(usual=usual)


async def change_date(visit: Visit, wish: Wish) -> None:
    """Change a date and show what became of it."""
    each = await visit.services.activities.change(visit.cause, visit.resident, wish)
    agenda = visit.services.agenda
    entry = agenda.activity(wish.key.entry_id)
    if entry is not None:
        lists, now = agenda.knows_vacancies, agenda.now()
        visit.edit(phrases.changed(visit.voice, entry, each, now=now, lists=lists))


async def over(visit: Visit, purpose: Purpose) -> Form:
    """Return a form about an activity as it stands."""
    entry_id = argument(visit)
    document = await visit.services.activities.document(visit.resident, entry_id)
    return Form(purpose, entry_id, over=fingerprint(document), base=dict(document))


async def mine(visit: Visit, entry_id: str) -> Entry:
    """Return an activity; the service says no to whom it does not belong."""
    await visit.services.activities.document(visit.resident, entry_id)
    entry = visit.services.agenda.activity(entry_id)
    if entry is None:
        raise OutdatedError
    return entry


async def date_of(visit: Visit) -> tuple[Entry, Occurrence]:
    """Return the activity and the date that a button names; OutdatedError if there is none."""
    entry = await mine(visit, argument(visit))
    key = OccurrenceKey.stamped(entry.id, argument(visit, 2))
    each = await visit.services.agenda.occurrence(key) if key else None
    if each is None:
        raise OutdatedError
    return entry, each


async def keep_form(visit: Visit, form: Form, *, flow: str = FILLING) -> None:
    """Put a form into its row."""
    conversation = Conversation(flow, form.step, form.to_json())
    await visit.services.dialogues.begin(visit.cause, visit.resident.contact_id, conversation)


async def end_form(visit: Visit) -> None:
    """Forget a form."""
    await visit.services.dialogues.end(visit.cause, visit.resident.contact_id)


def form_of(visit: Visit) -> Form:
    """Return the form under way; OutdatedError if there is none."""
    visit.only_in_private()
    begun = visit.conversation
    if begun is None or begun.flow not in {FILLING, WAITING}:
        raise OutdatedError
    return Form.from_json(begun.data)


def argument(visit: Visit, position: int = 1) -> str:
    """Return a button's argument; OutdatedError if it carries none."""
    if position >= len(visit.args):
        raise OutdatedError
    return visit.args[position]
