"""What a calendar entry says: title, price, who welcomes you, why a date moved, a link back."""

from __future__ import annotations

from bot.domain.dated import Status
from bot.domain.directory import Directory, Entry, Place
from bot.domain.events import EventText
from bot.domain.localized import Localized
from bot.domain.occurrences import Occurrence
from bot.i18n import Voice
from bot.phrases import cards
from bot.phrases.activities import facts
from bot.phrases.subjects import subject
from bot.text import plain


def event(
    v: Voice, entry: Entry, each: Occurrence | None, *, directory: Directory, url: str
) -> EventText:
    """Return the words of an activity in a calendar, or of one date of it."""
    place = directory.places.get((each.place_id if each else entry.place) or "")
    return EventText(
        summary=_summary(v, entry, each),
        description=_description(v, entry, each, place=place, url=url),
        location=_location(v, place),
        url=url,
        category=subject(v, entry.category),
        point=_point(place),
    )


def name(v: Voice, of: Localized | None, town: Localized) -> str:
    """Return what a calendar is called."""
    if of is not None:
        return of.told(v.language).text
    return v.plain("Agenda {town}", town=town.told(v.language).text)


def about(v: Voice) -> str:
    """Say in one line what a calendar holds."""
    return v.plain("Activities in the neighbourhoods, kept up to date.")


def file_name(v: Voice) -> str:
    """Return the name of a calendar file."""
    return v.plain("calendar.ics")


def _summary(v: Voice, entry: Entry, each: Occurrence | None) -> str:
    title = entry.title.told(v.language).text
    guest = next((g for g in entry.guests if each and g.day == each.start.date()), None)
    if guest:
        title = f"{title}: {guest.name.told(v.language).text}"
    if each is not None and not each.takes_place:
        return v.plain("Cancelled: {title}", title=title)
    return title


def _description(
    v: Voice, entry: Entry, each: Occurrence | None, *, place: Place | None, url: str
) -> str:
    why = each.note.told(v.language).text if each and each.status is not Status.PLANNED else ""
    lines = [why, entry.summary.told(v.language).text]
    lines += [plain(line) for line in facts(v, entry, place, day=each)]
    return "\n".join(line for line in (*lines, url) if line)


def _location(v: Voice, place: Place | None) -> str:
    if place is None:
        return ""
    return f"{place.name.told(v.language).text}, {cards.address(v, place)}"


def _point(place: Place | None) -> tuple[float, float] | None:
    if place is None or place.latitude is None or place.longitude is None:
        return None
    return place.latitude, place.longitude
