"""The words of the agenda's pages and of its paper."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date, get_day_names

from bot.domain.agenda import SPANS, Row
from bot.domain.occurrences import Occurrence, Status
from bot.i18n import Voice
from bot.phrases.agenda import AGES, room_left, span_name
from bot.phrases.leads import audiences
from bot.phrases.subjects import subject
from bot.text import plain


def furniture(v: Voice) -> dict[str, str]:
    """Return the words that stand on every page."""
    return {
        "agenda": v.plain("Agenda"),
        "lead": v.plain("What takes place in the neighbourhoods. Everybody is welcome."),
        "to_content": v.plain("To the content"),
        "language": v.plain("Language"),
        "choose": v.plain("Choose"),
        "show": v.plain("Show"),
        "everything": v.plain("Show everything"),
        "days": v.plain("Days"),
        "neighbourhood": v.plain("Neighbourhood"),
        "centre": v.plain("Centre"),
        "audience": v.plain("For whom"),
        "age": v.plain("Age"),
        "category": v.plain("Subject"),
        "room": v.plain("Only with free places"),
        "all": v.plain("All"),
        "nothing": v.plain("Nothing takes place then. Look at more days, or at everything."),
        "before": v.plain("‹ Before"),
        "after": v.plain("More ›"),
        "month": v.plain("The month on paper"),
        "calendar": v.plain("In your own calendar"),
        "calendar_how": v.plain(
            "Copy this address into your calendar as a subscription: changes come by themselves."
        ),
        "open_chat": v.plain("Sign up or ask in the chat"),
        "next": v.plain("The next dates"),
        "add": v.plain("📅 To my calendar"),
        "leaflet": v.plain("A leaflet to print"),
        "on_map": v.plain("See it on the map"),
        "back": v.plain("‹ The whole agenda"),
        "bring": v.plain("Bring a neighbour: send this page on, or show the code."),
        "scan": v.plain("Scan: dates, places and sign-up"),
        "no_date": v.plain("There is no date to come."),
        "missing": v.plain("Nothing stands here"),
        "missing_how": v.plain("Perhaps the activity is over. The agenda knows what comes next."),
        "print": v.plain("Print this page: it fits on one sheet of paper."),
        "print_month": v.plain("Choose a centre and print: one month, one sheet."),
        "cancelled": v.plain("cancelled"),
    }


def choices(v: Voice, categories: tuple[str, ...]) -> dict[str, list[tuple[str, str]]]:
    """Return what may be chosen of the days, audiences, ages and subjects, by its key."""
    return {
        "days": [(span, span_name(v, span)) for span in SPANS],
        "audience": [(key, name[:1].upper() + name[1:]) for key, name in audiences(v).items()],
        "age": [(str(age), v.plain("{age} years", age=age)) for age in AGES],
        "category": [(each, subject(v, each)) for each in categories],
    }


def month_name(v: Voice, day: date) -> str:
    """Return month and year, `décembre 2026`."""
    text = str(format_date(day, "LLLL y", locale=v.locale))
    return text[:1].upper() + text[1:]


def weekdays(v: Voice) -> list[str]:
    """Return the names of the days, Monday first."""
    return [str(get_day_names("abbreviated", locale=v.locale)[number]) for number in range(7)]


def room(v: Voice, row: Row) -> str:
    """Return how many places are free, "" where nobody counts."""
    return plain(room_left(v, row))


def state(v: Voice, each: Occurrence) -> str:
    """Return what became of a date, with the reason."""
    word = {
        Status.CANCELLED: v.plain("cancelled"),
        Status.MOVED: v.plain("moved"),
        Status.ADDED: v.plain("added"),
    }.get(each.status, "")
    why = each.note.told(v.language).text
    return f"{word}: {why}" if word and why else word
